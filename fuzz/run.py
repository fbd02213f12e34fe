"""Fuzzes the extraction for some time: ``python fuzz/run.py --seconds 60``; exit code 1 when something broke.

Coverage-guided by atheris where that is installed; else plain mutations of the corpus with a fixed seed, which finds less. What broke is
kept in ``fuzz/found/``; once it is repaired the input moves to ``fuzz/corpus/``, where the tests and the next runs take it up.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
CORPUS, FOUND, WORDS = HERE / "corpus", HERE / "found", HERE / "words.txt"
SAMPLES = HERE.parent / "samples"
LONGEST = 4_096
# An input of four kilobytes takes some 0.02 s; one that takes this long has met something that grows faster than its input.
SLOWEST = 5


def seeds() -> list[bytes]:
    """The corpus, and pieces of the samples in each format."""
    from target import corpus

    found = corpus(CORPUS)
    for number, suffixes in enumerate(((".txt",), (".md",), (".html",))):
        for path in sorted(path for path in SAMPLES.iterdir() if path.suffix in suffixes):
            body = path.read_bytes()
            found += [bytes([number]) + body[at : at + LONGEST - 1] for at in range(0, len(body), LONGEST - 1)]
    return found


def words() -> list[bytes]:
    """What texts and pages are made of, one piece a line."""
    return [
        line.encode("utf-8").decode("unicode_escape").encode("latin-1") if "\\" in line else line.encode("utf-8")
        for line in WORDS.read_text("utf-8").splitlines()
    ]


def mutate(data: bytes, pieces: list[bytes], others: list[bytes], drawn: random.Random) -> bytes:
    """``data`` with one to eight changes: pieces put in, parts doubled, cut, changed or taken from another input."""
    body = bytearray(data)
    for _ in range(drawn.randint(1, 8)):
        at, length = drawn.randint(0, len(body)), drawn.choice((1, 2, 8, 40, 300))
        match drawn.randrange(6):
            case 0:
                body[at:at] = drawn.choice(pieces)
            case 1:
                body[at:at] = drawn.choice(pieces) * drawn.choice((2, 10, 60))
            case 2:
                del body[at : at + length]
            case 3:
                body[at:at] = body[at : at + length] * drawn.choice((1, 3, 20))
            case 4 if body:
                body[at % len(body)] = drawn.randrange(256)
            case _:
                other = drawn.choice(others)
                start = drawn.randint(0, len(other))
                body[at:at] = other[start : start + length]
    return bytes(body[:LONGEST])


def mutations(seconds: float, seed: int) -> int:
    """Run mutated inputs until the time is over; the number of inputs that broke something."""
    from target import keep, one_input

    pool, pieces, drawn = seeds(), words(), random.Random(seed)
    runs = broken = 0
    end = time.monotonic() + seconds
    with TemporaryDirectory() as room:
        while time.monotonic() < end:
            data = pool[runs] if runs < len(pool) else mutate(drawn.choice(pool), pieces, pool, drawn)
            runs += 1
            started = time.process_time()
            try:
                one_input(data, Path(room))
            except Exception:
                broken += 1
                print(f"{keep(data, FOUND)}:\n{traceback.format_exc(limit=-4)}", flush=True)
            if time.process_time() - started > SLOWEST:
                broken += 1
                print(f"{keep(data, FOUND)}: took {time.process_time() - started:.1f} s", flush=True)
    print(f"{runs} inputs (plain mutations, seed {seed}), {broken} broke something")
    return broken


def guided(seconds: int, seed: int) -> int:
    """Run atheris in a process of its own; its exit code is not 0 when it found something."""
    FOUND.mkdir(exist_ok=True)
    with TemporaryDirectory() as room:
        begin, dictionary = Path(room, "begin"), Path(room, "words.dict")
        begin.mkdir()
        for number, data in enumerate(seeds()):
            (begin / f"{number:04}").write_bytes(data)
        dictionary.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in words() if word), "ascii")
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={4 * SLOWEST}",
            f"-max_len={LONGEST}",
            f"-dict={dictionary}",
            f"-seed={seed}",
            f"-artifact_prefix={FOUND}/",
        ]
        command = [sys.executable, HERE / "guided.py", begin, *options, "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as process:
            for line in process.stderr or ():
                if not line.startswith(('"', "###")):  # the words that the run would recommend for a dictionary
                    print(line, end="", flush=True)
        return process.returncode


def main() -> int:
    """Parse the arguments and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="mutations without coverage even where atheris is installed")
    given = parser.parse_args()
    sys.path.insert(0, str(HERE))
    try:
        if given.plain:
            raise ImportError
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not used: plain mutations, not guided by coverage")
        return min(1, mutations(given.seconds, given.seed))
    return min(1, guided(given.seconds, given.seed))


if __name__ == "__main__":
    sys.exit(main())
