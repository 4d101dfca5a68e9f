"""The page model made small: keys said once, phrases said once, names by their number.

Most of what a large page says is the same sentence about other actors. Each such sentence is kept
once, with marks where the names go; a finding refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ecosystem.maps.contract import Finding, PageModel, Words

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
        names = _named(page, finding)
        told = {key: phrases.put(finding[key], names) for key in ("sentence", "next_step")}
        findings.append({**finding, **told})
    conversations = [
        {
            **talk,
            "title": phrases.put(talk["title"]),
            "parts": [
                [name, [phrases.put(line) for line in lines]] for name, lines in talk["parts"]
            ],
        }
        for talk in page["conversations"]
    ]
    return {
        **page,
        "actors": in_rows(actors),
        "datasets": in_rows(page["datasets"]),
        "flows": in_rows(page["flows"]),
        "needs": in_rows(page["needs"]),
        "findings": in_rows(findings),
        "conversations": in_rows(conversations),
        "phrases": phrases.all,
    }


def in_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows of one shape with their keys said once: a third of the page less."""
    keys = list(rows[0]) if rows else []
    return {"keys": keys, "rows": [[row[key] for key in keys] for row in rows]}


def _named(page: PageModel, finding: Finding) -> list[tuple[str, str]]:
    """The names that the sentences of a finding may say, each with its mark, the longest first.

    One may be a part of another; of the same names the last counts.
    """
    marks: dict[str, str] = {}
    for i, n in enumerate(finding["actors"][:1024]):
        marks[page["actors"][n]["name"]] = chr(ACTOR + i)
    for i, n in enumerate(finding["datasets"][:1024]):
        marks[page["datasets"][n]["title"]] = chr(DATASET + i)
    return sorted(marks.items(), key=lambda pair: len(pair[0]), reverse=True)


class _Phrases:
    """Phrases in both languages, each once; one that holds such characters itself is `plain`."""

    def __init__(self) -> None:
        self.all: list[Mapping[str, Any]] = []
        self._number: dict[tuple[str, str], int] = {}

    def put(self, words: Words | None, names: Sequence[tuple[str, str]] = ()) -> int | None:
        """The number of a phrase, names in it replaced by their marks."""
        if words is None:
            return None
        french, english = words["fr"], words["en"]
        if MARKS.search(french) or MARKS.search(english):
            self.all.append({**words, "plain": True})
            return len(self.all) - 1
        for name, mark in names:
            if len(name) > 2:
                french, english = french.replace(name, mark), english.replace(name, mark)
        key = (french, english)
        if key not in self._number:
            self._number[key] = len(self.all)
            self.all.append({"fr": french, "en": english})
        return self._number[key]
