"""Fit by simulation: parameters that make the simulator reproduce what was observed, where only aggregates exist.

Takes a file of targets: so many admitted a year, such an occupancy, such a mean wait, and which parameters are free.
Gives draws of the parameters given the targets, with what was learnt of each, which of them the targets cannot tell
apart, what the fitted model foretells, and whether the computation has converged. Leaves out data on single referrals
(`calibration.from_rows`) and language.
"""

from calibration.from_totals.answering import fit_question
from calibration.from_totals.findings import Fit, Foretold, Marginal, Product
from calibration.from_totals.fitting import Effort
from calibration.from_totals.question import FitQuestion, Target
from calibration.from_totals.reading import load_question
from calibration.from_totals.saving import draws_text, fit_as_json, fitted_text

__all__ = [
    "Effort",
    "Fit",
    "FitQuestion",
    "Foretold",
    "Marginal",
    "Product",
    "Target",
    "draws_text",
    "fit_as_json",
    "fit_question",
    "fitted_text",
    "load_question",
]
