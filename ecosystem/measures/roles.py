"""The five roles of a broker, by the groups of the three actors on a path."""

from __future__ import annotations

from ecosystem.vocabulary import Label

ROLES: dict[str, Label] = {
    "coordinator": Label("coordinateur (A→A→A)", "coordinator (A→A→A)"),
    "itinerant": Label("intermédiaire itinérant (A→B→A)", "itinerant broker (A→B→A)"),
    "representative": Label("représentant (A→A→B)", "representative (A→A→B)"),
    "gatekeeper": Label("gardien (A→B→B)", "gatekeeper (A→B→B)"),
    "liaison": Label("agent de liaison (A→B→C)", "liaison (A→B→C)"),
    "brokerage": Label("les cinq rôles ensemble", "the five roles together"),
}
"""The roles, in the order of R `sna` (w_I, w_O, b_IO, b_OI, b_O, t), the total last."""

FIVE = tuple(role for role in ROLES if role != "brokerage")
"""The five roles without their total, in the same order."""
