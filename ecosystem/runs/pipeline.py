"""Everything at once: a source in, a folder of maps, tables, findings and a manifest out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ecosystem.audience import AUDIENCES, Copy, make_copy
from ecosystem.errors import StoreError
from ecosystem.files import safe_names, write_text
from ecosystem.gaps import find_gaps, findings_frame
from ecosystem.maps import map as make_map
from ecosystem.measures.significance import DRAWS as PERMUTATIONS
from ecosystem.measures.stability import DRAWS
from ecosystem.ranking.table import brokers
from ecosystem.report.forms import as_csv
from ecosystem.report.markdown import findings_markdown
from ecosystem.runs.folder import whole_folder
from ecosystem.runs.manifest import source_folder, write_manifest
from ecosystem.sources import is_bolt, opened, read
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import studied
from ecosystem.vocabulary import Label, Language

ALL = "all"
"""How files of all territories together are named."""

TRUSTED_UP_TO = 1_000
"""Number of actors up to which a run says how far ranks can be trusted: above, it takes minutes."""


def run(
    source: str | None,
    folder: Path,
    *,
    language: Language = "en",
    seed: int = 1,
    use_store: bool = True,
    password: str | None = None,
    audience: str = "internal",
    policy: Path | None = None,
    removed: Path | None = None,
    say: Callable[[Label], None] = lambda _: None,
) -> list[Path]:
    """Analyse a source and leave a folder with all there is to see.

    A folder of CSV goes through an embedded store of its own (no other store is touched);
    where no engine starts, everything but the queries is done and `say` tells so. The same
    source, options and versions give the same bytes, but for the manifest's date.

    Parameters
    ----------
    folder
        Made whole or not at all; a folder that holds only what an earlier run left is replaced.
    audience, policy
        Who the folder is for: what they may not see is out before anything is loaded, measured
        or drawn, and the manifest tells nothing of it; see `ecosystem.redact`.
    removed
        A CSV file, outside the folder, of what is out.
    say
        Told what happens, for people.

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

    def copy_of(tables: Tables) -> Copy:
        return make_copy(
            tables, audience, policy, removed=removed, result=folder, language=language, say=say
        )

    with whole_folder(folder, source_folder(source)) as work:
        complete = audience == AUDIENCES[0]
        copy, store = _through_store(source, work, use_store, password, copy_of, complete, say)
        _analyse(copy, work, language, seed, say)
        few = _trusted(copy.tables)
        write_manifest(
            source, copy, work, store, language, seed,
            draws=DRAWS if few else 0, permutations=PERMUTATIONS if few else 0,
        )  # fmt: skip
        files = sorted(path.relative_to(work) for path in work.rglob("*") if path.is_file())
    return [folder / path for path in files]


def _through_store(
    source: str | None,
    work: Path,
    use_store: bool,
    password: str | None,
    copy_of: Callable[[Tables], Copy],
    complete: bool,
    say: Callable[[Label], None],
) -> tuple[Copy, str | None]:
    """The copy as the store gives it back, its name, and the rows of every query that asks nothing.

    The store at a Bolt address is asked itself only for a complete copy.
    """
    from ecosystem.store import embedded
    from ecosystem.store.bolt import engine_store
    from ecosystem.store.queries import queries

    asked = complete and source is not None and is_bolt(source)
    copy = None if asked else copy_of(read(source, password=password))
    if copy is not None and not use_store:
        return copy, None
    with ExitStack() as stack:
        if copy is None:
            store = stack.enter_context(opened(source, password=password))
        else:
            try:
                engine = stack.enter_context(embedded.temporary())
            except StoreError as error:
                say(Label(f"sans base de graphe, donc sans les requêtes : {error.to('fr')}",
                          f"without a graph store, so without the queries: {error.to('en')}"))  # fmt: skip
                return copy, None
            store = stack.enter_context(engine_store(engine))
            store.load(copy.tables)
        found = store.read()
        say(Label(f"lu depuis {store.name}", f"read from {store.name}"))
        for query in queries().values():
            if any(param.required for param in query.params):
                continue  # asks about an actor of the user's choice
            columns = [column.name for column in query.columns]
            frame = store.run(query.text, query.bind(), columns=columns)
            _write_table(frame, work / "queries" / f"{query.name}.csv")
        return (copy_of(found) if copy is None else replace(copy, tables=found)), store.name


def _analyse(
    copy: Copy, work: Path, language: Language, seed: int, say: Callable[[Label], None]
) -> None:
    tables = copy.tables
    scopes: list[str | None] = [None, *studied(tables)] if len(studied(tables)) > 1 else [None]
    file_names = safe_names([t for t in scopes if t is not None], taken=[ALL])
    ranked, found, maps = {}, {}, {}
    for territory in scopes:
        name = ALL if territory is None else file_names[territory]
        few = _trusted(tables)
        ranked[territory] = brokers(
            tables, territory, draws=DRAWS if few else 0, permutations=PERMUTATIONS if few else 0,
        )  # fmt: skip
        found[territory] = find_gaps(tables, territory)
        maps[territory] = f"maps/{name}.html"
        _write_table(ranked[territory], work / "tables" / f"brokers-{name}.csv")
        _write_table(
            findings_frame(found[territory], language), work / "tables" / f"gaps-{name}.csv"
        )
        trust = ranked[territory].set_index("id")[["rank_low", "rank_high", "top_share", "verdict"]]
        page = make_map(copy, territory, seed=seed, language=language, stability=trust)
        page.save(work / maps[territory])
        say(Label("carte : {title}", "map: {title}").format(title=page.title))
    text = findings_markdown(tables, ranked, found, maps, language, copy.notice)
    write_text(work / "findings.md", text)


def _trusted(tables: Tables) -> bool:
    """Whether ranks come with how far they can be trusted."""
    return len(tables["actors"]) <= TRUSTED_UP_TO


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    write_text(path, as_csv(frame))
