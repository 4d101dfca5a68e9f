"""Every option of every measure says what it takes, and refuses the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.measures import MEASURES
from ecosystem.measures.options import Column, OneOf, Option, Whole
from tests.toy import chain

EVERY = [(name, option) for name, m in MEASURES.items() for option in m.options]


@pytest.mark.parametrize(("name", "option"), EVERY, ids=[f"{m}-{o}" for m, o in EVERY])
def test_every_option_is_declared_and_refuses_nonsense(name: str, option: str) -> None:
    measure = MEASURES[name]
    assert set(measure.takes) == set(measure.options)
    takes = measure.takes[option]
    measure.check({option: measure.options[option]})  # what it takes otherwise
    assert takes.words().fr.strip() and takes.words().en.strip()
    wrong: list[Any] = [None, 2.5, True]
    if isinstance(takes, Whole):
        assert takes.least <= takes.most
        wrong += [takes.least - 1, takes.most + 1, "3", "many"]
        measure.check({option: np.int64(takes.least)})
    elif isinstance(takes, OneOf):
        assert all(label.fr and label.en for label in takes.names.values())
        wrong += ["nonsense", ""]
    else:
        assert option == "partition"
    for value in wrong:
        with pytest.raises(EcosystemError):
            measure.check({option: value})


def test_a_number_out_of_range_says_the_range() -> None:
    with pytest.raises(EcosystemError) as refused:
        MEASURES["gatekeeper"](chain(4), draws=-3)
    assert "'-3'" in refused.value.message.en
    assert refused.value.hint is not None
    assert "0 to 1 000 000" in refused.value.hint.en
    assert "de 0 à 1 000 000" in refused.value.hint.fr


def test_an_unknown_name_lists_those_that_exist() -> None:
    """Also where nothing would be drawn, so that nothing would have read it."""
    with pytest.raises(UnknownName, match="there are: degrees, labels"):
        MEASURES["gatekeeper"](chain(4), null="foo")
    with pytest.raises(UnknownName, match="there are: ego, whole"):
        MEASURES["constraint"](chain(4), model="foo")


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [(Whole(0, 9), "7", 7), (Column(), "type", "type"), (OneOf(None, {}), "a", "a")],  # type: ignore[arg-type]
)
def test_texts_are_read(option: Option, text: str, value: object) -> None:
    assert option.read("x", text) == value
    with pytest.raises(EcosystemError, match="whole number"):
        Whole(0, 9).read("x", "seven")
