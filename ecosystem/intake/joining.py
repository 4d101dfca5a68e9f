"""Parts to tables: names to identifiers, rows for those that are only named, one row an actor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ecosystem.intake.answers import LEFT, NEW, Key, Question
from ecosystem.intake.ledger import Ledger
from ecosystem.intake.likeness import Known, Likeness, same
from ecosystem.intake.reading import Part
from ecosystem.labels import Label
from ecosystem.schema import TABLES, Field, Table
from ecosystem.tables.naming import ids_of
from ecosystem.tables.repairs import Place

_NAME = {
    "actors": "name",
    "datasets": "title",
    "territories": "name",
    "services": "name",
    "sources": "title",
}
"""The column by which people name a row."""


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


def joined(piles: dict[str, Pile], ledger: Ledger) -> None:
    """Give every row an identifier, and every reference the identifier that it means."""
    registers = {name: _register(piles[name], ledger) for name in _NAME}
    columns = [
        (pile, fld, registers[fld.reference.table])
        for pile in piles.values()
        for fld in pile.table.references
        if fld.name in pile.columns and fld.reference is not None
    ]
    for pile, fld, register in columns:
        if fld.required:
            _whole(pile, fld, ledger)
        _refer(pile, fld, register, ledger)
    made = {name: key for register in registers.values() for name, key in register.write().items()}
    for pile, fld, _ in columns:
        pile.columns[fld.name] = [
            ";".join(made.get(part, part) for part in cell.split(";")) if "\0" in cell else cell
            for cell in pile.columns[fld.name]
        ]
    _status(piles["flows"], ledger)
    _doubled(piles["flows"], registers["actors"], ledger)


class Register:
    """The rows of a table that others refer to: by identifier, by name, by likeness.

    Parameters
    ----------
    pile
        Its rows; those that are only named elsewhere are added when it is written.
    """

    def __init__(self, pile: Pile, ledger: Ledger) -> None:
        self.pile, self.ledger = pile, ledger
        self.name = _NAME[pile.table.name]
        self.ids = {cell: cell for cell in pile.columns.get("id", []) if cell}
        self.names: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        for key, name in zip(
            pile.columns.get("id", []), pile.columns.get(self.name, []), strict=False
        ):
            if name and key:
                self.names.setdefault(same(name), key)
                self.shown.setdefault(key, name)
        self.known: Known | None = None
        self.own = set(self.shown.values())
        self.new: dict[str, tuple[str, Place, int | None]] = {}

    def find(self, value: str) -> str | None:
        """The identifier that a cell means: it is one, or the name of one."""
        return self.ids.get(value) or self.names.get(same(value))

    def propose(self, value: str) -> list[Likeness]:
        """Names that may be the same; each is asked about, none is taken."""
        if self.known is None:
            self.known = Known(self.shown.values())
        near = self.known.like(value, most=6)
        return ([one for one in near if one.name in self.own] or near)[:3]

    def take(self, value: str, place: Place, line: int | None) -> str:
        """A row for a name that no row has; what stands for its identifier until all are known."""
        token = f"\0{self.pile.table.name}\0{same(value)}".replace(";", "\1")
        self.new.setdefault(token, (value, place, line))
        self.names[same(value)] = token
        self.shown[token] = value
        if self.known is not None:
            self.known.add(value)
        return token

    def write(self) -> dict[str, str]:
        """Add the rows that are only named; the identifier of each, by what stood for it."""
        made = ids_of(sorted(value for value, _, _ in self.new.values()), taken=self.ids)
        beside = bool(len(self.pile))
        for value, place, line in sorted(self.new.values(), key=lambda new: made[new[0]]):
            self.pile.append(place, line, id=made[value], **{self.name: value})
            rows = () if line is None else (line,)
            self.ledger.tell("made-row", place, rows, None, value, made[value],
                             table=self.pile.table.label, beside=beside)  # fmt: skip
        return {token: made[value] for token, (value, _, _) in self.new.items()}


def _register(pile: Pile, ledger: Ledger) -> Register:
    """The identifiers of a table's own rows: made of their names where they have none."""
    name = _NAME[pile.table.name]
    if len(pile) and name not in pile.columns and "id" not in pile.columns:
        raise AssertionError(f"{pile.table.name} has neither id nor {name}")
    if len(pile):
        _without_name(pile, name, ledger)
    if len(pile) and ("id" not in pile.columns or not all(pile.columns["id"])):
        had = list(pile.columns.get("id", [""] * len(pile)))
        names = [same(cell) for cell in pile.columns.get(name, [""] * len(pile))]
        shown: dict[str, str] = {}
        for key, cell in zip(names, pile.columns.get(name, []), strict=False):
            shown.setdefault(key, cell)
        need = sorted({key for key, cell in zip(names, had, strict=True) if not cell and key})
        made = ids_of([shown[key] for key in need], taken=[cell for cell in had if cell])
        pile.columns["id"] = [
            cell or made.get(shown.get(key, ""), "") for cell, key in zip(had, names, strict=True)
        ]
        if "id" not in pile.header:
            pile.header.insert(0, "id")
        _once(pile, {i for i, cell in enumerate(had) if not cell}, ledger)
    return Register(pile, ledger)


def _without_name(pile: Pile, name: str, ledger: Ledger) -> None:
    """Rows that name nobody are asked about, and then left out."""
    named = [
        any(cells)
        for cells in zip(*(pile.columns[c] for c in ("id", name) if c in pile.columns), strict=True)
    ]
    if all(named):
        return
    _leave(pile, [i for i, has in enumerate(named) if not has], name, ledger)


def _leave(pile: Pile, rows: list[int], name: str, ledger: Ledger) -> None:
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


def _once(pile: Pile, made: set[int], ledger: Ledger) -> None:
    """Rows of one name without identifiers are one row; where they say different things, that is asked."""
    first: dict[str, int] = {}
    keep: list[int] = []
    for row, key in enumerate(pile.columns["id"]):
        if row not in made or key not in first:
            first.setdefault(key, row)
            keep.append(row)
            continue
        at = first[key]
        line = pile.lines[row]
        for name, cells in pile.columns.items():
            if cells[row] and not cells[at]:
                cells[at] = cells[row]
            elif cells[row] and cells[row] != cells[at] and name != "id":
                cells[at] = _which(pile, name, at, row, ledger)
        ledger.tell("twice", pile.places[row], () if line is None else (line,), None,
                    pile.columns[_NAME[pile.table.name]][row], first=pile.lines[at] or "?")  # fmt: skip
    if len(keep) != len(pile):
        pile.only(keep)


def _which(pile: Pile, name: str, at: int, row: int, ledger: Ledger) -> str:
    """Which of two cells of one body is right."""
    cells = pile.columns[name]
    who = pile.columns[_NAME[pile.table.name]][at]
    if same(cells[at]) == same(cells[row]):
        return cells[at]
    words = Label(
        f"« {who} » a deux lignes ({pile.places[row]}, {pile.lines[at]} et {pile.lines[row]}) ; {name} : « {cells[at]} » ou « {cells[row]} » ?",
        f"'{who}' has two rows ({pile.places[row]}, {pile.lines[at]} and {pile.lines[row]}); {name}: '{cells[at]}' or '{cells[row]}'?",
    )
    both = {cells[at]: Label(cells[at], cells[at]), cells[row]: Label(cells[row], cells[row])}
    key = Key("twice", f"{pile.table.name}.{name}", same(who))
    answer = ledger.ask(Question(key, words, both, cells[at], pile.places[row]))
    if answer is not None:
        ledger.tell("answered", pile.places[row], (), name, who, answer)
    return answer or cells[at]


def _whole(pile: Pile, fld: Field, ledger: Ledger) -> None:
    """Rows without one of their ends are asked about, and then left out."""
    if lacking := [i for i, cell in enumerate(pile.columns[fld.name]) if not cell]:
        _leave(pile, lacking, fld.name, ledger)


def _refer(pile: Pile, fld: Field, register: Register, ledger: Ledger) -> None:
    """Put identifiers where a column names rows of another table."""
    split = {}
    for value in sorted(set(pile.columns[fld.name])):
        if value and register.find(value) is None and len(parts := _several(value, register)) > 1:
            split[value] = parts
    if split and fld.kind != "list":
        _spread(pile, fld, split, ledger)
        split = {}
    cells = pile.columns[fld.name]
    parts_of = {cell: split.get(cell) or [cell] for cell in set(cells) if cell}
    count = Counter(cells)
    often: Counter[str] = Counter()
    for cell, parts in parts_of.items():
        for part in parts:
            often[part] += count[cell]
    means = {
        value: _meaning(value, pile, fld, register, parts_of, ledger)
        for value in sorted(often, key=lambda v: (-often[v], v))
    }
    whole = {cell: ";".join(means[part] for part in parts) for cell, parts in parts_of.items()}
    pile.columns[fld.name] = [whole[cell] if cell else "" for cell in cells]


def _several(value: str, register: Register) -> list[str]:
    """The names in a cell: as lists are written; between commas only if all of them are known."""
    for pattern, sure in ((r"[|;\n]", True), (r",| / |/| & | et | and ", False)):
        parts = [part.strip() for part in re.split(pattern, value)]
        parts = list(dict.fromkeys(part for part in parts if part))
        if len(parts) > 1 and (sure or all(register.find(part) for part in parts)):
            return parts
    return [value]


def _spread(pile: Pile, fld: Field, split: dict[str, list[str]], ledger: Ledger) -> None:
    """A row for each of the names that a cell holds."""
    rows: list[int] = []
    cells: list[str] = []
    told: dict[tuple[str, Place], list[int]] = {}
    for row, cell in enumerate(pile.columns[fld.name]):
        parts = split.get(cell, [cell])
        rows += [row] * len(parts)
        cells += parts
        if len(parts) > 1:
            told.setdefault((cell, pile.places[row]), []).append(pile.lines[row] or 0)
    for (cell, place), lines in told.items():
        names = split[cell]
        ledger.tell(
            "several",
            place,
            lines,
            pile.called.get((place, fld.name), fld.name),
            cell,
            " | ".join(names),
            n=len(names),
        )
    pile.only(rows)
    pile.columns[fld.name] = cells


def _meaning(
    value: str, pile: Pile, fld: Field, register: Register, parts_of: dict[str, list[str]],
    ledger: Ledger,
) -> str:  # fmt: skip
    """The identifier that a name means, or what stands for it until it is made."""
    found = register.find(value)
    shown = register.shown.get(found or "", "")
    if found is not None and value in (found, shown):
        return found
    rows = [i for i, cell in enumerate(pile.columns[fld.name]) if value in parts_of.get(cell, ())]
    place, line = pile.places[rows[0]], pile.lines[rows[0]]
    at = tuple(line for i in rows if (line := pile.lines[i]) is not None)
    if found is not None:
        ledger.tell("same-name", place, at, pile.call(rows[0], fld.name), value, shown or found)
        return found
    near = register.propose(value)
    key = Key("name", register.pile.table.name, same(value))
    if not near and key not in ledger.answers.given:
        return register.take(value, place, line)
    answer = ledger.ask(_is_it(key, value, near, place, at))
    if answer in (None, NEW):
        return register.take(value, place, line)
    assert answer is not None
    other = register.find(answer)
    if other is None:
        return register.take(answer, place, line)
    ledger.tell("answered", place, at, pile.call(rows[0], fld.name), value, answer)
    return other


def _is_it(
    key: Key, value: str, near: list[Likeness], place: Place, at: tuple[int, ...]
) -> Question:
    """The question whether a name is one that is known."""
    first = near[0] if near else None
    if first is None:
        words = Label(f"qui est « {value} » ({place}) ?", f"who is '{value}' ({place})?")
    else:
        words = Label(
            f"« {value} » ({place}) est-il « {first.name} » ({first.why.fr}) ?",
            f"is '{value}' ({place}) '{first.name}' ({first.why.en})?",
        )
    choices = {
        one.name: Label(f"{one.score} % : {one.why.fr}", f"{one.score} %: {one.why.en}")
        for one in near
    }
    choices[NEW] = Label(
        "non : quelqu'un ou quelque chose d'autre", "no: somebody or something else"
    )
    return Question(key, words, choices, first.name if first else None, place, at, free=True)


def _status(pile: Pile, ledger: Ledger) -> None:
    """Flows that say no status where others do: asked once for all."""
    cells = pile.columns.get("status")
    if cells is None or all(cells):
        return
    rows = [i for i, cell in enumerate(cells) if not cell]
    at = tuple(line for i in rows if (line := pile.lines[i]) is not None)
    field = pile.table.field("status")
    assert field.codes is not None
    words = Label(
        "{n} {n:flux n'a|flux n'ont} pas d'état ({place}) : lequel ?",
        "{n} {n:flow has|flows have} no status ({place}): which?",
    ).format(n=len(rows), place=pile.places[rows[0]])
    choices = {code.code: code.label for code in field.codes.values()}
    key = Key("empty", "flows.status", "")
    answer = ledger.ask(Question(key, words, choices, "active", pile.places[rows[0]], at))
    if answer is not None:
        ledger.tell("answered", pile.places[rows[0]], at, "status", "", answer)
    pile.columns["status"] = [cell or answer or "active" for cell in cells]


def _doubled(pile: Pile, actors: Register, ledger: Ledger) -> None:
    """Pairs that come several times with a weight: their weights add, which is told."""
    if "weight" not in pile.columns or not len(pile):
        return
    keys = list(
        zip(
            pile.columns["provider"],
            pile.columns["recipient"],
            pile.columns.get("dataset", [""] * len(pile)),
            strict=True,
        )
    )
    times = Counter(keys)
    for key in sorted(k for k, n in times.items() if n > 1):
        rows = [i for i, other in enumerate(keys) if other == key]
        weights = ", ".join(pile.columns["weight"][i] or "–" for i in rows)
        who = dict(
            zip(actors.pile.columns["id"], actors.pile.columns.get("name", []), strict=False)
        )
        pair = f"{who.get(key[0], key[0])}, {who.get(key[1], key[1])} ({weights})"
        at = [line for i in rows if (line := pile.lines[i]) is not None]
        ledger.tell("doubled-pair", pile.places[rows[0]], at, None, pair, n=len(rows))
