"""What is under way and how long it may still take, drawn on stderr where somebody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import language_of
from ecosystem.labels import Label
from ecosystem.labels import Progress as Told

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SHORT = 0.5
"""Seconds that nobody minds to wait: no bar before."""


class Bars:
    """A bar for each kind of work that is under way, once it takes long enough to wait for."""

    def __init__(self) -> None:
        self._language = language_of(click.get_current_context(silent=True))
        self._since = time.monotonic()
        self._told: dict[str, tuple[int, int]] = {}
        self._bars: dict[str, TaskID] = {}
        self._drawing: Progress | None = None

    def __call__(self, what: Label, done: int, of: int) -> None:
        """Show what is under way, how much is done, of how much."""
        self._told[what.to(self._language)] = (done, of)
        if self._drawing is None:
            if done >= of or time.monotonic() - self._since < SHORT:
                return
            self._drawing = _drawing()
            self._drawing.start()
        for words, (so_far, total) in self._told.items():
            if words not in self._bars:
                self._bars[words] = self._drawing.add_task(words)
            self._drawing.update(
                self._bars[words], completed=so_far, total=total, visible=so_far < total
            )

    def end(self) -> None:
        """Leave the screen as it was."""
        if self._drawing is not None:
            with suppress(OSError):  # the terminal may be gone
                self._drawing.stop()


@contextmanager
def drawn() -> Iterator[Told | None]:
    """What to call as work goes on: it draws bars on stderr; None where nobody watches.

    What is said on stderr meanwhile stands above the bars.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bars = Bars()
    try:
        yield bars
    finally:
        bars.end()


def _drawing() -> Progress:
    """Bars that fit the width of the screen, gone when they are done."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    # markup off: words may hold brackets; NO_COLOR and TERM=dumb are read by the console.
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )
