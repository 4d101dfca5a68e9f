"""Words in two languages: plurals, elisions, numbers."""

from __future__ import annotations

import pytest

from ecosystem.labels import Label, counted, decimal


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(0, "0 paire", "0 pairs"), (1, "1 paire", "1 pair"), (1.5, "1.5 paire", "1.5 pairs"), (2, "2 paires", "2 pairs")],
)  # fmt: skip
def test_one_and_several_are_told_apart(count: float, french: str, english: str) -> None:
    """French counts up to two as one, English one alone."""
    label = Label("{n} {n:paire|paires}", "{n} {n:pair|pairs}").format(n=count)
    assert (label.fr, label.en) == (french, english)
    assert counted(2, (Label("a", "b"), Label("c", "d"))) == Label("2 c", "2 d")


@pytest.mark.parametrize(
    ("name", "told"),
    [("Enedis", "d'Enedis"), ("État de Genève", "d'État de Genève"), ("Habitants", "d'Habitants"), ("RATP", "de RATP"),
     ("Hauts-de-France", "de Hauts-de-France"), ("Œuvre", "d'Œuvre"), ("« Eau »", "de « Eau »"), ("Ville", "de Ville")],
)  # fmt: skip
def test_de_is_elided_before_a_vowel(name: str, told: str) -> None:
    assert Label("besoin de {name}", "need of {name}").format(
        name=name
    ).fr == f"besoin {told}".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    assert (
        Label("besoin de {name}", "")
        .filled({"name": Label(name, name)})
        .fr.startswith(f"besoin {told[:2]}")
    )


def test_numbers_have_a_comma_in_french() -> None:
    assert decimal(0.25, ".2g") == Label("0,25", "0.25")
