"""Everything at once: a source in, a folder of maps, tables, findings and a manifest out."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from ecosystem import __version__
from ecosystem.audience import AUDIENCES, Copy, make_copy
from ecosystem.errors import EcosystemError, StoreError
from ecosystem.files import shipped, unwritable, write_text
from ecosystem.gaps import find_gaps, findings_frame
from ecosystem.maps import map as make_map
from ecosystem.measures.brokers import brokers
from ecosystem.report import as_csv, findings_markdown
from ecosystem.sources import is_bolt, opened, read
from ecosystem.tables import Tables
from ecosystem.territories import studied
from ecosystem.vocabulary import Label, Language

MANIFEST = "manifest.json"
_LIBRARIES = ("igraph", "neo4j", "networkx", "numpy", "pandas", "pyvis", "scipy")


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
    without an engine, everything but the queries is done and `say` tells so. The same
    source, options and versions give the same bytes, but for the manifest's date.

    Parameters
    ----------
    folder
        Made whole or not at all; a folder that an earlier run left is replaced.
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
        If the source cannot be read.
    EcosystemError
        If the folder cannot be written, or holds something that no run left there.
    """
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise unwritable(folder, error) from error
    try:

        def copy_of(tables: Tables) -> Copy:
            return make_copy(
                tables, audience, policy, removed=removed, result=folder, language=language, say=say
            )

        complete = audience == AUDIENCES[0]
        copy, store = _through_store(source, work, use_store, password, copy_of, complete, say)
        _analyse(copy, work, language, seed, say)
        _manifest(source, copy, work, store, language, seed)
        work.chmod(0o755)
        files = sorted(path.relative_to(work) for path in work.rglob("*") if path.is_file())
        _replace(folder, work)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
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
    from ecosystem.queries import queries
    from ecosystem.store import temporary_store

    asked = complete and source is not None and is_bolt(source)
    copy = None if asked else copy_of(read(source, password=password))
    if copy is not None and not use_store:
        return copy, None
    try:
        with (
            opened(source, password=password)
            if copy is None
            else temporary_store(copy.tables) as store
        ):
            found = store.read()
            say(Label(f"lu depuis {store.name}", f"read from {store.name}"))
            for query in queries().values():
                if any(param.required for param in query.params):
                    continue  # asks about an actor of the user's choice
                columns = [column.name for column in query.columns]
                frame = store.run(query.text, query.bind(), columns=columns)
                _write_table(frame, work / "queries" / f"{query.name}.csv")
            return (copy_of(found) if copy is None else replace(copy, tables=found)), store.name
    except StoreError as error:
        if copy is None:
            raise
        say(Label(f"sans base de graphe, donc sans les requêtes : {error.to('fr')}",
                  f"without a graph store, so without the queries: {error.to('en')}"))  # fmt: skip
        return copy, None


def _analyse(
    copy: Copy, work: Path, language: Language, seed: int, say: Callable[[Label], None]
) -> None:
    tables = copy.tables
    scopes: list[str | None] = [None, *studied(tables)] if len(studied(tables)) > 1 else [None]
    ranked, found, maps = {}, {}, {}
    for territory in scopes:
        name = territory or "all"
        ranked[territory] = brokers(tables, territory)
        found[territory] = find_gaps(tables, territory)
        maps[territory] = f"maps/{name}.html"
        _write_table(ranked[territory], work / "tables" / f"brokers-{name}.csv")
        _write_table(
            findings_frame(found[territory], language), work / "tables" / f"gaps-{name}.csv"
        )
        page = make_map(copy, territory, seed=seed, language=language)
        page.save(work / maps[territory])
        say(Label("carte : {title}", "map: {title}").format(title=page.title))
    text = findings_markdown(tables, ranked, found, maps, language)
    write_text(work / "findings.md", text)


def _manifest(
    source: str | None, copy: Copy, work: Path, store: str | None, language: Language, seed: int
) -> None:
    """What went in, with which versions and options, and what came out.

    Of a copy that is not complete, not what went in: its name and hashes tell of what is out.
    """
    complete = copy.audience == AUDIENCES[0]
    folder = shipped("data") if source is None else None if is_bolt(source) else Path(source)
    folder = folder if complete else None
    inputs = sorted(folder.glob("*.csv")) if folder else []
    outputs = sorted(path for path in work.rglob("*") if path.is_file())
    manifest = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "ecosystem": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "source": "shipped data" if source is None else str(source) if complete else None,
        "audience": copy.audience,
        "inputs": {path.name: _hash(path) for path in inputs},
        "rows": {name: len(frame) for name, frame in copy.tables.items() if len(frame)},
        "store": store,
        "options": {
            "language": language,
            "partition": "sector",
            "statuses": ["active"],
            "public": False,
        },
        "seeds": {"layout": seed},
        "outputs": {path.relative_to(work).as_posix(): _hash(path) for path in outputs},
    }
    write_text(work / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _refuse_foreign(folder: Path) -> None:
    """Raise if the folder holds something that is not an earlier run."""
    try:
        foreign = folder.exists() and not (
            folder.is_dir() and ((folder / MANIFEST).exists() or not any(folder.iterdir()))
        )
    except OSError as error:
        raise unwritable(folder, error) from error
    if foreign:
        raise EcosystemError(
            Label(f"{folder} existe et n'est pas le résultat d'un « ecosystem run »",
                  f"{folder} exists and was not left by 'ecosystem run'"),
            Label("choisissez un autre dossier avec -o", "choose another folder with -o"),
        )  # fmt: skip


def _replace(folder: Path, work: Path) -> None:
    """Put the finished folder in place; the old one goes only when the new one stands."""
    old = work.with_name(work.name + ".old")
    if folder.exists():
        folder.replace(old)
    try:
        work.replace(folder)
    except OSError:
        if old.exists():
            old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    write_text(path, as_csv(frame))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
