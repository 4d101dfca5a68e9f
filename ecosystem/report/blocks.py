"""Results as blocks of text that read well on a narrow screen: a title, then headed lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 80
"""Columns that a block takes at most."""

Block = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""A title, and lines under headings."""


def as_blocks(blocks: Iterable[Block]) -> str:
    """Blocks one below another, a blank line between two.

    A heading with one line runs into it; with several, each line has a dash.
    """
    return "\n\n".join("\n".join(_block(*block)) for block in blocks) + "\n"


def _block(title: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Iterable[str]:
    yield from _wrapped(title, "", "   " if parts else "")
    for heading, lines in parts:
        if len(lines) == 1:
            yield from _wrapped(f"{heading}{lines[0]}" if heading else lines[0], "   ", "     ")
        else:
            yield from _wrapped(heading.rstrip(), "   ", "     ")
            for line in lines:
                yield from _wrapped(line, "   - ", "     ")


def _wrapped(text: str, first: str, then: str) -> list[str]:
    """A text in lines that are not too long; no-break spaces keep their words together."""
    told = []
    for n, line in enumerate(text.split("\n")):
        told += textwrap.wrap(
            line, WIDTH, initial_indent=first if n == 0 else then, subsequent_indent=then,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return told


def headed(heading: str, french: bool) -> str:
    """A heading that runs into its line: with a colon as the language sets it."""
    return f"{heading}\u00a0: " if french else f"{heading}: "
