"""Copies for an audience: what partners or the public may not see is out before anything is made.

Redaction works on the tables. Maps, measures, gaps, reports, exports and queries of a copy never
meet what was taken out, so they cannot tell it, not even by a count or by an empty place.

Examples
--------
>>> import ecosystem
>>> ecosystem.redact(ecosystem.read(), "public").audience
'public'
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ecosystem.audience.ledger import Removed, removed_frame, removed_summary
from ecosystem.audience.policy import AUDIENCES, Policy, read_policy
from ecosystem.audience.redaction import redacted
from ecosystem.errors import EcosystemError, UnknownName
from ecosystem.files import shipped, write_text
from ecosystem.tables.frames import Tables, csv_text
from ecosystem.vocabulary import VISIBILITIES, Label, Language

__all__ = [
    "AUDIENCES",
    "Copy",
    "Policy",
    "Removed",
    "make_copy",
    "read_policy",
    "redact",
    "removed_frame",
    "removed_summary",
]

_NOTICES = {
    "partners": Label(
        "Exemplaire pour les partenaires, à ne pas publier.", "Partners' copy, not to be published."
    ),
    "public": Label("Exemplaire public.", "Public copy."),
}
_CAUTION = Label(
    "Des lignes qui ne sont pas pour ce public peuvent avoir été retirées de cet exemplaire : « personne », "
    "« inconnu », « manque » et tous les nombres valent pour ce qu'il montre, et ne disent pas qu'il "
    "n'existe rien d'autre.",
    "Rows that are not for this audience may have been left out of this copy: 'nobody', 'unknown', 'missing' "
    "and every number hold for what it shows, and do not say that nothing else exists.",
)
"""The same for every copy, whether something is hidden or not: it tells nothing of what is."""
_INTERNAL = Label(
    "Exemplaire interne : contient des lignes qui ne sont pas publiques, à ne pas transmettre.",
    "Internal copy: holds rows that are not public, not to be passed on.",
)


@dataclass(frozen=True)
class Copy:
    """Tables as an audience may see them.

    Attributes
    ----------
    tables
        The copy; of the internal audience, the complete tables.
    audience
        One of `AUDIENCES`.
    notice
        What a page says of itself; None where there is nothing to say. It tells nothing of what
        is not there.
    removed
        What is out and why. It names what the copy hides: keep it.
    as_read
        Of the internal audience, the tables with their rows in the order of the source.
    """

    tables: Tables
    audience: str = "internal"
    notice: Label | None = None
    removed: tuple[Removed, ...] = field(default=(), repr=False)
    as_read: Tables | None = field(default=None, repr=False)

    @property
    def caution(self) -> Label | None:
        """How its counts and what it does not know are to be read; None for the internal audience."""
        return None if self.audience == "internal" else _CAUTION


def redact(tables: Tables, audience: str, policy: Policy | str | Path | None = None) -> Copy:
    """The copy of tables that an audience may see.

    A row is shown to the audiences that its `visibility` names or that see more; an empty cell
    is public. What names a hidden row goes with it: flows and needs of a hidden actor, sources
    that only hidden rows cite, cells and texts that mention it. Numbers in identifiers close up.

    Parameters
    ----------
    audience
        `internal` sees everything, then `partners`, then `public`.
    policy
        A policy, or the path of its file, for what to leave out beyond `visibility`.

    Raises
    ------
    UnknownName
        If there is no such audience.
    DataError
        If the policy cannot be read, or asks for what does not exist.

    See Also
    --------
    read_policy : what a policy file holds.
    """
    if audience not in AUDIENCES:
        raise UnknownName(Label("public", "audience"), audience, AUDIENCES)
    as_read, tables = tables, tables.in_order
    if isinstance(policy, str | Path):
        policy = read_policy(policy, tables)
    if audience == "internal":
        closed = any(
            frame["visibility"].isin(set(VISIBILITIES) - {"public"}).any()
            for frame in tables.values()
        )
        return Copy(tables.complete, audience, _INTERNAL if closed else None, as_read=as_read)
    frames, headers, removed = redacted(tables, audience, policy or Policy())
    origin = tables.origin if tables.origin == str(shipped("data")) else ""
    copy = Tables(frames, origin, headers).complete
    return Copy(copy, audience, _NOTICES[audience], removed)


def make_copy(
    tables: Tables,
    audience: str,
    policy: Policy | str | Path | None = None,
    *,
    removed: Path | None = None,
    result: Path | None = None,
    language: Language = "en",
    say: Callable[[Label], None] = lambda _: None,
) -> Copy:
    """A copy, with what is out told to the one who makes it: counted to `say`, listed in `removed`.

    Parameters
    ----------
    removed
        A CSV file to write; it must not travel with the result.
    result
        The file or folder that leaves the house.

    Raises
    ------
    EcosystemError
        If the policy is wrong, or `removed` is the result or lies in it.
    """
    if removed is not None and result is not None:
        place, leaves = removed.resolve(), result.resolve()
        if leaves in (place, *place.parents):
            raise EcosystemError(
                Label(f"{removed} partirait avec le résultat", f"{removed} would travel with the result"),
                Label("donnez un autre endroit à --removed", "give --removed another place"),
            )  # fmt: skip
    copy = redact(tables, audience, policy)
    for line in removed_summary(copy.removed):
        say(Label("retiré : {line}", "taken out: {line}").format(line=line))
    if removed is not None:
        frame = removed_frame(copy.removed, language)
        rows = frame.fillna("").itertuples(index=False, name=None)
        write_text(removed, csv_text(list(frame.columns), rows))
        say(Label(f"écrit, à garder pour soi : {removed}", f"written, to be kept to oneself: {removed}"))  # fmt: skip
    return copy
