"""Words for people, in French and in English: light enough for a help page to import."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

_BEFORE = re.compile(r" (?=[:;?!»%])")
_AFTER = re.compile(r"(?<=«) ")
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Label:
    """The same words in French and in English; French marks keep to their word."""

    fr: str
    en: str

    def __post_init__(self) -> None:
        kept = _AFTER.sub(_NO_BREAK, _BEFORE.sub(_NO_BREAK, self.fr))
        object.__setattr__(self, "fr", kept)

    def to(self, language: Language) -> str:
        """The words in `language`."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Label:
        """Both languages with `{name}` replaced; a `Label` value is replaced by its own words."""

        def words(language: Language) -> dict[str, object]:
            return {
                name: value.to(language) if isinstance(value, Label) else value
                for name, value in values.items()
            }

        return Label(self.fr.format(**words("fr")), self.en.format(**words("en")))

    def __str__(self) -> str:
        return self.en
