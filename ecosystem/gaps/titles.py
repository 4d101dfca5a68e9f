"""Which datasets are like one another: same theme, and words of the title in common."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"[a-z0-9]+")
_WRITTEN = re.compile(r"\w+")
_EMPTY = frozenset(
    word
    for line in (
        "aux avec ces cet cette chez dans des donnee dont elle elles entre est etre eux ils jeu jeux",
        "les leur leurs lui mais mieux meme mes nos notre nous ont par pas plus pour quand que quel",
        "quelle qui sans sera ses soit son sont sous sur tous tout toute trop une vers vos votre vous",
        "acteur action ligne mise niveau plateforme platform public publique reel service temp temps territoire ville",
        "about all and any are between both but data dataset for from has have his how into its more",
        "not our out over public service time than that the their them they this use was were what when which who with",
    )
    for word in line.split()
)
"""Words that say nothing about what a dataset of a territory holds, folded."""

COMMON = 50
"""A word in the titles of more datasets than this, and of a tenth of the theme, tells nothing apart."""


@lru_cache(maxsize=200_000)
def words_of(text: str | None) -> frozenset[str]:
    """The words of a text that tell: accents folded, no plural mark, no short or empty word."""
    if not text:
        return frozenset()
    folded = unicodedata.normalize("NFKD", text.casefold())
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    found = _WORD.findall(folded)
    stems = (word.rstrip("sx") if len(word) > 4 else word for word in found)
    return frozenset(w for w in stems if len(w) > 2 and w not in _EMPTY)


def written(text: str, words: frozenset[str]) -> str:
    """Those of the words of a text that are among these, as the text writes them."""
    found = (word for word in _WRITTEN.findall(text) if words_of(word) & words)
    return ", ".join(dict.fromkeys(word.lower() for word in found))


class Titles:
    """Datasets that somebody holds, by theme and by word of their title."""

    def __init__(self, datasets: Iterable[Mapping[str, Any]]) -> None:
        self._of: dict[str | None, list[str]] = defaultdict(list)
        self._by_word: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        """Where in the list of a theme the datasets are that have a word in their title."""
        self._telling: dict[tuple[str | None, str], npt.NDArray[np.int64]] = {}
        for row in datasets:
            if row["holder"] is not None:
                theme, place = row["theme"], len(self._of[row["theme"]])
                self._of[theme].append(row["id"])
                for word in words_of(row["title"]):
                    self._by_word[theme, word].append(place)

    def like(self, theme: str | None, words: Iterable[str]) -> dict[str, int]:
        """The datasets of a theme that share words with these, and how many."""
        shared, every = self._shared(theme, words), self._of.get(theme, [])
        return {every[place]: int(shared[place]) for place in np.flatnonzero(shared)}

    def nearest(self, theme: str | None, words: Iterable[str], least: int) -> Iterator[str]:
        """The datasets of a theme that share so many words with these or more, most first, by id."""
        shared, every = self._shared(theme, words), self._of.get(theme, [])
        for count in range(shared.max(initial=0), least - 1, -1):
            yield from sorted(every[place] for place in np.flatnonzero(shared == count))

    def _shared(self, theme: str | None, words: Iterable[str]) -> npt.NDArray[np.int64]:
        """How many of these words the datasets of a theme have, by place."""
        having = [places for word in words if len(places := self._places(theme, word))]
        return np.bincount(np.concatenate(having)) if having else np.array([], dtype=np.int64)

    def _places(self, theme: str | None, word: str) -> npt.NDArray[np.int64]:
        """Where the datasets are that have a word, none if too many have it."""
        if (theme, word) not in self._telling:
            having = self._by_word.get((theme, word), [])
            common = len(having) > max(COMMON, len(self._of.get(theme, ())) // 10)
            self._telling[theme, word] = np.array([] if common else having, dtype=np.int64)
        return self._telling[theme, word]

    def of_theme(self, theme: str | None) -> list[str]:
        """The datasets of a theme."""
        return self._of.get(theme, [])
