"""What a study shows as a short Markdown text: whom to see, who holds the network together, what is missing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from ecosystem.agenda import LISTS, PARTS, Agenda
from ecosystem.gaps import DETECTORS, Finding
from ecosystem.labels import decimal
from ecosystem.measures.stability import VERDICTS
from ecosystem.ranking.sentences import WEIGHED, last_rank, p_words, told, weighed, whole
from ecosystem.study import Study
from ecosystem.vocabulary import SEVERITIES, Label, Language

BROKERS_TOLD = 3
TALKS, TOLD, INTERVIEWS = 10, 5, 5
"""Conversations to bring about that are named and told of a territory, and those of other lists."""

_WORDS = {
    "title": Label("Ce que montrent les données", "What the data show"),
    "how": Label(
        "Flux actifs entre acteurs ; la publication au grand public ne compte pas comme une intermédiation. "
        "Chaque nombre est à lire avec ses lignes de preuve, dans `tables/`. Un territoire n'est pas mieux "
        "classé qu'un autre : les sources ne disent pas la même chose de tous.",
        "Active flows between actors; publishing to the general public does not count as brokerage. "
        "Read each number with its rows of evidence, in `tables/`. No territory ranks above another: "
        "the sources do not say the same things of all.",
    ),
    "holds": Label("Qui tient le réseau", "Who holds the network together"),
    "nobody": Label("Personne ne relie d'autres acteurs.", "Nobody connects others."),
    "silent": Label("Aucune conversation à l'ordre du jour.", "No conversation on the agenda."),
    "rest": Label("{count} de plus dans `tables/`.", "{count} more in `tables/`."),
    "missing": Label("Ce qui manque", "What is missing"),
    "nothing": Label("Aucun manque repéré.", "No gap found."),
    "map": Label("carte", "map"),
    "paths": Label("plus courts chemins : {between}", "shortest paths: {between}"),
    "pairs": Label(
        "paires ainsi reliées : {pairs}, au hasard {expected}, p {p}",
        "pairs connected so: {pairs}, by chance {expected}, p {p}",
    ),
    "trust": Label(
        "rang de {low} à {high} dans 90 % des tirages", "rank {low} to {high} in 90 % of the draws"
    ),
    "weighs": Label(
        "{total} {total:constat|constats}, dont gravité {counts}",
        "{total} {total:finding|findings}, of severity {counts}",
    ),
    "count": Label(
        "{gap} : {count} sur {total} {population}", "{gap}: {count} of {total} {population}"
    ),
}


def findings_markdown(
    studies: Sequence[Study], maps: Mapping[str | None, str], language: Language
) -> str:
    """A short text, a section a study.

    Parameters
    ----------
    maps
        By territory, the path of the map to link to; the key None is all of them together.
    """

    def say(key: str, **values: object) -> str:
        return _WORDS[key].format(**values).to(language)

    lines = [f"# {say('title')}", "", say("how"), ""]
    if studies and (notice := studies[0].copy.notice) is not None:
        lines[2:2] = [notice.to(language), ""]
    if studies and (caution := studies[0].copy.caution) is not None:
        lines += [caution.to(language), ""]
    if studies and weighed(studies[0].tables, studies[0].options.weight):
        lines += [WEIGHED.to(language), ""]
    for study in studies:
        territory, table, name = study.territory, study.brokers, study.name.to(language)
        lines += [f"## {name[0].upper() + name[1:]}", "", f"[{say('map')}]({maps[territory]})", ""]
        whole = territory is None and len(studies) > 1  # its territories tell the rest
        lines += _agenda(study.agenda, language, 0 if whole else TOLD)
        lines += [f"### {say('holds')}", ""]
        first = table[table["rank"].notna()].head(BROKERS_TOLD)
        for does, row in zip(told(first, language), first.to_dict("records"), strict=True):
            numbers = ("\u00a0; " if language == "fr" else "; ").join(_numbers(row, language))
            lines.append(f"{row['rank']}. **{_plain(row['name'])}** {does} ({numbers})")
        if first.empty:
            lines.append(say("nobody"))
        lines += ["", f"### {say('missing')}", "", *_counts(study.findings, language), ""]
    return "\n".join(lines).rstrip() + "\n"


def _agenda(agenda: Agenda, language: Language, told: int) -> list[str]:
    """The conversations: the first to bring about with who, why and what to propose; else the titles."""
    lines = []
    space = "\u00a0" if language == "fr" else ""
    for name, label in LISTS.items():
        of = agenda.of(name)
        if not of:
            continue
        shown = of[: TALKS if name == "bring-about" else INTERVIEWS]
        lines += [f"### {label.to(language)} ({len(of)})", ""]
        for n, talk in enumerate(shown, 1):
            title = _plain(talk.title.to(language))
            if name != "bring-about":
                lines.append(f"- {title}")
                continue
            said = [
                f"*{PARTS[part].to(language)}{space}:* {_plain(' '.join(x.to(language) for x in talk.part(part)))}"
                for part in ("who", "why", "brings", "propose")
                if talk.part(part) and n <= told
            ]
            lines.append(" ".join([f"{n}. **{title}**", *said]))
        if len(of) > len(shown):
            lines += ["", _WORDS["rest"].format(count=len(of) - len(shown)).to(language)]
        lines.append("")
    return lines or [_WORDS["silent"].to(language), ""]


def _rounded(value: float, step: str) -> Label:
    """A number as people round it: a half goes up."""
    if not math.isfinite(value):
        return decimal(value, "")
    # through 9 digits, so that what is a half but for the arithmetic of floats is one
    told = str(Decimal(f"{value:.9g}").quantize(Decimal(step), ROUND_HALF_UP))
    return Label(told.replace(".", ","), told)


def _numbers(row: Mapping[Hashable, Any], language: Language) -> list[str]:
    """What there is to say of a broker in numbers: paths, its role against chance, its trust."""
    told = [_WORDS["paths"].format(between=_rounded(row["betweenness"], "1"))]
    if not pd.isna(row.get("role_p")):
        told.append(
            _WORDS["pairs"].format(
                pairs=row["role_count"], expected=_rounded(row["role_expected"], "0.1"),
                p=p_words(row["role_p"]),
            )
        )  # fmt: skip
    if not pd.isna(row.get("rank_low")):
        ends = {"low": whole(row["rank_low"]), "high": last_rank(row["rank_high"])}
        told.append(_WORDS["trust"].format(**ends))
    if isinstance(row.get("verdict"), str):
        told.append(VERDICTS[str(row["verdict"])])
    return [label.to(language) for label in told]


def _counts(findings: Sequence[Finding], language: Language) -> list[str]:
    """How many findings of each severity, then how many of how many by kind, the heaviest first."""
    if not findings:
        return [_WORDS["nothing"].to(language)]
    weighs = Counter(f.severity for f in findings)
    shown = ", ".join(
        f"{code.label.to(language)} {weighs[name]}"
        for name, code in SEVERITIES.items()
        if weighs[name]
    )
    counts = Counter(f.detector for f in findings)
    totals = {f.detector: f.population for f in findings}
    kinds = [
        _WORDS["count"].format(
            gap=kind.label, count=counts[name], total=totals[name], population=kind.population
        )
        for name in dict.fromkeys(f.detector for f in findings)
        for kind in [DETECTORS[name]]
    ]
    between = "\u00a0; " if language == "fr" else "; "
    return [
        _WORDS["weighs"].format(total=len(findings), counts=shown).to(language) + ".",
        "",
        between.join(kind.to(language) for kind in kinds) + ".",
    ]


def _plain(text: str) -> str:
    """Text of the data that Markdown must not read as marks or as HTML."""
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())
