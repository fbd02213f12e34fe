"""Runs jobs in worker processes and hands their outcomes back in the order of the jobs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from .outcomes import Failure, Job, Outcome
from .worker import Settings, extract_job, start_worker

# More workers than this gain little on one disk and cost about 100 MB each.
MOST_DEFAULT_WORKERS = 4
# Bytes of input. Starting processes takes about as long as reading half of this (measured on two processors).
_SMALL_BATCH = 1_000_000
# Jobs handed out ahead for each worker: enough to keep it busy, few enough that a crash leaves few suspects.
_AHEAD = 2
_MEMORY = "it may need more memory than there is: split the file, or use fewer workers"


def default_workers(jobs: Sequence[Job]) -> int:
    """As many worker processes as there are processors, at most four; one for a small batch, which is done before others have started."""
    size = 0
    for job in jobs:
        with contextlib.suppress(OSError):
            size += job.file.stat().st_size
        if size > _SMALL_BATCH:
            return min(os.cpu_count() or 1, MOST_DEFAULT_WORKERS)
    return 1


def run_jobs(jobs: Sequence[Job], settings: Settings, workers: int = 1) -> Iterator[Outcome]:
    """One outcome for each job, in the order of ``jobs``; with one worker everything runs in this process.

    A worker that dies (out of memory, a crash in a native library) costs its own document only: the jobs it may have been
    working on are run again one by one, and the one that kills its worker again is reported.
    """
    if min(workers, len(jobs)) < 2:
        for job in jobs:
            yield extract_job(job, settings)
        return
    ready: dict[int, Outcome] = {}
    waiting = list(reversed(range(len(jobs))))
    told = 0
    while told < len(jobs):
        for index, outcome in _until_broken(jobs, waiting, settings, workers):
            ready[index] = outcome
            while told in ready:
                yield ready.pop(told)
                told += 1


def _until_broken(jobs: Sequence[Job], waiting: list[int], settings: Settings, workers: int) -> Iterator[tuple[int, Outcome]]:
    """Outcomes as they come, taking jobs from the end of ``waiting``, until it is empty or the pool has broken."""
    pool = _pool(settings, min(workers, len(waiting)))
    running: dict[Future[Outcome], int] = {}
    suspects: list[int] = []
    try:
        while (waiting or running) and not suspects:
            while waiting and len(running) < workers * _AHEAD and not suspects:
                index = waiting.pop()
                try:
                    running[pool.submit(extract_job, jobs[index], settings)] = index
                except BrokenProcessPool:
                    suspects.append(index)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                index = running.pop(future)
                try:
                    yield index, future.result()
                except BrokenProcessPool:
                    suspects.append(index)
        suspects += running.values()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    for index in sorted(suspects):
        yield index, _alone(jobs[index], settings)


def _alone(job: Job, settings: Settings) -> Outcome:
    with _pool(settings, 1) as pool:
        try:
            return pool.submit(extract_job, job, settings).result()
        except BrokenProcessPool:
            return Failure(job.path, "the worker process died while reading it", _MEMORY)


def _pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    # Fresh processes instead of forks: the parent may have threads (a progress bar), and every system behaves the same.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker, initargs=(settings,))
