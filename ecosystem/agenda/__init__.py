"""The agenda: findings gathered into conversations to bring about, to find out, to watch."""

from ecosystem.agenda.conversations import Conversation, Part
from ecosystem.agenda.kinds import KINDS, LISTS, PARTS
from ecosystem.agenda.left_out import LEFT_OUT
from ecosystem.agenda.listing import Agenda, conversations_frame
from ecosystem.agenda.making import agenda_of
from ecosystem.agenda.prototypes import Prototype, prototypes_frame, prototypes_of
from ecosystem.agenda.sheet import HEADINGS, Sheet, actor_named, sheet_of

__all__ = [
    "HEADINGS",
    "KINDS",
    "LEFT_OUT",
    "LISTS",
    "PARTS",
    "Agenda",
    "Conversation",
    "Part",
    "Prototype",
    "Sheet",
    "actor_named",
    "agenda_of",
    "conversations_frame",
    "prototypes_frame",
    "prototypes_of",
    "sheet_of",
]
