"""The command line: a thin skin over the library, and the one place where errors become messages."""

from __future__ import annotations

from typing import Any

import click

from ecosystem.cli import analyses, changes, data, measures, missing, queries, ranking, stores
from ecosystem.cli.words import Group, language_of, language_option, option
from ecosystem.errors import EcosystemError
from ecosystem.vocabulary import Label


class Main(Group):
    """The group of all commands; turns every EcosystemError into a message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except EcosystemError as error:
            language = language_of(ctx)
            word = "erreur" if language == "fr" else "error"
            click.echo(f"{click.style(word, fg='red')}: {error.to(language)}", err=True)
            ctx.exit(1)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from ecosystem import __version__

        click.echo(f"ecosystem {__version__}")
        ctx.exit()


@click.group(
    cls=Main,
    words=Label(
        "Qui détient quelle donnée dans un territoire, qui la passe à qui, ce qui manque, "
        "et qui tient le réseau.\n\n"
        "SOURCE est un dossier de CSV ou une adresse Bolt ; sans elle, les données livrées "
        "sur cinq territoires.",
        "Who holds which data in a territory, who passes it to whom, what is missing, "
        "and who holds the network together.\n\n"
        "SOURCE is a folder of CSV files or a Bolt address; without it, the shipped data "
        "on five territories.",
    ),
    example="ecosystem run -o results",
)
@language_option
@option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    words=Label("Montre la version.", "Show the version."),
)  # fmt: skip
def main() -> None:
    """Run `ecosystem`."""


for command in (
    data.check,
    data.load,
    analyses.run,
    ranking.brokers,
    missing.gaps,
    missing.match,
    changes.what_if,
    analyses.map_,
    measures.measures,
    queries.query,
    stores.store,
):
    main.add_command(command)
