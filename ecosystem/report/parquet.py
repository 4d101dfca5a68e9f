"""A table as a Parquet file: columns keep their types, lists are lists."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from ecosystem.errors import EcosystemError
from ecosystem.labels import Label


def refuse_without_pyarrow() -> None:
    """Say what to install, if it is not there: before anything is computed.

    Raises
    ------
    EcosystemError
        If pyarrow is missing.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise EcosystemError(
            Label("la forme parquet a besoin de pyarrow", "the parquet form needs pyarrow"),
            Label("pip install 'ecosystem[parquet]'", "pip install 'ecosystem[parquet]'"),
        ) from error


def as_parquet(frame: pd.DataFrame) -> bytes:
    """A Parquet file; what is undefined is null.

    Raises
    ------
    EcosystemError
        If pyarrow is missing, or a column holds values of several kinds.
    """
    refuse_without_pyarrow()
    import pyarrow as pa
    from pyarrow import parquet

    bare = frame.set_axis([str(name) for name in frame.columns], axis=1)
    bare.attrs = {}  # they would travel in the file
    written = io.BytesIO()
    try:
        table = pa.Table.from_pandas(bare, preserve_index=False)
        for at, field in enumerate(table.schema):
            if (kind := _told(field.type)) is not None:
                table = table.set_column(at, pa.field(field.name, kind), table[at].cast(kind))
        parquet.write_table(table, written)
    except (pa.ArrowException, TypeError, OverflowError) as error:
        why = "; ".join(map(str, error.args))
        raise EcosystemError(
            Label(f"parquet ne peut contenir cette table ({why})",
                  f"parquet cannot hold this table ({why})"),
            Label("choisissez une autre forme : csv ou json", "choose another form: csv or json"),
        ) from error  # fmt: skip
    return written.getvalue()


def _told(kind: Any) -> Any:
    """The type of a column that holds nothing to tell it by: text, as all lists here are of ids."""
    import pyarrow as pa

    if pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_list(kind) and pa.types.is_null(kind.value_type):
        return pa.list_(pa.string())
    return None
