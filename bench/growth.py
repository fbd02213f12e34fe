"""One extraction of a document of a given size, in a process of its own: prints CPU seconds, peak memory in MB and the number of tasks.

python bench/growth.py BYTES TEXT_FILE…    the texts, one after the other, over and over until there are so many bytes of UTF-8
"""

from __future__ import annotations

import re
import resource
import sys
import time
from pathlib import Path

from kehoach.api import extract_text, load_rules


def main() -> None:
    size, text = int(sys.argv[1]), "\n".join(Path(name).read_text("utf-8") for name in sys.argv[2:])
    length = len(text.encode("utf-8"))
    whole = (text * (size // length + 1)).encode("utf-8")[:size].decode("utf-8", "ignore")
    load_rules()
    extract_text(text[:20_000])
    started = time.process_time()
    document = extract_text(whole)
    spent = time.process_time() - started
    print(f"{len(whole)} {spent:.4f} {_peak():.1f} {len(document.tasks)}")


def _peak() -> float:
    """Peak memory in MB; Linux counts that of the parent in with getrusage, but not in /proc."""
    status = Path("/proc/self/status")
    if status.is_file() and (match := re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))):
        return int(match[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
