"""A time limit for one document."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from kehoach.schemas.errors import ReadError


class _TimeUp(BaseException):
    """Not an ``Exception``: readers turn those that packages raise into errors of their own."""


@contextlib.contextmanager
def time_limit(seconds: float | None, what: str) -> Iterator[None]:
    """Ends what runs inside after ``seconds`` (None or 0: never).

    Works in the main thread of a process, where batches run their jobs, on systems with alarm signals (not on Windows); elsewhere
    there is no limit.

    Raises:
        ReadError: the time is up.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    # Rings again in case the first one was lost in code that swallows everything.
    signal.setitimer(signal.ITIMER_REAL, seconds, 5.0)
    try:
        yield
    except _TimeUp as error:
        raise ReadError(f"{what} takes longer than {seconds:g} seconds: split it, or give it more time with --timeout") from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
