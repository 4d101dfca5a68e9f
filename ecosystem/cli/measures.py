"""`measures list|show|run`: each number by itself, with its definition card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ecosystem.cli.bilingual import Group, language_of, language_option, option
from ecosystem.cli.network_options import (
    drop_option,
    layer_option,
    say_drawn,
    seed_option,
    share_option,
    top_option,
    warn_of_ungrouped,
    weight_option,
)
from ecosystem.cli.options import (
    audience_options,
    copy_of,
    output_option,
    say,
    source_argument,
    territory_option,
)
from ecosystem.cli.output import emit, emit_text, result_options
from ecosystem.cli.progress import drawn
from ecosystem.files import Form
from ecosystem.vocabulary import Label

if TYPE_CHECKING:
    from ecosystem.measures import Measure


@click.group(
    cls=Group,
    words=Label(
        "Les mesures, une par une, avec leur définition.",
        "Measures, one by one, with their definition.",
    ),
    example="ecosystem measures run constraint --territory la-rochelle --format csv",
)
@language_option
def measures() -> None:
    """Measures, one by one."""


@measures.command(
    "list",
    words=Label("Liste les mesures.", "List the measures."),
    example="ecosystem measures list",
)
@result_options
@language_option
@click.pass_context
def list_(ctx: click.Context, form: Form, output: Path | None) -> None:
    """Print name, what is measured, label and options of every measure."""
    import pandas as pd

    from ecosystem.measures import MEASURES
    from ecosystem.measures.registry import SUBJECTS

    language = language_of(ctx)
    rows = [
        {
            "name": m.name,
            "of": SUBJECTS[m.of].to(language),
            "label": m.label.to(language),
            "options": tuple(m.options),
        }
        for m in MEASURES.values()
    ]
    titles = {"name": Label("nom", "name"), "of": Label("mesure", "measures"),
              "label": Label("libellé", "label"), "options": Label("options", "options")}  # fmt: skip
    emit(pd.DataFrame(rows), form, output, sheet=Label("mesures", "measures"), titles=titles)


@measures.command(
    words=Label("Montre la définition d'une mesure.", "Show the definition card of a measure."),
    example="ecosystem measures show constraint",
)
@click.argument("name")
@output_option
@language_option
@click.pass_context
def show(ctx: click.Context, name: str, output: Path | None) -> None:
    """Print the definition card of a measure."""
    from ecosystem.measures.registry import card, named

    language = language_of(ctx)
    found = named(name)
    lines = [f"{found.name} : " if language == "fr" else f"{found.name}: "]
    lines[0] += found.label.to(language)
    lines += [
        f"  {head.to(language)}{' :' if language == 'fr' else ':'} {text.to(language)}"
        for head, text in card(found)
    ]
    emit_text("\n".join(lines) + "\n", output)


@measures.command(
    "run",
    words=Label(
        "Calcule une mesure : une ligne par acteur, son identifiant d'abord.\n\n"
        "Une mesure du réseau entier donne une ligne par nombre, une mesure d'un groupe d'acteurs une "
        "ligne par membre.",
        "Compute a measure: one row an actor, its id first.\n\n"
        "A measure of the whole network gives one row a number, a measure of a set of actors one row "
        "a member.",
    ),
    example="ecosystem measures run gatekeeper --territory geneve --partition type --format csv",
)
@click.argument("name")
@source_argument
@territory_option
@layer_option
@weight_option
@option(
    "-p", "--partition", metavar="COLUMN",
    words=Label("Colonne d'acteurs qui définit les groupes, ou « community » : calculés ; sinon sector.",
                "Column of actors that gives the groups, or 'community': computed; else sector."),
)  # fmt: skip
@option(
    "-O", "--option", "given", multiple=True, metavar="NAME=VALUE",
    words=Label("Autre option de la mesure, comme k=3 (peut être répétée) ; « measures list » les donne.",
                "Another option of the measure, such as k=3 (can be repeated); 'measures list' has them."),
)  # fmt: skip
@option(
    "--stability", "draws", type=click.IntRange(min=20), metavar="DRAWS",
    words=Label("Ajoute la stabilité des rangs, sur tant de tirages.",
                "Add the stability of ranks, over so many draws."),
)  # fmt: skip
@drop_option
@share_option
@top_option
@seed_option
@audience_options
@result_options
@language_option
def run(
    name: str, source: str | None, territory: str | None, layer: str, weight: str, partition: str | None,
    given: tuple[str, ...], draws: int | None, drop: str, share: float, top: int, seed: int,
    form: Form, output: Path | None,
) -> None:  # fmt: skip
    """Compute a measure and print it."""
    from ecosystem.measures.registry import named
    from ecosystem.networks.layers import network_of
    from ecosystem.ranking.columns import titles

    measure = named(name)
    options = _options(measure, given)
    if partition is not None:
        options["partition"] = partition
    if "seed" in measure.options:
        options.setdefault("seed", seed)
    measure.check(options)
    tables = copy_of(source, output).tables
    network = network_of(tables, territory, layer=layer, weight=weight)
    if "partition" in measure.options:
        warn_of_ungrouped(network, str(options.get("partition", "sector")))
    table = measure.table(network, **options)
    if draws:
        from ecosystem.measures.stability import rank_stability
        from ecosystem.ranking.table import one_sided

        with drawn() as progress:
            ranks = rank_stability(
                network, name, drop=drop, share=share, draws=draws, top=top, seed=seed,
                workers=None, doubtful=one_sided(tables), options=options, progress=progress,
            )  # fmt: skip
        say_drawn(ranks.attrs)
        table = table.merge(ranks.drop(columns="value").reset_index(), on="id", how="left")
    emit(table, form, output, sheet=Label(name, name), titles=titles(table.columns))
    told = [_convention(key, value) for key, value in network.conventions.items()]
    say(
        Label("{n} {n:ligne|lignes} ; {how}", "{n} {n:row|rows}; {how}").format(
            n=len(table),
            how=Label(" ; ".join(x.fr for x in told), "; ".join(x.en for x in told)),
        )
    )


_IN_FRENCH = {
    "layer": "couche", "direction": "direction", "territory": "territoire", "statuses": "états",
    "weight": "poids", "public": "grand public", "loops": "boucles", "kinds": "natures",
    "outside_partners": "partenaires extérieurs", "flows": "flux", "ties": "liens", "both": "flux et liens",
    "provider to recipient": "du fournisseur au destinataire", "all": "tous", "active": "actif",
    "none (each tie counts both ways)": "aucune (chaque lien compte dans les deux sens)",
    "number of flows": "nombre de flux", "number of ties": "nombre de liens", "1 / weight": "1 / poids",
    "included": "compté", "left out": "laissé de côté", "dropped": "retirées",
    "does not apply": "sans objet", "sum of weights, an empty one counts 1": "somme des poids, un poids vide compte 1", "number of flows and ties": "nombre de flux et de liens",
}  # fmt: skip


def _convention(key: str, value: object) -> Label:
    """What was counted, in words: a convention of a network, which has English ones."""
    text = ", ".join(value) if isinstance(value, tuple | list) else str(value)
    return Label(f"{_IN_FRENCH.get(key, key)} : {_IN_FRENCH.get(text, text)}", f"{key}: {text}")


def _options(measure: Measure, given: tuple[str, ...]) -> dict[str, Any]:
    """Options as the measure takes them: NAME=VALUE, a whole number where it takes one."""
    from ecosystem.errors import EcosystemError

    found: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise EcosystemError(
                Label(
                    f"« {text} » n'est pas de la forme NOM=VALEUR", f"'{text}' is not NAME=VALUE"
                ),
                Label("par exemple -O k=3", "for example -O k=3"),
            )
        takes = measure.takes.get(name)
        found[name] = takes.read(name, value) if takes else value  # the measure refuses the rest
    return found
