"""Formats that files come in and go out in, one module each, in one registry."""
