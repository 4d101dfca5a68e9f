"""`store start|stop|status`: the embedded store kept running in the background."""

from __future__ import annotations

import click

from ecosystem.cli.bilingual import Group, language_option
from ecosystem.cli.options import say
from ecosystem.labels import Label


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
        "Dit s'il tourne, où, et ce qu'il contient.",
        "Say whether it runs, where, and what it holds.",
    ),
    example="ecosystem store status",
)
@click.pass_context
@language_option
def status(ctx: click.Context) -> None:
    """Say whether it runs; exit 1 if it does not."""
    from ecosystem.store import embedded

    engine = embedded.running()
    if engine is None:
        say(
            Label(
                f"arrêté ; données dans {embedded.home()}",
                f"not running; data in {embedded.home()}",
            )
        )
        ctx.exit(1)
    from ecosystem.store.address import Address
    from ecosystem.store.bolt import open_store

    with open_store(Address(engine.uri, engine.user, engine.password)) as opened:
        frame = opened.run("MATCH (n:Load) RETURN n.origin AS origin, n.at AS at")
    click.echo(engine.uri)
    if frame.empty:
        say(Label("rien n'est chargé", "nothing is loaded"))
    else:
        origin, at = frame.iloc[0]
        say(Label(f"contient {origin}, chargé le {at}", f"holds {origin}, loaded {at}"))
