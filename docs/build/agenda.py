"""The agenda as pages: its rules from the registries, and how it was read against the sources."""

from __future__ import annotations

import csv
from collections import Counter

import ecosystem
from docs.build.pages import DOCS, rendered
from ecosystem.agenda import KINDS, LEFT_OUT, LISTS, PARTS
from ecosystem.agenda.proposing import PROPOSALS
from ecosystem.agenda.sight import SILENT_AFTER
from ecosystem.tables.territories import names
from ecosystem.vocabulary import Label, Language

READ = DOCS / "reading-agenda.csv"
"""One row a conversation of the shipped data: what somebody who read its rows says of it, and why."""
VERDICTS = {
    "useful": Label("utile", "useful"),
    "useless": Label("vrai mais inutile", "true but useless"),
    "misleading": Label("trompeur", "misleading"),
}
FIRST = 10
"""The conversations of each territory that are counted: those that are read first."""


def agenda(language: Language) -> str:
    """The lists, the kinds of conversation, their parts, and what is left out."""
    return rendered(
        "agenda.md", language,
        lists=LISTS,
        kinds=[(f"`{k.name}`", LISTS[k.agenda], k.label, k.gathers) for k in KINDS.values()],
        parts=PARTS,
        left_out=LEFT_OUT,
        proposals=PROPOSALS,
        silent=SILENT_AFTER,
    )  # fmt: skip


def reading(language: Language) -> str:
    """What was found when every conversation of the shipped data was read against its rows."""
    with READ.open(encoding="utf-8", newline="") as file:
        rows = {(row["territory"], row["conversation"]): row for row in csv.DictReader(file)}
    tables = ecosystem.read()
    whole = ecosystem.Study(tables, draws=0, permutations=0)
    called = names(tables["territories"])
    counts, sections = [], []
    for study in whole.territories:
        place = str(study.territory)
        told = [(talk, rows[place, talk.id]) for talk in study.agenda]
        first = Counter(row["verdict"] for _, row in told[:FIRST])
        every = Counter(row["verdict"] for _, row in told)
        counts.append((called[place], len(study.agenda.of("bring-about")),
                       *(f"{first[v]} / {every[v]}" for v in VERDICTS)))  # fmt: skip
        sections.append((called[place], [
            (n, talk.title.to(language), VERDICTS[row["verdict"]].to(language), row[language])
            for n, (talk, row) in enumerate(told, 1)
        ]))  # fmt: skip
    return rendered(
        "reading-agenda.md",
        language,
        verdicts=VERDICTS,
        counts=counts,
        sections=sections,
        first=FIRST,
    )
