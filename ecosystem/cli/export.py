"""`export`: the network for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from ecosystem.cli.bilingual import Command, language_option, option
from ecosystem.cli.network_options import layer_option, partition_option, say_weighed, weight_option
from ecosystem.cli.options import audience_options, copy_of, say, source_argument, territory_option
from ecosystem.cli.progress import drawn
from ecosystem.labels import Label


@click.command(
    cls=Command,
    words=Label(
        "Écrit le réseau, avec positions, rôles et mesures, pour Gephi, R, UCINET, un tableur ; ou les tables en paquet de données.",
        "Write the network, with positions, roles and measures, for Gephi, R, UCINET, a spreadsheet; or the tables as a data package.",
    ),
    example="ecosystem export --territory la-rochelle -o la-rochelle.gexf",
)
@source_argument
@territory_option
@partition_option
@layer_option
@weight_option
@audience_options
@option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", required=True,
    words=Label("Le fichier à écrire : .gexf, .graphml, .json, .net, .dl, .xlsx, ou .zip (toutes les tables).",
                "The file to write: .gexf, .graphml, .json, .net, .dl, .xlsx, or .zip (all tables)."),
)  # fmt: skip
@language_option
def export(
    source: str | None, territory: str | None, partition: str, layer: str, weight: str, output: Path
) -> None:
    """Write a network, whole or not at all."""
    from ecosystem.maps.network_files import export_network, known_ending
    from ecosystem.study import Study

    known_ending(output)
    with drawn() as progress:
        study = Study(
            copy_of(source, output), territory, partition=partition, layer=layer, weight=weight,
            draws=0, permutations=0, workers=None, progress=progress,
        )  # fmt: skip
        export_network(study, output)
    say_weighed(study.network)
    say(Label(f"écrit : {output}", f"written: {output}"))
