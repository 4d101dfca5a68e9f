"""Which column a header means, and which table a set of headers is, by the synonyms of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ecosystem.schema import TABLES, Field, Table
from ecosystem.tables.cells import plain, stem

NAME, LABEL, SYNONYM, LOOSE = range(4)
"""How a header may match a field: the better first."""

LIKE = 84
"""From which likeness on (0 to 100) a header that matches nothing is proposed as a column."""

_ASIDE = re.compile(r"\s*[(\[].*?[)\]]\s*|\s*[*:]+\s*$")
_ASIDE_WORDS = {
    stem(word)
    for word in (
        *(
            "data",
            "donnée",
            "données",
            "flux",
            "flow",
            "nom",
            "name",
            "organisme",
            "organisation",
            "organization",
            "structure",
        ),
        *(
            "acteur",
            "actor",
            "id",
            "identifiant",
            "code",
            "libellé",
            "label",
            "du",
            "de",
            "la",
            "le",
            "les",
            "des",
            "d",
            "l",
            "of",
            "the",
        ),
    )
}
"""Words that say no more in a header than what the rest of it says: `Data recipient`, `Nom du fournisseur`."""

_ENOUGH: dict[str, tuple[set[str], ...]] = {
    "territories": ({"name", "id"}, {"kind", "population", "official_code", "country"}),
    "actors": ({"name", "id"},),
    "datasets": ({"title", "id"},),
    "flows": ({"provider"}, {"recipient"}),
    "needs": ({"actor"}, {"dataset", "purpose", "theme"}),
    "services": ({"name", "id"}, {"operator", "datasets", "status"}),
    "ties": ({"from"}, {"to"}),
    "maturity": ({"dimension"}, {"level"}),
    "preconisations": ({"number"}, {"title"}),
    "enseignements": ({"edition"}, {"title"}),
    "sources": ({"title", "id"}, {"publisher", "supports", "date", "url"}),
}
"""Of each of these sets a table needs a column, to be taken for that table."""

_BY_NAME = {"territories", "services", "preconisations", "enseignements", "sources", "maturity"}
"""Tables that only the name of a sheet or a file makes one think of."""


@cache
def lexicon(table: str) -> dict[str, list[tuple[int, str]]]:
    """The fields that each stem may mean in a table, the likeliest first."""
    words: dict[str, list[tuple[int, str]]] = {}
    for field in TABLES[table].fields:
        for rank, names in (
            (NAME, [field.name]),
            (LABEL, [field.label.fr, field.label.en]),
            (SYNONYM, field.synonyms),
        ):
            for name in names:
                entry = words.setdefault(stem(name), [])
                if field.name not in [known for _, known in entry]:
                    entry.append((rank, field.name))
    return {word: sorted(found, key=lambda pair: pair[0]) for word, found in words.items()}


def candidates(table: str, header: str) -> list[tuple[int, str]]:
    """The fields of a table that a header may mean: as it stands, else without what is in brackets."""
    words = lexicon(table)
    whole = stem(header.replace("_", " "))
    found = words.get(whole) or words.get(stem(_ASIDE.sub(" ", header.replace("_", " "))))
    if found is None:
        bare = [word for word in whole.split() if word not in _ASIDE_WORDS]
        if bare and len(bare) < len(whole.split()):
            found = [(LOOSE, name) for _, name in words.get(" ".join(bare), [])]
    return found or []


def matched(
    table: Table, header: Sequence[str], known: Mapping[str, str] | None = None
) -> list[str | None]:
    """The field of each header, None where it is none of the table's.

    Parameters
    ----------
    known
        Headers whose field is known; `""` for those that are not to be read.
    """
    known = known or {}
    fields: list[str | None] = [known.get(name) or None for name in header]
    may = [[] if name in known else candidates(table.name, name) for name in header]
    for rank in (NAME, LABEL, SYNONYM, LOOSE):
        for column, found in enumerate(may):
            if fields[column] is None:
                free = [f for r, f in found if r == rank and f not in fields]
                fields[column] = free[0] if free else None
    for need in _required(table):
        if need in fields:
            continue
        for column, found in enumerate(may):
            if need in [f for _, f in found] and fields[column] not in _required(table):
                fields[column] = need
                break
    for column, found in enumerate(may):  # what a required one took may be free for another
        if fields[column] is None:
            free = [f for _, f in found if f not in fields]
            fields[column] = free[0] if free else None
    return fields


@cache
def _required_of(table: str) -> tuple[str, ...]:
    fields = TABLES[table].fields
    return tuple(f.name for f in fields if f.required and f.name not in ("id", "status"))


def _required(table: Table) -> tuple[str, ...]:
    return _required_of(table.name)


def missing(table: Table, fields: Iterable[str | None]) -> list[set[str]]:
    """Of which sets of columns a table lacks one, to be that table."""
    have = set(fields)
    return [need for need in _ENOUGH[table.name] if not need & have]


def known_cells(cells: Sequence[str]) -> int:
    """How many cells of a row are headers of one table: of the table that knows most of them."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 1 or any(len(cell) > 200 for cell in filled):
        return 0
    return max(len({f for f in matched(table, filled) if f}) for table in TABLES.values())


def named(text: str) -> list[str]:
    """The tables that a sheet or a file of that name may be: the likeliest first."""
    whole = stem(re.sub(r"[\d_.-]+", " ", text))
    found = []
    for rank in range(3):
        for table in TABLES.values():
            names = ([table.name], [table.label.fr, table.label.en], table.synonyms)[rank]
            if table.name not in found and whole in {stem(name) for name in names}:
                found.append(table.name)
    if found:
        return found
    words = set(whole.split())
    return [t.name for t in TABLES.values() if words & {stem(t.name), stem(t.label.fr)}]


def table_of(header: Sequence[str], names: Iterable[str]) -> tuple[str | None, bool]:
    """The table that a header is, and whether it has all that the table needs.

    Parameters
    ----------
    names
        What the sheet and the file are called.
    """
    called = [table for name in names for table in named(name)]
    best: tuple[float, str] | None = None
    for table in TABLES.values():
        fields = matched(table, header)
        if missing(table, fields) or (table.name in _BY_NAME and table.name not in called):
            continue
        points = float(len({f for f in fields if f})) + sum(
            1 for name, f in zip(header, fields, strict=True) if f and _is_own(table, name, f)
        )
        points += 2 * sum(f in _required(table) for f in fields)
        if table.name in called:
            points += 4 - 0.5 * min(called.index(table.name), 4)
        if table.name == "ties" and not _says_kind(header, fields):
            points -= 5  # data that pass are what one looks for, where nothing says otherwise
        if best is None or points > best[0]:
            best = (points, table.name)
    if best is not None:
        return best[1], True
    return (called[0], False) if called else (None, False)


_VAGUE = {
    stem(word) for word in ("type", "relation", "relationship", "catégorie", "category", "lien")
}


def _says_kind(header: Sequence[str], fields: Sequence[str | None]) -> bool:
    """Whether a column says, by more than a vague word, what kind of tie there is."""
    return any(
        f == "kind" and stem(name) not in _VAGUE for name, f in zip(header, fields, strict=True)
    )


def _is_own(table: Table, header: str, name: str) -> bool:
    """Whether a header is the very name or label of a field."""
    field = table.field(name)
    return plain(header) in {plain(w) for w in (field.name, field.label.fr, field.label.en)}


def nearest(table: Table, header: str, taken: Iterable[str | None]) -> Field | None:
    """The field that a header is likely to mean, misspelt; None if nothing is near."""
    from rapidfuzz import fuzz, process

    free = {
        word: found[0][1]
        for word, found in lexicon(table.name).items()
        if found[0][1] not in taken and len(word) > 3
    }
    best = process.extractOne(stem(header), list(free), scorer=fuzz.ratio, score_cutoff=LIKE)
    return None if best is None else table.field(free[best[0]])
