"""Pages: a template of `docs/templates`, its words in one language, filled with what the code declares.

Besides what Jinja brings, a template may use:

- `grid(headers, rows)`: a Markdown table; nothing if there are no rows;
- `| sentence`: the words with a capital at the start;
- `| code`: names as `` `a`, `b` ``;
- `| coded`: the items of a dictionary as rows, the key as code.

A `Label` is written in the language of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound

from ecosystem.labels import Label, Language

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
TEMPLATES = DOCS / "templates"

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)


class _Templates(BaseLoader):
    """The templates of one language; in French, marks keep to their word as in any `Label`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def get_source(self, _: Environment, template: str) -> tuple[str, str, None]:
        path = TEMPLATES / self.language / template
        if not path.exists():
            raise TemplateNotFound(template)
        parts = _TAG.split(path.read_text(encoding="utf-8"))
        parts[::2] = [Label(words, words).to(self.language) for words in parts[::2]]
        return "".join(parts), str(path), None


def rendered(template: str, language: Language, **given: Any) -> str:
    """A page: a template filled with `given`."""

    def said(value: Any) -> Any:
        return value.to(language) if isinstance(value, Label) else value

    def sentence(value: Any) -> str:
        words = str(said(value))
        return words[:1].upper() + words[1:]

    def cell(value: Any) -> str:
        return " ".join(str(said(value)).replace("|", "\\|").split())

    def grid(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
        lines = ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
        if not lines:
            return ""
        return "\n".join(["| " + " | ".join(headers) + " |", "|" + " --- |" * len(headers), *lines])

    environment = Environment(
        loader=_Templates(language), undefined=StrictUndefined, finalize=said,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip
    environment.globals["grid"] = grid
    environment.filters |= {"sentence": sentence, "code": code, "coded": coded}
    return environment.get_template(template).render(given, template=template).rstrip("\n") + "\n"


def code(names: Iterable[str]) -> str:
    """Names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def coded(meanings: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Names as code, each with what it means."""
    return ((f"`{name}`", meaning) for name, meaning in meanings.items())


YES = Label("oui", "yes")
NO = Label("non", "no")


def yes(value: bool) -> Label:
    """Yes or no."""
    return YES if value else NO
