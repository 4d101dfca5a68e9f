"""`ecosystem agenda`: blocks that read well, narrowed down, explained, and refused where nothing fits."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ecosystem.agenda import LISTS
from ecosystem.cli import agenda as command
from ecosystem.report.blocks import WIDTH, as_blocks, headed
from tests.cli.running import once, run

LA_ROCHELLE = ("agenda", "-t", "la-rochelle")


def test_help_names_the_lists_that_there_are() -> None:
    assert tuple(LISTS) == command.LISTS


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "given", [LA_ROCHELLE, ("gaps",), ("agenda", "--services"), (*LA_ROCHELLE, "-a", "ca-la-rochelle")],
    ids=" ".join,
)  # fmt: skip
def test_blocks_fit_a_narrow_screen(given: tuple[str, ...], language: str) -> None:
    ran = once(*given, "--lang", language)
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= WIDTH and len(lines) > 20
    assert not any(line.endswith(" ") for line in lines)


def test_blocks_keep_words_and_dashes() -> None:
    told = as_blocks(
        [("T" * 90, [(headed("Who", False), ["one"]), (headed("Why", True), ["a", "b"])])]
    )
    assert told.splitlines() == ["T" * 90, "   Who: one", "   Why\u00a0:", "   - a", "   - b"]


def test_numbers_are_those_of_the_map_and_lists_have_their_counts() -> None:
    ran = once(*LA_ROCHELLE, "--lang", "en")
    assert ran.out.startswith(
        "TO BRING ABOUT (8)\n\n1. Communauté d'agglomération de La Rochelle, ins"
    )
    assert "\n2. Indicateurs de pilotage" in ran.out
    assert "\nTO FIND OUT (" in ran.out and "\nTO WATCH (2)" in ran.out
    assert "conversations: 15 of 15; findings on no list:" in ran.err


def test_it_is_narrowed_down() -> None:
    only = once(*LA_ROCHELLE, "--list", "watch", "--lang", "en")
    assert "TO BRING ABOUT" not in only.out and "TO WATCH" in only.out
    both = once(*LA_ROCHELLE, "--with", "ca-la-rochelle,la-rochelle-universite", "--lang", "en")
    assert (
        both.out.count("--why:") == 1
        and "bargain:ca-la-rochelle:la-rochelle-universite" in both.out
    )
    none = once(*LA_ROCHELLE, "--theme", "AGRI", "--lang", "en")
    assert none.out == "No conversation.\n"


def test_why_and_why_not() -> None:
    why = once(*LA_ROCHELLE, "--why", "unmet-need:lr-n09", "--lang", "en")
    assert (
        "Rows and sources:" in why.out
        and "[unmet-need:lr-n09]" in why.out
        and "flows lr-f042" in why.out
    )
    french = once(*LA_ROCHELLE, "--why", "unmet-need:lr-n09", "--lang", "fr")
    assert "flux lr-f042" in french.out and "flows" not in french.out
    told = once(*LA_ROCHELLE, "--why-not", "?", "-f", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert len(rows) > 5 and all(row["why"] for row in rows)
    one = once(*LA_ROCHELLE, "--why-not", rows[0]["finding"], "-f", "csv", "--lang", "en")
    assert list(csv.DictReader(io.StringIO(one.out))) == [rows[0]]
    treated = once(*LA_ROCHELLE, "--why-not", "unmet-need:lr-n09", "--lang", "en")
    assert "treated by the conversation" in " ".join(treated.out.split())


def test_the_page_for_one_actor_opens_with_what_it_gives_and_gets() -> None:
    ran = once(*LA_ROCHELLE, "--actor", "La Rochelle Université", "--lang", "fr")
    assert ran.out.startswith("Avec La Rochelle Université\n")
    order = ["Ce dont il a besoin", "Ce que d'autres lui demandent", "À FAIRE ADVENIR"]
    places = [ran.out.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("--why", "nothing"), "unknown conversation: 'nothing'"),
        (("--why-not", "nothing"), "unknown finding: 'nothing'"),
        (("--actor", "nobody"), "unknown actor: 'nobody'"),
        (("--with", "ca-la-rochelle,nobody"), "unknown actor: 'nobody'"),
        (("--theme", "XXXX"), "unknown theme: 'XXXX'"),
    ],
)
def test_an_unknown_name_says_which_there_are(given: tuple[str, ...], says: str) -> None:
    ran = run(*LA_ROCHELLE, *given, "--lang", "en")
    assert ran.code == 1 and ran.out == ""
    assert says in ran.err, ran.err


def test_a_row_is_found_where_it_rests_and_what_is_on_no_list_says_why() -> None:
    row = once(*LA_ROCHELLE, "--why", "lr-f042", "--lang", "en")
    assert "--why: pair:grd-energie:ca-la-rochelle" in row.out
    told = once(*LA_ROCHELLE, "--why-not", "?", "-f", "csv", "--lang", "en")
    left = next(csv.DictReader(io.StringIO(told.out)))
    ran = run(*LA_ROCHELLE, "--why", left["finding"], "--lang", "en")
    assert ran.code == 1 and f"'{left['finding']}' is in no conversation: {left['why']}" in ran.err


def test_a_theme_is_found_by_its_code_and_suggested_by_its_name() -> None:
    assert once(*LA_ROCHELLE, "--theme", "tran").out == once(*LA_ROCHELLE, "--theme", "TRAN").out
    ran = run(*LA_ROCHELLE, "--theme", "transport", "--lang", "en")
    assert ran.code == 1 and "TRAN" in ran.err and "ENER" not in ran.err


@pytest.mark.parametrize("given", [("-a", ""), ("--with", ","), ("--theme", " ")], ids=str)
def test_an_option_that_says_nothing_is_refused(given: tuple[str, str]) -> None:
    ran = run(*LA_ROCHELLE, *given, "--lang", "en")
    assert ran.code == 2 and ran.out == "" and "says nothing" in ran.err


@pytest.mark.parametrize(
    "given",
    [("--services", "--theme", "ENER"), ("--services", "--list", "watch"),
     ("--why", "ask:cozy-cloud", "--list", "watch"), ("--why-not", "?", "--with", "cozy-cloud")],
    ids=" ".join,
)  # fmt: skip
def test_an_option_that_would_do_nothing_is_refused(given: tuple[str, ...]) -> None:
    ran = run(*LA_ROCHELLE, *given, "--lang", "en")
    assert ran.code == 2 and ran.out == "" and "do not go together" in ran.err


def test_options_that_ask_for_different_answers_are_refused() -> None:
    ran = run(*LA_ROCHELLE, "--why", "x", "--services", "--lang", "en")
    assert ran.code == 2 and "--why and --services do not go together" in ran.err


def test_programs_get_columns_and_people_words(tmp_path: Path) -> None:
    ran = once(*LA_ROCHELLE, "-f", "json", "--lang", "en")
    rows = json.loads(ran.out)
    first = rows[0]
    assert first["list"] == "bring-about" and first["needs_met"] == 3 and first["kind"] == "house"
    second = rows[1]
    assert second["needs_met"] == 3 and second["kind"] == "bargain"
    assert first["findings"] and first["evidence"] and second["who"].startswith("Bring ")
    book = tmp_path / "agenda.xlsx"
    assert run(*LA_ROCHELLE, "-o", book).code == 0 and book.stat().st_size > 5000


def test_what_a_copy_does_not_show_is_counted_for_its_maker(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "actors.csv").write_text(
        "id,name,visibility\na,Alpha,\nb,Beta,\nh,Hidden house,internal\n", encoding="utf-8"
    )
    (source / "datasets.csv").write_text(
        "id,title,holder,access,visibility\nd,Data,a,shared,\nx,Secret,h,closed,internal\n",
        encoding="utf-8",
    )
    (source / "flows.csv").write_text(
        "id,dataset,provider,recipient,status,barrier\nf,d,a,b,blocked,legal\ng,x,h,b,blocked,legal\n",
        encoding="utf-8",
    )
    (source / "needs.csv").write_text(
        "id,actor,dataset,purpose\nn,b,d,Why\nm,b,x,Whim\n", encoding="utf-8"
    )
    inside = run("agenda", source, "--lang", "en")
    assert inside.out.count("--why:") == 2 and "does not show" not in inside.err
    public = run("agenda", source, "--audience", "public", "--lang", "en")
    assert "TO BRING ABOUT (1)" in public.out
    assert "Hidden" not in public.out and "Secret" not in public.out
    assert "conversations that this copy does not show: 1" in public.err
