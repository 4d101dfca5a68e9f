"""`what-if`: what would change if someone acted."""

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
    "what-if",
    cls=Command,
    words=Label(
        "Ce qui changerait si quelqu'un agissait : avant, après, différence.\n\n"
        "Un scénario est un petit fichier TOML, ou le nom d'un exemple livré. Les tables ne sont pas modifiées.",
        "What would change if someone acted: before, after, difference.\n\n"
        "A scenario is a small TOML file, or the name of a shipped example. The tables are not changed.",
    ),
    example="ecosystem what-if --scenario la-rochelle-without-the-agglomeration",
)
@source_argument
@option(
    "-S", "--scenario", metavar="FILE",
    words=Label("Le scénario : un fichier TOML, ou le nom d'un exemple.",
                "The scenario: a TOML file, or the name of an example."),
)  # fmt: skip
@option(
    "-b", "--best", metavar="K", type=click.IntRange(min=1),
    words=Label("Cherche les K flux souhaités, prévus ou bloqués qui couvrent le plus de besoins (exact).",
                "Find the K wished, planned or blocked flows that meet most needs (exact)."),
)  # fmt: skip
@territory_option
@audience_options
@result_options
@language_option
@click.pass_context
def what_if(
    ctx: click.Context, source: str | None, scenario: str | None, best: int | None,
    territory: str | None, form: Form, output: Path | None,
) -> None:  # fmt: skip
    """Print the effects of a scenario, or the flows that would meet most needs."""
    from ecosystem import scenarios

    language = language_of(ctx)
    if (scenario is None) == (best is None):
        names = ", ".join(scenarios.shipped_scenarios())
        raise click.UsageError(
            Label(
                f"donnez --scenario ou --best (et un seul des deux) ; exemples livrés : {names}",
                f"give --scenario or --best (and only one of them); shipped examples: {names}",
            ).to(language)
        )
    read = None if scenario is None else scenarios.read_scenario(scenario)
    tables = copy_of(source, output).tables
    titles = {
        "effect": Label("effet (code)", "effect (code)"),
        "label": Label("effet", "effect"),
        "before": Label("avant", "before"),
        "after": Label("après", "after"),
        "difference": Label("différence", "difference"),
        "flow": Label("flux", "flow"),
        "status": Label("état", "status"),
        "provider": Label("fournisseur", "provider"),
        "recipient": Label("destinataire", "recipient"),
        "dataset": Label("jeu de données", "dataset"),
        "needs": Label("besoins couverts", "needs met"),
    }
    if read is not None:
        result = scenarios.what_if(tables, read, territory)
        frame = result.frame(language)
        say(result.title)
        shown = frame[frame.columns[1:]] if form == "table" else frame
        emit(shown, form, output, sheet=Label("effets", "effects"), titles=titles)
        for line in result.told():
            say(line)
        return
    found = scenarios.best_flows(tables, best or 1, territory)
    emit(found.frame(language), form, output, sheet=Label("flux", "flows"), titles=titles)
    if found.lacking:
        say(found.lacking)
        return
    said = {"count": len(found.flows), "every": found.candidates, "needs": len(found.needs)}
    say(
        Label(
            "{count} flux sur {every} possibles ; besoins couverts de plus : {needs} ; aucun autre choix n'en couvre "
            "davantage",
            "{count} of {every} possible flows; more needs met: {needs}; no other choice meets more",
        ).format(**said)
    )
    if found.as_good > 1:
        say(
            Label(
                "choix qui en couvrent autant : {n} ; celui-ci est le premier par ordre d'identifiants",
                "choices that meet as many: {n}; this one is the first by ids",
            ).format(n=found.as_good)
        )
    say(scenarios.LIMIT)
