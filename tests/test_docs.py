"""What is written about the code is true of the code."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import ecosystem
from ecosystem.cli import main as cli
from ecosystem.tables.frames import Tables

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.fr.md"]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), ROOT / "data" / "README.md", *ROOT.glob("docs/??/*.md")]
)
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("docs/build/*.py"), *ROOT.glob("docs/templates/**/*.md")]
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = re.compile(r"(?<![\w./:])/(work|workspace|home|root|tmp|Users|mnt)/|[A-Z]:\\")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(name: str, *kinds: str) -> list[str]:
    return [body for kind, body in FENCE.findall(read(name)) if kind in kinds]


def commands(name: str) -> Iterator[list[str]]:
    """Every `ecosystem …` of a page's fences, as words; what a session prints is passed over."""
    lines = [line for body in fences(name, "sh") for line in body.splitlines()]
    lines += [body.splitlines()[0].removeprefix("$ ") for body in fences(name, "console")]
    for line in lines:
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z0-9_]+=.*", words[0]):
            words = words[1:]
        if words and words[0] == "ecosystem":
            yield words[1:]


def parse(words: list[str]) -> None:
    """Let click read a command without running it; it raises for what it does not know."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    if not isinstance(command, click.Group):
        command.make_context("ecosystem", list(words))


def test_generated_pages_and_sessions_are_those_of_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docs.build", "--check"], cwd=ROOT,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


TEMPLATES = ROOT / "docs" / "templates"


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("en/*.md")))
def test_a_template_shows_the_same_in_both_languages(name: str) -> None:
    french, english = (
        (TEMPLATES / language / name).read_text(encoding="utf-8") for language in ("fr", "en")
    )

    def shown(text: str) -> list[str]:
        """What is filled in, without the headers of tables, which are words."""
        return [re.sub(r"\[.*\]", "[]", tag) for tag in re.findall(r"\{[{%].*?[}%]\}", text)]

    def form(text: str) -> list[str]:
        return re.findall(r"^(#+ |\d+\. |- |```|)", text, re.MULTILINE)

    assert shown(french) == shown(english)
    assert form(french) == form(english)


def test_every_template_is_used() -> None:
    pages = {path.name for path in ROOT.glob("docs/en/*.md")}
    for language in ("fr", "en"):
        templates = {path.name for path in TEMPLATES.glob(f"{language}/*.md")}
        assert templates - {"origin.md"} == {
            name for name in pages if "python -m docs.build" in read(f"docs/{language}/{name}")
        }


@pytest.mark.parametrize("name", PAGES)
def test_commands_exist(name: str) -> None:
    found = list(commands(name))
    assert found or name not in READMES
    for words in found:
        try:
            parse(words)
        except click.exceptions.Exit:
            pass
        except click.ClickException as error:
            pytest.fail(f"{name}: ecosystem {shlex.join(words)}: {error.format_message()}")


def test_an_unknown_option_would_be_seen() -> None:
    with pytest.raises(click.ClickException):
        parse(["brokers", "--nothing-like-it"])
    with pytest.raises(AssertionError):
        parse(["no-such-command"])


def test_both_readmes_have_the_same_structure() -> None:
    english, french = (read(name) for name in READMES)

    def levels(text: str) -> list[str]:
        return re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)

    assert levels(english) == levels(french)
    assert [kind for kind, _ in FENCE.findall(english)] == [k for k, _ in FENCE.findall(french)]
    images = [re.findall(r"!\[.*?\]\((.*?)\)", text) for text in (english, french)]
    assert images[0] == images[1]


@pytest.mark.parametrize("name", READMES)
def test_python_of_the_readmes_runs(name: str, tmp_path: Path) -> None:
    code = "\n".join(fences(name, "python"))
    assert code
    done = subprocess.run(
        [sys.executable, "-W", "error::FutureWarning", "-c", code], cwd=tmp_path,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "la-rochelle.html").exists()


@pytest.mark.parametrize("name", READMES)
def test_names_of_the_readmes_are_public(name: str) -> None:
    code = "\n".join([*fences(name, "python"), *re.findall(r"`(ecosystem\.\w+)`", read(name))])
    used = set(re.findall(r"\becosystem\.(\w+)", code))
    assert used
    assert used <= set(ecosystem.__all__)


@pytest.mark.parametrize("name", PAGES)
def test_links_to_files_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", FENCE.sub("", read(name))):
        if "://" not in target and not target.startswith("#"):
            path = (ROOT / name).parent / target.partition("#")[0]
            assert path.exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_links_inside_a_page_lead_to_a_heading(name: str) -> None:
    text = FENCE.sub("", read(name))
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_citation_is_that_of_this_version() -> None:
    lines = read("CITATION.cff").splitlines()
    facts = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z-]+: ", line))
    for line in lines:
        assert re.match(r"([a-z-]+:( \S.*)?|  - \S.*)$", line), line
    assert facts["cff-version"] == "1.2.0"
    assert facts["version"] == ecosystem.__version__
    assert facts["license"] == "EUPL-1.2"
    assert facts["type"] == "software"
    assert {"message", "title", "abstract"} <= set(facts)
    assert "authors:" in lines
    assert f"[{ecosystem.__version__}]" in read("CHANGELOG.md") or (
        f"To be {ecosystem.__version__}." in read("CHANGELOG.md")
    )


@pytest.mark.parametrize(
    "name", [*PAGES, *SOURCES, "CITATION.cff", "notebooks/01-first-look.ipynb"]
)
def test_nothing_is_about_one_machine(name: str) -> None:
    assert not ELSEWHERE.search(read(name))


def test_the_data_page_counts_what_the_data_hold(shipped_tables: Tables) -> None:
    names = ["actors", "datasets", "flows", "needs", "services", "ties"]
    counts = [len(shipped_tables[name]) for name in names]
    counts.append(int(shipped_tables["maturity"]["level"].notna().sum()))
    row = "| total | " + " | ".join(map(str, counts)) + " |"
    assert read("data/README.md").count(row) == 2
    assert f"{counts[0]} actors, {counts[1]} datasets, {counts[2]} flows" in read("README.md")
    parents = int(shipped_tables["actors"]["parent"].notna().sum())
    assert f"{parents} departments" in read("data/README.md")


@pytest.mark.parametrize("name", ["la-rochelle", "five-territories"])
def test_pictures_are_light(name: str) -> None:
    data = (ROOT / "docs" / "images" / f"{name}.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) < 250_000
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1400, 900)
