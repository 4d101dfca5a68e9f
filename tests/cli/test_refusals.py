"""What is refused: wrong command lines, unknown names, bad input; one message, no traceback."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import (
    ACTORS,
    ECOSYSTEM,
    FLOWS,
    everything,
    launch,
    plain,
    refused,
    run,
    sound,
)

# ---------------------------------------------------------------- usage: exit 2


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("brokers", "--nonsense"),
        ("brokers", "-f", "xml"),
        ("brokers", "--lang", "de"),
        ("brokers", "data", "more"),
        ("query", "show"),
        ("run", "--seed", "one"),
        ("brokers", "-o", os.sep),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_exit_2(args: tuple[str, ...]) -> None:
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err
    assert "Traceback" not in ran.err


# ---------------------------------------------------------------- names: exit 1, nearest shown


@pytest.mark.parametrize(
    ("args", "wrong", "nearest"),
    [
        (("brokers", "-t", "la-rochele"), "unknown territory: 'la-rochele'", "la-rochelle"),
        (("gaps", "-t", "pompei"), "unknown territory: 'pompei'", "pompey"),
        (("gaps", "-r", "bloked"), "unknown reason: 'bloked'", "blocked"),
        (("gaps", "-s", "hihg"), "unknown severity: 'hihg'", "high"),
        (("gaps", "--theme", "ENERG"), "unknown theme: 'ENERG'", "ENER"),
        (("gaps", "-a", "ville-anthony"), "unknown actor: 'ville-anthony'", "ville-antony"),
        (
            ("gaps", "-e", "unmet-need:poi-n102"),
            "unknown finding: 'unmet-need:poi-n102'",
            "unmet-need:poi-n10",
        ),
        (("match", "-t", "pompei"), "unknown territory: 'pompei'", "pompey"),
        (("what-if", "-b", "1", "-t", "pompei"), "unknown territory: 'pompei'", "pompey"),
        (("map", "-t", "antoni", "-o", "never.html"), "unknown territory: 'antoni'", "antony"),
        (("brokers", "-p", "sectors"), "unknown column of actors: 'sectors'", "sector"),
        (("gaps", "-k", "unmet-needs"), "unknown kind of gap: 'unmet-needs'", "unmet-need"),
        (
            ("map", "-s", "betweeness", "-o", "never.html"),
            "measure of each actor: 'betweeness'",
            "betweenness",
        ),
        (("query", "show", "who-holds"), "'who-holds'", "who-holds-what"),
        (("query", "run", "who-conects"), "'who-conects'", "who-connects"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_unknown_name_shows_the_nearest(
    args: tuple[str, ...], wrong: str, nearest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*args)
    assert (ran.code, ran.out) == (1, "")
    assert wrong in ran.err
    assert re.search(rf"^hint: nearest: {nearest}\b", ran.err, re.MULTILINE)
    assert everything(tmp_path) == {}


def test_an_unknown_name_in_french() -> None:
    ran = run("brokers", "-t", "la-rochele", "--lang", "fr")
    assert ran.code == 1
    assert "erreur : « la-rochele » n'existe pas (territoire)" in plain(ran.err)
    assert "conseil : le plus proche : la-rochelle" in plain(ran.err)


# ---------------------------------------------------------------- bad input: exit 1, one message


def _write(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _no_rows(folder: Path) -> None:
    (folder / "actors.csv").write_text("id,name\n")
    (folder / "flows.csv").unlink()


# What is done to a sound folder, and the words of the message in English and in French.
BAD: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "empty-folder": (_emptied, "holds no file that is read", "ne contient aucun fichier qui se lise"),
    "no-rows": (
        _no_rows,
        "1 error\n  actors.csv: no-rows: the table has no rows",
        "1 erreur\n  actors.csv: no-rows: la table n'a aucune ligne",
    ),
    "to-be-decided": (
        _write("flows.csv", "Fournisseur;Destinataire;Statut\nAlpha;Beta;en discussion\n"),
        "to be decided first\n  'en discussion' in 1 cell of 'Statut' (flows.csv): what does it mean?",
        "à décider d'abord\n  « en discussion » dans 1 cellule de « Statut » (flows.csv) : que veut-il dire ?",
    ),
    "dangling-id": (
        _write("flows.csv", FLOWS.replace("a,b", "a,c")),
        "1 error\n  flows.csv:2:recipient: dangling-reference: 'c' does not exist in actors",
        "1 erreur\n  flows.csv:2:recipient: dangling-reference: « c » n'existe pas",
    ),
    "duplicate-id": (
        _write("actors.csv", ACTORS + "a,Again\n"),
        "1 error\n  actors.csv:4:id: duplicate-key: 'a' is already taken on line 2",
        "1 erreur\n  actors.csv:4:id: duplicate-key: « a » est déjà pris ligne 2",
    ),
    "unknown-code": (
        _write("flows.csv", FLOWS.replace("active", "actve")),
        "1 error\n  flows.csv:2:status: unknown-code: 'actve' is not a known code",
        "1 erreur\n  flows.csv:2:status: unknown-code: « actve » n'est pas",
    ),
    "cell-of-1-MB": (
        _write("actors.csv", ACTORS + f"c,{'x' * 1_000_000}\n"),
        "1 error\n  actors.csv:4:name: cell-too-long: the cell has 1000000 characters",
        "1 erreur\n  actors.csv:4:name: cell-too-long: la cellule a 1000000 caractères",
    ),
    "absent": (shutil.rmtree, "there is no folder", "n'existe pas"),
}  # fmt: skip
IN_FRENCH = ("empty-folder", "no-rows", "to-be-decided", "cell-of-1-MB", "absent")


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_source_is_refused_with_one_message(kind: str, tmp_path: Path) -> None:
    spoil, words, _ = BAD[kind]
    source = sound(tmp_path / "source")
    spoil(source)
    before = everything(tmp_path)
    refused(run("brokers", source, "-o", tmp_path / "out" / "brokers.csv"), words, str(source))
    assert everything(tmp_path) == before


@pytest.mark.parametrize("kind", IN_FRENCH)
def test_a_bad_source_is_refused_in_french_and_leaves_no_results(kind: str, tmp_path: Path) -> None:
    spoil, _, words = BAD[kind]
    source = sound(tmp_path / "source")
    spoil(source)
    before = everything(tmp_path)
    ran = run("run", source, "--no-store", "-o", tmp_path / "results", "--lang", "fr")
    refused(ran, words, str(source), "\nconseil : ", language="fr")
    assert everything(tmp_path) == before


def test_a_bad_source_is_not_loaded(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    (source / "flows.csv").write_text(FLOWS.replace("a,b", "a,c"))
    home = tmp_path / "home"
    refused(run("load", source, ECOSYSTEM_HOME=str(home)), "dangling-reference")
    assert not home.exists()


def test_many_problems_are_one_message(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    wrong = "".join(f"f{i},a,x{i},active\n" for i in range(2, 40))
    (source / "flows.csv").write_text(FLOWS + wrong)
    ran = run("gaps", source)
    # 38 rows; ten are shown, then how many more, then what shows them all.
    refused(ran, "38 errors", "… 28 more", "hint: 'ecosystem check' shows them all")
    assert ran.err.count("dangling-reference") == 10
    assert run("check", source).out.count("dangling-reference") == 38


# ---- what the user may not read or write; root may, until it gives that up

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


def _obey_permissions() -> None:
    """In a child of root: from the next exec on, permissions count for root too."""
    libc = ctypes.CDLL(None)
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.fixture
def ordinary(tmp_path: Path) -> Callable[[], None] | None:
    """How to start a child that permissions hold back."""
    if sys.platform == "win32":
        pytest.skip("permissions of another kind")
    preexec = _obey_permissions if os.geteuid() == 0 else None
    locked = tmp_path / "locked-probe"
    locked.mkdir(mode=0)
    probe = [sys.executable, "-c", f"import os; os.listdir({str(locked)!r})"]
    done = subprocess.run(probe, preexec_fn=preexec, capture_output=True)
    locked.rmdir()
    if done.returncode == 0:
        pytest.skip("nothing holds this user back")
    return preexec


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Callable[[Path, int], None]]:
    """Change permissions, and give them back at the end so that the folder can be removed."""
    changed: list[Path] = []

    def lock(path: Path, mode: int) -> None:
        changed.append(path)
        path.chmod(mode)

    yield lock
    for path in changed:
        path.chmod(0o755)


Lock = Callable[[Path, int], None]
Preexec = Callable[[], None] | None


def test_a_folder_that_cannot_be_read(tmp_path: Path, ordinary: Preexec, locked: Lock) -> None:
    source = sound(tmp_path / "source")
    locked(source, 0)
    ran = launch("check", source, preexec=ordinary)
    refused(ran, f"the folder {source} cannot be read (Permission denied)", "hint: check")
    ran = launch("gaps", source, "--lang", "fr", preexec=ordinary)
    refused(ran, f"le dossier {source} ne peut pas être lu", "conseil : ", language="fr")


def test_a_folder_inside_one_that_cannot_be_entered(
    tmp_path: Path, ordinary: Preexec, locked: Lock
) -> None:
    source = sound(tmp_path / "closed" / "source")
    locked(tmp_path / "closed", 0)
    ran = launch("brokers", source, preexec=ordinary)
    refused(ran, str(source), "cannot be read")


def test_a_table_that_cannot_be_read(tmp_path: Path, ordinary: Preexec, locked: Lock) -> None:
    source = sound(tmp_path / "source")
    locked(source / "actors.csv", 0)
    ran = launch("brokers", source, preexec=ordinary)
    refused(ran, "1 error\n  actors.csv: unreadable: ", "(Permission denied)", "permissions")


def test_a_place_that_cannot_be_written(tmp_path: Path, ordinary: Preexec, locked: Lock) -> None:
    source = sound(tmp_path / "source")
    place = tmp_path / "locked"
    place.mkdir()
    (place / "old.csv").write_text("what was there")
    locked(place, 0o555)
    before = everything(tmp_path)
    for args in (
        ("brokers", source, "-p", "id", "-o", place / "old.csv"),
        ("check", source, "-f", "csv", "-o", place / "new.csv"),
        ("map", source, "-o", place / "map.html"),
        ("run", source, "--no-store", "-o", place / "results"),
    ):
        ran = launch(*args, preexec=ordinary)
        refused(ran, "cannot be written (Permission denied)", str(place), "hint: choose another")
    assert everything(tmp_path) == before


def test_a_store_whose_folder_cannot_be_written(
    tmp_path: Path, ordinary: Preexec, locked: Lock
) -> None:
    source = sound(tmp_path / "source")
    home = tmp_path / "home"
    home.mkdir()
    locked(home, 0o555)
    ran = launch("load", source, preexec=ordinary, ECOSYSTEM_HOME=str(home))
    refused(ran, str(home), "hint: ")


def test_a_file_where_a_folder_should_be_made(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    (tmp_path / "taken").write_text("mine")
    before = everything(tmp_path)
    refused(
        run("brokers", source, "-p", "id", "-o", tmp_path / "taken" / "b.csv"), "cannot be written"
    )
    refused(run("run", source, "--no-store", "-o", tmp_path / "taken"), "was not left by")
    assert everything(tmp_path) == before


def test_run_leaves_a_folder_alone_that_it_did_not_make(tmp_path: Path) -> None:
    source = sound(tmp_path / "source")
    thesis = tmp_path / "thesis"
    (thesis / "drafts").mkdir(parents=True)
    (thesis / "chapter.md").write_text("years of work")
    before = everything(tmp_path)
    ran = run("run", source, "--no-store", "-o", thesis)
    refused(ran, f"{thesis} exists and was not left by 'ecosystem run'", "hint: choose another")
    ran = run("run", source, "--no-store", "-o", thesis, "--lang", "fr")
    refused(ran, "n'est pas le résultat", language="fr")
    assert everything(tmp_path) == before


# ---- what click says by itself

ENGLISH = re.compile(r"\b(Error|Invalid|Missing|No such|Got|Try|value|requires|not one of)\b")
WRONG: list[tuple[str, ...]] = [
    ("nonsense",),
    ("brokers", "--nonsense"),
    ("brokers", "-f", "xml"),
    ("brokers", "data", "more"),
    ("brokers", "-f"),
    ("query", "show"),
    ("run", "--seed", "one"),
    ("brokers", "-o", os.sep),
    ("query", "run", "who-connects", "-P", "foo"),
]


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_told_in_french(args: tuple[str, ...]) -> None:
    ran = run(*args, "--lang", "fr") if args[-1] != "-f" else run(*args, ECOSYSTEM_LANG="fr")
    assert (ran.code, ran.out) == (2, "")
    assert "Erreur : " in plain(ran.err)
    assert not ENGLISH.search(ran.err), ran.err


def test_a_parameter_without_a_value_is_a_wrong_command_line() -> None:
    ran = run("query", "run", "who-connects", "-P", "foo")
    assert (ran.code, ran.out) == (2, "")
    assert "'foo' is not NAME=VALUE, for example -P territory=poitiers" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal to ask in")
@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Mot de passe Neo4j"), ("en", "Neo4j password")]
)
def test_the_password_is_asked_for_in_the_language_of_the_run(
    language: str, words: str, closed_port: int
) -> None:
    import termios

    screen, terminal = os.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NEO4J_PASSWORD"}
    with subprocess.Popen(
        [ECOSYSTEM, "brokers", f"bolt://127.0.0.1:{closed_port}", "--lang", language],
        stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        err = process.stderr.read(len(words))
        # What is typed before the terminal is told not to show it is thrown away.
        deadline = time.monotonic() + 60
        while termios.tcgetattr(screen)[3] & termios.ECHO:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.01)
        os.write(screen, b"s3cret\n")
        out, rest = process.communicate(timeout=60)
        err += rest
    os.close(screen)
    os.close(terminal)
    assert words in err
    assert (process.returncode, out) == (1, "")
    assert "s3cret" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("args", [("query", "list"), ("--help",), ("check", "-h")], ids=" ".join)
def test_a_full_standard_output_is_one_message(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [ECOSYSTEM, *args], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "error: cannot write the result (No space left on device)\n"
