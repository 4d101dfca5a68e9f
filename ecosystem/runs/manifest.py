"""What went into a run, with which versions and options, and what came out."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ecosystem import __version__
from ecosystem.audience import AUDIENCES
from ecosystem.errors import redacted
from ecosystem.files import shipped, write_text
from ecosystem.formats.address import is_address
from ecosystem.measures.significance import DRAWS as PERMUTATIONS
from ecosystem.measures.stability import DRAWS
from ecosystem.runs.folder import MANIFEST, file_hash, text_hash
from ecosystem.runs.parts import Order
from ecosystem.sources import is_bolt
from ecosystem.study import Study
from ecosystem.tables.frames import Tables, csv_files
from ecosystem.tables.reading import table_files

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


def source_path(source: str | None) -> Path | None:
    """The folder or the file that a source is, if it is one and not an address."""
    if source is None:
        return shipped("data")
    return None if is_bolt(source) or is_address(source) else Path(source)


def _inputs(path: Path | None, tables: Tables) -> dict[str, str]:
    """What was read, with a hash: the files; of what came from an address, the tables as files."""
    if path is None:
        return {file: text_hash(text) for file, text in csv_files(tables)}
    if path.is_file():
        return {path.name: file_hash(path)}
    # A folder that was not made for this tool is read whole.
    files = sorted(path.iterdir()) if tables.files else sorted(table_files(path).values())
    return {f.name: file_hash(f) for f in files if f.is_file() and not f.name.startswith(".")}


def _source_told(source: str | None, complete: bool) -> str | None:
    """What a manifest says of the source; nothing of one that was not copied whole."""
    if source is None:
        return "shipped data"
    return redacted(source) if complete else None


def write_manifest(
    source: str | None, order: Order, store: str | None, studies: Sequence[Study]
) -> None:
    """What went in, with which versions and options, and what came out.

    Of a copy that is not complete, not what went in: its name and hashes tell of what is out.
    """
    copy, work, how = order.copy, order.folder, order.options
    complete = copy.audience == AUDIENCES[0]
    inputs = _inputs(source_path(source), copy.as_read or copy.tables) if complete else {}
    outputs = sorted(path for path in work.rglob("*") if path.is_file())
    manifest = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "ecosystem": __version__,
        "python": platform.python_version(),
        "libraries": {name: found for name in _LIBRARIES if (found := _version(name))},
        "source": _source_told(source, complete),
        "audience": copy.audience,
        "inputs": inputs,
        "rows": {name: len(frame) for name, frame in copy.tables.items() if len(frame)},
        "store": store,
        "options": {
            "language": order.language,
            "partition": how.partition,
            "statuses": ["active"],
            "public": False,
            "weight": how.weight,
            "draws": DRAWS if how.draws is None else how.draws,
            "permutations": PERMUTATIONS if how.permutations is None else how.permutations,
        },
        "drawn": {
            order.names[study.territory]: study.brokers.attrs["stability"]["draws"]
            for study in studies
        },
        "seeds": {"layout": order.seed, "draws": how.seed},
        "outputs": {path.relative_to(work).as_posix(): file_hash(path) for path in outputs},
    }
    write_text(work / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _version(library: str) -> str | None:
    """The version of a library; the engine is not installed everywhere."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None
