"""The sessions shown in the READMEs, run again.

In a block marked `console`, everything below the line that begins with `$` is output, kept to its
length where it ends with `…`; a block marked `csv` is written first, under the name in the line above.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

from docs.build.cli import printed
from ecosystem.labels import Language

SESSION_WIDTH = 110

_BLOCK = re.compile(r"^```(csv|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def refreshed(text: str, language: Language) -> str:
    """A README whose sessions show what the commands print today."""

    def block(match: re.Match[str]) -> str:
        if match[1] == "csv":
            above = text[: match.start()].rstrip().rpartition("\n")[2]
            file = Path(re.findall(r"`([^`]+\.csv)`", above)[-1])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(match[2], encoding="utf-8")
            return match[0]
        asked, *shown = match[2].splitlines()
        output = printed(shlex.split(asked)[2:], language, SESSION_WIDTH)
        lines = [line.rstrip() for line in output.splitlines()]
        if shown and shown[-1] == "…":
            lines = [*lines[: len(shown) - 1], "…"]
        return "\n".join(["```console", asked, *lines, "```"])

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _BLOCK.sub(block, text)
