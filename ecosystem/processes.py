"""Other processes of this program: how many there may be, and a pool of them that ends in order."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ecosystem.errors import EcosystemError
from ecosystem.labels import Label

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext

T = TypeVar("T")

_BROKEN = Label(
    "un processus qui faisait une part du travail s'est arrêté avant d'avoir fini",
    "a process that did a part of the work ended before it was done",
)
_BROKEN_HINT = Label(
    'dans un script, mettez ce qui s\'exécute sous `if __name__ == "__main__":` ; si la mémoire manque, '
    "prenez moins de processus (workers=1, --workers 1)",
    'in a script, put what runs under `if __name__ == "__main__":`; if memory is short, take fewer '
    "processes (workers=1, --workers 1)",
)


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def can_start() -> bool:
    """Whether others can be started: each imports the main module again, which must be a file or none.

    A program read from standard input has neither.
    """
    main = sys.modules["__main__"]
    path = getattr(main, "__file__", None)
    return path is None or getattr(main, "__spec__", None) is not None or Path(path).is_file()


def as_done(futures: Iterable[Future[T]]) -> Iterator[Future[T]]:
    """Work given to a pool, as it is done."""
    from concurrent.futures import as_completed

    return as_completed(futures)


@contextmanager
def pool(workers: int, learn: Callable[..., None], *known: Any) -> Iterator[ProcessPoolExecutor]:
    """Worker processes that call `learn(*known)` first; an interruption stops them at once.

    They are new processes, not copies of this one: the main module must be one that can be
    imported again (a script with `if __name__ == "__main__":`, a notebook, the command line).
    """
    # slow to import, and few need other processes
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = _context(learn.__module__)
    made = ProcessPoolExecutor(
        workers,
        mp_context=context,
        initializer=_begin,
        initargs=(_socket_folder(context), learn, *known),
    )
    try:
        with _later():
            made.submit(_begun)  # which starts them all
        yield made
    except (BrokenProcessPool, BrokenPipeError, EOFError) as error:
        if isinstance(error, BrokenPipeError) and _all_alive(made):
            _stop(made)
            raise  # it is our own output that nobody reads
        raise EcosystemError(_BROKEN, _BROKEN_HINT) from error
    except BaseException:
        _stop(made)
        raise
    finally:
        made.shutdown(wait=True, cancel_futures=True)


def _stop(made: ProcessPoolExecutor) -> None:
    """End the workers, whatever they are at: nobody will ask for it.

    One that ends in the middle of an answer leaves the rest of it out; the thread that reads
    answers would wait for that, unless nobody is left who could write it.
    """
    for worker in list((getattr(made, "_processes", None) or {}).values()):
        worker.terminate()
        worker.join()
    writer = getattr(getattr(made, "_result_queue", None), "_writer", None)
    if writer is not None:
        writer.close()


def _context(module: str) -> BaseContext:
    """How workers are started: copies of a process that has imported what they need, if there can be."""
    import multiprocessing

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    with _deaf():
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    return context


@contextmanager
def _deaf() -> Iterator[None]:
    """What is started here hears no terminal, which may close: this process ends it in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = (signal.SIGHUP, signal.SIGINT)
    before = [signal.signal(number, signal.SIG_IGN) for number in ours]
    try:
        yield
    finally:
        for number, handler in zip(ours, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def _later() -> Iterator[None]:
    """A signal meanwhile is heard after: a worker that is half started would complain of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    ours = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {
        number: signal.getsignal(number)
        for number in ours
        if signal.getsignal(number) not in (signal.SIG_IGN, signal.SIG_DFL, None)
    }
    for number in before:
        signal.signal(number, lambda said, _: heard.append(said))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in heard[:1]:
            signal.raise_signal(number)


def _begun() -> None:
    """The first piece of work: none."""


def _all_alive(made: ProcessPoolExecutor) -> bool:
    return all(worker.is_alive() for worker in (getattr(made, "_processes", None) or {}).values())


def _socket_folder(context: BaseContext) -> str | None:
    """The temporary folder that this process made for its workers, and removes when it ends in order."""
    if context.get_start_method() != "forkserver":
        return None
    from multiprocessing import util

    return str(util.get_temp_dir())


def _begin(folder: str | None, learn: Callable[..., None], *known: Any) -> None:
    """In a worker: leave interruptions to the main process, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    learn(*known)


def _end_with_parent(folder: str | None) -> None:
    import multiprocessing
    import shutil
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        if folder is not None:  # it may have been killed
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
