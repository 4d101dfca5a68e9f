"""Words for people, in French and in English: light enough for a help page to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

_NO_BREAK = "\u00a0"
_KEPT = [(f" {mark}", f"{_NO_BREAK}{mark}") for mark in ":;?!»%"] + [("« ", f"«{_NO_BREAK}")]
"""What is replaced by what, so that French marks keep to their word."""


@dataclass(frozen=True)
class Label:
    """The same words in French and in English; French marks keep to their word."""

    fr: str
    en: str

    def __post_init__(self) -> None:
        kept = self.fr
        for breaking, unbroken in _KEPT:
            kept = kept.replace(breaking, unbroken)
        object.__setattr__(self, "fr", kept)

    def to(self, language: Language) -> str:
        """The words in `language`."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Label:
        """Both languages with `{name}` replaced; a `Label` value is replaced by its own words."""
        french = {name: v.fr if isinstance(v, Label) else v for name, v in values.items()}
        english = {name: v.en if isinstance(v, Label) else v for name, v in values.items()}
        return Label(self.fr.format(**french), self.en.format(**english))

    def __str__(self) -> str:
        return self.en


Progress = Callable[[Label, int, int], None]
"""What long work calls as it goes: what is under way, how many are done, of how many."""
