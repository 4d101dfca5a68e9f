"""Everything at once: a source in, a folder of maps, tables, findings and a manifest out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from ecosystem.audience import AUDIENCES, Copy, make_copy
from ecosystem.errors import StoreError, spoken
from ecosystem.files import write_text
from ecosystem.labels import Progress
from ecosystem.options import Options
from ecosystem.ranking.sentences import WEIGHED, weighed
from ecosystem.report.forms import as_csv
from ecosystem.report.markdown import findings_markdown
from ecosystem.runs.folder import whole_folder
from ecosystem.runs.manifest import source_path, write_manifest
from ecosystem.runs.parts import Order, parts
from ecosystem.sources import is_bolt, opened, read
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import Label, Language

if TYPE_CHECKING:
    from ecosystem.store.bolt import Store
    from ecosystem.store.starting import Starting


def run(
    source: str | None,
    folder: Path,
    *,
    language: Language = "en",
    seed: int = 1,
    weight: str = "sum",
    use_store: bool = True,
    password: str | None = None,
    audience: str = "internal",
    policy: Path | None = None,
    removed: Path | None = None,
    workers: int | None = 1,
    say: Callable[[Label], None] = lambda _: None,
    progress: Progress | None = None,
) -> list[Path]:
    """Analyse a source and leave a folder with all there is to see.

    A folder of CSV goes through an embedded store of its own (no other store is touched);
    where no engine starts, everything but the queries is done and `say` tells so. The same
    source, options and versions give the same bytes, but for the manifest's date.

    Parameters
    ----------
    folder
        Made whole or not at all; a folder that holds only what an earlier run left is replaced.
    weight
        What several flows of a pair amount to: the `sum` of their weights, or their `count`.
    audience, policy
        Who the folder is for: what they may not see is out before anything is loaded, measured
        or drawn, and the manifest tells nothing of it; see `ecosystem.redact`.
    removed
        A CSV file, outside the folder, of what is out.
    workers
        Processes that share the territories; None: as many as there are processors, where that
        pays. The bytes do not depend on it. More than one needs a main module that can be imported again.
    say
        Progress what happens, for people.
    progress
        Progress what is under way, how much is done, of how much.

    Returns
    -------
    list of Path
        The files, in order.

    Raises
    ------
    DataError, StoreError
        If the source cannot be read, or the store refuses it or a query.
    EcosystemError
        If the folder cannot be written, or holds the source or something that no run left there.
    """
    spoken(language)

    def copy_of(tables: Tables) -> Copy:
        return make_copy(
            tables, audience, policy, removed=removed, result=folder, language=language, say=say
        )

    tell = progress or (lambda *_: None)
    # The store at a Bolt address is asked itself, but only for a complete copy.
    asked = audience == AUDIENCES[0] and source is not None and is_bolt(source)
    with whole_folder(folder, source_path(source)) as work, ExitStack() as stack:
        starting = _begun(stack) if use_store and not asked else None
        store = stack.enter_context(opened(source, password=password)) if asked else None
        copy = copy_of(store.read() if store else read(source, password=password))
        order = Order(copy, work, language, seed, Options(weight=weight))
        with parts(order, workers, tell) as under_way:
            if starting is not None:
                store = _stored(copy.tables, starting, stack, say)
            if store is not None:
                say(Label("lu dans {store}", "read from {store}").format(store=store.title))
                _answer(store, work / "queries", tell)
            made = []
            for part in under_way():
                say(Label("carte : {title}", "map: {title}").format(title=part.title))
                made.append(part)
        made.sort(key=lambda part: list(order.names).index(part.territory))
        whole = order.whole()
        if weighed(copy.tables, order.options.weight):
            say(WEIGHED)
        studies = [part.study(whole) for part in made]
        text = findings_markdown(studies, {part.territory: part.map for part in made}, language)
        write_text(work / "findings.md", text)
        write_manifest(source, order, store.name if store else None, studies)
        files = sorted(path.relative_to(work) for path in work.rglob("*") if path.is_file())
    return [folder / path for path in files]


def _begun(stack: ExitStack) -> Starting:
    """An engine of the run's own, which starts while the tables are read."""
    from ecosystem.store import embedded

    return stack.enter_context(embedded.begun())


def _stored(
    tables: Tables, starting: Starting, stack: ExitStack, say: Callable[[Label], None]
) -> Store | None:
    """A store that holds the tables and gives them back; None where no engine starts."""
    try:
        starting.engine()
    except StoreError as error:
        say(Label(f"sans base de graphe, donc sans les requêtes : {error.to('fr')}",
                  f"without a graph store, so without the queries: {error.to('en')}"))  # fmt: skip
        return None
    from ecosystem.store.stores import temporary_store

    store = stack.enter_context(temporary_store(tables, starting))
    if not store.read().equals(tables):
        raise StoreError(
            Label("la base n'a pas rendu les tables telles qu'elle les a reçues",
                  "the store did not give the tables back as it got them"),
            Label("rien n'a été écrit ; relancez, ou ajoutez --no-store",
                  "nothing was written; try again, or add --no-store"),
        )  # fmt: skip
    return store


def _answer(store: Store, folder: Path, progress: Progress) -> None:
    """Write the rows of every query that asks nothing of the user."""
    from ecosystem.store.queries import queries

    asked = [q for q in queries().values() if not any(param.required for param in q.params)]
    scope = {"source": store.scope()}
    for done, query in enumerate(asked):
        progress(Label("requêtes", "queries"), done, len(asked))
        columns = [column.name for column in query.columns]
        frame = store.run(query.text, query.bind(scope), columns=columns)
        write_text(folder / f"{query.name}.csv", as_csv(frame))
    progress(Label("requêtes", "queries"), len(asked), len(asked))
