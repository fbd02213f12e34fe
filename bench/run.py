"""Speed and memory, measured in one run: ``make bench`` prints the tables and writes them to ``bench/README.md`` with machine and date.

The texts are the annotated corpus's where that is beside the project, else the samples repeated to the same length. Figures are CPU
seconds of one process; of repeated measurements the fastest counts, since everything else that runs can only slow it down.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))
from bare import bare_pass
from stages import timed_stages

from kehoach.api import extract_bytes, load_rules

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
SHARED = HERE.parents[1] / "shared" / "corpus"
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
# Characters that underthesea's ner is given: it takes two minutes for all.
NER_CHARS = 20_000
WHOLE = 270_000


def texts() -> list[bytes]:
    """About 270,000 characters of plain text in several documents."""
    if (SHARED / "seeds").is_dir():
        return [path.read_bytes() for path in sorted((SHARED / "seeds").glob("*.txt"))]
    own = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in {".txt", ".md"}]
    return own * (WHOLE // sum(len(data.decode("utf-8")) for data in own) + 1)


def fastest(call: Callable[[], object], times: int) -> float:
    """CPU seconds of the fastest of some calls."""
    found = []
    for _ in range(times):
        started = time.process_time()
        call()
        found.append(time.process_time() - started)
    return min(found)


def speeds(times: int) -> tuple[list[list[str]], dict[str, float]]:
    """Rows (what, seconds, characters/s, multiple of the bare pass) and the seconds by name, all on the same text."""
    data = texts()
    words = [item.decode("utf-8") for item in data]
    chars = sum(map(len, words))
    load_rules()

    def extract_all() -> None:
        for item in data:
            extract_bytes(item, "van-ban.txt", doc_id="van-ban", path="van-ban.txt")

    extract_all()
    seconds = {"bare pass": fastest(lambda: [bare_pass(item) for item in data], 3 * times), "whole extraction": fastest(extract_all, times)}
    with timed_stages() as spent:
        fastest(extract_all, times)
    seconds |= {f"  {name}": value / times for name, value in spent.items()}
    seconds |= _underthesea(words)
    rows = []
    for name, value in seconds.items():
        measured = min(chars, NER_CHARS) if "ner" in name else chars
        rows.append([name, f"{value:.3f}", f"{measured / value:,.0f}" if value else "-", f"{value / measured * chars / seconds['bare pass']:.1f}"])
    return rows, seconds


def _underthesea(words: Sequence[str]) -> dict[str, float]:
    """What tokens and names by library take: document by document, as a whole and line by line."""
    from underthesea import ner, word_tokenize

    lines = [line for text in words for line in text.split("\n") if line.strip()]
    some, length = [], 0
    for line in lines:
        if length + len(line) > NER_CHARS:
            break
        some.append(line)
        length += len(line)
    word_tokenize("Sở Y tế chủ trì")
    ner("Sở Y tế chủ trì")
    return {
        "underthesea word_tokenize": fastest(lambda: [word_tokenize(text) for text in words], 2),
        "underthesea word_tokenize, by lines": fastest(lambda: [word_tokenize(line) for line in lines], 2),
        f"underthesea ner ({NER_CHARS:,} characters)": fastest(lambda: [ner(line) for line in some], 1),
    }


def pages(times: int) -> list[list[str]]:
    """Rows for the HTML inputs: this program's reader, its whole extraction, and trafilatura."""
    found = sorted([*SAMPLES.glob("*.html"), *SHARED.glob("**/*.html")])
    data = [path.read_bytes() for path in found]
    size = sum(map(len, data))
    from kehoach.extract.readers import read_bytes

    calls: dict[str, Callable[[], object]] = {
        "reader": lambda: [read_bytes(item, "trang.html") for item in data],
        "whole extraction": lambda: [extract_bytes(item, "trang.html", doc_id="trang", path="trang.html") for item in data],
    }
    try:
        import trafilatura

        calls["trafilatura (include_tables)"] = lambda: [trafilatura.extract(item.decode("utf-8", "replace"), include_tables=True) for item in data]
    except ImportError:
        print("trafilatura is not installed: left out")
    rows = []
    for name, call in calls.items():
        call()
        seconds = fastest(call, times)
        rows.append([f"{name}, {len(data)} pages", f"{seconds:.3f}", f"{size / seconds:,.0f}"])
    return rows


def growth(largest: int) -> tuple[list[list[str]], float, float]:
    """Rows for sizes of one document, the exponent with which time grows from 100 kB on, and the memory of the largest in MB."""
    rows, points, memory = [], [], 0.0
    with TemporaryDirectory() as folder:
        names = []
        for number, data in enumerate(texts()[:6]):
            path = Path(folder, f"{number}.txt")
            path.write_bytes(data)
            names.append(str(path))
        for size in (size for size in SIZES if size <= largest):
            told = subprocess.run([sys.executable, HERE / "growth.py", str(size), *names], capture_output=True, text=True, check=True)
            chars, seconds, megabytes, tasks = told.stdout.split()
            memory = float(megabytes)
            points.append((math.log(size), math.log(float(seconds)), size))
            rows.append([f"{size:,}", f"{int(chars):,}", seconds, f"{int(chars) / float(seconds):,.0f}", f"{memory:.0f}", tasks])
    return rows, _slope([(x, y) for x, y, size in points if size >= 100_000] or [(x, y) for x, y, _ in points]), memory


def _slope(points: Sequence[tuple[float, float]]) -> float:
    if len(points) < 2:
        return 1.0
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)


def starts(times: int) -> tuple[list[list[str]], dict[str, float]]:
    """Rows and seconds from the start of a process to its end, by the clock."""
    sample = SAMPLES / "hoi-nghi-so-ket-tieu-hoc.txt"
    with TemporaryDirectory() as out:
        commands = {
            "python -c pass": ["-c", "pass"],
            "kehoach --help": ["-m", "kehoach.cli", "--help"],
            "kehoach extract, one small file": ["-m", "kehoach.cli", "extract", str(sample), "--out", out, "--quiet"],
        }
        seconds = {}
        for name, arguments in commands.items():
            found = []
            for _ in range(times + 1):
                started = time.perf_counter()
                subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
                found.append(time.perf_counter() - started)
            seconds[name] = min(found[1:])
    return [[name, f"{value:.3f}", f"{value - seconds['python -c pass']:.3f}"] for name, value in seconds.items()], seconds


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with columns as wide as they need be; all but the first to the right."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = [cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(zip(cells, widths, strict=True))]
        return "| " + " | ".join(padded) + " |"

    rule = "|" + "|".join("-" * (width + 2) if place == 0 else "-" * (width + 1) + ":" for place, width in enumerate(widths)) + "|"
    return "\n".join([line(head), rule, *map(line, rows)])


def _machine() -> str:
    names = [line.split(":", 1)[1].strip() for line in _cpu_lines() if line.startswith("model name")]
    libraries = ", ".join(f"{name} {_version(name)}" for name in ("underthesea", "trafilatura", "regex", "pydantic"))
    cpu = names[0] if names else platform.machine()
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}; {libraries}; {datetime.now(UTC):%Y-%m-%d}"


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main() -> int:
    """Measure, print, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5, help="how often each thing is measured")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="bytes of the largest document")
    parser.add_argument("--write", action="store_true", help="write the tables to bench/README.md")
    given = parser.parse_args()
    speed_rows, seconds = speeds(given.times)
    growth_rows, exponent, memory = growth(given.largest)
    start_rows, begun = starts(given.times)
    tokens, bare = seconds["underthesea word_tokenize"] / seconds["whole extraction"], seconds["whole extraction"] / seconds["bare pass"]
    help_time = begun["kehoach --help"] - begun["python -c pass"]
    reach = [
        ["whole extraction, times as fast as word_tokenize", f"{tokens:.1f}", "5 or more", "yes" if tokens >= 5 else "no"],
        ["whole extraction, times the bare pass", f"{bare:.1f}", "8 or less", "yes" if bare <= 8 else "no"],
        ["exponent of growth", f"{exponent:.2f}", "1.10 or less", "yes" if exponent <= 1.1 else "no"],
        [f"memory for {min(given.largest, SIZES[-1]):,} bytes, MB", f"{memory:.0f}", "below 1,000", "yes" if memory < 1000 else "no"],
        ["kehoach --help over bare Python, s", f"{help_time:.3f}", "0.150 or less", "yes" if help_time <= 0.15 else "no"],
    ]
    parts = [
        "# Benchmarks",
        "`make bench` measures all this in one run and writes it here.",
        f"Measured on: {_machine()}.",
        "## Reach",
        table(["measure", "is", "asked", "reached"], reach),
        "## The same text by each means",
        f"{sum(len(item.decode('utf-8')) for item in texts()):,} characters of plan texts in {len(texts())} documents.",
        table(["what", "CPU s", "characters/s", "bare passes"], speed_rows),
        "## Pages",
        table(["what", "CPU s", "bytes/s"], pages(given.times)),
        "## Growth of one document",
        table(["bytes", "characters", "CPU s", "characters/s", "peak MB", "tasks"], growth_rows),
        "## Cold start",
        table(["command", "s", "over bare Python"], start_rows),
    ]
    written = "\n\n".join(parts) + "\n"
    print(written)
    if given.write:
        (HERE / "README.md").write_text(written, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
