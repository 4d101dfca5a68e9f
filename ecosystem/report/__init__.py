"""The same findings as text: tables of three forms, and a short Markdown text.

Importing it imports nothing: `ecosystem.report.markdown` is what needs the measures.
"""
