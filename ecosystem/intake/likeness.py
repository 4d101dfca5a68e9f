"""Names that may be of one body: proposed with a reason, never joined alone.

Two names are proposed as one if nothing of substance tells them apart: case, accents, signs, a legal
form, an acronym beside or instead of the name, a slip of the pen. A word that differs is a difference:
`Régie des eaux` and `Régie des transports`, `Commune d'X` and `Communauté de communes d'X` are two.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ecosystem.labels import Label
from ecosystem.tables.cells import composed, plain

_SMALL = {"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "au", "aux", "a", "of", "the", "and", "for", "pour", "sur", "sous"}  # fmt: skip
_FORMS = {"sa", "sas", "sasu", "sarl", "eurl", "sci", "scop", "scic", "snc", "gmbh", "ag", "ltd", "inc", "llc", "plc", "bv", "spa", "srl", "asbl", "epic", "epa", "epl", "gie", "gip"}  # fmt: skip
"""Legal forms: a name says the same with and without."""

_SPELT = {
    "ca": ("communaute", "agglomeration"), "cc": ("communaute", "communes"),
    "cu": ("communaute", "urbaine"), "cdc": ("communaute", "communes"),
    "agglo": ("communaute", "agglomeration"), "comcom": ("communaute", "communes"),
    "cd": ("conseil", "departemental"), "cr": ("conseil", "regional"), "dpt": ("departement",),
    "univ": ("universite",), "assoc": ("association",), "asso": ("association",), "st": ("saint",),
    "ste": ("sainte",), "cci": ("chambre", "commerce", "industrie"), "mairie": ("commune",),
    "ville": ("commune",),
}  # fmt: skip
"""What the short words of names stand for."""

COMPARISONS = 20_000_000
"""Of names that may be misspelt, at a fraction of a microsecond each: beyond, only slips go unseen."""

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


@dataclass(frozen=True)
class Likeness:
    """Two names that may be one: how alike (0 to 100), and why."""

    name: str
    score: int
    why: Label


@functools.lru_cache(maxsize=1 << 16)
def same(name: str) -> str:
    """What is the same name written with other blanks, apostrophes or dashes."""
    text = " ".join(composed(name).split())
    if text.isascii() and "`" not in text:
        return text
    for signs, sign in (("’‘ʼ´`", "'"), ("–—‐‑−", "-"), ("“”„", '"')):
        for other in signs:
            text = text.replace(other, sign)
    return text


def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell who it is, spelt out, in the order in which they come."""
    bare = _BRACKETS.sub(" ", name)
    found: list[str] = []
    for word in plain(bare if plain(bare) else name).split():
        if word not in _SMALL and word not in _FORMS:
            found += _SPELT.get(word, (word,))
    return tuple(found) or tuple(plain(name).split())


def acronyms(name: str) -> set[str]:
    """The acronyms that a name may go by: what stands in brackets, its initials."""
    found = {plain(inside) for inside in _BRACKETS.findall(name) if " " not in plain(inside)}
    parts = plain(_BRACKETS.sub(" ", name)).split()
    if len(parts) > 2:
        found.add("".join(part[0] for part in parts))
        found.add("".join(part[0] for part in parts if part not in _SMALL))
    return {short for short in found if len(short) > 2}


class Known:
    """Names that exist, looked up by what is alike in them.

    Parameters
    ----------
    names
        The names; of several that are alike, all are proposed.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names: dict[str, None] = {}
        self._words: dict[tuple[str, ...], list[str]] = {}
        self._short: dict[str, list[str]] = {}
        self._joined: dict[str, list[str]] = {}
        self._near: dict[tuple[object, str], dict[str, None]] = {}
        self._left = COMPARISONS
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """One name more."""
        if name in self.names:
            return
        self.names[name] = None
        own = words(name)
        self._words.setdefault(tuple(sorted(own)), []).append(name)
        joined = " ".join(own)
        self._joined.setdefault(joined, []).append(name)
        for end in (joined[:2], joined[-3:]):
            self._near.setdefault((_frame(own), end), {})[joined] = None
        for short in acronyms(name):
            self._short.setdefault(short, []).append(name)

    def like(self, name: str, most: int = 3) -> list[Likeness]:
        """The names that may be the same as one, the likeliest first; never the name itself."""
        own = words(name)
        found: dict[str, Likeness] = {}

        def propose(others: Sequence[str], score: int, why: Label) -> None:
            for other in others:
                if other != name and (other not in found or found[other].score < score):
                    found[other] = Likeness(other, score, why)

        for other in self._words.get(tuple(sorted(own)), []):
            if plain(other) == plain(name):
                propose(
                    [other], 98, Label("à la casse et aux accents près", "but for case and accents")
                )
            else:
                propose([other], 94, Label("les mêmes mots, sans forme juridique ni sigle",
                                           "the same words, without legal form and acronym"))  # fmt: skip
        short = plain(name)
        if " " not in short:
            propose(self._short.get(short, []), 85, Label("son sigle", "its acronym"))
        for short in acronyms(name):
            propose([o for o in self._joined.get(short, []) if " " not in plain(o)], 85,
                    Label("son sigle", "its acronym"))  # fmt: skip
        if not found:
            for other in self._slips(own):
                propose([other], 88, Label("une faute de frappe près", "but for a slip of the pen"))
        first = {known: at for at, known in enumerate(self.names)} if len(found) > 1 else {}
        return sorted(found.values(), key=lambda one: (-one.score, first.get(one.name, 0)))[:most]

    def _slips(self, own: tuple[str, ...]) -> list[str]:
        """Names with as many words, each equal or a letter or two apart."""
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import OSA

        if len(own) == 1 and any(sign.isdigit() for sign in own[0]):
            return []
        joined = " ".join(own)
        near_by = [
            *self._near.get((_frame(own), joined[:2]), ()),
            *self._near.get((_frame(own), joined[-3:]), ()),
        ]
        self._left -= len(near_by)
        if self._left < 0:
            return []
        near = process.extract(joined, near_by, scorer=fuzz.ratio, score_cutoff=85, limit=10)
        found = []
        for text, _, _ in near:
            other = text.split()
            if len(other) != len(own):
                continue
            apart = [(a, b, OSA.distance(a, b)) for a, b in zip(own, other, strict=True) if a != b]
            if all(_slip(a, b, far) for a, b, far in apart):
                found += self._joined[text]
        return list(dict.fromkeys(found))


def _frame(own: tuple[str, ...]) -> tuple[str, ...]:
    """What no slip of the pen changes: how many words, and those with digits, in their places."""
    return tuple(word if any(map(str.isdigit, word)) else "" for word in own)


def _slip(a: str, b: str, far: int) -> bool:
    """Whether two words may be one, misspelt: a letter in five, two in nine; no digit, no plural alone."""
    if any(sign.isdigit() for sign in a + b):
        return False
    least = min(len(a), len(b))
    return far <= (2 if least > 8 else 1 if least > 4 else 0)
