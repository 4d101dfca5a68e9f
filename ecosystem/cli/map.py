"""`map`: the map of a territory, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_of, language_option, option
from ecosystem.cli.network_options import say_weighed, weight_option
from ecosystem.cli.options import (
    audience_options,
    copy_of,
    source_argument,
    territory_option,
)
from ecosystem.cli.progress import drawn
from ecosystem.vocabulary import Label


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
@weight_option
@audience_options
@option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    words=Label("Fichier à écrire ; sinon map-ID.html ou map-all.html.",
                "File to write; else map-ID.html or map-all.html."),
)  # fmt: skip
@language_option
@click.pass_context
def map(
    ctx: click.Context, source: str | None, territory: str | None, size: str, colour: str, seed: int,
    weight: str, output: Path | None,
) -> None:  # fmt: skip
    """Write the map of a territory, or of all together."""
    from ecosystem.files import safe_names
    from ecosystem.maps import map as make_map
    from ecosystem.study import Study

    name = safe_names([territory], taken=["all"])[territory] if territory else "all"
    path = output or Path(f"map-{name}.html")
    copy, language = copy_of(source, path), language_of(ctx)
    with drawn() as progress:
        study = Study(copy, territory, workers=None, progress=progress, weight=weight)
        page = make_map(study, size=size, colour=colour, seed=seed, language=language)
    say_weighed(study.network)
    click.echo(page.save(path))
