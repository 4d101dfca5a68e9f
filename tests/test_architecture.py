"""The walls of the package: who may import whom, what is imported where, how long a module is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

import ecosystem
from docs.build.house import (
    MODULES,
    SEES,
    TREES,
    called_for,
    imported,
    parts_of,
    reached,
    seen_from,
)

LONGEST = 350
FULL = 24
"""How many modules a folder of the package may hold."""
DECLARATIONS = {
    "schema",
    "vocabulary",
    "tables.problem_kinds",
}  # a dictionary is as long as what it declares

ONLY_IN = {
    "neo4j": {"store.bolt", "store.refusals", "store.turns"},
    "pyvis": {"maps.drawing"},
    "click": {"cli"},
    "jinja2": {"maps.render"},
    "igraph": {"networks.network", "maps.component", "measures.communities", "intake.objects"},
    "python_calamine": {"formats.workbook"},
    "charset_normalizer": {"formats.text"},
    "clevercsv": {"formats.text"},
    "rdflib": {"formats.dcat"},
    "rapidfuzz": {"intake"},
    "tomlkit": {"intake.answers"},
    "questionary": {"cli.import_"},
    "stdnum": {"tables.identifiers"},
    "xlsxwriter": {"report.workbook", "formats.template"},
    "pyarrow": {"report.parquet"},
}
FILES_AND_DATABASES = {
    *("os", "io", "shutil", "tempfile", "pathlib", "csv", "json", "sqlite3", "socket"),
    *("subprocess", "urllib", "http", "neo4j", "click", "pyvis", "arcadedb_embedded"),
}


EACH = pytest.mark.parametrize("module", MODULES, ids=lambda name: name or "ecosystem")


def test_every_module_has_its_place() -> None:
    parts = {name.split(".")[0] for name in MODULES if name}
    assert parts == set(SEES)
    for part in SEES:
        assert part not in seen_from(part), "a circle is no direction"


@EACH
def test_imports_go_one_way(module: str) -> None:
    # What is imported for the type checker only binds two modules all the same.
    parts = parts_of(imported(module, typing_too=True))
    if not module:
        return  # the names for notebooks: see below
    part = module.split(".")[0]
    assert parts - {part} <= seen_from(part)


def _circles(steps: dict[str, set[str]]) -> list[list[str]]:
    """What can be reached from itself, in sets of those that reach each other."""
    ends = {start: reached(start, steps) for start in steps}
    found = {
        tuple(sorted(other for other in ends[start] if start in ends[other])) for start in steps
    }
    return sorted(list(circle) for circle in found if circle)


@pytest.mark.parametrize("typing_too", [False, True], ids=["when run", "for the type checker too"])
def test_no_module_comes_back_to_itself(typing_too: bool) -> None:
    """Also inside a wing, also by an import inside a function or by a name made at run time."""
    steps = {}
    for module in MODULES:
        names = imported(module, typing_too=typing_too)
        ours = {name.removeprefix("ecosystem").removeprefix(".") for name in names} & set(MODULES)
        steps[module] = ours | (called_for(module) if module else set(ecosystem._HOME.values()))
    assert sum(map(len, steps.values())) > 500
    assert _circles(steps) == []


def test_a_circle_would_be_seen() -> None:
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"d"}}) == [["b", "c"], ["d"]]


def test_the_walk_sees_imports_by_a_name_made_at_run_time() -> None:
    commands = {name for name in MODULES if name.startswith("cli.")}
    assert called_for("cli") == commands
    assert called_for("store.embedded_process") == set()  # a library
    assert {module for module in MODULES if called_for(module)} == {"", "cli"}


def test_the_walk_sees_imports_inside_functions_and_conditions() -> None:
    assert "store" in parts_of(imported("sources"))  # imported when it is needed
    assert "igraph" in imported("networks.network")
    assert "tables" in parts_of(imported("cli.options", typing_too=True))
    assert "maps.contract" in {n.removeprefix("ecosystem.") for n in imported("maps.model")}


def test_importing_the_package_imports_none_of_its_modules() -> None:
    assert parts_of(imported("")) == set()
    assert parts_of(imported("", typing_too=True)) <= set(SEES) - {"cli", "runs"}


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_in_one_place(library: str) -> None:
    users = {
        module
        for module in MODULES
        if any(name.split(".")[0] == library for name in imported(module, typing_too=True))
    }
    allowed = ONLY_IN[library]
    assert users
    assert {m for m in users if m not in allowed and m.split(".")[0] not in allowed} == set()


def test_networks_and_the_store_do_not_know_each_other() -> None:
    assert "store" not in seen_from("networks")
    assert "networks" not in seen_from("store") | seen_from("sources")


def test_importing_the_store_wing_does_not_import_the_driver() -> None:
    assert imported("store") == set()


def test_no_folder_is_crowded() -> None:
    for folder in {path.parent for path in MODULES.values()}:
        modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= FULL, f"{folder}: {len(modules)} modules"


def test_no_wing_hides_a_public_function() -> None:
    """`ecosystem.brokers` would become the folder as soon as something imported it."""
    wings = {name.split(".")[0] for name in MODULES if name}
    assert wings & set(ecosystem.__all__) == set()


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.split(".")[0] in ("measures", "networks", "gaps")]
)
def test_measures_know_no_file_and_no_database(module: str) -> None:
    names = imported(module, typing_too=True)
    assert {name.split(".")[0] for name in names} & FILES_AND_DATABASES == set()
    known = parts_of(names)
    assert known & {"files", "store", "sources"} == set()
    assert "ecosystem.tables.reading" not in names
    called = {
        node.func.id
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "open" not in called


@pytest.mark.parametrize("module", [m for m in MODULES if m.split(".")[0] == "cli"])
def test_commands_import_what_is_heavy_when_they_run(module: str) -> None:
    """At the top of a command module: click, the command line itself and what is light."""
    light = {"cli", "errors", "labels", "vocabulary", "files", "sources"}
    top = {
        name
        for node in TREES[module].body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ecosystem.")
        for name in [node.module]
    }
    assert parts_of(top) <= light


@EACH
def test_a_module_is_not_too_long(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST or module in DECLARATIONS, f"{lines} lines: two modules"


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes, and the public methods of public classes."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    part
                    for part in node.body
                    if isinstance(part, kinds) and not part.name.startswith("_")
                )


@EACH
def test_what_is_public_is_documented(module: str) -> None:
    assert ast.get_docstring(TREES[module]), "the module does not say what it is"
    silent = [node.name for node in _public(TREES[module]) if not ast.get_docstring(node)]
    assert silent == []


def test_the_first_example_names_what_exists() -> None:
    named = re.findall(r"\becosystem\.(\w+)\(", ecosystem.__doc__ or "")
    assert len(named) >= 4
    assert set(named) <= set(ecosystem.__all__)
    assert all(callable(getattr(ecosystem, name)) for name in named)


def test_public_names_are_there_and_documented() -> None:
    for name in ecosystem.__all__:
        value = getattr(ecosystem, name)
        assert value is not None
        if callable(value):
            assert value.__doc__, name
    assert set(dir(ecosystem)) == {*ecosystem.__all__, "__version__"}
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        getattr(ecosystem, "nonsense")  # noqa: B009


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "helpers", "core", "base", "manager", "common", "misc"}
    assert not {part for name in MODULES for part in name.split(".")} & vague
