"""Calls of the driver, made in a thread beside, so that an interruption need not wait for an answer.

An interruption in the middle of a message leaves the connection out of step: to close it in order
would wait for an answer that never comes. So it is left as it is, and goes with the process.
"""

from __future__ import annotations

import functools
import queue
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


class Interruptible(Protocol):
    """What makes such calls: it remembers that one of them was left."""

    left: bool


S = TypeVar("S", bound=Interruptible)


def apart(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make a method's calls in a thread beside; one that is interrupted is left, and `left` says so."""

    @functools.wraps(method)
    def call(self: S, *args: P.args, **options: P.kwargs) -> T:
        answer: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

        def work() -> None:
            try:
                answer.put((method(self, *args, **options), None))
            except BaseException as error:
                answer.put((None, error))

        threading.Thread(target=work, daemon=True).start()
        try:
            value, error = answer.get()
        except BaseException:
            self.left = True
            raise
        if error is not None:
            raise error
        return value  # type: ignore[return-value]

    return cast("Callable[Concatenate[S, P], T]", call)
