"""Programs outside Python that some formats need: run without a window and without input, ended with all they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kehoach.schemas.errors import ReadError


def run_program(command: Sequence[str], folder: Path, seconds: float, too_long: str, environment: Mapping[str, str] | None = None) -> bytes:
    """What a program prints on standard output; its exit code is not looked at, for its files tell whether it worked.

    Args:
        command: the program and its arguments.
        folder: where it runs, and its home.
        seconds: when it is ended, with the processes that it started.
        too_long: the error then.
        environment: variables beside those of this process.

    Raises:
        ReadError: the time is up.
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired as error:
        raise ReadError(too_long) from error
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
