"""Fit by simulation: parameters that make the simulator reproduce what was observed, where only aggregates exist.

Takes a file of targets: so many admitted a year, such an occupancy, such a mean wait, and which parameters are free.
Gives draws of the parameters given the targets, with what was learnt of each, which of them the targets cannot tell
apart, what the fitted model foretells, and whether the computation has converged. Leaves out data on single referrals
(`calibration.from_rows`) and language.
"""

from calibration.from_totals.answering import fit_question
from calibration.from_totals.findings import Fit, Foretold, Marginal, Product, sum_up
from calibration.from_totals.fitting import Drawn, Effort, Round, draw_posterior
from calibration.from_totals.question import FitQuestion, Free, ObservedPeriod, Target
from calibration.from_totals.reading import load_question
from calibration.from_totals.saving import draws_text, fit_as_json, fitted_scenario, fitted_text

__all__ = [
    "Drawn",
    "Effort",
    "Fit",
    "FitQuestion",
    "Foretold",
    "Free",
    "Marginal",
    "ObservedPeriod",
    "Product",
    "Round",
    "Target",
    "draw_posterior",
    "draws_text",
    "fit_as_json",
    "fit_question",
    "fitted_scenario",
    "fitted_text",
    "load_question",
    "sum_up",
]
