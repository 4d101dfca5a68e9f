"""Look-ups: what territories share, what each has of its own, and that sharing changes nothing."""

from __future__ import annotations

import gc
import pickle

import pytest

from ecosystem.errors import UnknownName
from ecosystem.gaps import find_gaps
from ecosystem.gaps.known import Known
from ecosystem.gaps.lookups import Lookups, lookups_of
from ecosystem.gaps.needs import why_unmet
from ecosystem.gaps.phrases import listed
from ecosystem.gaps.registry import DETECTORS
from ecosystem.gaps.titles import Titles, words_of
from ecosystem.matching import match_needs
from ecosystem.scenarios import best_flows, read_scenario, what_if
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import flows_of, studied, territories
from ecosystem.vocabulary import Label


def ids(rows: list[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]


def test_a_territory_has_the_rows_that_the_tables_say(shipped_tables: Tables) -> None:
    """Against frames filtered one by one: the rule of `flows_of`, and columns compared."""
    tables, known = shipped_tables.in_order, Known(shipped_tables)
    for territory in territories(tables):
        own = Lookups(known, territory)
        actors = tables["actors"].loc[lambda a, t=territory: a["territory"] == t, "id"]
        needs, ties = tables["needs"], tables["ties"]
        assert ids(own.flows) == flows_of(tables, territory)["id"].tolist()
        assert ids(own.actors) == actors.tolist()
        assert ids(own.needs) == needs.loc[needs["actor"].isin(actors), "id"].tolist()
        ends = ties["from"].isin(actors) | ties["to"].isin(actors)
        assert ids(own.ties) == ties.loc[ends, "id"].tolist()
        for name, rows in (("datasets", own.datasets), ("services", own.services)):
            frame = tables[name]
            assert ids(rows) == frame.loc[frame["territory"] == territory, "id"].tolist()


def test_flows_of_a_dataset_are_all_those_between_two_and_those_that_deliver(
    shipped_tables: Tables,
) -> None:
    known = Known(shipped_tables)
    flows = shipped_tables.in_order["flows"].dropna(subset="dataset")
    between = flows[flows["provider"] != flows["recipient"]]
    active = between[between["status"] == "active"]
    for found, frame in (
        (known.flows_by_dataset, flows),
        (known.transfers, between),
        (known.deliveries, active),
    ):
        expected = {name: group["id"].tolist() for name, group in frame.groupby("dataset")}
        assert {name: ids(rows) for name, rows in found.items()} == expected


def test_what_is_known_is_shared_and_a_row_is_one_object_everywhere(
    shipped_tables: Tables,
) -> None:
    whole = Lookups(shipped_tables)
    assert [part.territory for part in whole.parts] == studied(shipped_tables.in_order)
    by_id = {row["id"]: row for row in whole.flows}
    for part in whole.parts:
        assert part.known is whole.known
        assert part.parts == [part]
        assert all(row is by_id[row["id"]] for row in part.flows)


def test_findings_are_the_same_from_shared_look_ups(shipped_tables: Tables) -> None:
    known = Known(shipped_tables)
    for territory in (None, *territories(shipped_tables)):
        fresh = find_gaps(shipped_tables, territory)
        assert find_gaps(Lookups(known, territory)) == fresh
        assert find_gaps(Lookups(known), territory) == fresh


def test_look_ups_are_taken_as_they_are_or_made_for_another_territory(
    shipped_tables: Tables,
) -> None:
    own = Lookups(shipped_tables, "antony")
    assert lookups_of(own) is own is lookups_of(own, "antony")
    other = lookups_of(own, "pompey")
    assert (other.territory, other.known) == ("pompey", own.known)
    assert lookups_of(shipped_tables, "pompey").territory == "pompey"
    with pytest.raises(UnknownName, match="antony"):
        lookups_of(own, "antoni")


def test_matching_and_scenarios_take_look_ups_too(shipped_tables: Tables) -> None:
    own = Lookups(shipped_tables, "la-rochelle")
    assert match_needs(own) == match_needs(shipped_tables, "la-rochelle")
    assert match_needs(own, need="lr-n04") == match_needs(shipped_tables, need="lr-n04")
    found, fresh = best_flows(own, 2), best_flows(shipped_tables, 2, "la-rochelle")
    assert found.bundles == fresh.bundles
    assert found.outcome.table.equals(fresh.outcome.table)
    read = read_scenario("la-rochelle-keeps-its-promises")
    for given in (own, Lookups(shipped_tables)):
        assert what_if(given, read).table.equals(what_if(shipped_tables, read).table)


def test_findings_can_be_pickled_before_and_after_their_words_are_read(
    shipped_tables: Tables,
) -> None:
    found = find_gaps(shipped_tables, "antony")
    unread = pickle.loads(pickle.dumps(found))
    assert unread == found
    assert pickle.loads(pickle.dumps(found)) == unread
    assert [repr(f) for f in unread] == [repr(f) for f in found]
    assert len({*unread, *found}) == len(found)


def test_garbage_is_collected_again_after_a_search_also_one_that_fails(
    shipped_tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gc.isenabled()
    find_gaps(shipped_tables, "antony")
    assert gc.isenabled()
    monkeypatch.setitem(DETECTORS, "silo", None)  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        find_gaps(shipped_tables, "antony")
    assert gc.isenabled()


def test_words_in_a_row_say_how_many_more() -> None:
    words = ["a", "{b}", Label("c fr", "c en"), "d"]
    assert listed(words) == Label("a, {b}, c fr, d", "a, {b}, c en, d")
    assert listed(words, 2) == Label("a, {b} et 2 de plus", "a, {b} and 2 more")
    assert listed([]) == Label("", "")


def test_the_lead_has_most_ends_of_flows_departments_elsewhere_included(
    shipped_tables: Tables,
) -> None:
    """Against a count of each flow of the territory, with every fifth actor a department of another place."""
    actors = shipped_tables["actors"].copy()
    heads = [Lookups(shipped_tables, place).lead for place in ("antony", "poitiers")]
    for n, head in enumerate(heads):
        moved = (actors.index % 5 == n) & ~actors["id"].isin(heads)
        actors.loc[moved, "parent"] = head
    for tables in (shipped_tables, shipped_tables.replace(actors=actors)):
        whole = Lookups(tables)
        for part in (whole, *whole.parts):
            counts = {row["id"]: 0 for row in part.actors if row["type"] == "authority"}
            for flow in part.flows:
                for end in (flow["provider"], flow["recipient"]):
                    head = whole.known.authority.get(end, end)
                    if head in counts:
                        counts[head] += 1
            most = max(counts.values())
            assert part.lead == min(actor for actor, n in counts.items() if n == most)


def test_flows_are_told_apart_by_part(shipped_tables: Tables) -> None:
    whole = Lookups(shipped_tables)
    some = whole.flows[::3]
    kept = {flow["id"] for flow in some}
    found = whole.by_part(some)
    for part in whole.parts:
        expected = [flow for flow in part.flows if flow["id"] in kept]
        assert found.get(part.territory, []) == expected
        assert part.by_part(expected) == {part.territory: expected}


def test_why_a_need_is_not_met_is_found_once(shipped_tables: Tables) -> None:
    own = Lookups(shipped_tables)
    first = [why_unmet(own.known, need) for need in own.needs]
    assert any(first)
    again = [why_unmet(Lookups(own.known, "antony").known, dict(need)) for need in own.needs]
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_nearest_titles_share_most_words(shipped_tables: Tables) -> None:
    """Against the words of each title, compared one by one; no word is common in a theme so small."""
    rows = (
        shipped_tables["datasets"].dropna(subset="holder").groupby("theme", as_index=False).head(40)
    )
    titles = Titles(rows.to_dict("records"))
    told = 0
    for asked in rows.itertuples():
        words = words_of(asked.title)
        shared = {
            row.id: len(words & words_of(row.title))
            for row in rows.itertuples()
            if row.theme == asked.theme
        }
        for least in (1, 2):
            near = [name for name, count in shared.items() if count >= least]
            expected = sorted(near, key=lambda name: (-shared[name], name))
            assert list(titles.nearest(asked.theme, words, least)) == expected
            told += len(expected)
        assert titles.like(asked.theme, words) == {d: n for d, n in shared.items() if n}
    assert told > 2 * len(rows)
    assert list(titles.nearest(None, words_of("eau"), 1)) == []


def test_words_may_be_told_by_a_function_called_once_when_they_are_read() -> None:
    called = []

    def values() -> dict[str, object]:
        called.append(1)
        return {"what": Label("l'eau", "water")}

    late = Label("voir {what}", "see {what}").filled(values)
    assert called == []
    assert (late.fr, late.en, late.fr) == ("voir l'eau", "see water", "voir l'eau")
    assert called == [1]


def test_a_finding_cannot_be_changed(shipped_tables: Tables) -> None:
    found = find_gaps(shipped_tables, "antony")[0]
    with pytest.raises(AttributeError):
        found.severity = "low"  # type: ignore[misc]
