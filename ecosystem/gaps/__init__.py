"""Gaps in sharing: each a finding with a reason, its evidence, a denominator and a next step."""

# ruff: noqa: I001 (detectors register in the order in which findings are told)

from ecosystem.gaps import (
    needs,
    held,
    actors,
    chains,
    services,
    walls,
    flows,
    declared,
    ties,
    law,
    territory,
)
from ecosystem.gaps.registry import (
    DETECTORS,
    Detector,
    Finding,
    find_gaps,
    findings_frame,
)

__all__ = [
    "DETECTORS",
    "Detector",
    "Finding",
    "actors",
    "chains",
    "declared",
    "find_gaps",
    "findings_frame",
    "flows",
    "held",
    "law",
    "needs",
    "services",
    "territory",
    "ties",
    "walls",
]
