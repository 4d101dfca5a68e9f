"""`query list|show|run`: the questions in `queries/`, asked of a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecosystem.cli.bilingual import Group, language_of, language_option, option
from ecosystem.cli.options import (
    asked,
    audience_options,
    copied,
    password_for,
    say,
    source_argument,
)
from ecosystem.cli.output import emit, result_options
from ecosystem.files import Form
from ecosystem.labels import Label

if TYPE_CHECKING:
    from ecosystem.store.bolt import Store
    from ecosystem.tables.frames import Tables


@click.group(
    cls=Group,
    words=Label("Les questions prêtes à poser au graphe.", "Questions ready to ask the graph."),
    example="ecosystem query run needs-without-flow",
)
@language_option
def query() -> None:
    """Questions ready to ask."""


@query.command(
    "list",
    words=Label("Liste les questions.", "List the questions."),
    example="ecosystem query list",
)
@result_options
@language_option
@click.pass_context
def list_(ctx: click.Context, form: Form, output: Path | None) -> None:
    """Print name, title and parameters of every query."""
    import pandas as pd

    from ecosystem.store.queries import queries

    language = language_of(ctx)
    rows = [
        {
            "name": q.name,
            "group": q.group,
            "title": q.title.to(language),
            "parameters": tuple(p.name for p in q.params),
        }
        for q in queries().values()
    ]
    titles = {"name": Label("nom", "name"), "group": Label("groupe", "group"),
              "title": Label("titre", "title"), "parameters": Label("paramètres", "parameters")}  # fmt: skip
    emit(pd.DataFrame(rows), form, output, sheet=Label("questions", "questions"), titles=titles)


@query.command(
    words=Label("Montre une question, son Cypher compris.", "Show a query, its Cypher included."),
    example="ecosystem query show needs-without-flow",
)
@click.argument("name")
@language_option
def show(name: str) -> None:
    """Print the file of a query as it can be pasted in Neo4j Browser."""
    from ecosystem.store.queries import query as find

    click.echo(find(name).path.read_text(encoding="utf-8"), nl=False)


@query.command(
    "run",
    words=Label(
        "Pose une question au graphe, en lecture seule.\n\n"
        "NAME est le nom d'une requête ou un fichier .cypher. Sans SOURCE : la base que remplit "
        "« load », sinon les données livrées. Un dossier est chargé dans une base le temps de la question.",
        "Ask the graph a question, reading only.\n\n"
        "NAME is a query's name or a .cypher file. Without SOURCE: the store that 'load' fills, "
        "else the shipped data. A folder is loaded into a store for the time of the question.",
    ),
    example="ecosystem query run who-connects -P from=sdis-17 -P to=lr-communes",
)
@click.argument("name")
@source_argument
@option(
    "-P", "--param", "params", multiple=True, metavar="NAME=VALUE",
    words=Label("Paramètre de la question (peut être répété).", "Parameter of the query (can be repeated)."),
)  # fmt: skip
@audience_options
@result_options
@language_option
def run(
    name: str, source: str | None, params: tuple[str, ...], form: Form, output: Path | None
) -> None:
    """Run a query and print its rows."""
    from ecosystem.store.asking import question, refuse_unknown, scoped

    statement, values, columns = question(name, dict(_pair(text) for text in params))
    told = asked()
    internal = told.audience == "internal" and told.removed is None
    with _store(source) if internal else _copy_store(source, output) as store:
        values = scoped(store, statement, values, say)
        refuse_unknown(store, statement, values)
        frame = store.run(statement, values, columns=columns)
    emit(frame, form, output, sheet=Label(Path(name).stem, Path(name).stem))
    say(Label(f"{len(frame)} ligne(s)", f"{len(frame)} row(s)"))


@contextmanager
def _store(source: str | None) -> Iterator[Store]:
    """The store a query runs on."""
    from ecosystem.sources import filled, is_bolt, opened, read
    from ecosystem.store import embedded

    if source is not None and is_bolt(source):
        with opened(source, password=password_for(source)) as store:
            yield store
        return
    if source is None and filled():
        with opened(say=say) as store:
            if store.sources():
                say(Label(f"base : {store.address.uri}", f"store: {store.address.uri}"))
                yield store
                return
    # The engine starts while the tables are read.
    with embedded.begun() as starting:
        from ecosystem.store.stores import temporary_store

        tables = read(source)
        origin = Label("données livrées", "shipped data") if source is None else tables.origin
        say(Label("base temporaire : {o}", "temporary store: {o}").format(o=origin))
        with temporary_store(tables, starting) as store:
            yield store


@contextmanager
def _copy_store(source: str | None, output: Path | None) -> Iterator[Store]:
    """A store of its own that holds what an audience may see: the complete one is never asked."""
    from ecosystem.store import embedded

    with embedded.begun() as starting:
        from ecosystem.store.stores import temporary_store

        tables = copied(_complete(source), output).tables
        with temporary_store(tables, starting) as store:
            yield store


def _complete(source: str | None) -> Tables:
    """The tables that a query would run on."""
    from ecosystem.sources import filled, opened, read

    if source is None and filled():
        with opened(say=say) as store:
            if store.sources():
                return store.read()
    return read(source, password=password_for(source))


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        words = Label(
            f"« {text} » n'est pas de la forme NOM=VALEUR, par exemple -P territory=poitiers",
            f"'{text}' is not NAME=VALUE, for example -P territory=poitiers",
        )
        language = language_of(click.get_current_context(silent=True))
        raise click.BadParameter(words.to(language), param_hint="-P")
    return name.strip(), value
