"""Everything at once: a source in, a folder of maps, tables, findings and a manifest out."""

from ecosystem.runs.pipeline import run

__all__ = ["run"]
