"""A study: one source seen from one territory, each thing computed when first asked for, and kept.

Whatever is asked of a territory asks one `Study`. Nothing is global, nothing given is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from ecosystem import gaps
from ecosystem.agenda import Agenda, Prototype, Sheet, agenda_of, prototypes_of, sheet_of
from ecosystem.audience import Copy, Policy, redact
from ecosystem.errors import EcosystemError
from ecosystem.gaps import Findings
from ecosystem.gaps.lookups import Lookups
from ecosystem.intake.objects import from_edges
from ecosystem.labels import Label, Progress
from ecosystem.matching import Proposal, match_needs
from ecosystem.measures.stability import DROPS
from ecosystem.networks.layers import network_of
from ecosystem.networks.network import Network
from ecosystem.options import Options
from ecosystem.ranking.explanation import Story, explanation
from ecosystem.ranking.table import (
    against_chance,
    beside_chance,
    broker_table,
    left_out,
    trust,
    with_trust,
)
from ecosystem.scenarios import Best, Outcome, Scenario, best_flows, what_if
from ecosystem.tables.frames import Tables
from ecosystem.tables.territories import check_territory, studied, territory_name
from ecosystem.taking import taken


class Study:
    """One source, one territory or all, one set of options: what is asked of it is computed once.

    Parameters
    ----------
    source
        The tables, the copy that `ecosystem.redact` made of them for an audience, or what tables
        can be made of: a path, data frames, a graph (see `ecosystem.taking.taken`).
    territory
        None for all territories together.
    audience, policy
        Who it is for: what they may not see is out before anything is measured.
    options
        How to measure; single options may be given by name (`layer="both"`, `draws=0`).
    workers, progress
        Processes that share the draws (None: as many as pay; no result depends on it; more than
        one in a script needs `if __name__ == "__main__":`); told what is under way.

    Raises
    ------
    UnknownName
        If the territory, the audience or an option does not exist; see `Options`.
    EcosystemError
        If no tables can be made of the source, or an option is not what it may be.

    Examples
    --------
    >>> import ecosystem
    >>> study = ecosystem.Study(ecosystem.read(), "antony", draws=0, permutations=0)
    >>> study.brokers is study.brokers
    True
    """

    def __init__(
        self,
        source: Any,
        territory: str | None = None,
        *,
        audience: str = "internal",
        policy: Policy | str | Path | None = None,
        options: Options | None = None,
        workers: int | None = 1,
        progress: Progress | None = None,
        **single: Any,
    ) -> None:
        source = taken(source)
        if workers is not None and workers < 1:
            raise EcosystemError(
                Label(f"{workers} processus", f"{workers} processes"),
                Label("donnez workers=1 ou plus, ou None", "give workers=1 or more, or None"),
            )
        self.copy = source if isinstance(source, Copy) else redact(source, audience, policy)
        check_territory(self.copy.tables, territory)
        self.territory = territory
        self.options = (options or Options()).but(single)
        self.workers = workers
        self.progress = progress

    @classmethod
    def from_edges(
        cls, edges: pd.DataFrame | Iterable[Sequence[Any]], *, directed: bool = True, **options: Any
    ) -> Study:
        """A study of a list of edges: pairs, triples with a weight, or a data frame of them.

        Parameters
        ----------
        directed
            Whether an edge goes one way only.
        **options
            Those of a study.

        Examples
        --------
        >>> import ecosystem
        >>> ecosystem.Study.from_edges([("A", "B"), ("B", "C", 2)], draws=0).network.n
        3
        """
        return cls(from_edges(edges, directed=directed), **options)

    def __repr__(self) -> str:
        return f"<Study of {self.name.en}, {self.tables!r}>"

    @property
    def tables(self) -> Tables:
        """The tables, as the audience may see them."""
        return self.copy.tables

    @cached_property
    def name(self) -> Label:
        """The name of the territory."""
        return territory_name(self.tables, self.territory)

    @cached_property
    def territories(self) -> list[Study]:
        """A study of each studied territory, with the same options; none of one territory."""
        return [] if self.territory else [self.of(place) for place in studied(self.tables)]

    def of(self, territory: str) -> Study:
        """The study of a territory of this one: what is known of every row is not looked up again."""
        part = self._like(territory, self.options)
        seen = {lookups.territory: lookups for lookups in self.lookups.parts}
        if territory in seen:
            part.lookups = seen[territory]
        return part

    def but(self, **single: Any) -> Study:
        """The same study with some options changed; what does not depend on them is kept."""
        other = self._like(self.territory, self.options.but(single))
        same = all(
            getattr(other.options, n) == getattr(self.options, n) for n in ("layer", "weight")
        )
        for name in ("lookups", "findings", "agenda", *(["network"] if same else [])):
            if self.has(name):
                setattr(other, name, getattr(self, name))
        return other

    def has(self, name: str) -> bool:
        """Whether something was asked for already, and is kept."""
        return name in vars(self)

    def _like(self, territory: str | None, options: Options) -> Study:
        return Study(
            self.copy, territory, options=options, workers=self.workers, progress=self.progress
        )

    @cached_property
    def network(self) -> Network:
        """The network of the layer that the options name."""
        how = self.options
        return network_of(self.tables, self.territory, layer=how.layer, weight=how.weight)

    @cached_property
    def ranked(self) -> pd.DataFrame:
        """Every actor with its role, its measures and what depends on it, brokers first."""
        how = self.options
        return broker_table(self.tables, self.network, self.territory, how.partition, how.measures)

    @cached_property
    def chance(self) -> pd.DataFrame:
        """By actor, what the null models say of its roles."""
        how = self.options
        return against_chance(
            self.network, how.partition, permutations=how.permutations, seed=how.seed,
            totals=self._totals, progress=self.progress,
        )  # fmt: skip

    @cached_property
    def stability(self) -> pd.DataFrame:
        """By actor, how far its rank can be trusted; see `ecosystem.measures.stability.Resampled`."""
        how = self.options
        return trust(
            self.tables, self.network, self.ranked, draws=how.draws, drop=how.drop, share=how.share, top=how.top,
            seed=how.seed, workers=self.workers, progress=self.progress,
        )  # fmt: skip

    @cached_property
    def brokers(self) -> pd.DataFrame:
        """The whole broker table; see `ecosystem.brokers`."""
        table = with_trust(beside_chance(self.ranked, self.chance), self.stability)
        how = self.options
        table.attrs["left_out"] = left_out(
            self.network, how.draws, how.permutations, totals=self._totals
        )
        return table

    @property
    def _totals(self) -> bool:
        """Whether the total of the roles is set against chance too."""
        return self.options.measures is None or "brokerage" in self.options.measures

    def explain(
        self, actor: str, ranked: pd.DataFrame | None = None, *, drop: Label | None = None
    ) -> Story:
        """The story of one actor, given by id or by name.

        Parameters
        ----------
        ranked
            Its broker table, if another than `brokers`.
        drop
            What the draws left out, in words.

        Raises
        ------
        UnknownName
            If no actor of the network has that id or name.
        """
        return explanation(
            self.tables, self.network, actor, self.brokers if ranked is None else ranked,
            partition=self.options.partition, layer=self.options.layer,
            drop=drop or DROPS[self.options.drop],
        )  # fmt: skip

    @cached_property
    def lookups(self) -> Lookups:
        """The tables as detectors see them."""
        return Lookups(self.tables, self.territory)

    @cached_property
    def findings(self) -> Findings:
        """Every gap, the heaviest first; see `ecosystem.find_gaps`."""
        return gaps.find_gaps(self.lookups)

    @cached_property
    def agenda(self) -> Agenda:
        """Whom to see about what: the findings gathered into conversations, in order."""
        flows = (lambda: self.network) if self.options.layer == "flows" else None
        return agenda_of(self.lookups, self.findings, flows)

    @cached_property
    def prototypes(self) -> list[Prototype]:
        """What services that are ideas or prototypes rest on, and what would complete them."""
        return prototypes_of(self.lookups, self.agenda)

    def sheet(self, actor: str) -> Sheet:
        """What to take to a meeting with an actor, given by id or by name.

        Raises
        ------
        UnknownName
            If there is no such actor.
        """
        return sheet_of(self.lookups, self.agenda, actor)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Who could meet each unmet need; see `ecosystem.match_needs`."""
        return match_needs(self.lookups)

    def what_if(self, scenario: Scenario) -> Outcome:
        """What a scenario changes; see `ecosystem.what_if`."""
        return what_if(self.lookups, scenario, self.territory)

    def best_flows(self, most: int) -> Best:
        """The pending flows, at most `most`, that meet most needs; see `ecosystem.best_flows`."""
        return best_flows(self.lookups, most)


def given(source: Any, territory: str | None = None, **options: Any) -> Study:
    """A study that is made already, of a territory of it, or a new one of tables.

    Raises
    ------
    EcosystemError
        If options are given for a study that has its own.
    """
    if not isinstance(source, Study):
        return Study(source, territory, **options)
    if options:
        names = ", ".join(options)
        raise EcosystemError(
            Label(f"cette étude a déjà ses options ({names})", f"this study has its options already ({names})"),
            Label("donnez-les en faisant l'étude : Study(tables, …)", "give them when the study is made: Study(tables, …)"),
        )  # fmt: skip
    return source if territory in (None, source.territory) else source.of(territory)
