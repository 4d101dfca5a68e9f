"""The same findings as text."""

from ecosystem.report.markdown import findings_markdown
from ecosystem.report.tables import as_csv, as_json, as_text

__all__ = ["as_csv", "as_json", "as_text", "findings_markdown"]
