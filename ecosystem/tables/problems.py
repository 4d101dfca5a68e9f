"""What is wrong with a table, and where.

A problem is data: a stable code, a place (file, line, column), the value found,
what is wrong and what to do, in French and English.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from ecosystem.tables.problem_kinds import CATALOGUE, Severity
from ecosystem.vocabulary import Label, Language


@dataclass(frozen=True)
class Problem:
    """One problem, where it is, and what to do about it.

    Attributes
    ----------
    file
        The file's name, or the table's name when the rows come from a store.
    line
        The line of the file where the row begins (the header is line 1); None for a whole file.
    column
        The column, or None.
    value
        The cell as it was read, shortened; None where there is no cell.
    """

    code: str
    severity: Severity
    file: str
    line: int | None
    column: str | None
    value: str | None
    message: Label
    hint: Label

    @property
    def place(self) -> str:
        """`file:line:column`, as far as it is known."""
        return ":".join(str(x) for x in (self.file, self.line, self.column) if x is not None)

    def to(self, language: Language) -> str:
        """One line: place, code, message, hint."""
        return f"{self.place}: {self.code}: {self.message.to(language)}. {self.hint.to(language)}."

    def record(self, language: Language) -> dict[str, object]:
        """The problem as a row of a table."""
        return {
            "severity": self.severity,
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "message": self.message.to(language),
            "hint": self.hint.to(language),
        }


COMPARISONS = 200_000
"""Of names, at a few microseconds each: a hint is worth a second, not ten minutes."""


def problem(
    code: str,
    file: str,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    **words: object,
) -> Problem:
    """A problem of the catalogue, found at a place."""
    kind = CATALOGUE[code]
    shown = None if value is None else (value if len(value) <= 80 else value[:79] + "…")
    values = {"value": shown, "file": file, **words}
    return Problem(
        code,
        kind.severity,
        file,
        line,
        column,
        shown,
        kind.message.format(**values),
        kind.hint.format(**values),
    )


def nearest(name: str, known: Iterable[str]) -> Label:
    """`; nearest: x`, or nothing, to end a hint with."""
    return Nearest(known)(name)


class Nearest:
    """The same for many names: each is compared once, and no more of them than a second allows.

    Parameters
    ----------
    known
        The names that exist.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._found: dict[str, Label] = {}
        self._left = COMPARISONS

    def __call__(self, name: str) -> Label:
        """`; nearest: x`, or nothing."""
        if name not in self._found:
            match: list[str] = []
            if self._left > 0:
                self._left -= len(self._known)
                match = difflib.get_close_matches(name, self._known, n=1, cutoff=0.6)
            self._found[name] = (
                Label(f" ; le plus proche : {match[0]}", f"; nearest: {match[0]}")
                if match
                else Label("", "")
            )
        return self._found[name]
