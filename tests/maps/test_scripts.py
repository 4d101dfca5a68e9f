"""The scripts of the page: their bundle, their directions, their own tests, what a wheel holds."""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest
import pyvis

from ecosystem.errors import EcosystemError
from ecosystem.maps import render
from tests.conftest import lacking
from tests.node_packages import Unavailable
from tests.page_scripts import PAGE, ROOT, run

pytestmark = pytest.mark.xdist_group("page scripts")  # one fetches the tools for all

SCRIPTS = PAGE / "scripts"
MODULES = {path.relative_to(SCRIPTS).as_posix(): path for path in sorted(SCRIPTS.rglob("*.js"))}
LONGEST = 350
# Folders and single modules, from the ground up: each imports from those that stand before it.
FLOORS = ("data", "elements.js", "view", "drawing", "picture", "reading", "hook.js", "start.js")


def done(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return run(script, *arguments)
    except Unavailable as error:
        lacking(str(error))
        raise


def test_the_bundle_is_current(tmp_path: Path) -> None:
    made = tmp_path / "bundle.js"
    found = done("bundle", f"--outfile={made}")
    assert found.returncode == 0, found.stderr
    assert made.read_bytes() == (PAGE / "bundle.js").read_bytes(), "run `make bundle`"


def test_the_scripts_pass_their_own_tests() -> None:
    found = done("test")
    assert found.returncode == 0, found.stdout + found.stderr
    passed = re.search(r"^. pass (\d+)$", found.stdout, re.MULTILINE)  # after a # or an i
    assert passed
    assert int(passed[1]) >= len(list((ROOT / "tests/maps/page").glob("*.test.js")))


def test_the_bundle_says_that_it_is_generated() -> None:
    first, rest = (PAGE / "bundle.js").read_text(encoding="utf-8").split("\n", 1)
    assert "Generated" in first
    assert first.endswith("'use strict';")
    # In the page it is one script: it leaves no name behind, and asks for no other file.
    assert rest.startswith("(()=>{")
    assert not re.search(r"\bimport\b|\bexport\b|sourceMappingURL", rest)


def imported(name: str) -> set[str]:
    """The modules that a module imports, by their path."""
    text = MODULES[name].read_text(encoding="utf-8")
    found = re.findall(r"^(?:import|\}) .*?\"(\.[^\"]+)\";$", text, re.MULTILINE)
    return {
        (MODULES[name].parent / each).resolve().relative_to(SCRIPTS).as_posix() for each in found
    }


@pytest.mark.parametrize("name", MODULES)
def test_modules_import_one_way(name: str) -> None:
    def floor(module: str) -> int:
        return FLOORS.index(module.split("/")[0])

    assert imported(name) <= set(MODULES)
    assert {each for each in imported(name) if floor(each) > floor(name)} == set()


def test_the_walk_sees_imports_of_one_line_and_of_several() -> None:
    assert "data/content.js" in imported("view/view.js")
    assert "drawing/naming.js" in imported("drawing/labels.js")
    reached, todo = {"start.js"}, ["start.js"]
    while todo:
        new = imported(todo.pop()) - reached
        reached |= new
        todo += new
    assert reached == set(MODULES), "a module that nothing imports"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_short_and_says_what_it_is(name: str) -> None:
    lines = MODULES[name].read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST, "two modules"
    assert re.match(r"// [A-Z].*\w", lines[0])


def test_the_wheel_holds_what_a_page_is_made_of_and_no_more(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        page = {n for n in archive.namelist() if n.startswith("ecosystem/maps/page/")}
        bundle = archive.read("ecosystem/maps/page/bundle.js")
    assert page == {f"ecosystem/maps/page/{n}" for n in ("bundle.js", "page.css", "template.html")}
    assert bundle == (PAGE / "bundle.js").read_bytes()


# ---------------------------------------------------------------- vis-network


def test_vis_network_is_that_of_the_pinned_pyvis() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"pyvis=={render.PYVIS}" in project["dependencies"]
    library = render._library()
    # Its licence asks that its notice stay.
    assert re.search(r"@license\s.*Apache 2\.0 License.*MIT License", library[:2000], re.DOTALL)
    assert "@version 9.1.2" in library[:2000]
    assert "sourceMappingURL" not in library


def test_a_pyvis_without_vis_network_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pyvis, "__file__", str(tmp_path / "__init__.py"))
    # Another version in its place is no reason to take it.
    other = tmp_path / "lib" / "vis-9.9.9"
    other.mkdir(parents=True)
    (other / "vis-network.min.js").write_text("0", encoding="utf-8")
    render._library.cache_clear()
    with pytest.raises(EcosystemError) as caught:
        render._library()
    assert f"pyvis {render.PYVIS} does not have vis-network" in str(caught.value)
    assert f"pip install pyvis=={render.PYVIS}" in str(caught.value)
    assert "n'a pas vis-network" in caught.value.to("fr")
