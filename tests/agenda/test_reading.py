"""The reading of the agenda against the sources: whole, and within what was aimed at."""

from __future__ import annotations

import csv
from collections import Counter

import ecosystem
from docs.build.agenda import FIRST, READ, VERDICTS
from ecosystem.study import Study
from ecosystem.tables.frames import Tables


def test_every_conversation_was_read_and_the_first_are_worth_it(shipped_tables: Tables) -> None:
    with READ.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = {(row["territory"], row["conversation"]): row for row in rows}
    assert len(read) == len(rows)
    assert all(row["verdict"] in VERDICTS and row["fr"] and row["en"] for row in rows)
    whole = Study(shipped_tables, draws=0, permutations=0)
    told = {(str(s.territory), talk.id) for s in whole.territories for talk in s.agenda}
    assert told == set(read)
    for study in whole.territories:
        first = Counter(read[str(study.territory), t.id]["verdict"] for t in study.agenda[:FIRST])
        assert first["useful"] >= 8 and not first["misleading"], study.territory


def test_the_quick_way_in_python_gives_the_same(shipped_tables: Tables) -> None:
    study = Study(shipped_tables, "antony", draws=0, permutations=0)
    assert [t.id for t in ecosystem.conversations(shipped_tables, "antony")] == [
        t.id for t in study.agenda
    ]
