"""`run`, `gaps`, `map`: what is missing, and everything at once."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.options import (
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
@format_option
@output_option
@language_option
@click.pass_context
def gaps(
    ctx: click.Context, source: str | None, territory: str | None, kind: tuple[str, ...], form: str,
    output: Path | None,
) -> None:  # fmt: skip
    """Print the findings, and how many of how many on stderr."""
    from collections import Counter

    from ecosystem.gaps import DETECTORS, find_gaps, findings_frame
    from ecosystem.gaps.registry import detector_named

    kinds = [detector_named(k) for k in kind] or list(DETECTORS.values())
    tables = tables_of(source)
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
    "--seed", default=1, show_default=True,
    words=Label("Graine de la mise en place.", "Seed of the layout."),
)  # fmt: skip
@option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    words=Label("Fichier à écrire ; sinon map-ID.html ou map-all.html.",
                "File to write; else map-ID.html or map-all.html."),
)  # fmt: skip
@language_option
@click.pass_context
def map_(
    ctx: click.Context, source: str | None, territory: str | None, size: str, seed: int,
    output: Path | None,
) -> None:  # fmt: skip
    """Write the map of a territory, or of all together."""
    from ecosystem.files import safe_names
    from ecosystem.maps import map as make_map

    tables = tables_of(source)
    page = make_map(tables, territory, size=size, seed=seed, language=language_of(ctx))
    name = safe_names([territory], taken=["all"])[territory] if territory else "all"
    path = page.save(output or Path(f"map-{name}.html"))
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
@language_option
@click.pass_context
def run(ctx: click.Context, source: str | None, output: Path, no_store: bool, seed: int) -> None:
    """Leave a folder with everything, and say what it holds."""
    from ecosystem.runs import run as run_all

    written = run_all(
        source, output, language=language_of(ctx), seed=seed, use_store=not no_store,
        password=password_for(source), say=say,
    )  # fmt: skip
    for path in written:
        click.echo(path)
