"""Next steps that several kinds of gap share: whom to bring together, or to ask, about what."""

from __future__ import annotations

from ecosystem.gaps.known import Known
from ecosystem.gaps.phrases import obstacle
from ecosystem.vocabulary import Label

_TOGETHER = {
    True: Label("Réunir {one} et {other} sur l'obstacle {barrier}.",
                "Bring {one} and {other} together on the barrier ({barrier})."),
    False: Label("Demander à {one} et à {other} quel obstacle bloque le partage, et le noter.",
                 "Ask {one} and {other} which barrier blocks the sharing, and note it."),
}  # fmt: skip
_INSIDE = {
    True: Label("Voir avec la direction de {house} et {part} qui peut lever l'obstacle {barrier}, en interne.",
                "See with the management of {house} and {part} who can lift the barrier ({barrier}), inside."),
    False: Label("Demander à {part} quel obstacle bloque le partage au sein de {house}, et le noter.",
                 "Ask {part} which barrier blocks the sharing inside {house}, and note it."),
}  # fmt: skip
"""By whether the barrier is stated; a department and what it is part of are one house."""


def unblocking(known: Known, one: str, other: str, barrier: str | None) -> Label:
    """The next step where sharing between two actors is blocked."""
    words: dict[str, object] = {"barrier": obstacle(barrier)}
    if (whole := above(known, one, other)) is not None:
        part = other if whole == one else one
        words |= {"house": known.actor(whole), "part": known.actor(part)}
        return _INSIDE[barrier is not None].filled(words)
    words |= {"one": known.actor(one), "other": known.actor(other)}
    return _TOGETHER[barrier is not None].filled(words)


def above(known: Known, one: str, other: str) -> str | None:
    """Of two actors, the one that the other is a department of; None if neither is."""
    for whole, part in ((one, other), (other, one)):
        at, seen = part, {part}
        while (parent := known.actor_row.get(at, {}).get("parent")) and parent not in seen:
            if parent == whole:
                return whole
            at = parent
            seen.add(at)
    return None
