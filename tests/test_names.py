"""What is named in words exists: modules, functions and files named in pages and docstrings."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOTTED = re.compile(r"(?<![\w./-])ecosystem(?:\.[A-Za-z_]\w*)+")
PLACE = re.compile(
    r"(?<![\w./-])(?:ecosystem|tests|docs|data|queries|benchmarks|notebooks)/[\w./-]*\w"
)
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("data/*.md"), *ROOT.glob("docs/**/*.md")]
CODE = [
    path for part in ("ecosystem", "docs", "benchmarks") for path in ROOT.glob(f"{part}/**/*.py")
]
NOTEBOOKS = list(ROOT.glob("notebooks/*.ipynb"))
NAMED_IN = sorted(path.relative_to(ROOT).as_posix() for path in [*PAGES, *CODE, *NOTEBOOKS])


def words(name: str) -> str:
    """What a file says to people: all of a page, the cells of a notebook, docstrings and comments of code."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".ipynb"):
        return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    if not name.endswith(".py"):
        return text
    said = [
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join([*said, *(token.string for token in tokens if token.type == tokenize.COMMENT)])


def exists(dotted: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    first, *rest = dotted.split(".")
    value, place = import_module(first), first
    for part in rest:
        place = f"{place}.{part}"
        if not hasattr(value, part):
            try:
                import_module(place)
            except ModuleNotFoundError:
                return False
        value = getattr(value, part)
    return True


@pytest.mark.parametrize("name", NAMED_IN)
def test_what_is_named_exists(name: str) -> None:
    said = words(name)
    assert [dotted for dotted in sorted(set(DOTTED.findall(said))) if not exists(dotted)] == []
    assert [
        place for place in sorted(set(PLACE.findall(said))) if not (ROOT / place).exists()
    ] == []


def test_names_are_found_and_a_wrong_one_would_be_seen() -> None:
    assert "ecosystem.store.bolt" in DOTTED.findall(words("ecosystem/store/__init__.py"))
    assert "ecosystem.redact" in DOTTED.findall(words("README.md"))
    assert "ecosystem.rank_stability" in DOTTED.findall(words("notebooks/02-brokers.ipynb"))
    assert "docs/en/cli.md" in PLACE.findall(words("README.md"))
    assert exists("ecosystem.store.bolt.Store")
    assert not exists("ecosystem.store.bolts")
    assert not exists("ecosystem.store.bolt.Shop")
