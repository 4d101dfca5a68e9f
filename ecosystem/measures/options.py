"""What a measure can be told: each option says what it takes, and refuses the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import Any

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.vocabulary import Label


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`.

    Attributes
    ----------
    said
        The range in words, where the network narrows it further; the measure refuses the rest.
    """

    least: int
    most: int
    said: Label | None = None

    def read(self, name: str, text: str) -> int:
        """The number that a text says."""
        try:
            return int(text)
        except ValueError:
            raise self._refused(name, text) from None

    def check(self, name: str, value: Any) -> None:
        """Raise if the value of the option `name` is not such a number."""
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        if not whole or not self.least <= value <= self.most:
            raise self._refused(name, value)

    def words(self) -> Label:
        """What it takes, in a few words."""
        return self.said or Label("de {a} à {b}", "{a} to {b}").format(
            a=self.least, b=f"{self.most:,}".replace(",", " ")
        )

    def _refused(self, name: str, value: Any) -> EcosystemError:
        return EcosystemError(
            Label(f"l'option {name} vaut « {value} »", f"option {name} is '{value}'"),
            Label("donnez un nombre entier {range}", "give a whole number, {range}").format(
                range=self.words()
            ),
        )


@dataclass(frozen=True)
class OneOf:
    """One of the names of what exists; `what` says what they are names of."""

    what: Label
    names: Mapping[str, Label]

    def read(self, name: str, text: str) -> str:  # noqa: ARG002
        """The text itself."""
        return text

    def check(self, name: str, value: Any) -> None:  # noqa: ARG002
        """Raise if there is no such name; it lists those that exist."""
        if value not in self.names:
            raise UnknownName(self.what, str(value), self.names)

    def words(self) -> Label:
        """The names."""
        return Label(" | ".join(self.names), " | ".join(self.names))


@dataclass(frozen=True)
class Column:
    """A column of the actors, or `community`: which there are, the network says."""

    def read(self, name: str, text: str) -> str:  # noqa: ARG002
        """The text itself."""
        return text

    def check(self, name: str, value: Any) -> None:
        """Raise if the value of the option `name` is no text."""
        if not isinstance(value, str):
            raise EcosystemError(
                Label(f"l'option {name} vaut « {value} »", f"option {name} is '{value}'"),
                Label(
                    "donnez le nom d'une colonne d'acteurs", "give the name of a column of actors"
                ),
            )

    def words(self) -> Label:
        """What it takes, in a few words."""
        return Label("une colonne d'acteurs", "a column of actors")


Option = Whole | OneOf | Column

COMMON: dict[str, Option] = {
    "partition": Column(),
    "draws": Whole(0, 1_000_000),
    "seed": Whole(0, 2**32 - 1),
}
"""Options that mean the same to every measure."""
