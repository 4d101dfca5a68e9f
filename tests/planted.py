"""An ecosystem without a gap, and every kind of gap planted in it, one row at a time.

`gap_free(seed)` draws territories whose every need is met by the holder, every dataset open and
re-used, every exchange mutual, tied, written down and declared by both ends. A plant adds rows
of its own, so that the finding it must lead to can be told by the row it is about.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ecosystem.gaps.needs import PENDING
from ecosystem.tables.frames import Tables
from tests.toy import make_tables

THEMES = ["ENER", "TRAN", "ENVI", "EDUC", "SOCI", "AGRI"]
PLANTED_THEME = "TECH"
MANY = 80
"""Rows that outweigh whatever else is drawn or planted in a territory."""


@dataclass
class Rows:
    """Rows of tables, growing; `plant` is the prefix of the ids that are added."""

    draw: random.Random
    places: list[str]
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    plant: str = ""
    numbers: int = 0

    def add(self, table: str, **row: Any) -> str:
        self.numbers += 1
        row = {"id": f"{self.plant}{table}-{self.numbers}", **row}
        self.tables.setdefault(table, []).append(row)
        return str(row["id"])

    def actor(self, **row: Any) -> str:
        return self.add(
            "actors", **{"territory": self.places[0], "type": "company", "sector": "mixed", **row}
        )

    def dataset(self, holder: str | None, **row: Any) -> str:
        given = {"title": "Zzz", "territory": self.places[0], "theme": PLANTED_THEME, "access": "shared",
                 "personal_data": "unknown", "holder": holder, **row}  # fmt: skip
        return self.add("datasets", **given)

    def flow(self, provider: str, recipient: str, dataset: str | None, **row: Any) -> str:
        given = {"provider": provider, "recipient": recipient, "dataset": dataset, "status": "active",
                 "mode": "agreement", "declared_by": "both", **row}  # fmt: skip
        return self.add("flows", **given)

    def need(self, actor: str, dataset: str | None, **row: Any) -> str:
        return self.add(
            "needs", **{"actor": actor, "dataset": dataset, "theme": PLANTED_THEME, **row}
        )

    def tie(self, a: str, b: str, kind: str = "partnership") -> str:
        return self.add("ties", **{"from": a, "to": b, "kind": kind})

    def service(self, operator: str, *datasets: str, **row: Any) -> str:
        given = {
            "operator": operator,
            "datasets": datasets,
            "territory": self.places[0],
            "status": "live",
        }
        return self.add("services", **{**given, **row})

    def made(self) -> Tables:
        return make_tables(**self.tables)


def gap_free(seed: int) -> Rows:
    """Three or four French territories in which nothing is missing."""
    draw = random.Random(seed)
    places = [f"place{i}" for i in range(draw.randint(3, 4))]
    rows = Rows(draw, places)
    themes = draw.sample(THEMES, draw.randint(2, 4))
    for place in places:
        rows.add("territories", id=place, name=place.title(), kind="commune", country="FR",
                 population=draw.randint(10_000, 900_000))  # fmt: skip
        city = rows.actor(id=f"{place}-city", territory=place, type="authority", sector="public")
        office = rows.actor(id=f"{place}-office", territory=place, type="administration",
                            sector="public", parent=city)  # fmt: skip
        public = rows.actor(id=f"reutilisateurs-{place}", territory=place, type="citizens",
                            sector="civil_society")  # fmt: skip
        others = [
            rows.actor(id=f"{place}-{i}", territory=place, type=draw.choice(["company", "association"]),
                       sector=draw.choice(["private", "civil_society", "research"]))
            for i in range(draw.randint(2, 5))
        ]  # fmt: skip
        ring = [city, *others]
        for giver, taker in zip(ring, [*ring[1:], city], strict=True):
            rows.tie(giver, taker)
            for theme in themes if giver == city else draw.sample(themes, 1):
                dataset = rows.dataset(giver, territory=place, theme=theme, access="open",
                                       title=f"Jeu {rows.numbers}", personal_data="no")  # fmt: skip
                rows.flow(giver, taker, dataset)
                rows.flow(giver, public, dataset, mode="open_licence")
                if draw.random() < 0.7:
                    rows.need(taker, dataset, theme=theme, purpose="Savoir.")
                if draw.random() < 0.5:
                    rows.service(taker, dataset, territory=place)
        personal = rows.dataset(others[0], territory=place, theme=themes[0], personal_data="yes")
        rows.flow(others[0], ring[2], personal, mode="contract")
        rows.flow(city, office, rows.tables["datasets"][-2]["id"], mode="agreement")
        rows.add("maturity", territory=place, dimension="sharing", level=2)
    return rows


Plant = Callable[[Rows], tuple[str, str]]
PLANTS: dict[tuple[str, str], Plant] = {}
"""By detector and reason: plants the gap and gives the row that its finding must cite."""


def plants(
    detector: str, *reasons: str
) -> Callable[[Callable[[Rows, str], tuple[str, str]]], None]:
    def register(function: Callable[[Rows, str], tuple[str, str]]) -> None:
        for reason in reasons:
            PLANTS[detector, reason] = lambda rows, reason=reason: function(rows, reason)

    return register


def _pending(rows: Rows, giver: str, taker: str, dataset: str, status: str) -> str:
    barrier = {"barrier": "legal"} if status == "blocked" else {}
    return rows.flow(giver, taker, dataset, status=status, **barrier)


@plants("no-dataset-named", "no-dataset", "elsewhere")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    if reason == "elsewhere":
        rows.dataset(rows.actor(territory=rows.places[1]), territory=rows.places[1],
                     title="Répertoire des volcans endormis", access="open")  # fmt: skip
    aim = "Suivre les VOLCANS endormis du large." if reason == "elsewhere" else "Qqq."
    return "needs", rows.need(rows.actor(), None, purpose=aim)


@plants("unmet-need", *PENDING, "partly", "inside-authority", "inside-whole", "closed", "shared-with-others",
        "one-broker", "elsewhere", "towards-others", "not-documented", "no-holder")  # fmt: skip
def _(rows: Rows, reason: str) -> tuple[str, str]:
    asker, holder, other = rows.actor(), rows.actor(), rows.actor()
    access = {"closed": "closed", "not-documented": "unknown"}.get(reason, "shared")
    dataset = rows.dataset(None if reason in ("no-holder", "elsewhere") else holder, access=access)
    if reason in PENDING:
        _pending(rows, holder, asker, dataset, reason)
    elif reason == "partly":
        rows.flow(holder, asker, dataset, barrier="technical")
    elif reason == "inside-authority":
        rows.flow(holder, rows.actor(parent=asker), dataset)
    elif reason == "inside-whole":
        asker = rows.actor(parent=holder)
    elif reason == "towards-others":
        rows.tables["datasets"][-1]["access"] = "unknown"
        _pending(rows, holder, other, dataset, "planned")
    elif reason == "shared-with-others":
        rows.flow(holder, other, dataset)
    elif reason == "one-broker":
        rows.flow(holder, other, dataset)
        rows.flow(other, asker, rows.dataset(other))
    elif reason == "elsewhere":
        there = rows.dataset(rows.actor(territory=rows.places[1]), territory=rows.places[1],
                             title="Répertoire des éoliennes flottantes", access="open")  # fmt: skip
        rows.need(asker, dataset, purpose="Suivre les EOLIENNES flottante du large.")
        return "datasets", there
    return "needs", rows.need(asker, dataset, purpose="Qqq.")


@plants(
    "never-shared",
    *(f"only-{s}" for s in PENDING if s != "ended"),
    "closed",
    "open-no-flow",
    "not-documented",
)
def _(rows: Rows, reason: str) -> tuple[str, str]:
    access = {"closed": "closed", "open-no-flow": "open"}.get(reason, "unknown")
    holder = rows.actor()
    dataset = rows.dataset(holder, access=access)
    if reason.startswith("only-"):
        _pending(rows, holder, rows.actor(), dataset, reason.removeprefix("only-"))
    return "datasets", dataset


@plants("never-reused", "published-only")
def _(rows: Rows, _: str) -> tuple[str, str]:
    holder = rows.actor()
    dataset = rows.dataset(holder, access="open")
    rows.flow(holder, f"reutilisateurs-{rows.places[0]}", dataset, mode="open_licence")
    return "datasets", dataset


@plants("held-not-passed-on", *PENDING)
def _(rows: Rows, reason: str) -> tuple[str, str]:
    holder = rows.actor()
    dataset = rows.dataset(holder)
    _pending(rows, holder, rows.actor(), dataset, reason)
    return "needs", rows.need(holder, dataset)


@plants("asks-gets-nothing", "no-inflow")
def _(rows: Rows, _: str) -> tuple[str, str]:
    return "needs", rows.need(rows.actor(), None)


@plants("one-sided", "only-gives", "only-receives")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    actor, partners = rows.actor(), [rows.actor(), rows.actor()]
    ends = [(actor, p) if reason == "only-gives" else (p, actor) for p in partners]
    flows = [rows.flow(giver, taker, rows.dataset(giver)) for giver, taker in ends]
    return "flows", flows[0]


@plants("isolated", "pending-only", "ended-only", "holds-only", "nothing-recorded")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    actor = rows.actor()
    if reason != "nothing-recorded":
        dataset = rows.dataset(actor)
        if reason in ("pending-only", "ended-only"):
            _pending(
                rows, actor, rows.actor(), dataset, {"ended-only": "ended"}.get(reason, "wished")
            )
    return "actors", actor


@plants("hangs-on-one", "single-broker")
def _(rows: Rows, _: str) -> tuple[str, str]:
    holder, broker, asker = rows.actor(), rows.actor(), rows.actor()
    dataset = rows.dataset(holder)
    rows.flow(holder, broker, dataset)
    rows.flow(broker, asker, dataset)
    return "needs", rows.need(asker, dataset)


@plants(
    "service-lacks-data",
    *PENDING,
    "partly",
    "closed",
    "no-holder",
    "no-access-documented",
    "no-dataset",
)
def _(rows: Rows, reason: str) -> tuple[str, str]:
    operator, holder = rows.actor(), rows.actor()
    access = {"closed": "closed"}.get(reason, "unknown")
    dataset = rows.dataset(None if reason == "no-holder" else holder, access=access)
    if reason in PENDING:
        _pending(rows, holder, operator, dataset, reason)
    elif reason == "partly":
        rows.flow(holder, operator, dataset, barrier="technical")
    return "services", rows.service(operator, *([] if reason == "no-dataset" else [dataset]))


@plants("one-actor-for-services", "single-source", "single-recipient")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    holder, operator = rows.actor(), rows.actor()
    dataset = rows.dataset(holder)
    rows.flow(holder, operator if reason == "single-source" else (taker := rows.actor()), dataset)
    if reason == "single-recipient":
        rows.flow(rows.actor(), taker, dataset)
    rows.service(operator, dataset)
    return "datasets", dataset


@plants("silo", "needed", "stalled")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    head = rows.actor()
    a, b = rows.actor(parent=head), rows.actor(parent=head)
    dataset = rows.dataset(a)
    if reason == "needed":
        return "needs", rows.need(b, dataset)
    return "flows", _pending(rows, a, b, dataset, "wished")


@plants("public-private", "private-to-public", "public-to-private")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    private = [rows.actor(sector="private") for _ in range(2)]
    public = [rows.actor(sector="public") for _ in range(2)]
    givers, takers = (private, public) if reason == "private-to-public" else (public, private)
    flows = [_pending(rows, givers[i % 2], takers[i % 2], rows.dataset(givers[i % 2]), "wished")
             for i in range(MANY)]  # fmt: skip
    return "flows", flows[0]


@plants("personal-without-instrument", "informal", "not-documented")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    holder = rows.actor()
    mode = "informal" if reason == "informal" else rows.draw.choice(["unknown", None])
    return "flows", rows.flow(
        holder, rows.actor(), rows.dataset(holder, personal_data="yes"), mode=mode
    )


@plants("no-instrument", "informal", "not-documented", "publication-without-licence")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    holder = rows.actor()
    mode = "informal" if reason == "informal" else rows.draw.choice(["unknown", None])
    taker = f"reutilisateurs-{rows.places[0]}" if reason.startswith("pub") else rows.actor()
    return "flows", rows.flow(holder, taker, rows.dataset(holder), mode=mode)


@plants("hindered-flow", "received", "held", "open", "no-need")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    giver, taker = rows.actor(), rows.actor()
    holder = taker if reason == "held" else giver
    dataset = rows.dataset(holder, access="open" if reason == "open" else "shared")
    if reason == "received":
        rows.flow(giver, taker, dataset)
    return "flows", rows.flow(giver, taker, dataset, barrier="technical")


@plants("stalled-flow", "blocked", "wished", "ended")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    holder = rows.actor()
    dataset = rows.dataset(holder)
    rows.flow(holder, rows.actor(), dataset)
    return "flows", _pending(rows, holder, rows.actor(), dataset, reason)


@plants("disputed-flow", "recipient-silent", "provider-silent", "statuses-differ")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    a, b = rows.actor(), rows.actor()
    rows.flow(a, b, rows.dataset(a))  # both were asked, and answered
    dataset = rows.dataset(a)
    if reason == "statuses-differ":
        rows.flow(a, b, dataset, declared_by="recipient", status="wished")
    by = "recipient" if reason == "provider-silent" else "provider"
    return "flows", rows.flow(a, b, dataset, declared_by=by)


@plants("tie-without-flow", "wanted", "no-flow")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    a, b = rows.actor(), rows.actor()
    if reason == "wanted":
        rows.need(a, rows.dataset(b))
    return "ties", rows.tie(a, b)


@plants("flow-without-tie", "no-tie")
def _(rows: Rows, _: str) -> tuple[str, str]:
    holder = rows.actor()
    return "flows", rows.flow(holder, rows.actor(), rows.dataset(holder))


@plants("high-value-not-open", "closed", "shared", "not-documented")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    holder = rows.actor(sector="public")
    access = reason if reason != "not-documented" else rows.draw.choice(["unknown", None])
    title, theme = rows.draw.choice([("Adresses de la commune", "REGI"), ("Mesures du BRUIT", "ENVI"),
                                     ("Registre des établissements", "ECON")])  # fmt: skip
    dataset = rows.dataset(holder, access=access, title=title, theme=theme)
    rows.flow(holder, rows.actor(), dataset)
    return "datasets", dataset


@plants("open-data-duty", "not-open", "size-not-documented")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    place = rows.places[0]
    head = f"{place}-city"
    if reason == "size-not-documented":
        place = rows.add("territories", name="Elsewhere", kind="commune", country="FR")
        head = rows.actor(type="authority", sector="public", territory=place)
    dataset = rows.dataset(head, territory=place, personal_data="no")
    rows.flow(head, rows.actor(), dataset)
    return "datasets", dataset


@plants("theme-in-peers", "none-held", "none-shared")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    theme = {"none-held": "JUST", "none-shared": "HEAL"}[reason]
    there = [
        rows.dataset(f"{place}-city", territory=place, theme=theme, access="open")
        for place in rows.places[1:]
    ]
    if reason == "none-held":
        return "datasets", there[0]
    return "datasets", rows.dataset(f"{rows.places[0]}-city", theme=theme, access="closed")


@plants("maturity-contradicted", "level-above-network", "level-below-network")
def _(rows: Rows, reason: str) -> tuple[str, str]:
    # A place of its own for each, so that the two may be planted together.
    above = reason == "level-above-network"
    place = rows.places[1 if above else 2]
    head = f"{place}-city"
    for _ in range(MANY):
        rows.flow(head, rows.actor(territory=place), rows.dataset(head, territory=place),
                  status="wished" if above else "active")  # fmt: skip
    rows.tables["maturity"] = [
        {**row, "level": 4 if above else 0} if row["territory"] == place else row
        for row in rows.tables["maturity"]
    ]
    return "maturity", f"{place}/sharing"


TWINS: dict[str, tuple[str, str, str, object]] = {
    "no-dataset-named": ("no-dataset", "needs", "dataset", "datasets-1"),
    "unmet-need": ("wished", "flows", "status", "active"),
    "never-shared": ("only-wished", "flows", "status", "active"),
    "never-reused": ("published-only", "flows", "recipient", "place0-city"),
    "held-not-passed-on": ("wished", "flows", "status", "active"),
    "asks-gets-nothing": ("no-inflow", "needs", "actor", "place0-city"),
    "one-sided": ("only-gives", "flows", "status", "ended"),
    "isolated": ("pending-only", "flows", "status", "active"),
    "hangs-on-one": ("single-broker", "datasets", "access", "open"),
    "service-lacks-data": ("wished", "flows", "status", "active"),
    "one-actor-for-services": ("single-source", "datasets", "access", "open"),
    "silo": ("stalled", "flows", "status", "active"),
    "public-private": ("private-to-public", "flows", "status", "active"),
    "personal-without-instrument": ("informal", "flows", "mode", "contract"),
    "no-instrument": ("informal", "flows", "mode", "agreement"),
    "stalled-flow": ("blocked", "datasets", "access", "open"),
    "hindered-flow": ("no-need", "flows", "barrier", None),
    "disputed-flow": ("recipient-silent", "flows", "declared_by", "both"),
    "tie-without-flow": ("no-flow", "ties", "kind", "regulation"),
    "flow-without-tie": ("no-tie", "flows", "mode", "open_licence"),
    "high-value-not-open": ("shared", "datasets", "access", "open"),
    "open-data-duty": ("not-open", "datasets", "personal_data", "yes"),
    "theme-in-peers": ("none-shared", "datasets", "access", "open"),
    "maturity-contradicted": ("level-above-network", "maturity", "level", 2),
}
"""By detector: a reason to plant, and the cell (table, column, value) of the planted rows that undoes it."""
