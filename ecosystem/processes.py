"""Other processes of this program: how many there may be, and a pool of them that ends in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextmanager
def pool(workers: int, learn: Callable[..., None], *known: Any) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that call `learn(*known)` first; an interruption stops them at once.

    They are new processes, not copies of this one: the main module must be one that can be
    imported again (a script with `if __name__ == "__main__":`, a notebook, the command line).
    """
    context = multiprocessing.get_context("spawn")
    made = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_begin, initargs=(learn, *known)
    )
    try:
        yield made
    finally:
        made.shutdown(wait=True, cancel_futures=True)


def _begin(learn: Callable[..., None], *known: Any) -> None:
    """In a worker: leave interruptions to the main process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    learn(*known)
