"""The rows of each table, gathered from all its parts, and what is asked of rows that lack something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ecosystem.intake.answers import LEFT, Key, Question
from ecosystem.intake.ledger import Ledger
from ecosystem.labels import Label
from ecosystem.schema import TABLES, Table
from ecosystem.tables.repairs import Place


@dataclass
class Part:
    """One sheet read as one table: columns by field, or by their own header."""

    table: Table
    place: Place
    lines: list[int]
    columns: dict[str, list[str]]
    headers: dict[str, str] = field(default_factory=dict)
    """What the sheet calls each column."""

    def header(self, name: str) -> str:
        """What the sheet calls a column."""
        return self.headers.get(name, name)

    def only(self, rows: Sequence[int]) -> None:
        """Keep some rows, in this order, as often as they are named."""
        self.lines = [self.lines[i] for i in rows]
        self.columns = {name: [cells[i] for i in rows] for name, cells in self.columns.items()}


@dataclass
class Pile:
    """The rows of one table, from all its parts."""

    table: Table
    columns: dict[str, list[str]] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    lines: list[int | None] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    called: dict[tuple[Place, str], str] = field(default_factory=dict)
    """What a file or a sheet calls a column."""

    def __len__(self) -> int:
        return len(self.lines)

    def add(self, part: Part) -> None:
        """The rows of a part."""
        before, more = len(self), len(part.lines)
        for name in part.columns:
            if name not in self.columns:
                self.columns[name] = [""] * before
                self.header.append(name)
        for name, cells in self.columns.items():
            cells += part.columns.get(name) or [""] * more
        self.called |= {(part.place, name): told for name, told in part.headers.items()}
        self.places += [part.place] * more
        self.lines += part.lines

    def append(self, place: Place, line: int | None, **cells: str) -> None:
        """One row more."""
        for name in cells:
            if name not in self.columns:
                self.columns[name] = [""] * len(self)
                self.header.append(name)
        for name, column in self.columns.items():
            column.append(cells.get(name, ""))
        self.places.append(place)
        self.lines.append(line)

    def call(self, row: int, name: str) -> str:
        """What the file of a row calls a column."""
        return self.called.get((self.places[row], name), name)

    def only(self, rows: Sequence[int]) -> None:
        """Keep some rows."""
        for name, cells in self.columns.items():
            self.columns[name] = [cells[i] for i in rows]
        self.places = [self.places[i] for i in rows]
        self.lines = [self.lines[i] for i in rows]


def piled(parts: Iterable[Part]) -> dict[str, Pile]:
    """The rows of each table; every table of the schema is there."""
    piles = {name: Pile(table) for name, table in TABLES.items()}
    for part in parts:
        piles[part.table.name].add(part)
    return piles


def leave(pile: Pile, rows: list[int], name: str, ledger: Ledger) -> None:
    """Ask about rows that lack what they cannot do without; they make no row."""
    label = pile.table.field(name).label
    at = tuple(line for i in rows if (line := pile.lines[i]) is not None)
    words = Label(
        "{n} {n:ligne|lignes} de {place} sans {label} : {n:la|les} laisser de côté ?",
        "{n} {n:row|rows} of {place} without {label}: leave {n:it|them} out?",
    ).format(n=len(rows), place=pile.places[rows[0]], label=label)  # fmt: skip
    choices = {LEFT: Label("laisser la ligne de côté", "leave the row out")}
    key = Key("empty", f"{pile.table.name}.{name}", "")
    if ledger.ask(Question(key, words, choices, LEFT, pile.places[rows[0]], at)):
        for i in rows:
            said = " / ".join(c[i] for c in pile.columns.values() if c[i])
            line = pile.lines[i]
            why = Label(f"sans {label.fr}", f"without {label.en}")
            ledger.tell(
                "row-left", pile.places[i], () if line is None else (line,), None, said, why=why
            )
    gone = set(rows)
    pile.only([i for i in range(len(pile)) if i not in gone])
