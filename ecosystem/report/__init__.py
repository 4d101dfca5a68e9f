"""The same findings as text."""

from ecosystem.report.forms import as_csv, as_json, as_text
from ecosystem.report.markdown import findings_markdown

__all__ = ["as_csv", "as_json", "as_text", "findings_markdown"]
