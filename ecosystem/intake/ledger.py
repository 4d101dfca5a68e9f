"""What an import tells and asks as it goes: one place that repairs and questions go to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ecosystem.intake.answers import Answers, Question
from ecosystem.labels import Label
from ecosystem.tables.repairs import Place, Repair


class Ledger:
    """Repairs told and questions asked.

    Parameters
    ----------
    answers
        What was answered before.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.repairs: list[Repair] = []
        self.asked: dict[object, Question] = {}

    def ask(self, question: Question) -> str | None:
        """The answer to a question; None while it is open."""
        self.asked.setdefault(question.key, question)
        return self.answers.of(question)

    @property
    def open(self) -> list[Question]:
        """The questions without an answer, each once, in the order in which they came."""
        return [q for q in self.asked.values() if self.answers.of(q) is None]

    def tell(
        self, code: str, place: Place, rows: Iterable[int] = (), column: str | None = None,
        before: str = "", after: str | Label = "", **words: object,
    ) -> None:  # fmt: skip
        """One repair, in some rows."""
        if isinstance(after, Label):
            words["after"], after = after, after.en
        self.repairs.append(Repair(code, place, tuple(rows), column, before, after, words))

    def replace(
        self, code: str | Callable[[str], str], cells: Sequence[str], changed: Mapping[str, str],
        place: Place, lines: Sequence[int], column: str | None,
    ) -> list[str]:  # fmt: skip
        """Cells with some values replaced, each value told once with its rows."""
        if not changed:
            return list(cells)
        rows: dict[str, list[int]] = {}
        for cell, line in zip(cells, lines, strict=True):
            if cell in changed:
                rows.setdefault(cell, []).append(line)
        for before, at in rows.items():
            kind = code if isinstance(code, str) else code(before)
            self.tell(kind, place, at, column, before, changed[before])
        return [changed.get(cell, cell) for cell in cells]

    def rows_of(self, value: str, cells: Sequence[str], lines: Sequence[int]) -> tuple[int, ...]:
        """The rows that hold a value."""
        return tuple(line for cell, line in zip(cells, lines, strict=True) if cell == value)
