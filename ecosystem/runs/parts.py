"""The parts of a run: all territories together, then each by itself; in turn, or side by side.

A part is a study of its own and leaves its own files, so parts may be made in any order and
in other processes: the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ecosystem.agenda import Agenda
from ecosystem.audience import Copy
from ecosystem.files import safe_names, write_text
from ecosystem.gaps import Findings, findings_frame
from ecosystem.labels import Progress
from ecosystem.maps import map as make_map
from ecosystem.options import Options
from ecosystem.processes import as_done, can_start, pool, processors
from ecosystem.report.forms import as_csv
from ecosystem.study import Study
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import Label, Language

if TYPE_CHECKING:
    from concurrent.futures import Future

WORTH_WORKERS = 50
"""Actors up to which parts are made in turn, unless told otherwise: others would take longer to start."""
ALL = "all"
"""How files of all territories together are named."""


@dataclass(frozen=True)
class Part:
    """What is told of a part when its files are written.

    Attributes
    ----------
    map
        Path of its map, in the folder of the run.
    """

    territory: str | None
    title: str
    map: str
    brokers: pd.DataFrame
    findings: Findings
    agenda: Agenda

    def study(self, whole: Study) -> Study:
        """The study of the part, without computing again what is known."""
        study = Study(whole.copy, self.territory, options=whole.options)
        study.brokers, study.findings, study.agenda = self.brokers, self.findings, self.agenda
        return study


@dataclass(frozen=True)
class Order:
    """What every part of a run is told."""

    copy: Copy
    folder: Path
    language: Language
    seed: int
    options: Options

    @cached_property
    def names(self) -> dict[str | None, str]:
        """The parts in order, each with the name of its files."""
        inside = studied(self.copy.tables)
        files = safe_names(inside, taken=[ALL]) if len(inside) > 1 else {}
        return {None: ALL} | {territory: name for territory, name in files.items()}

    @cached_property
    def weights(self) -> dict[str | None, int]:
        """How much work each part is, next to the others: its actors, and something for its map."""
        places = self.copy.tables["actors"]["territory"].value_counts()
        return {
            name: 20 + (int(places.sum()) if name is None else int(places.get(name, 0)))
            for name in self.names
        }

    def whole(self, progress: Progress | None = None) -> Study:
        """The study of all territories together."""
        return Study(self.copy, options=self.options, progress=progress)

    def make(self, whole: Study, territory: str | None) -> Part:
        """Leave the tables and the map of a part."""
        study = whole if territory is None else whole.of(territory)
        name = self.names[territory]
        findings = findings_frame(study.findings, self.language)
        write_text(self.folder / "tables" / f"brokers-{name}.csv", as_csv(study.brokers))
        write_text(self.folder / "tables" / f"gaps-{name}.csv", as_csv(findings))
        talks = study.agenda.frame(self.language)
        write_text(self.folder / "tables" / f"agenda-{name}.csv", as_csv(talks))
        place = f"maps/{name}.html"
        page = make_map(study, seed=self.seed, language=self.language)  # of what is there by now
        page.save(self.folder / place)
        return Part(territory, page.title, place, study.brokers, study.findings, study.agenda)


@contextmanager
def parts(
    order: Order, workers: int | None, progress: Progress
) -> Iterator[Callable[[], Iterator[Part]]]:
    """The parts of a run, under way from here on if there are workers; call to get each as it is done.

    An error or an interruption inside the block ends what is under way.

    Parameters
    ----------
    workers
        None: as many as there are processors, where that pays.
    """
    whole = order.whole(progress)
    if workers is None:
        workers = processors() if len(order.copy.tables["actors"]) > WORTH_WORKERS else 1
    if workers < 2 or len(order.names) < 2 or not can_start():
        yield lambda: _in_turn(order, whole, progress)
        return
    with pool(min(workers, len(order.names)), _learn, order) as others:
        begun = {others.submit(_make, territory): territory for territory in order.names}
        yield lambda: _side_by_side(begun, order, progress)


def _in_turn(order: Order, whole: Study, progress: Progress) -> Iterator[Part]:
    done = 0
    for territory, weight in order.weights.items():
        _tell(progress, done, order)
        yield order.make(whole, territory)
        done += weight
    _tell(progress, done, order)


def _side_by_side(
    begun: dict[Future[Part], str | None], order: Order, progress: Progress
) -> Iterator[Part]:
    done = 0
    _tell(progress, done, order)
    for future in as_done(begun):
        yield future.result()
        done += order.weights[begun[future]]
        _tell(progress, done, order)


def _tell(progress: Progress, done: int, order: Order) -> None:
    progress(Label("cartes et tables", "maps and tables"), done, sum(order.weights.values()))


_KNOWN: list[tuple[Order, Study]] = []


def _learn(order: Order) -> None:
    """In a worker: keep the order, and one study of all for every part made here."""
    _KNOWN[:] = [(order, order.whole())]


def _make(territory: str | None) -> Part:
    """In a worker: one part."""
    order, whole = _KNOWN[0]
    return order.make(whole, territory)
