"""Words for people, in French and in English: light enough for a help page to import."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

Values = Mapping[str, object] | Callable[[], Mapping[str, object]]
"""What stands for each name in the words of a label, or a function that tells it."""

_NO_BREAK = "\u00a0"
_KEPT = [(f" {mark}", f"{_NO_BREAK}{mark}") for mark in ":;?!»%"] + [("« ", f"«{_NO_BREAK}")]
"""What is replaced by what, so that French marks keep to their word."""


@dataclass(frozen=True)
class Label:
    """The same words in French and in English; French marks keep to their word."""

    __slots__ = ("_template", "_values", "en", "fr")

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
        """Both languages with `{name}` replaced; a `Label` value is replaced by its own words.

        `{n:pair|pairs}` is the first where `n` is one (in French, less than two), else the second.
        In French *de* and *que* are elided before a value that begins with a vowel.
        """
        french = {name: v.fr if isinstance(v, Label) else v for name, v in values.items()}
        english = {name: v.en if isinstance(v, Label) else v for name, v in values.items()}
        return Label(
            _elided(_chosen(self.fr, french, 2), french).format(**french),
            _chosen(self.en, english, None).format(**english),
        )

    def filled(self, values: Values) -> Label:
        """The same as `format`, done when the words are first read; `values` must not change till then.

        For the many labels of which few are read. `values` may be a function that gives them,
        called when they are needed.
        """
        late = object.__new__(Label)
        _set_template(late, self)
        _set_values(late, values)
        return late

    if not TYPE_CHECKING:  # a type checker would take every name for an attribute

        def __getattr__(self, name: str) -> str:
            """The words of a label that is filled when it is first read."""
            if name not in ("fr", "en"):
                raise AttributeError(f"a label has no attribute {name!r}")
            values = self._values() if callable(self._values) else self._values
            made = self._template.format(**values)
            object.__setattr__(self, "fr", made.fr)
            object.__setattr__(self, "en", made.en)
            _set_values(self, None)
            return getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied and pickled as its words."""
        return Label, (self.fr, self.en)

    def __str__(self) -> str:
        return self.en


def decimal(value: float, spec: str) -> Label:
    """A number in figures, by a format such as `.2g`: with a comma in French, a point in English."""
    told = format(value, spec)
    return Label(told.replace(".", ","), told)


_CHOICE = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")
_ELIDED = re.compile(r"\b([DdQq](?:e|ue)) (?=\{(\w+)\})")
_VOWEL = re.compile(
    r"[aeiouœæàâäéèêëîïôöùûü]|h(?!aut|alle|all\b|avre|ainaut|am|anse|ongr|ollan|ub\b|ack|éro|eur|ors|uit|ang)",
    re.IGNORECASE,
)
"""How words begin before which `de` is `d'`: a vowel, or an h that is not sounded."""


def _chosen(template: str, values: Mapping[str, object], many: int | None) -> str:
    """A template with each choice between one and several made; `many`: the least that is several."""
    if "|" not in template:
        return template

    def choice(found: re.Match[str]) -> str:
        count = abs(float(str(values[found[1]])))
        one = count == 1 if many is None else count < many
        return found[2] if one else found[3]

    return _CHOICE.sub(choice, template)


def _elided(template: str, values: Mapping[str, object]) -> str:
    """A French template in which `de` and `que` are elided before the values that want it."""
    if "e {" not in template:
        return template

    def before(found: re.Match[str]) -> str:
        return f"{found[1][:-1]}'" if _VOWEL.match(str(values[found[2]])) else found[0]

    return _ELIDED.sub(before, template)


_set_template = vars(Label)["_template"].__set__
_set_values = vars(Label)["_values"].__set__


UNPRINTED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
"""What a screen obeys instead of showing it: control characters, but for tabs and ends of lines, and
marks of direction."""


def printed(text: str) -> str:
    """A text as a screen may show it: what it would obey is written out, ESC as `x1b` after a backslash."""
    return UNPRINTED.sub(_written_out, text).replace("\r", "\\r")


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


Progress = Callable[[Label, int, int], None]
"""What long work calls as it goes: what is under way, how many are done, of how many."""


def counted(count: int, of: tuple[Label, Label]) -> Label:
    """How many of what: `1 error`, `2 errors`; French counts 0 as one.

    Parameters
    ----------
    of
        What is counted, one of it and several.
    """
    one, several = of
    return Label(
        f"{count} {(one if abs(count) < 2 else several).fr}",
        f"{count} {(one if count == 1 else several).en}",
    )
