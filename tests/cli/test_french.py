"""What is said in French is French: plurals, elisions, commas, no-break spaces, no English left over."""

from __future__ import annotations

import re

import pytest

from tests.cli.running import once, run

DRAWN = ("--draws", "20", "--permutations", "19")
COMMANDS = [
    ("brokers", *DRAWN), ("brokers", "-t", "la-rochelle", *DRAWN), ("brokers", "-t", "la-rochelle", *DRAWN, "--explain", "ca-la-rochelle"),
    ("gaps",), ("agenda",), ("agenda", "--services"), ("agenda", "-t", "pompey", "--actor", "cc-bassin-pompey"), ("match",), ("what-if", "-b", "3", "-t", "la-rochelle"),
    ("what-if", "-S", "la-rochelle-without-the-agglomeration"), ("check",), ("measures", "run", "betweenness"),
    ("measures", "run", "community_structure"),
]  # fmt: skip

FORBIDDEN = {
    "a plural in brackets": r"\((?:s|es|x|e|nt)\)",
    "no elision": r"(?<![\wÀ-ÿ] )\bde (?=[AEIOUÉÈÊÎÔ][\wÀ-ÿ'’])(?!de (?:A|É)→)",
    "a point in a number": r"(?<![\w.,/-])\d+\.\d+(?![\w.-]|/)",
    "no space before a colon": r"[a-zà-ÿ]: ",
    "English": r"\b(?:the|rows|error|hint|reason|read from|weight|layer|dropped|left out|embedded)\b",
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_is_said_in_bad_french(command: tuple[str, ...]) -> None:
    ran = once(*command, "--lang", "fr")
    assert ran.code == 0, ran.err
    # cells of a table stand side by side: a line of a column begins anywhere
    text = "\n".join(re.split(r"\s{2,}|\n", ran.out + "\n" + ran.err))
    found = {
        what: re.findall(rf".*{pattern}.*", text)[:3]
        for what, pattern in FORBIDDEN.items()
        if re.search(pattern, text)
    }
    assert found == {}


def test_errors_have_a_no_break_space_before_their_colon() -> None:
    ran = run("gaps", "-t", "nulle-part", "--lang", "fr")
    assert ran.err.startswith(("source", "erreur\u00a0: "))
    assert "erreur\u00a0: «\u00a0nulle-part\u00a0» n'existe pas (territoire)" in ran.err
