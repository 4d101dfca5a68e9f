"""What can go wrong, in words that say what to do.

::

    EcosystemError          the user's data or environment; the command line exits with 1
    ├── DataError           a table cannot be read, or does not pass its checks
    ├── StoreError          a store cannot be reached, refuses, or is missing
    └── UnknownName         a name that is not in a list: says what exists and what is nearest
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from ecosystem.labels import LANGUAGES, Label, Language

T = TypeVar("T")


class EcosystemError(Exception):
    """An error that a user can mend: what happened, and what to do about it.

    Parameters
    ----------
    message
        What happened, with the names (file, row, column, value) it happened to.
    hint
        What to do next.
    """

    def __init__(self, message: Label, hint: Label | None = None) -> None:
        self.message = message
        self.hint = hint
        super().__init__(self.to("en"))

    def __str__(self) -> str:
        return self.to("en")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.hint)

    def to(self, language: Language) -> str:
        """The message, then the hint on a line of its own."""
        text = self.message.to(language)
        if self.hint is not None:
            word = "conseil\u00a0:" if language == "fr" else "hint:"
            text += f"\n{word} {self.hint.to(language)}"
        return text


def redacted(text: str) -> str:
    """An address as it can be shown: the user stays, the password goes."""
    return re.sub(r"^([\w+.-]+:/+[^:@/]*):.*@", r"\1@", text, flags=re.DOTALL)


class DataError(EcosystemError):
    """A table cannot be read, or does not pass its checks."""


class StoreError(EcosystemError):
    """A store cannot be reached, refuses what it was asked, or is not installed."""


class UnknownName(EcosystemError, KeyError):
    """A name outside a list; where the list is a mapping, what a mapping raises.

    Parameters
    ----------
    what
        The kind of thing that was named: an actor, a territory, a measure.
    name
        The name that was given.
    known
        The names that exist.
    """

    def __init__(self, what: Label, name: str, known: Iterable[str]) -> None:
        import difflib

        self.what = what
        names = sorted(known)
        self._given = (what, name, names)
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        shown = ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
        super().__init__(
            Label(f"« {name} » n'existe pas ({what.fr})", f"unknown {what.en}: '{name}'"),
            Label(
                (f"le plus proche : {', '.join(near)}. " if near else "")
                + f"Existent : {shown or 'aucun'}",
                (f"nearest: {', '.join(near)}. " if near else "") + f"there are: {shown or 'none'}",
            ),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._given


class Registry(dict[str, T]):
    """Things by their names; one that is not there is an `UnknownName`, which tells the nearest.

    Parameters
    ----------
    what
        The kind of thing.
    """

    def __init__(self, what: Label) -> None:
        super().__init__()
        self.what = what

    def __missing__(self, name: object) -> T:
        raise UnknownName(self.what, str(name), self)


def spoken(language: str) -> Language:
    """The same language, if it is one of ours.

    Raises
    ------
    UnknownName
        If it is not.
    """
    for known in LANGUAGES:
        if language == known:
            return known
    raise UnknownName(Label("langue", "language"), str(language), LANGUAGES)
