"""Texts that name what an audience may not see: found whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ecosystem.schema import Table

NAMES = ("id", "name", "title", "url", "identifier", "official_code")
"""Columns whose value names a row wherever it stands in a text."""
TELLING = ("description", "note", "purpose", "evidence", "supports")
"""Columns whose whole text is a secret of its row."""
COMMON = ("publisher", "format", "licence", "frequency", "country", "theme", "edition")
"""Columns whose text is that of many rows, and tells of none."""
SHORTEST = 3
"""A shorter name counts as a mention only where it is a whole cell."""
LONG = 12
"""A telling text shorter than this says nothing by itself and is not looked for elsewhere."""
CHUNK = 400
"""How many names one pattern looks for."""


def folded(text: str) -> str:
    """Small letters without accents, one space between words, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(plain.replace("’", "'").replace("œ", "oe").split())


def secrets_of(table: Table, row: dict[str, object], columns: Iterable[str]) -> set[str]:
    """What must not be read of a row, as far as `columns` go."""
    found = set()
    for column in columns:
        text = row.get(column)
        if not isinstance(text, str) or not text.strip():
            continue
        if column == "id" and table.numbers_rows and re.fullmatch(r"\w+-\d+", text):
            continue  # a number that reading gave, or that a copy gives anew
        if column in NAMES or (column in TELLING and len(text) >= LONG):
            found.add(text)
        if column in ("name", "title"):
            before, _, inside = text.partition(" (")
            found.add(before)
            if re.fullmatch(r"[A-Z0-9]{3,}", inside.rstrip(") ")):
                found.add(inside.rstrip(") "))
    return found


class Mentions:
    """Looks for secrets in texts.

    Parameters
    ----------
    secrets
        Names and texts that must not be read.
    shown
        Names that may be read, even where a secret is a part of them: the town hall's is not a
        mention of the town.
    """

    def __init__(self, secrets: Iterable[str], shown: Iterable[str] = ()) -> None:
        terms = {folded(text) for text in secrets} - {""}
        open_names = {folded(name) for name in shown} - {""}
        self.whole = terms - open_names
        words = {t for t in self.whole if len(t) >= SHORTEST}
        inside = _patterns(words)
        self._words = inside
        self._open = _patterns({n for n in open_names if any(p.search(n) for p in inside)})

    def __bool__(self) -> bool:
        return bool(self.whole)

    def found_in(self, text: str) -> bool:
        """Whether a text names a secret."""
        plain = folded(text)
        if plain in self.whole:
            return True
        if not any(pattern.search(plain) for pattern in self._words):
            return False
        for pattern in self._open:
            plain = pattern.sub("\0", plain)
        return any(pattern.search(plain) for pattern in self._words)


def _patterns(terms: set[str]) -> list[re.Pattern[str]]:
    """Patterns that find any of the terms between what is neither a letter nor a digit."""
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    return [
        re.compile(
            r"(?<![^\W_])(?:" + "|".join(map(re.escape, ordered[i : i + CHUNK])) + r")(?![^\W_])"
        )
        for i in range(0, len(ordered), CHUNK)
    ]
