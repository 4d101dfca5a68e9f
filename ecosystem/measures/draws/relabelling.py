"""Roles when groups are dealt out again among the actors: counted fast, and their exact moments.

The paths stay, so what does not depend on groups is counted once. Of the two-paths through a
broker, those between two of one group are what it gets from each group times what it gives
to it; only the few that a direct exchange closes are looked at one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecosystem.measures.open_paths import closed_paths

_CELLS = 2**22
"""Actors times groups up to which partners are counted in a full table."""
_CONSTANT = 1e-12
"""Share of the mean square under which a variance is what rounding leaves of zero."""

Values = NDArray[np.float64]


class Relabelled:
    """The open two-paths of a network, for counting their roles under many labellings.

    Parameters
    ----------
    source, target
        The edges, as actor codes 0 … n-1; no loops, no repeated edges.
    """

    def __init__(self, source: Any, target: Any, n: int) -> None:
        self.n = n
        self.source, self.target = np.asarray(source), np.asarray(target)
        self.closed = closed_paths(source, target, n)
        into, out = (np.bincount(end, minlength=n) for end in (self.target, self.source))
        keys = self.source * n + self.target
        order = np.argsort(keys)
        turned = self.target * n + self.source
        at = np.minimum(np.searchsorted(keys, turned, sorter=order), max(len(keys) - 1, 0))
        self.mutual = keys[order[at]] == turned if len(keys) else np.zeros(0, bool)
        self._back = order[at] if len(keys) else at  # of a mutual edge, the one that returns
        first = self._edge(keys, order, self.closed.first, self.closed.broker)
        second = self._edge(keys, order, self.closed.broker, self.closed.last)
        m = len(keys)
        self.begun = out[self.target] - self.mutual - np.bincount(first, minlength=m)
        """Open paths whose first step is each edge."""
        self.ended = into[self.source] - self.mutual - np.bincount(second, minlength=m)
        """Open paths whose second step is each edge."""
        self.paths = np.bincount(self.target, weights=self.begun, minlength=n)
        """Open paths through each actor."""
        self._overlaps = self._overlapping(keys, order, first, second)

    def _edge(self, keys: Any, order: Any, a: Any, b: Any) -> NDArray[np.int64]:
        """The numbers of edges that exist."""
        found: NDArray[np.int64] = order[np.searchsorted(keys, a * self.n + b, sorter=order)]
        return found

    def counts(self, codes: Any) -> Values:
        """Open paths through each actor by role, when actors have these groups: n rows, five columns."""
        n, groups = self.n, int(codes.max(initial=0)) + 1
        a, b = codes[self.source], codes[self.target]
        same = a == b
        out_of_own = np.bincount(self.target, weights=self.begun * same, minlength=n)
        into_own = np.bincount(self.source, weights=self.ended * same, minlength=n)
        inner_in = np.bincount(self.target[same], minlength=n)
        inner_out = np.bincount(self.source[same], minlength=n)
        inner_mutual = np.bincount(self.target[same & self.mutual], minlength=n)
        first, broker, last = (codes[end] for end in self.closed)
        ends = first == last
        closed_ends = np.bincount(self.closed.broker[ends], minlength=n)
        closed_all = np.bincount(self.closed.broker[ends & (first == broker)], minlength=n)
        one_group = (
            self._one_group(self.target * groups + a, self.source * groups + b, groups)
            - np.bincount(self.target[self.mutual], minlength=n)
            - closed_ends
        )
        within = inner_in * inner_out - inner_mutual - closed_all
        return np.column_stack(
            [
                within,
                one_group - within,
                out_of_own - within,
                into_own - within,
                self.paths - out_of_own - into_own - one_group + 2 * within,
            ]
        )

    def _one_group(self, gets: Any, gives: Any, groups: int) -> NDArray[np.int64]:
        """By actor, pairs of one it gets from and one it gives to, of one group."""
        if self.n * groups <= _CELLS:
            cells = self.n * groups
            into = np.bincount(gets, minlength=cells).reshape(self.n, groups)
            out = np.bincount(gives, minlength=cells).reshape(self.n, groups)
            return np.asarray(np.einsum("ij,ij->i", into, out))
        got, into = np.unique(gets, return_counts=True)
        given, out = np.unique(gives, return_counts=True)
        both, x, y = np.intersect1d(got, given, assume_unique=True, return_indices=True)
        pairs = np.bincount(both // groups, weights=into[x] * out[y], minlength=self.n)
        return np.asarray(pairs.astype(np.int64))

    def _overlapping(self, keys: Any, order: Any, first: Any, second: Any) -> dict[str, Values]:
        """Of the ordered pairs of open paths through each actor, how many overlap in which way."""
        n = self.n
        begun, ended = self.begun.astype(float), self.ended.astype(float)
        from_one = np.bincount(self.target, weights=begun**2, minlength=n)
        to_one = np.bincount(self.source, weights=ended**2, minlength=n)
        # who gives to the broker and gets from it may end one path and begin the other
        both = self.mutual
        turning = np.bincount(
            self.target[both], weights=begun[both] * ended[self._back[both]], minlength=n
        )
        friends = np.bincount(self.target[both], minlength=n).astype(float)
        a, j, c = self.closed
        linked = self.mutual[first] & self.mutual[second]  # a and c both, either way
        ways = np.bincount(j[linked], minlength=n)
        a, j, c = a[linked], j[linked], c[linked]
        edge = self._edge(keys, order, a, c)
        twice = np.bincount(j[self.mutual[edge]], minlength=n)
        turned = friends * (friends - 1) - (2 * ways - twice)
        total = self.paths**2
        return {
            "same": self.paths,
            "turned": turned,
            "first": from_one - self.paths,
            "last": to_one - self.paths,
            "through": 2 * (turning - turned),
            "apart": total - from_one - to_one - 2 * turning + turned + self.paths,
        }

    def moments(self, codes: Any) -> tuple[Values, Values]:
        """Mean and standard deviation of the counts, over all ways to deal out these groups.

        Every path is as likely as any other to be of a role, so the mean is their number times
        that chance. Two paths through one broker vary together as they share actors: both
        ends, one, or none; the variance adds up the pairs of paths of each kind.

        Returns
        -------
        (n, 5), (n, 5)
            Deviations are exact zeros where the count cannot vary.
        """
        chances = _chances(np.bincount(codes, minlength=1), self.n)
        mean = self.paths[:, None] * chances["same"]
        square, variance = np.zeros_like(mean), np.zeros_like(mean)
        for kind, pairs in self._overlaps.items():
            square += pairs[:, None] * chances[kind]
            variance += pairs[:, None] * (chances[kind] - chances["same"] ** 2)
        varies = variance > _CONSTANT * square
        return mean, np.sqrt(np.where(varies, variance, 0.0))


def _chances(sizes: Any, n: int) -> dict[str, Values]:
    """Chance that two paths through one broker are both of a role, by how they overlap.

    Labels are drawn without replacement: first the broker's, then those of the 2 (`same` and
    `turned`), 3 (`first`, `last`, `through`) or 4 (`apart`) others.

    Parameters
    ----------
    sizes
        Of the groups.
    """
    s = np.asarray(sizes, dtype=float)
    s = s[s > 0]
    own, rest = s - 1, n - s  # other actors of the broker's group, and of the others

    def but_own(values: Any) -> Any:
        return values.sum() - values

    two, three = falling(s, 2), falling(s, 3)
    pairs, triples = but_own(two), but_own(three)
    # two pairs of one group each: the same group or two
    fours = pairs**2 - but_own(two**2) + but_own(falling(s, 4))
    # an actor and two others, each of another group than its own, all outside the broker's
    outside = rest * (rest**2 - rest) - (2 * rest - 1) * but_own(s**2) + but_own(s**3)
    ways = {
        "same": [falling(own, 2), pairs, own * rest, rest * own, falling(rest, 2) - pairs],
        "turned": [falling(own, 2), pairs, 0 * s, 0 * s, falling(rest, 2) - pairs],
        "first": [falling(own, 3), triples, own * falling(rest, 2), falling(own, 2) * rest, outside],
        "last": [falling(own, 3), triples, falling(own, 2) * rest, own * falling(rest, 2), outside],
        "through": [falling(own, 3), triples, 0 * s, 0 * s, outside],
        "apart": [
            falling(own, 4),
            fours,
            falling(own, 2) * falling(rest, 2),
            falling(own, 2) * falling(rest, 2),
            falling(rest, 4) - 2 * pairs * (rest - 2) * (rest - 3) + fours,
        ],
    }  # fmt: skip
    others = {"same": 2, "turned": 2, "first": 3, "last": 3, "through": 3, "apart": 4}
    found = {}
    for kind, by_role in ways.items():
        possible = float(falling(np.array([n - 1.0]), others[kind])[0])
        chance = np.array(by_role) @ (s / n) if n else np.zeros(5)
        found[kind] = chance / possible if possible > 0 else np.zeros(5)
    return found


def falling(x: Values, count: int) -> Values:
    """Falling factorial x (x − 1) … of `count` factors: ways to take so many out of x, in order."""
    found = np.ones_like(x)
    for step in range(count):
        found = found * np.maximum(x - step, 0.0)
    return found
