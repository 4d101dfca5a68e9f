"""`store start|stop|status`: the embedded store kept running in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Group, language_option
from ecosystem.cli.options import password_for, say
from ecosystem.labels import Label

if TYPE_CHECKING:
    from ecosystem.store.bolt import Store


@click.group(
    cls=Group,
    words=Label(
        "Le stockage embarqué, quand il n'y a pas de Neo4j.",
        "The embedded store, when there is no Neo4j.",
    ),
    example="ecosystem store start",
)
@language_option
def store() -> None:
    """The embedded store."""


@store.command(
    words=Label("Le démarre en arrière-plan ; les commandes suivantes n'attendent plus.",
                "Start it in the background; later commands no longer wait for it."),
    example="ecosystem store start && ecosystem load",
)  # fmt: skip
@language_option
def start() -> None:
    """Start it and print its address."""
    from ecosystem.store import embedded

    engine = embedded.start()
    click.echo(engine.uri)
    say(Label(f"données dans {engine.home}", f"data in {engine.home}"))


@store.command(words=Label("L'arrête.", "Stop it."), example="ecosystem store stop")
@language_option
def stop() -> None:
    """Stop it."""
    from ecosystem.store import embedded

    if embedded.stop():
        say(Label("arrêté", "stopped"))
    else:
        say(Label("il n'était pas démarré", "it was not running"))


@store.command(
    words=Label(
        "Dit s'il tourne, où, et quelles sources il contient ; d'une adresse Bolt, de même.",
        "Say whether it runs, where, and which sources it holds; of a Bolt address, the same.",
    ),
    example="ecosystem store status",
)
@click.argument("address", required=False)
@click.pass_context
@language_option
def status(ctx: click.Context, address: str | None) -> None:
    """Say whether it runs; exit 1 if it does not."""
    from ecosystem.sources import opened
    from ecosystem.store import embedded

    if address is not None:
        with opened(address, password=password_for(address), say=say) as there:
            _print(there)
        return
    engine = embedded.running()
    if engine is None:
        say(
            Label(
                f"arrêté ; données dans {embedded.home()}",
                f"not running; data in {embedded.home()}",
            )
        )
        ctx.exit(1)
    with opened(engine.uri) as here:
        _print(here)


def _print(of: Store) -> None:
    """The address of a store, and a line for each source that it holds."""
    click.echo(of.address.uri)
    held = of.sources()
    if not held:
        say(Label("rien n'est chargé", "nothing is loaded"))
    for each in held:
        line = Label(
            "contient {source} : {origin}, chargé le {at}", "holds {source}: {origin}, loaded {at}"
        ).format(**{name: str(value) for name, value in each.items()})
        tied = Label("{line}, avec SHARES", "{line}, with SHARES").format(line=line)
        say(tied if each["direct"] else line)
