"""`run`, `brokers`, `gaps`, `map`: what the project exists for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.options import (
    audience_options,
    copy_of,
    format_option,
    output_option,
    password_for,
    say,
    source_argument,
    tables_of,
    territory_option,
)
from ecosystem.cli.output import emit
from ecosystem.cli.words import Command, language_of, language_option, option
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    import pandas as pd

KINDS = (
    "unmet-need",
    "held-not-passed-on",
    "asks-gets-nothing",
    "hangs-on-one",
    "never-shared",
    "no-instrument",
)
"""The names of the gap detectors, so that help need not import them; a test keeps them equal."""


@click.command(
    cls=Command,
    words=Label(
        "Qui tient le réseau : les acteurs, leurs rôles d'intermédiaire et leurs mesures.",
        "Who holds the network together: actors, their roles as brokers, their measures.",
    ),
    example="ecosystem brokers --territory la-rochelle",
)
@source_argument
@territory_option
@option(
    "-p", "--partition", default="sector", show_default=True, metavar="COLUMN",
    words=Label("Colonne d'acteurs qui définit les groupes des rôles.",
                "Column of actors that gives the groups of the roles."),
)  # fmt: skip
@option(
    "--all", "everyone", is_flag=True,
    words=Label("Montre aussi ceux qui ne relient personne.", "Show those who connect nobody too."),
)  # fmt: skip
@audience_options
@format_option
@output_option
@language_option
@click.pass_context
def brokers(
    ctx: click.Context, source: str | None, territory: str | None, partition: str, everyone: bool,
    audience: str, policy: Path | None, removed: Path | None, form: str, output: Path | None,
) -> None:  # fmt: skip
    """Print the broker table; CSV and JSON have every actor and every measure."""
    from ecosystem.measures.brokers import brokers as broker_table
    from ecosystem.territories import territory_name

    tables = copy_of(tables_of(source), audience, policy, removed, output).tables
    table = broker_table(tables, territory, partition=partition)
    if form != "table":
        emit(table, form, output)
        return
    language = language_of(ctx)
    count = int(table["rank"].notna().sum())
    name = territory_name(tables, territory)
    emit(
        _for_people(table if everyone else table[table["rank"].notna()], partition, ctx),
        form, output, titles=_broker_titles(language),
    )  # fmt: skip
    say(
        Label(
            f"{name.fr} : acteurs qui en relient d'autres : {count} sur {len(table)} "
            "(flux actifs ; le grand public n'est pas compté)",
            f"{name.en}: actors that connect others: {count} of {len(table)} "
            "(active flows; the general public is not counted)",
        )
    )


def _for_people(table: pd.DataFrame, partition: str, ctx: click.Context) -> pd.DataFrame:
    from ecosystem.measures.brokers import told

    shown = table[["rank", "name"]].copy()
    elsewhere = " (extérieur)" if language_of(ctx) == "fr" else " (outside)"
    shown["name"] = shown["name"].where(~table["outside"], shown["name"] + elsewhere)
    shown["does"] = told(table, language_of(ctx), partition)
    columns = ["betweenness", "brokerage", "brokerage_expected", "in_degree",
               "out_degree", "articulation_point"]  # fmt: skip
    shown[columns] = table[columns]
    yes, no = ("oui", "non") if language_of(ctx) == "fr" else ("yes", "no")
    shown["articulation_point"] = shown["articulation_point"].map({True: yes, False: no})
    shown["datasets_relayed"] = table["datasets_relayed"].map(len)
    return shown


def _broker_titles(language: str) -> dict[str, str]:
    titles = {
        "rank": Label("rang", "rank"),
        "name": Label("acteur", "actor"),
        "does": Label("ce qu'il fait", "what it does"),
        "betweenness": Label("intermédiarité", "betweenness"),
        "brokerage": Label("paires reliées", "pairs connected"),
        "brokerage_expected": Label("attendu", "expected"),
        "in_degree": Label("reçoit de", "gets from"),
        "out_degree": Label("donne à", "gives to"),
        "articulation_point": Label("point d'articulation", "cut point"),
        "datasets_relayed": Label("jeux relayés", "datasets relayed"),
    }
    return {k: v.to("fr" if language == "fr" else "en") for k, v in titles.items()}


@click.command(
    cls=Command,
    words=Label(
        "Ce qui manque : chaque manque avec sa raison, ses preuves et une prochaine étape.",
        "What is missing: each gap with its reason, its evidence and a next step.",
    ),
    example="ecosystem gaps --territory poitiers --kind unmet-need",
)
@source_argument
@territory_option
@option(
    "-k", "--kind", metavar="KIND", multiple=True,
    words=Label(f"Ne montre que cette sorte de manque (peut être répétée) : {', '.join(KINDS)}.",
                f"Show this kind of gap only (can be repeated): {', '.join(KINDS)}."),
)  # fmt: skip
@audience_options
@format_option
@output_option
@language_option
@click.pass_context
def gaps(
    ctx: click.Context, source: str | None, territory: str | None, kind: tuple[str, ...],
    audience: str, policy: Path | None, removed: Path | None, form: str, output: Path | None,
) -> None:  # fmt: skip
    """Print the findings, and how many of how many on stderr."""
    from collections import Counter

    from ecosystem.gaps import DETECTORS, find_gaps, findings_frame
    from ecosystem.gaps.registry import detector_named

    kinds = [detector_named(k) for k in kind] or list(DETECTORS.values())
    tables = copy_of(tables_of(source), audience, policy, removed, output).tables
    language = language_of(ctx)
    found = [f for f in find_gaps(tables, territory) if f.detector in {k.name for k in kinds}]
    frame = findings_frame(found, language)
    if form == "table":
        frame = frame[["gap", "finding", "next_step", "evidence"]]
        frame["evidence"] = frame["evidence"].str.replace(";", " ")
    titles = {
        "gap": Label("manque", "gap"),
        "finding": Label("constat", "finding"),
        "next_step": Label("prochaine étape", "next step"),
        "evidence": Label("preuves", "evidence"),
    }
    emit(frame, form, output, titles={k: v.to(language) for k, v in titles.items()})
    counts = Counter(f.detector for f in found)
    for k in kinds:
        if counts[k.name]:
            total = next(f.population for f in found if f.detector == k.name)
            say(
                Label(
                    f"{k.name} : {k.label.fr} : {counts[k.name]} sur {total} {k.population.fr}",
                    f"{k.name}: {k.label.en}: {counts[k.name]} of {total} {k.population.en}",
                )
            )


@click.command(
    "map",
    cls=Command,
    words=Label(
        "Écrit la carte : un fichier HTML qui s'ouvre sans réseau et sans rien installer.",
        "Write the map: one HTML file that opens without a network and without installing anything.",
    ),
    example="ecosystem map --territory la-rochelle -o la-rochelle.html",
)
@source_argument
@territory_option
@option(
    "-s", "--size", default="betweenness", show_default=True, metavar="MEASURE",
    words=Label("Mesure que montre la taille des acteurs.", "Measure shown by the size of actors."),
)  # fmt: skip
@option(
    "-c", "--colour", default="sector", show_default=True, metavar="MEASURE",
    words=Label("Mesure que montre leur couleur, ou sector.", "Measure shown by their colour, or sector."),
)  # fmt: skip
@option(
    "--seed", default=1, show_default=True,
    words=Label("Graine de la mise en place.", "Seed of the layout."),
)  # fmt: skip
@audience_options
@option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    words=Label("Fichier à écrire ; sinon map-ID.html ou map-all.html.",
                "File to write; else map-ID.html or map-all.html."),
)  # fmt: skip
@language_option
@click.pass_context
def map_(
    ctx: click.Context, source: str | None, territory: str | None, size: str, colour: str, seed: int,
    audience: str, policy: Path | None, removed: Path | None, output: Path | None,
) -> None:  # fmt: skip
    """Write the map of a territory, or of all together."""
    from ecosystem.maps import map as make_map

    path = output or Path(f"map-{territory or 'all'}.html")
    copy = copy_of(tables_of(source), audience, policy, removed, path)
    language = language_of(ctx)
    page = make_map(copy, territory, size=size, colour=colour, seed=seed, language=language)
    page.save(path)
    click.echo(path)


@click.command(
    cls=Command,
    words=Label(
        "Fait tout : cartes, tables, requêtes et constats de chaque territoire dans un dossier.",
        "Do it all: maps, tables, queries and findings of every territory in a folder.",
    ),
    example="ecosystem run my-territory -o results",
)
@source_argument
@option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=True), metavar="FOLDER",
    default=Path("ecosystem-run"), show_default=True,
    words=Label("Dossier des résultats ; un dossier écrit par « run » est remplacé.",
                "Folder of results; a folder written by 'run' is replaced."),
)  # fmt: skip
@option(
    "--no-store", is_flag=True,
    words=Label("Sans base de graphe, donc sans les requêtes.", "Without a graph store, so without the queries."),
)  # fmt: skip
@option(
    "--seed", default=1, show_default=True,
    words=Label("Graine de la mise en place.", "Seed of the layout."),
)  # fmt: skip
@audience_options
@language_option
@click.pass_context
def run(
    ctx: click.Context, source: str | None, output: Path, no_store: bool, seed: int,
    audience: str, policy: Path | None, removed: Path | None,
) -> None:  # fmt: skip
    """Leave a folder with everything, and say what it holds."""
    from ecosystem.runs import run as run_all

    written = run_all(
        source, output, language=language_of(ctx), seed=seed, use_store=not no_store,
        password=password_for(source), audience=audience, policy=policy, removed=removed, say=say,
    )  # fmt: skip
    for path in written:
        click.echo(path)
