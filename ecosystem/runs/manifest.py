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
from ecosystem.measures.significance import DRAWS as PERMUTATIONS
from ecosystem.measures.stability import DRAWS
from ecosystem.runs.folder import MANIFEST, file_hash, text_hash
from ecosystem.runs.parts import Order
from ecosystem.sources import is_bolt
from ecosystem.study import Study
from ecosystem.tables.frames import csv_files
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


def source_folder(source: str | None) -> Path | None:
    """The folder that a source is, if it is one."""
    return shipped("data") if source is None else None if is_bolt(source) else Path(source)


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
    folder = source_folder(source)
    if not complete:
        inputs = {}
    elif folder:
        inputs = {path.name: file_hash(path) for path in sorted(table_files(folder).values())}
    else:
        inputs = {file: text_hash(text) for file, text in csv_files(copy.as_read or copy.tables)}
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
