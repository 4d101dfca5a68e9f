"""The rows that others refer to: each has an identifier, and is found by it, by its name, by likeness."""

from __future__ import annotations

from collections import Counter

from ecosystem.intake.answers import Key, Question
from ecosystem.intake.ledger import Ledger
from ecosystem.intake.likeness import Known, Likeness, same
from ecosystem.intake.piles import Pile, leave
from ecosystem.labels import Label
from ecosystem.schema import PUBLIC_PREFIX
from ecosystem.tables.cells import plain
from ecosystem.tables.naming import ids_of
from ecosystem.tables.repairs import Place

NAME_OF = {
    "actors": "name",
    "datasets": "title",
    "territories": "name",
    "services": "name",
    "sources": "title",
}
"""The column by which people name a row."""


_EVERYBODY = {"tout le monde", "grand public", "le grand public", "tout public", "le public", "public", "general public",
              "the general public", "the public", "everyone", "everybody", "open data", "opendata"}  # fmt: skip


def is_everybody(name: str) -> bool:
    """Whether who receives is the general public, by what people write for it."""
    return plain(name) in _EVERYBODY


class Register:
    """The rows of a table that others refer to: by identifier, by name, by likeness.

    Parameters
    ----------
    pile
        Its rows; those that are only named elsewhere are added when it is written.
    """

    def __init__(self, pile: Pile, ledger: Ledger) -> None:
        self.pile, self.ledger = pile, ledger
        self.name = NAME_OF[pile.table.name]
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
        self.alone: set[str] = set()
        """Names that stand in a cell of their own, in whatever column names these rows."""
        self.new: dict[str, tuple[str, Place, int | None]] = {}

    def find(self, value: str) -> str | None:
        """The identifier that a cell means: it is one, or the name of one."""
        return self.ids.get(value) or self.names.get(same(value))

    def is_name(self, value: str) -> bool:
        """Whether somebody goes by it: a row, or a cell of its own elsewhere."""
        return self.find(value) is not None or same(value) in self.alone

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

    def everybody(self, value: str, place: Place, line: int | None) -> str:
        """The identifier of the general public, which has a row from now on."""
        if PUBLIC_PREFIX not in self.ids:
            self.pile.append(place, line, id=PUBLIC_PREFIX, **{self.name: value})
            self.ids[PUBLIC_PREFIX] = PUBLIC_PREFIX
        return PUBLIC_PREFIX

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


def register_of(pile: Pile, ledger: Ledger) -> Register:
    """The identifiers of a table's own rows: made of their names where they have none."""
    name = NAME_OF[pile.table.name]
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
        if pile.table.name == "actors" and PUBLIC_PREFIX not in had:
            public = [name for name in made if is_everybody(name)][:1]
            made |= dict.fromkeys(public, PUBLIC_PREFIX)
        pile.columns["id"] = [
            cell or made.get(shown.get(key, ""), "") for cell, key in zip(had, names, strict=True)
        ]
        if "id" not in pile.header:
            pile.header.insert(0, "id")
        for place, count in Counter(
            p for p, cell in zip(pile.places, had, strict=True) if not cell
        ).items():
            ledger.tell("made-id", place, count=count)
        _once(pile, {i for i, cell in enumerate(had) if not cell}, ledger)
    if len(pile):
        _same_id(pile, ledger)
    return Register(pile, ledger)


def _same_id(pile: Pile, ledger: Ledger) -> None:
    """Rows of one identifier that do not contradict each other, as two files may hold, are one row."""
    first: dict[str, int] = {}
    keep: list[int] = []
    for row, key in enumerate(pile.columns["id"]):
        at = first.setdefault(key, row)
        pairs = [(cells[at], cells[row]) for cells in pile.columns.values()]
        if at == row or any(a and b and a != b for a, b in pairs):
            keep.append(row)
            continue
        for cells in pile.columns.values():
            cells[at] = cells[at] or cells[row]
        line = pile.lines[row]
        ledger.tell(
            "twice",
            pile.places[row],
            () if line is None else (line,),
            None,
            key,
            first=pile.lines[at] or "?",
        )
    if len(keep) != len(pile):
        pile.only(keep)


def _without_name(pile: Pile, name: str, ledger: Ledger) -> None:
    """Rows that name nobody are asked about, and then left out."""
    named = [
        any(cells)
        for cells in zip(*(pile.columns[c] for c in ("id", name) if c in pile.columns), strict=True)
    ]
    if all(named):
        return
    leave(pile, [i for i, has in enumerate(named) if not has], name, ledger)


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
                    pile.columns[NAME_OF[pile.table.name]][row], first=pile.lines[at] or "?")  # fmt: skip
    if len(keep) != len(pile):
        pile.only(keep)


def _which(pile: Pile, name: str, at: int, row: int, ledger: Ledger) -> str:
    """Which of two cells of one body is right."""
    cells = pile.columns[name]
    who = pile.columns[NAME_OF[pile.table.name]][at]
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
