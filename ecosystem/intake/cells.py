"""The cells of one column, under repair: what is changed is told."""

from __future__ import annotations

from collections.abc import Sequence

from ecosystem.intake.ledger import Ledger
from ecosystem.schema import Field, Table
from ecosystem.tables.repairs import Place


class Cells:
    """A column of a sheet that is to become a field.

    Parameters
    ----------
    header
        What the file calls it.
    """

    def __init__(
        self, ledger: Ledger, table: Table, field: Field | None, place: Place, header: str,
        cells: Sequence[str], lines: Sequence[int],
    ) -> None:  # fmt: skip
        self.ledger, self.table, self.field = ledger, table, field
        self.place, self.header, self.lines = place, header, lines
        self.cells = list(cells)

    def change(self, code: str, changed: dict[str, str]) -> None:
        """Replace values, and tell of it."""
        self.cells = self.ledger.replace(
            code, self.cells, changed, self.place, self.lines, self.header
        )

    @property
    def values(self) -> list[str]:
        """Each value that is there once, in order."""
        return sorted({cell for cell in self.cells if cell})

    def rows(self, value: str) -> tuple[int, ...]:
        """The rows that hold a value."""
        return self.ledger.rows_of(value, self.cells, self.lines)
