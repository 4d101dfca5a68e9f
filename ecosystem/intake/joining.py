"""Parts to tables: names to identifiers, rows for those that are only named, one row an actor."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from ecosystem.intake.answers import NEW, Key, Question
from ecosystem.intake.ledger import Ledger
from ecosystem.intake.likeness import Likeness, same
from ecosystem.intake.links import reconciled
from ecosystem.intake.piles import Pile, leave
from ecosystem.intake.registers import NAME_OF, Register, is_everybody, register_of
from ecosystem.labels import Label
from ecosystem.schema import PUBLIC_PREFIX, Field
from ecosystem.tables.repairs import Place

_JOINS = re.compile(r"[|;\n,/&]|\b(?:et|and)\b")
"""What may stand between two names of one cell."""


def joined(piles: dict[str, Pile], ledger: Ledger) -> None:
    """Give every row an identifier, and every reference the identifier that it means."""
    _holderless(piles, ledger)
    registers = {name: register_of(piles[name], ledger) for name in NAME_OF}
    columns = [
        (pile, fld, registers[fld.reference.table])
        for pile in piles.values()
        for fld in pile.table.references
        if fld.name in pile.columns and fld.reference is not None
    ]
    for pile, fld, _ in columns:
        if fld.required:
            _whole(pile, fld, ledger)
    for pile, fld, register in columns:
        register.alone |= {
            same(cell) for cell in set(pile.columns[fld.name]) if _JOINS.search(cell) is None
        }
    for pile, fld, register in columns:
        _refer(pile, fld, register, ledger)
    made = {name: key for register in registers.values() for name, key in register.write().items()}
    for pile, fld, _ in columns:
        cells = pile.columns[fld.name]
        keys = {
            cell: ";".join(made.get(part, part) for part in cell.split(";")) for cell in set(cells)
        }
        pile.columns[fld.name] = list(map(keys.__getitem__, cells))
    reconciled(piles["flows"], ledger)
    _status(piles["flows"], ledger)
    _doubled(piles["flows"], registers["actors"], ledger)


def _holderless(piles: dict[str, Pile], ledger: Ledger) -> None:
    """Datasets of which none says who holds it, and nothing else names anybody: asked once for all."""
    datasets = piles["datasets"]
    others = [pile for name, pile in piles.items() if name != "datasets" and len(pile)]
    if not len(datasets) or others or any(datasets.columns.get("holder", [])):
        return
    place = datasets.places[0]
    words = Label(
        "qui détient {n:le jeu|les jeux} de données de {place} ({n}) ? Aucune ligne ne le dit",
        "who holds the {n:dataset|datasets} of {place} ({n})? No row says it",
    ).format(n=len(datasets), place=place)
    question = Question(Key("holder", "datasets.holder", ""), words, {}, None, place, free=True)
    answer = ledger.ask(question)
    if answer is None:
        return
    if "holder" not in datasets.columns:
        datasets.header.append("holder")
    datasets.columns["holder"] = [answer] * len(datasets)
    lines = [line for line in datasets.lines if line is not None]
    ledger.tell("answered", place, lines, "holder", "", answer)


def _whole(pile: Pile, fld: Field, ledger: Ledger) -> None:
    """Rows without one of their ends are asked about, and then left out."""
    if lacking := [i for i, cell in enumerate(pile.columns[fld.name]) if not cell]:
        leave(pile, lacking, fld.name, ledger)


def _refer(pile: Pile, fld: Field, register: Register, ledger: Ledger) -> None:
    """Put identifiers where a column names rows of another table."""
    split = {}
    for value in sorted(set(pile.columns[fld.name])):
        if value and register.find(value) is None:
            parts, sure = _several(value, register)
            if len(parts) > 1 and (sure or _are_several(value, parts, pile, fld, register, ledger)):
                split[value] = parts
    if split and fld.kind != "list":
        _spread(pile, fld, split, ledger)
        split = {}
    cells = pile.columns[fld.name]
    parts_of = {cell: split.get(cell) or [cell] for cell in set(cells) if cell}
    held: defaultdict[str, list[int]] = defaultdict(list)
    for row, cell in enumerate(cells):
        held[cell].append(row)
    where: dict[str, list[int]] = {}
    often: Counter[str] = Counter()
    for cell, parts in parts_of.items():
        for part in parts:
            often[part] += len(held[cell])
            where[part] = sorted(where[part] + held[cell]) if part in where else held[cell]
    means = {
        value: _meaning(value, where[value], pile, fld, register, ledger)
        for value in sorted(often, key=lambda v: (-often[v], _plainness(v)))
    }
    whole = {cell: ";".join(means[part] for part in parts) for cell, parts in parts_of.items()}
    pile.columns[fld.name] = list(map({**whole, "": ""}.__getitem__, cells))


def _plainness(name: str) -> tuple[bool, int, int, str]:
    """What to sort names by that are equally often there: in full and with accents before capitals and short."""
    accents = sum(not sign.isascii() for sign in name)
    return name.isupper(), -accents, -len(name), name


def _several(value: str, register: Register) -> tuple[list[str], bool]:
    """The names in a cell, and whether that is sure: as lists are written, or if all of them are names elsewhere."""
    if _JOINS.search(value) is None:
        return [value], True
    for pattern, sure in ((r"[|;\n]", True), (r",| / |/| & | et | and ", False)):
        parts = [part.strip() for part in re.split(pattern, value)]
        parts = list(dict.fromkeys(part for part in parts if part))
        known = [register.is_name(part) for part in parts]
        if len(parts) > 1 and (sure or all(known)):
            return parts, True
        if len(parts) > 1 and any(known):
            return parts, False
    return [value], True


def _are_several(
    value: str, parts: list[str], pile: Pile, fld: Field, register: Register, ledger: Ledger
) -> bool:
    """Whether a cell holds several names, of which some are known: asked."""
    row = pile.columns[fld.name].index(value)
    words = Label(
        f"« {value} » ({pile.places[row]}) : un nom, ou {len(parts)} ?",
        f"'{value}' ({pile.places[row]}): one name, or {len(parts)}?",
    )
    shown = " | ".join(parts)
    choices = {"several": Label(shown, shown), "one": Label("un seul nom", "one name")}
    key = Key("several", register.pile.table.name, same(value))
    lines = (line,) if (line := pile.lines[row]) is not None else ()
    return (
        ledger.ask(Question(key, words, choices, "several", pile.places[row], lines)) == "several"
    )


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
    again = [False, *(a == b for a, b in zip(rows[1:], rows, strict=False))]
    pile.only(rows)
    pile.columns[fld.name] = cells
    if "id" in pile.columns:
        ids = zip(pile.columns["id"], again, strict=True)
        pile.columns["id"] = ["" if copy else key for key, copy in ids]


def _meaning(
    value: str, rows: list[int], pile: Pile, fld: Field, register: Register, ledger: Ledger
) -> str:
    """The identifier that a name means, or what stands for it until it is made."""
    found = register.find(value)
    shown = register.shown.get(found or "", "")
    if found is not None and value in (found, shown):
        return found
    place, line = pile.places[rows[0]], pile.lines[rows[0]]
    if found is None and fld.name in ("provider", "recipient") and is_everybody(value):
        at = tuple(line for i in rows if (line := pile.lines[i]) is not None)
        ledger.tell("public", place, at, pile.call(rows[0], fld.name), value, PUBLIC_PREFIX)
        return register.everybody(value, pile.places[rows[0]], pile.lines[rows[0]])
    near = register.propose(value) if found is None else []
    key = Key("name", register.pile.table.name, same(value))
    if found is None and not near and key not in ledger.answers.given:
        return register.take(value, place, line)
    at = tuple(line for i in rows if (line := pile.lines[i]) is not None)
    if found is not None:
        ledger.tell("same-name", place, at, pile.call(rows[0], fld.name), value, shown or found)
        return found
    answer = ledger.ask(_is_it(key, value, near, place, at))
    if answer in (None, NEW):
        return register.take(value, place, line)
    assert answer is not None
    other = register.find(answer)
    if other is None:
        return register.take(answer, place, line)
    register.names.setdefault(same(value), other)  # who is named by this name is that one too
    meant = register.shown.get(other, answer)
    ledger.tell("answered", place, at, pile.call(rows[0], fld.name), value, meant)
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
    often = Counter(keys)
    if len(often) == len(keys):
        return
    where: dict[tuple[str, str, str], list[int]] = {}
    for row, key in enumerate(keys):
        if often[key] > 1:
            where.setdefault(key, []).append(row)
    who = dict(zip(actors.pile.columns["id"], actors.pile.columns.get("name", []), strict=False))
    for key, rows in sorted(where.items()):
        weights = ", ".join(pile.columns["weight"][i] or "–" for i in rows)
        pair = f"{who.get(key[0], key[0])}, {who.get(key[1], key[1])} ({weights})"
        at = [line for i in rows if (line := pile.lines[i]) is not None]
        ledger.tell("doubled-pair", pile.places[rows[0]], at, None, pair, n=len(rows))
