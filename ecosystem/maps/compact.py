"""The page model made small: keys said once, phrases said once, names by their number.

Most of what a large page says is the same sentence about other actors. Each such sentence is kept
once, with marks where the names go; a finding refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ecosystem.maps.contract import PageModel, Words

ACTOR, DATASET = 0xE000, 0xE400
"""Private characters: the mark of the first actor, of the first dataset of a finding."""
MARKS = re.compile("[\ue000-\ue7ff]")


def packed(page: PageModel) -> dict[str, Any]:
    """The model as it travels; the page unpacks it."""
    phrases = _Phrases()
    actors = [
        {
            **actor,
            "role": phrases.put(actor["role"]),
            "broker": actor["broker"]
            and {"rank": actor["broker"]["rank"], "text": phrases.put(actor["broker"]["text"])},
        }
        for actor in page["actors"]
    ]
    findings = []
    for finding in page["findings"]:
        names = {
            **_named(page["actors"], finding["actors"], "name", ACTOR),
            **_named(page["datasets"], finding["datasets"], "title", DATASET),
        }
        told = {key: phrases.put(finding[key], names) for key in ("sentence", "next_step")}
        findings.append({**finding, **told})
    return {
        **page,
        "actors": in_rows(actors),
        "datasets": in_rows(page["datasets"]),
        "flows": in_rows(page["flows"]),
        "needs": in_rows(page["needs"]),
        "findings": in_rows(findings),
        "phrases": phrases.all,
    }


def in_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows of one shape with their keys said once: a third of the page less."""
    keys = list(rows[0]) if rows else []
    return {"keys": keys, "rows": [[row[key] for key in keys] for row in rows]}


def _named(
    rows: Sequence[Mapping[str, Any]], positions: Sequence[int], key: str, first: int
) -> dict[str, str]:
    """The mark of each name that the sentences of a finding may say."""
    return {rows[n][key]: chr(first + i) for i, n in enumerate(positions[:1024])}


class _Phrases:
    """Phrases in both languages, each once; one that holds such characters itself is `plain`."""

    def __init__(self) -> None:
        self.all: list[Mapping[str, Any]] = []
        self._number: dict[tuple[str, str], int] = {}

    def put(self, words: Words | None, names: Mapping[str, str] | None = None) -> int | None:
        """The number of a phrase, names in it replaced by their marks."""
        if words is None:
            return None
        if any(MARKS.search(text) for text in (words["fr"], words["en"])):
            self.all.append({**words, "plain": True})
            return len(self.all) - 1
        marked: Words = {
            "fr": _marked(words["fr"], names or {}),
            "en": _marked(words["en"], names or {}),
        }
        key = (marked["fr"], marked["en"])
        if key not in self._number:
            self._number[key] = len(self.all)
            self.all.append(marked)
        return self._number[key]


def _marked(text: str, names: Mapping[str, str]) -> str:
    """A text with marks for names, the longest first: one may be a part of another."""
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 2:
            text = text.replace(name, names[name])
    return text
