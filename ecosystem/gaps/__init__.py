"""Gaps in sharing: each a finding with a reason, its evidence, a denominator and a next step."""

# ruff: noqa: I001 (detectors register in the order in which findings are told)

from ecosystem.gaps import (
    needs,
    aims,
    datasets,
    actors,
    single_broker,
    services,
    silos,
    flows,
    hindered,
    disagreements,
    ties,
    law,
    peers,
    contradictions,
)
from ecosystem.gaps.registry import (
    DETECTORS,
    Detector,
    Finding,
    Findings,
    find_gaps,
    findings_frame,
)

__all__ = [
    "DETECTORS",
    "Detector",
    "Finding",
    "Findings",
    "actors",
    "aims",
    "contradictions",
    "datasets",
    "disagreements",
    "find_gaps",
    "findings_frame",
    "flows",
    "hindered",
    "law",
    "needs",
    "peers",
    "services",
    "silos",
    "single_broker",
    "ties",
]
