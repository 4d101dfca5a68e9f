"""Everything at once: a source in, a folder of maps, tables, findings and a manifest out."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from ecosystem import __version__
from ecosystem.errors import StoreError, redacted
from ecosystem.files import safe_names, shipped, write_text
from ecosystem.folders import MANIFEST, file_hash, text_hash, whole_folder
from ecosystem.gaps import find_gaps, findings_frame
from ecosystem.maps import map as make_map
from ecosystem.measures.brokers import brokers
from ecosystem.report import as_csv, findings_markdown
from ecosystem.sources import is_bolt, opened, read
from ecosystem.tables import Tables, csv_files
from ecosystem.territories import studied
from ecosystem.vocabulary import Label, Language

ALL = "all"
"""How files of all territories together are named."""

_LIBRARIES = (
    "arcadedb-embedded",
    "igraph",
    "jinja2",
    "neo4j",
    "networkx",
    "numpy",
    "pandas",
    "pyvis",
    "scipy",
)


def run(
    source: str | None,
    folder: Path,
    *,
    language: Language = "en",
    seed: int = 1,
    use_store: bool = True,
    password: str | None = None,
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
    with whole_folder(folder, _source_folder(source)) as work:
        tables, store = _through_store(source, work, use_store, password, say)
        _analyse(tables, work, language, seed, say)
        _manifest(source, tables, work, store, language, seed)
        files = sorted(path.relative_to(work) for path in work.rglob("*") if path.is_file())
    return [folder / path for path in files]


def _source_folder(source: str | None) -> Path | None:
    """The folder that a source is, if it is one."""
    return shipped("data") if source is None else None if is_bolt(source) else Path(source)


def _through_store(
    source: str | None,
    work: Path,
    use_store: bool,
    password: str | None,
    say: Callable[[Label], None],
) -> tuple[Tables, str | None]:
    """The tables as the store gives them back, its name, and the rows of every query that asks nothing."""
    from ecosystem import embedded
    from ecosystem.queries import queries
    from ecosystem.store import engine_store

    bolt = source is not None and is_bolt(source)
    tables = None if bolt else read(source)
    if tables is not None and not use_store:
        return tables, None
    with ExitStack() as stack:
        if tables is None:
            store = stack.enter_context(opened(source, password=password))
        else:
            try:
                engine = stack.enter_context(embedded.temporary())
            except StoreError as error:
                say(Label(f"sans base de graphe, donc sans les requêtes : {error.to('fr')}",
                          f"without a graph store, so without the queries: {error.to('en')}"))  # fmt: skip
                return tables, None
            store = stack.enter_context(engine_store(engine))
            store.load(tables)
        found = store.read()
        say(Label(f"lu depuis {store.name}", f"read from {store.name}"))
        for query in queries().values():
            if any(param.required for param in query.params):
                continue  # asks about an actor of the user's choice
            columns = [column.name for column in query.columns]
            frame = store.run(query.text, query.bind(), columns=columns)
            _write_table(frame, work / "queries" / f"{query.name}.csv")
        return found, store.name


def _analyse(
    tables: Tables, work: Path, language: Language, seed: int, say: Callable[[Label], None]
) -> None:
    scopes: list[str | None] = [None, *studied(tables)] if len(studied(tables)) > 1 else [None]
    file_names = safe_names([t for t in scopes if t is not None], taken=[ALL])
    ranked, found, maps = {}, {}, {}
    for territory in scopes:
        name = ALL if territory is None else file_names[territory]
        ranked[territory] = brokers(tables, territory)
        found[territory] = find_gaps(tables, territory)
        maps[territory] = f"maps/{name}.html"
        _write_table(ranked[territory], work / "tables" / f"brokers-{name}.csv")
        _write_table(
            findings_frame(found[territory], language), work / "tables" / f"gaps-{name}.csv"
        )
        page = make_map(tables, territory, seed=seed, language=language)
        page.save(work / maps[territory])
        say(Label("carte : {title}", "map: {title}").format(title=page.title))
    text = findings_markdown(tables, ranked, found, maps, language)
    write_text(work / "findings.md", text)


def _manifest(
    source: str | None, tables: Tables, work: Path, store: str | None, language: Language, seed: int
) -> None:
    """What went in, with which versions and options, and what came out."""
    folder = _source_folder(source)
    if folder:
        inputs = {path.name: file_hash(path) for path in sorted(folder.glob("*.csv"))}
    else:
        inputs = {file: text_hash(text) for file, text in csv_files(tables)}
    outputs = sorted(path for path in work.rglob("*") if path.is_file())
    manifest = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "ecosystem": __version__,
        "python": platform.python_version(),
        "libraries": {name: found for name in _LIBRARIES if (found := _version(name))},
        "source": "shipped data" if source is None else redacted(source),
        "inputs": inputs,
        "rows": {name: len(frame) for name, frame in tables.items() if len(frame)},
        "store": store,
        "options": {
            "language": language,
            "partition": "sector",
            "statuses": ["active"],
            "public": False,
        },
        "seeds": {"layout": seed},
        "outputs": {path.relative_to(work).as_posix(): file_hash(path) for path in outputs},
    }
    write_text(work / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _version(library: str) -> str | None:
    """The version of a library; the engine is not installed everywhere."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    write_text(path, as_csv(frame))
