"""`gaps`: what is missing, why, and a next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import (
    audience_options,
    copy_of,
    say,
    source_argument,
    territory_option,
)
from ecosystem.cli.output import FOR_PEOPLE, emit, emit_text, result_options
from ecosystem.files import Form
from ecosystem.vocabulary import SEVERITIES, Label, Language

if TYPE_CHECKING:
    from ecosystem.gaps import Finding, Findings
    from ecosystem.gaps.lookups import Lookups


def _several(letters: tuple[str, ...], metavar: str, fr: str, en: str) -> Callable[[Any], Any]:
    """An option that narrows the findings down and may be repeated."""
    return option(
        *letters, multiple=True, metavar=metavar,
        words=Label(f"{fr} (peut être répétée).", f"{en} (can be repeated)."),
    )  # fmt: skip


@click.command(
    cls=Command,
    words=Label(
        "Ce qui manque : chaque manque avec sa raison, ses preuves et une prochaine étape, les plus graves "
        "d'abord.",
        "What is missing: each gap with its reason, its evidence and a next step, the heaviest first.",
    ),
    example="ecosystem gaps --territory poitiers --severity high",
)
@source_argument
@territory_option
@_several(
    ("-k", "--kind", "kinds"),
    "KIND",
    "Sorte de manque, par exemple silo ; ? les montre toutes",
    "Kind of gap, for example silo; ? shows them all",
)
@_several(
    ("-r", "--reason", "reasons"),
    "REASON",
    "Raison, par exemple blocked, closed, wished",
    "Reason, for example blocked, closed, wished",
)
@_several(
    ("-s", "--severity", "severities"),
    "SEVERITY",
    f"Gravité : {', '.join(SEVERITIES)}",
    f"Severity: {', '.join(SEVERITIES)}",
)
@_several(
    ("--theme", "themes"),
    "THEME",
    "Thème des jeux ou des besoins, par exemple ENER",
    "Theme of the datasets or needs, for example ENER",
)
@_several(("-a", "--actor", "actors"), "ID", "Acteur dont il est question", "Actor it is about")
@option(
    "--declared",
    type=click.Choice(["any", "mutual"]),
    default="any",
    show_default=True,
    words=Label(
        "Flux comptés : déclarés par n'importe qui, ou par les deux bouts seulement.",
        "Flows that count: declared by anybody, or by both ends only.",
    ),
)
@option(
    "-e",
    "--explain",
    metavar="FINDING",
    words=Label(
        "Montre tout d'un constat : règle, lignes, sources, propositions.",
        "Show all about one finding: rule, rows, sources, proposals.",
    ),
)
@audience_options
@result_options
@language_option
@click.pass_context
def gaps(
    ctx: click.Context,
    source: str | None,
    territory: str | None,
    kinds: tuple[str, ...],
    reasons: tuple[str, ...],
    severities: tuple[str, ...],
    themes: tuple[str, ...],
    actors: tuple[str, ...],
    declared: str,
    explain: str | None,
    form: Form,
    output: Path | None,
) -> None:
    """Print the findings, and how many of how many on stderr."""
    from ecosystem.gaps import find_gaps, findings_frame
    from ecosystem.gaps.lookups import Lookups
    from ecosystem.gaps.registry import selected

    lookups = Lookups(copy_of(source, output).tables, territory)
    language = language_of(ctx)
    every = find_gaps(lookups)
    if declared == "mutual":
        every = _mutual(lookups, every)
    if explain is not None:
        _explain(lookups, every, explain, form, output, language)
        return
    found = selected(
        every,
        lookups.tables,
        kinds=kinds,
        reasons=reasons,
        severities=severities,
        themes=themes,
        actors=actors,
    )
    if form == "table":
        emit_text(_blocks(found, language), output)
        _counts(found)
        return
    frame = findings_frame(found, language)
    if form in FOR_PEOPLE:
        frame["severity"] = [SEVERITIES.label(f.severity).to(language) for f in found]
    titles = {
        "severity": Label("gravité", "severity"),
        "gap": Label("manque", "gap"),
        "finding": Label("constat", "finding"),
        "next_step": Label("prochaine étape", "next step"),
        "id": Label("à donner à --explain", "for --explain"),
        "kind": Label("manque (code)", "gap (code)"),
        "reason": Label("raison (code)", "reason (code)"),
        "why": Label("raison", "reason"),
        "barrier": Label("obstacle", "barrier"),
        "actors": Label("acteurs", "actors"),
        "datasets": Label("jeux de données", "datasets"),
        "path": Label("voie", "route"),
        "evidence": Label("preuves", "evidence"),
        "sources": Label("sources", "sources"),
        "out_of": Label("sur", "out of"),
    }
    emit(frame, form, output, sheet=Label("manques", "gaps"), titles=titles)
    _counts(found)


def _blocks(found: list[Finding], language: Language) -> str:
    """Findings as blocks of text: what is missing, what to do next, how to read all about it."""
    from ecosystem.gaps import DETECTORS
    from ecosystem.report.blocks import as_blocks, headed

    french = language == "fr"
    step = headed(Label("prochaine étape", "next step").to(language), french)
    blocks = [
        (
            f"[{SEVERITIES.label(f.severity).to(language)}] {DETECTORS[f.detector].label.to(language)}",
            [
                ("", [f.sentence.to(language)]),
                (step, [f.next_step.to(language)]),
                ("--explain ", [f.id]),
            ],
        )
        for f in found
    ]
    nothing = Label("Aucun manque repéré.", "No gap found.").to(language)
    return as_blocks(blocks or [(nothing, [])])


def _counts(found: list[Finding]) -> None:
    """How many of how many, by kind, on stderr."""
    from ecosystem.gaps import DETECTORS

    counts = Counter(f.detector for f in found)
    for name, kind in DETECTORS.items():
        if counts[name]:
            total = next(f.population for f in found if f.detector == name)
            say(
                Label(
                    f"{name} : {kind.label.fr} : {counts[name]} sur {total} {kind.population.fr}",
                    f"{name}: {kind.label.en}: {counts[name]} of {total} {kind.population.en}",
                )
            )


def _mutual(lookups: Lookups, every: Findings) -> Findings:
    """The findings of the flows that both ends declare, after saying how they differ from all."""
    from ecosystem.gaps import find_gaps
    from ecosystem.tables.declarations import mutual_only

    kept = mutual_only(lookups.tables)
    flows, left = len(lookups.tables["flows"]), len(kept["flows"])
    found = find_gaps(kept, lookups.territory) if left < flows else every
    before, after = {f.id for f in every}, {f.id for f in found}
    say(
        Label(
            f"flux déclarés par les deux bouts : {left} sur {flows} ; constats en plus : "
            f"{len(after - before)}, en moins : {len(before - after)}",
            f"flows declared by both ends: {left} of {flows}; findings more: {len(after - before)}, "
            f"fewer: {len(before - after)}",
        )
    )
    return found


def _explain(
    lookups: Lookups,
    every: list[Finding],
    name: str,
    form: Form,
    output: Path | None,
    language: Language,
) -> None:
    """One finding with the rule that found it, its rows, their sources, and proposals for a need."""
    import pandas as pd

    from ecosystem.gaps import DETECTORS
    from ecosystem.gaps.registry import evidence_rows, finding_named
    from ecosystem.matching import OBSTACLES, match_needs

    tables = lookups.tables
    finding = finding_named(every, name)
    kind = DETECTORS[finding.detector]
    told: list[tuple[Label, str]] = [
        (Label("constat", "finding"), finding.sentence.to(language)),
        (Label("prochaine étape", "next step"), finding.next_step.to(language)),
        (Label("raison", "reason"), kind.reasons[finding.reason].to(language)),
        (Label("règle", "rule"), kind.definition.to(language)),
        (
            Label("gravité", "severity"),
            f"{SEVERITIES.label(finding.severity).to(language)}. {kind.severity.to(language)}",
        ),
        (Label("sur", "out of"), f"{finding.population} {kind.population.to(language)}"),
    ]
    if finding.path:
        told.append((Label("voie", "route"), " → ".join(finding.path)))
    for table, row in evidence_rows(tables, finding):
        told_row = "; ".join(f"{k}={v}" for k, v in row.items() if k not in ("id", "visibility"))
        told.append(
            (
                Label(f"preuve : {table}", f"evidence: {table}"),
                f"{row.get('id', '')}: {told_row}".removeprefix(": "),
            )
        )
    sources = tables["sources"].set_index("id")
    for source in finding.sources:
        if source in sources.index:
            cells = [str(sources.loc[source, c]) for c in ("title", "publisher", "date", "url")]
            said = ", ".join(cell for cell in cells if cell != "nan")
            told.append((Label("source", "source"), f"{source}: {said}"))
    needs = [row for table, row in finding.evidence if table == "needs"]
    for proposal in match_needs(lookups, need=needs[0]) if finding.detector == "unmet-need" else []:
        way = ", ".join(OBSTACLES[o].to(language) for o in proposal.obstacles)
        told.append(
            (
                Label(f"proposition {proposal.rank}", f"proposal {proposal.rank}"),
                f"{proposal.sentence.to(language)} {proposal.why.to(language)}"
                + (f"; {way}" if way else ""),
            )
        )
    frame = pd.DataFrame(
        [(what.to(language), text) for what, text in told], columns=["what", "says"]
    )
    titles = {"what": Label(finding.id, finding.id), "says": kind.label}
    emit(frame, form, output, sheet=Label("constat", "finding"), titles=titles)
