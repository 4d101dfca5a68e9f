"""Tables: read from files, checked, typed, and what they say of territories and of who reports a flow."""

from ecosystem.tables.frames import Tables

__all__ = ["Tables"]
