"""Predictive checks: what the model says would have been counted, beside what was.

Takes parameters drawn from their stated ranges, or from a fit, and plays the past under today's arrangement. Gives each
published number with its predictive band, inside or outside. Refuses to hold a number against parameters that were made
from it.
"""

from calibration.checks.prediction import FIRST_YEAR, LAST_YEAR, NEED_YEAR, Prediction, predict_counts
from calibration.checks.series import Check, load_checks
from calibration.checks.verdicts import OWN_DATA, Checked, Checks, judge_check, run_checks
from calibration.priors.today import DEPENDS_ON, PRIOR_PATHS, can_be_opened, draw_priors

__all__ = [
    "DEPENDS_ON",
    "FIRST_YEAR",
    "LAST_YEAR",
    "NEED_YEAR",
    "OWN_DATA",
    "PRIOR_PATHS",
    "Check",
    "Checked",
    "Checks",
    "Prediction",
    "can_be_opened",
    "draw_priors",
    "judge_check",
    "load_checks",
    "predict_counts",
    "run_checks",
]
