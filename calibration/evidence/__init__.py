"""The registry of evidence: every number the documents print, whose it is, and what rests on it.

Takes the tables of `calibration.data`. Gives rows, found by parameter, view, step, period and words; the funnel of
published numbers with what contradicts what; each parameter with the arithmetic from the rows to its default; and which
number may not be used to check which parameter. Leaves out whether a number is true.
"""

from calibration.evidence.circularity import Circular, circular_pairs, circular_parameters, same_women
from calibration.evidence.danish import label_in, row_in
from calibration.evidence.funnel import (
    STEPS,
    Contradiction,
    FunnelRow,
    find_contradictions,
    funnel_table,
    load_funnel,
)
from calibration.evidence.rows import EvidenceRow, load_evidence
from calibration.evidence.search import find_evidence, find_parameter
from calibration.evidence.sources import ParameterSource, load_parameter_sources
from calibration.evidence.who import list_who, who_says

__all__ = [
    "STEPS",
    "Circular",
    "Contradiction",
    "EvidenceRow",
    "FunnelRow",
    "ParameterSource",
    "circular_pairs",
    "circular_parameters",
    "find_contradictions",
    "find_evidence",
    "find_parameter",
    "funnel_table",
    "label_in",
    "list_who",
    "load_evidence",
    "load_funnel",
    "load_parameter_sources",
    "row_in",
    "same_women",
    "who_says",
]
