"""`match`: who could meet a need, by which route, with which instrument."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.options import (
    audience_options,
    copy_of,
    say,
    source_argument,
    territory_option,
)
from ecosystem.cli.output import emit, result_options
from ecosystem.files import Form
from ecosystem.vocabulary import Label


@click.command(
    cls=Command,
    words=Label(
        "Qui pourrait répondre à chaque besoin non couvert : détenteur, voie, obstacles, instrument.",
        "Who could meet each unmet need: holder, route, obstacles, instrument.",
    ),
    example="ecosystem match --territory poitiers",
)
@source_argument
@territory_option
@option(
    "-a",
    "--actor",
    metavar="ID",
    words=Label("Seulement les besoins de cet acteur.", "Only the needs of this actor."),
)
@option("-n", "--need", metavar="ID", words=Label("Seulement ce besoin.", "Only this need."))
@option(
    "-m",
    "--most",
    default=3,
    show_default=True,
    type=click.IntRange(min=1),
    words=Label("Propositions par besoin.", "Proposals for each need."),
)
@audience_options
@result_options
@language_option
@click.pass_context
def match(
    ctx: click.Context,
    source: str | None,
    territory: str | None,
    actor: str | None,
    need: str | None,
    most: int,
    form: Form,
    output: Path | None,
) -> None:
    """Print the proposals, need by need."""
    from ecosystem.gaps.needs import NO_NEEDS
    from ecosystem.matching import match_needs, proposals_frame

    tables = copy_of(source, output).tables
    language = language_of(ctx)
    found = match_needs(tables, territory, need=need, actor=actor, most=most)
    frame = proposals_frame(found, language)
    if form == "table":
        frame = frame[["need", "rank", "proposal", "why", "in_the_way"]]
    titles = {
        "need": Label("besoin", "need"),
        "rank": Label("rang", "rank"),
        "proposal": Label("proposition", "proposal"),
        "why": Label("pourquoi", "why"),
        "in_the_way": Label("obstacles", "in the way"),
        "holder": Label("détenteur", "holder"),
        "actor": Label("acteur", "actor"),
        "dataset": Label("jeu de données", "dataset"),
        "level": Label("règle", "rule"),
        "route": Label("voie", "route"),
        "obstacles": Label("obstacles (codes)", "obstacles (codes)"),
        "mode": Label("instrument", "instrument"),
        "like": Label("flux semblables", "like flows"),
        "out_of": Label("sur", "out of"),
    }
    emit(frame, form, output, sheet=Label("propositions", "proposals"), titles=titles)
    if not found and tables["needs"]["dataset"].isna().all():
        say(NO_NEEDS)
        return
    needs = len({proposal.need for proposal in found})
    say(Label(f"besoins qui ont une proposition : {needs}", f"needs that have a proposal: {needs}"))
