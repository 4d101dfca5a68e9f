"""Tables as they should not be: half empty, tied in circles, naming what is not there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.agenda import LEFT_OUT, PARTS
from ecosystem.study import Study
from ecosystem.tables.frames import Tables
from ecosystem.vocabulary import ACCESS, ACTOR_TYPES, BARRIERS, MODES, SERVICE_STATUSES, STATUSES
from tests.toy import make_tables

ACTORS = [*"abcdefg", "reutilisateurs-t"]
DATASETS = ["d0", "d1", "d2", "d3", "not-there"]


def maybe(values: Any) -> Any:
    return st.sampled_from([None, *values])


@st.composite
def tables(draw: Any) -> Tables:
    actors = [
        {"id": a, "name": draw(maybe(["Same name", "Été", "x"])), "type": draw(maybe(ACTOR_TYPES)),
         "territory": draw(maybe(["t", "u"])), "parent": draw(maybe(ACTORS[:4])), "sector": "public",
         "article": draw(maybe(["le", "les", "l'", "nonsense"]))} for a in ACTORS
    ]  # fmt: skip
    datasets = [
        {"id": d, "title": draw(maybe(["Noise of streets", "Noise", ""])), "holder": draw(maybe(ACTORS)),
         "territory": draw(maybe(["t", "u"])), "theme": draw(maybe(["ENER", "TRAN"])), "access": draw(maybe(ACCESS)),
         "personal_data": draw(maybe(["yes", "no"]))} for d in DATASETS[:-1]
    ]  # fmt: skip
    flows = [
        {"id": f"f{n}", "dataset": draw(maybe(DATASETS)), "provider": draw(st.sampled_from(ACTORS)),
         "recipient": draw(st.sampled_from(ACTORS)), "status": draw(st.sampled_from([*STATUSES])),
         "mode": draw(maybe(MODES)), "barrier": draw(maybe(BARRIERS)), "note": draw(maybe(["Projet pilote. {x}"])),
         "declared_by": draw(maybe(["provider", "recipient", "both"])), "source": draw(maybe(["old", "new", "none"]))}
        for n in range(draw(st.integers(0, 14)))
    ]  # fmt: skip
    needs = [
        {"id": f"n{n}", "actor": draw(st.sampled_from(ACTORS)), "dataset": draw(maybe(DATASETS)),
         "purpose": draw(maybe(["Less noise", "{y}"])), "theme": draw(maybe(["ENER"]))}
        for n in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    services = [
        {"id": f"s{n}", "operator": draw(maybe(ACTORS)), "status": draw(maybe(SERVICE_STATUSES)),
         "territory": "t", "datasets": tuple(draw(st.lists(st.sampled_from(DATASETS), max_size=3, unique=True)))}
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    ties = [{"id": f"t{n}", "from": draw(st.sampled_from(ACTORS)), "to": draw(st.sampled_from(ACTORS)),
             "kind": "partnership"} for n in range(draw(st.integers(0, 3)))]  # fmt: skip
    sources = [
        {"id": "old", "title": "Old", "date": "2009/2011"},
        {"id": "new", "date": "2024-05-01"},
    ]
    return make_tables(actors=actors, datasets=datasets, flows=flows, needs=needs, services=services,
                       ties=ties, sources=sources, territories=[{"id": "t", "name": "T"}, {"id": "u"}])  # fmt: skip


@given(tables())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_tables_hold_the_agenda_is_whole(given_tables: Tables) -> None:
    for place in (None, "t"):
        study = Study(given_tables, place, draws=0, permutations=0)
        treated = Counter(f for talk in study.agenda for f in talk.findings)
        assert set(treated.values()) <= {1}
        assert {*treated, *study.agenda.left_out} == {f.id for f in study.findings}
        assert set(study.agenda.left_out.values()) <= set(LEFT_OUT)
        assert len({talk.id for talk in study.agenda}) == len(study.agenda)
        needs = set(given_tables["needs"]["id"])
        for talk in study.agenda:
            assert {*talk.gain.needs} <= needs and talk.title.fr and talk.title.en
            assert [part.name for part in talk.parts] == [n for n in PARTS if talk.part(n)]
            assert talk.record("fr")["title"] == talk.title.fr
        for actor in ("a", "reutilisateurs-t"):
            assert study.sheet(actor).title.fr
        assert all(p.title.fr and p.record("en") for p in study.prototypes)
