"""The registries as pages: measures, gaps, matching, what if, queries, problems, audiences."""

from __future__ import annotations

import re
import shlex
from typing import Any

from docs.build.pages import ROOT, code, rendered
from ecosystem.audience.disguise import KNOWN_BY, TOUCHED
from ecosystem.audience.ledger import REASONS
from ecosystem.audience.policy import CONDITIONS, MINIMUM_GROUP
from ecosystem.formats.registry import FORMATS
from ecosystem.gaps import DETECTORS
from ecosystem.labels import Label, Language
from ecosystem.maps.network_files import WRITERS
from ecosystem.matching import LEVELS, OBSTACLES, RULES
from ecosystem.measures import MEASURES
from ecosystem.measures.registry import SUBJECTS, card
from ecosystem.measures.roles import FIVE
from ecosystem.measures.stability import RULE, TOP
from ecosystem.scenarios import ACTIONS, EFFECTS, shipped_scenarios
from ecosystem.scenarios.registry import WAYS
from ecosystem.schema import TABLES
from ecosystem.store.queries import TYPES, Column, Param, Query, queries
from ecosystem.tables.problem_kinds import CATALOGUE
from ecosystem.tables.repairs import GROUPS, REPAIRS
from ecosystem.vocabulary import SEVERITIES


def measures(language: Language) -> str:
    """A definition card for each measure."""
    return rendered(
        "measures.md", language,
        contents=[
            (f"[{name}](#{name})", SUBJECTS[m.of], m.label, m.reading)
            for name, m in MEASURES.items()
        ],
        roles=code(FIVE),
        verdicts=RULE.format(top=TOP),
        measures=[
            {"name": name, "label": m.label,
             "card": [(head, _told(head, text.to(language))) for head, text in card(m)]}
            for name, m in MEASURES.items()
        ],
    )  # fmt: skip


def _told(head: Label, text: str) -> str:
    """A line of a definition card as Markdown: formulas as code, DOIs as links."""
    if head.en in ("formula", "options"):
        return f"`{text}`"
    return re.sub(r"doi:(\S+)", r"[doi:\1](https://doi.org/\1)", text)


def gaps(language: Language) -> str:
    """Each kind of gap, with its denominator, its severity and its reasons."""
    return rendered(
        "gaps.md", language,
        severities=", ".join(
            f"`{one.code}` ({one.label.to(language)})" for one in SEVERITIES.values()
        ),
        contents=[(f"[{name}](#{name})", gap.label) for name, gap in DETECTORS.items()],
        gaps=DETECTORS,
    )  # fmt: skip


def matching(language: Language) -> str:
    """The rules by which holders are found for a need."""
    return rendered(
        "matching.md", language,
        rules=RULES,
        levels={name: label.format(words="…") for name, label in LEVELS.items()},
        obstacles=OBSTACLES,
    )  # fmt: skip


def what_if(language: Language) -> str:
    """The steps of a scenario, and the effects that are measured."""
    shipped = shipped_scenarios()
    return rendered(
        "what-if.md", language,
        shipped=shipped,
        example=(ROOT / "data" / "scenarios" / f"{shipped[0]}.toml").read_text("utf-8").rstrip(),
        actions=[
            (f"`{name}`", kind.label,
             ", ".join(f"**`{key}`**" if key in kind.needed else f"`{key}`" for key in kind.keys))
            for name, kind in ACTIONS.items()
        ],
        ways="; ".join(f"`{name}` ({label.to(language)})" for name, label in WAYS.items()),
        effects=[(f"`{name}`", effect.label, effect.reading) for name, effect in EFFECTS.items()],
    )  # fmt: skip


def query_pages(language: Language) -> str:
    """Every question that can be put to the graph, by folder."""
    found = list(queries().values())
    groups = list(dict.fromkeys(query.group for query in found))
    ordered = sorted(found, key=lambda query: groups.index(query.group))
    return rendered(
        "queries.md", language,
        contents=[(f"[{q.name}](#{q.name})", q.title, q.group) for q in ordered],
        queries=[_query(query) for query in ordered],
    )  # fmt: skip


def _query(query: Query) -> dict[str, Any]:
    given = " ".join(f"-P {shlex.quote(f'{name}={v}')}" for name, v in query.examples.items())
    return {
        "name": query.name,
        "title": query.title,
        "question": query.question,
        "note": query.note,
        "params": [(f"`{p.name}`", _type(p), _default(p), p.meaning) for p in query.params],
        "columns": [(f"`{c.name}`", _type(c), c.meaning) for c in query.columns],
        "example": f"ecosystem query run {query.name} {given}".strip(),
        "group": query.group,
        "file": query.path.name,
    }


def _type(of: Param | Column) -> Label:
    return Label("liste", "list") if of.type == "list" else TYPES[of.type]


def _default(param: Param) -> Label:
    if param.required:
        return Label("obligatoire", "required")
    if param.default == "":
        return Label("vide", "empty")
    return Label(f"`{param.default}`", f"`{param.default}`")


def problems(language: Language) -> str:
    """Every problem that a check can find."""
    severities = {"error": Label("erreur", "error"), "warning": Label("avertissement", "warning")}
    return rendered(
        "problems.md", language,
        problems=[
            (f"`{name}`", severities[kind.severity], kind.message, kind.hint)
            for name, kind in CATALOGUE.items()
        ],
    )  # fmt: skip


def formats(language: Language) -> str:
    """What can be read, what of it is carried over, what can be written, what a repair may be."""
    return rendered(
        "formats.md", language,
        formats=[
            (one.label, code(one.endings), one.carries, one.leaves) for one in FORMATS.values()
        ],
        written=code(WRITERS),
        repairs=[(f"`{name}`", GROUPS[kind.group], kind.words) for name, kind in REPAIRS.items()],
        columns=[
            (f"`{table.name}.{field.name}`", ", ".join(field.synonyms))
            for table in TABLES.values() for field in table.fields
            if field.synonyms and field.name not in ("id", "url", "visibility", "source", "territory")
        ],
    )  # fmt: skip


def audiences(language: Language) -> str:
    """What partners and the public may see, and how a policy takes out more."""
    return rendered(
        "audiences.md", language,
        conditions=CONDITIONS,
        minimum_group=MINIMUM_GROUP,
        known_by=KNOWN_BY,
        touched=[f"{table}.{column}" for table, columns in TOUCHED.items() for column in columns],
        reasons=REASONS,
    )  # fmt: skip
