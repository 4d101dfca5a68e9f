"""Which datasets are like one another: same theme, and words of the title in common."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

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
    found = _WORD.findall("".join(c for c in folded if not unicodedata.combining(c)))
    stems = (word.rstrip("sx") if len(word) > 4 else word for word in found)
    return frozenset(w for w in stems if len(w) > 2 and w not in _EMPTY)


def written(text: str, words: frozenset[str]) -> str:
    """Those of the words of a text that are among these, as the text writes them."""
    found = (word for word in _WRITTEN.findall(text) if words_of(word) & words)
    return ", ".join(dict.fromkeys(word.lower() for word in found))


class Titles:
    """Datasets that somebody holds, by theme and by word of their title."""

    def __init__(self, datasets: Iterable[Mapping[str, Any]]) -> None:
        self._by_word: dict[tuple[str | None, str], list[str]] = defaultdict(list)
        self._of: dict[str | None, list[str]] = defaultdict(list)
        for row in datasets:
            if row["holder"] is not None:
                self._of[row["theme"]].append(row["id"])
                for word in words_of(row["title"]):
                    self._by_word[row["theme"], word].append(row["id"])

    def like(self, theme: str | None, words: Iterable[str]) -> Counter[str]:
        """The datasets of a theme that share words with these, and how many."""
        shared: Counter[str] = Counter()
        for word in words:
            having = self._by_word.get((theme, word), [])
            if len(having) <= max(COMMON, len(self._of[theme]) // 10):
                shared.update(having)
        return shared

    def of_theme(self, theme: str | None) -> list[str]:
        """The datasets of a theme."""
        return self._of.get(theme, [])
