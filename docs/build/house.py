"""How the package is laid out: its modules, what each imports, which wing may see which.

`tests/test_architecture.py` holds every import to `SEES`; the page and the drawing are made from the
same walk. A wing is a folder of the package, or a module beside those folders.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from docs.build.drawing import drawn
from docs.build.pages import TEMPLATES, code, rendered
from ecosystem.labels import Label, Language

PACKAGE = Path(__file__).resolve().parents[2] / "ecosystem"
FRENCH = TEMPLATES / "fr" / "wings.toml"
DRAWINGS: dict[Language, str] = {"en": "house.svg", "fr": "house.fr.svg"}

# From the ground up. A wing imports wings that it is allowed to see here, and whatever those see.
SEES: dict[str, set[str]] = {
    "labels": set(),
    "vocabulary": {"labels"},
    "errors": {"labels"},
    "schema": {"vocabulary"},
    "files": {"errors"},
    "tables": {"schema", "files"},
    # From anybody's files to tables.
    "formats": {"tables"},
    "intake": {"formats"},
    # From tables to stores and back.
    "store": {"tables"},
    "sources": {"store", "intake"},
    # From tables to findings.
    "networks": {"tables"},
    "processes": {"errors"},
    "measures": {"networks", "processes"},
    "ranking": {"measures"},
    "gaps": {"ranking"},
    # Who could meet a need and what would change: both read the gaps, neither is one.
    "matching": {"gaps"},
    "scenarios": {"matching"},
    # What findings ask to be talked over, with whom.
    "agenda": {"scenarios"},
    "audience": {"tables"},
    # What is asked of a territory, and of what.
    "taking": {"sources", "audience", "networks"},
    "options": {"measures"},
    "study": {"options", "agenda", "taking"},
    "calls": {"study"},
    "report": {"study"},
    "maps": {"report"},
    # Both.
    "runs": {"maps"},
    "cli": {"runs"},
}


def name_of(path: Path) -> str:
    """`maps.render` for ecosystem/maps/render.py, `maps` for ecosystem/maps/__init__.py."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def _nodes(node: ast.AST, typing_too: bool) -> Iterator[ast.AST]:
    """Everything below a node; what is only for the type checker counts only if asked."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            if typing_too:
                yield from (n for part in child.body for n in ast.walk(part))
            for part in child.orelse:
                yield from _nodes(part, typing_too)
            continue
        yield child
        yield from _nodes(child, typing_too)


def imported(module: str, *, typing_too: bool = False) -> set[str]:
    """Full names of what a module imports, wherever in it, `ecosystem.` and all."""
    names = set()
    for node in _nodes(TREES[module], typing_too):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            assert node.module
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            ours = {full for full in whole if full.removeprefix("ecosystem.") in MODULES}
            names |= ours if ours == whole else {node.module, *ours}
    return names


def called_for(module: str) -> set[str]:
    """Modules of the package that a module imports by a name it makes, with `import_module`.

    Of a name made in part, every module that it could be.
    """
    found: set[str] = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            first = node.args[0]
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            start = parts[0].value if isinstance(parts[0], ast.Constant) else ""
            for name in MODULES:
                full = f"ecosystem.{name}" if name else "ecosystem"
                if full == start or (len(parts) > 1 and full.startswith(str(start))):
                    found.add(name)
    return found - {module}


def parts_of(names: set[str]) -> set[str]:
    """The wings of the package among imported names."""
    inside = {name.removeprefix("ecosystem.") for name in names if name.startswith("ecosystem.")}
    return {name.split(".")[0] for name in inside}


def reached(start: str, steps: dict[str, set[str]]) -> set[str]:
    """What one comes to from `start`, by one step or more: `start` itself, if in a circle."""
    found: set[str] = set()
    todo = [start]
    while todo:
        for further in steps[todo.pop()] - found:
            found.add(further)
            todo.append(further)
    return found


def seen_from(wing: str) -> set[str]:
    """The wings that a wing may import."""
    return reached(wing, SEES)


def uses() -> dict[str, set[str]]:
    """The wings that each wing does import."""
    found: dict[str, set[str]] = {name.split(".")[0]: set() for name in MODULES if name}
    for module in MODULES:
        if module:
            wing = module.split(".")[0]
            found[wing] |= parts_of(imported(module, typing_too=True)) - {wing}
    return found


def reduced(steps: dict[str, set[str]]) -> dict[str, set[str]]:
    """The fewest steps by which one comes to the same: none that others make up for."""
    return {
        start: {
            end for end in ends if not any(end in reached(other, steps) for other in ends - {end})
        }
        for start, ends in steps.items()
    }


def first_sentence(wing: str) -> str:
    """What a wing says of itself first."""
    paragraph = (ast.get_docstring(TREES[wing]) or "").split("\n\n")[0]
    return re.split(r"(?<=\.)\s", " ".join(paragraph.split()))[0]


def inside() -> dict[str, Label]:
    """What is inside each wing: the first sentence of its docstring, and the French of it."""
    said = {wing: first_sentence(wing) for wing in SEES}
    french = tomllib.loads(FRENCH.read_text(encoding="utf-8"))
    if lacking := sorted(set(said.values()) - set(french)):
        raise SystemExit(f"{FRENCH}: no French for: " + " | ".join(lacking))
    if stale := sorted(set(french) - set(said.values())):
        raise SystemExit(f"{FRENCH}: no wing says any more: " + " | ".join(stale))
    return {wing: Label(french[sentence], sentence) for wing, sentence in said.items()}


def house(language: Language) -> str:
    """The page on how the code is laid out."""
    return rendered(
        "house.md", language,
        drawing=DRAWINGS[language],
        wings=[
            (f"[{wing}](../../ecosystem/{MODULES[wing].relative_to(PACKAGE).as_posix()})",
             sentence, code(sorted(SEES[wing])))
            for wing, sentence in inside().items()
        ],
    )  # fmt: skip


def drawing(language: Language) -> str:
    """The wings as boxes, each above those that it imports."""
    title = Label(
        "Les ailes du code, et ce que chacune importe",
        "The wings of the code, and what each imports",
    )
    words = {wing: sentence.to(language) for wing, sentence in inside().items()}
    return drawn(title.to(language), words, reduced(uses()))
