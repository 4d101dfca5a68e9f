"""The agenda in the making: findings read, matters gathered, questions asked, dependence watched."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ecosystem.agenda.attending import meeting
from ecosystem.agenda.conversations import Conversation, Part, called
from ecosystem.agenda.ease import Ease, ease
from ecosystem.agenda.gathering import Group, gathered
from ecosystem.agenda.kinds import KINDS
from ecosystem.agenda.listing import Agenda
from ecosystem.agenda.matters import Act, Ask, Follow, Leave, Reading, Watch, by_flow, rows_of
from ecosystem.agenda.names import Words
from ecosystem.agenda.precedents import Precedent, Precedents
from ecosystem.agenda.questions import announced
from ecosystem.agenda.readings import arrives, asked_and_blocked, reading
from ecosystem.agenda.rows import ordered, rows_part
from ecosystem.agenda.sight import Sight
from ecosystem.agenda.telling import parts, title_of
from ecosystem.agenda.watching import watched
from ecosystem.gaps.lookups import Lookups
from ecosystem.gaps.registry import Finding, uncollected
from ecosystem.gaps.services import why_missing
from ecosystem.networks.network import Network, share_network
from ecosystem.scenarios.gains import Change, Gain
from ecosystem.tables.territories import is_public
from ecosystem.vocabulary import Label

Question = tuple[Label, tuple[tuple[str, str], ...], str | None]
"""A question, the rows it comes from, and the finding that asks it, if one does."""


def agenda_of(
    lookups: Lookups, findings: Sequence[Finding], network: Callable[[], Network] | None = None
) -> Agenda:
    """The agenda of a territory.

    Parameters
    ----------
    lookups, findings
        Its tables as detectors see them, and every gap of it.
    network
        Gives its share network, if that is made already: it is asked for when words are read.
    """
    flows = network or (lambda: share_network(lookups.tables, lookups.territory))
    with uncollected():
        return _Making(lookups, findings).agenda(flows)


class _Making:
    """An agenda in the making."""

    def __init__(self, lookups: Lookups, findings: Sequence[Finding]) -> None:
        self.sight = Sight(lookups)
        self.findings = {f.id: f for f in findings}
        self.left: dict[str, str] = {}
        self.group_of: dict[tuple[str, str | None, str, str] | tuple[str, str], Group] = {}
        self.treated: dict[str, list[str]] = defaultdict(list)
        """For each conversation, by its identity, the findings that it treats."""
        self.questions: dict[str, list[Question]] = defaultdict(list)
        self.watching: dict[str, list[Finding]] = defaultdict(list)

    def agenda(self, network: Callable[[], Network]) -> Agenda:
        """Read every finding, gather what is to bring about, ask what is not known, watch the rest."""
        sight = self.sight
        read = {name: reading(sight, f) for name, f in self.findings.items()}
        acts = {name: r.matters for name, r in read.items() if isinstance(r, Act)}
        matters = [m for of in acts.values() for m in of] + [*asked_and_blocked(sight)]
        told = {flow for m in matters for flow in m.flows}
        waiting = [
            by_flow(sight, flow["id"])
            for flow in sight.lookups.flows
            if flow["status"] in ("planned", "wished")
            and flow["provider"] != flow["recipient"]
            and flow["id"] not in told
        ]
        groups, silent = gathered(sight, matters, waiting)
        silent = [m for m in silent if not arrives(sight, m)]
        by_matter = {(m.dataset, m.giver, m.taker): g for g in groups for m in g.matters}
        by_flow_id = {flow: g for g in groups for flow in g.flows}
        for name, of in acts.items():
            first = of[0]
            self.treated[by_matter[first.dataset, first.giver, first.taker].id].append(name)
        asked_by_flow = self._announced([flow for m in silent for flow in m.flows])
        needs = {n: g for name, of in acts.items() for n in rows_of(self.findings[name], "needs")
                 for g in [by_matter[of[0].dataset, of[0].giver, of[0].taker]]}  # fmt: skip
        datasets: dict[str, Group] = {}
        for group in groups:
            for dataset in group.datasets:
                datasets.setdefault(dataset, group)
        follows = {name: how for name, how in read.items() if isinstance(how, Follow)}
        for name, how in read.items():
            self._placed(name, how)
        persons = {row: person for person, of in self.questions.items() for _, rows, _ in of
                   for table, row in rows if table == "needs"}  # fmt: skip
        for name, how in follows.items():
            own = self.findings[name].actors[0]
            heard = {persons[n] for n in how.needs if n in persons}
            heard |= {asked_by_flow[flow] for flow in how.flows if flow in asked_by_flow}
            groups_of = ((how.needs, needs), (how.flows, by_flow_id), (how.datasets, datasets))
            found = [{m[row].id: m[row] for row in rows if row in m} for rows, m in groups_of]
            if near := next(filter(None, found), None):
                self.treated[min(near, key=lambda g: self._called(near[g]))].append(name)
            elif heard:
                person = own if own in heard else min(heard, key=sight.called)
                self.treated[f"ask:{person}"].append(name)
            else:
                self._placed(name, how.otherwise)
        conversations = [
            *self._to_bring_about(groups),
            *self._to_find_out(),
            *watched(sight, self.watching, network),
        ]
        return Agenda(conversations, self.left)

    def _called(self, group: Group) -> tuple[str, ...]:
        """What a conversation in the making is sorted by: titles and names, so that ids change nothing."""
        return called(self.sight, group.datasets, group.pivot if group.kind != "dataset" else ())

    def _heavy(self, findings: Sequence[str]) -> int:
        """How many findings weigh more than little."""
        return sum(self.findings[name].severity in ("high", "medium") for name in findings)

    def _placed(self, name: str, how: Reading) -> None:
        """A finding that is a question, a watch or on no list, where it belongs."""
        if isinstance(how, Ask):
            self.questions[how.person].append((how.words, self.findings[name].evidence, name))
        elif isinstance(how, Watch):
            self.watching[how.actor].append(self.findings[name])
        elif isinstance(how, Leave):
            self.left[name] = how.why

    def _announced(self, flows: list[str]) -> dict[str, str]:
        """Ask what became of flows: of as few persons as can tell of all of them, those of the territory first."""
        sight = self.sight
        ends = {
            f: {sight.house(sight.flow[f][end]) for end in ("provider", "recipient")} for f in flows
        }
        ends = {
            f: {h for h in houses if not sight.known.is_people(h)} or houses
            for f, houses in ends.items()
        }
        telling: dict[str, list[str]] = defaultdict(list)
        for flow, houses in ends.items():
            for house in houses:
                telling[house].append(flow)
        asked: dict[str, str] = {}
        here = {row["id"] for row in sight.lookups.actors}
        waiting = [(h not in here, -len(of), sight.called(h)) for h, of in telling.items()]
        heapq.heapify(waiting)
        while waiting:
            away, count, called = heapq.heappop(waiting)
            person = called[1]
            left = [flow for flow in telling[person] if flow not in asked]
            if left and len(left) < -count:  # others were asked about some meanwhile
                telling[person] = left
                heapq.heappush(waiting, (away, -len(left), called))
                continue
            for flow in left:
                asked[flow] = person
                self.questions[person].append((announced(sight, flow), (("flows", flow),), None))
        return asked

    def _to_bring_about(self, groups: list[Group]) -> Iterator[Conversation]:
        sight = self.sight
        precedents = Precedents(sight, {flow for group in groups for flow in group.flows})
        alike: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            for dataset in group.datasets:
                alike[dataset].append(group)
        gains: dict[str, Gain] = {}
        for group in groups:
            findings = tuple(sorted(self.treated.get(group.id, ())))
            evidence = ordered([
                *(row for f in findings for row in self.findings[f].evidence),
                *(("flows", flow) for flow in group.flows),
            ])  # fmt: skip
            change = change_of(sight, group)
            actors = tuple(meeting(sight, group))
            ends = tuple(dict.fromkeys(a for m in group.matters for a in (m.giver, m.taker)))
            parted = {sight.house(a) for a in actors} - {*actors}
            gain = gains[group.id] = sight.gains.of(change)
            precedent = precedents.nearest(group, done=True)
            hard = ease(sight, group, precedent)
            also = partial(_also, sight, group, alike, gains)
            tell = partial(self._parts, group, gain, hard, precedents, precedent, also, evidence)
            yield Conversation(
                id=group.id, kind=group.kind, title=title_of(sight, group),
                actors=actors, datasets=group.datasets, flows=group.flows,
                findings=findings, evidence=evidence, sources=sight.known.sources(evidence),
                tell=tell, change=change, gain=gain, ease=hard, heavy=self._heavy(findings),
                ends=ends, wholes=tuple(a for a in ends if a in parted),
                called=self._called(group),
            )  # fmt: skip

    def _parts(
        self, group: Group, gain: Gain, hard: Ease, precedents: Precedents, precedent: Precedent | None,
        also: Callable[[], Iterator[Label]], evidence: tuple[tuple[str, str], ...],
    ) -> list[Part]:  # fmt: skip
        """What a conversation says, put together when it is read."""
        needs = self._needs_of(group) | {*gain.needs}
        services = self._services_of(group) | {*gain.services}
        return parts(
            self.sight, group, gain, hard, needs, services, precedent, precedents, also(), evidence
        )

    def _needs_of(self, group: Group) -> set[str]:
        """The needs that its findings are about, and those of whoever would get a dataset by it.

        Where there are none, those of whoever gives it.
        """
        need, known = self.sight.need, self.sight.known
        treated = (self.findings[name] for name in self.treated.get(group.id, ()))
        of = (row for finding in treated for row in rows_of(finding, "needs"))
        told = {row for row in of if need[row]["dataset"] in group.datasets}

        def of_ends(ends: set[tuple[str, str | None]]) -> set[str]:
            rows = (row for d in group.datasets for row in known.needs_by_dataset.get(d, ()))
            return {row["id"] for row in rows if (row["actor"], row["dataset"]) in ends}

        told |= of_ends({(m.taker, m.dataset) for m in group.matters})
        return told or of_ends({(m.giver, m.dataset) for m in group.matters})

    def _services_of(self, group: Group) -> set[str]:
        """The services of whoever would get a dataset by it, that do not have it."""
        known, takers = self.sight.known, {m.taker for m in group.matters}
        return {
            service["id"]
            for dataset in group.datasets
            for service in known.services_by_dataset.get(dataset, ())
            if service["operator"] in takers and why_missing(known, service, dataset)
        }

    def _to_find_out(self) -> Iterator[Conversation]:
        for person, of in self.questions.items():
            yield self._interview(person, of)

    def _interview(self, person: str, questions: list[Question]) -> Conversation:
        sight = self.sight
        own = f"ask:{person}"
        findings = (*self.treated.get(own, ()), *(name for *_, name in questions if name))
        evidence = ordered(row for _, rows, _ in questions for row in rows)
        words: Words = sight.names.words(house=person)
        title = KINDS["ask"].title.filled({**words, "count": len(questions)})

        def tell() -> list[Part]:
            asked = dict.fromkeys(
                (q.fr, q.en) for q, _, _ in sorted(questions, key=lambda q: q[0].fr)
            )
            return [
                Part("who", (KINDS["ask"].who.format(all=words["house"]),)),
                Part("ask", tuple(Label(*words) for words in asked)),
                rows_part(sight, evidence),
            ]

        return Conversation(
            id=own, kind="ask", title=title, actors=(person,),
            datasets=tuple(dict.fromkeys(d for f in findings for d in self.findings[f].datasets)),
            flows=tuple(row for table, row in evidence if table == "flows"),
            findings=tuple(sorted(findings)), evidence=evidence,
            sources=sight.known.sources(evidence), tell=tell,
            heavy=self._heavy(findings),
            called=called(sight, (), (person,)),
        )  # fmt: skip


def _also(
    sight: Sight, group: Group, alike: dict[str, list[Group]], gains: dict[str, Gain]
) -> Iterator[Label]:
    """The other conversations about the same datasets, and how many needs count in both."""
    found: dict[str, Group] = {g.id: g for d in group.datasets for g in alike[d] if g is not group}
    for other in sorted(found.values(), key=lambda g: (title_of(sight, g).fr, g.id))[:ALSO]:
        shared = sorted({*group.datasets} & {*other.datasets}, key=sight.titled)
        both = len({*gains[group.id].needs} & {*gains[other.id].needs})
        yield _ALSO.format(
            title=title_of(sight, other), titles=sight.known.titles(shared),
            both=_BOTH.format(n=both) if both else "",
        )  # fmt: skip


ALSO = 3
"""Other conversations that are named."""

_ALSO = Label("« {title} », où il s'agit aussi de {titles}{both}.",
              "'{title}', which is about {titles} too{both}.")  # fmt: skip
_BOTH = Label(
    " ; {n} {n:besoin est compté|besoins sont comptés} dans les deux",
    "; {n} {n:need counts|needs count} in both",
)


def change_of(sight: Sight, group: Group) -> Change:
    """What would change if a conversation came about."""
    known = sight.known
    opened = tuple(dict.fromkeys(
        m.dataset for m in group.matters
        if m.dataset in known.dataset and is_public(m.taker)
        and sight.publishable(m.dataset) and sight.dataset(m.dataset)["access"] != "open"
    ))  # fmt: skip
    passed = dict.fromkeys(
        (m.dataset, m.giver, m.taker)
        for m in group.matters
        if m.dataset and not m.flows and not (m.dataset in opened and is_public(m.taker))
    )
    flows = tuple(f for m in group.matters if m.step != "sign" for f in m.flows)
    return Change(active=tuple(dict.fromkeys(flows)), passed=tuple(passed), opened=opened)
