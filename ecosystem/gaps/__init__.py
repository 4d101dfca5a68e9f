"""Gaps in sharing: each a finding with a reason, its evidence, a denominator and a next step."""

# ruff: noqa: I001 (detectors register in the order in which findings are told)

from ecosystem.gaps import needs, chains, held, flows
from ecosystem.gaps.registry import DETECTORS, Detector, Finding, find_gaps, findings_frame

__all__ = [
    "DETECTORS",
    "Detector",
    "Finding",
    "chains",
    "find_gaps",
    "findings_frame",
    "flows",
    "held",
    "needs",
]
