"""Predictive checks: what the model says would have been counted, beside what was.

Takes parameters drawn from their stated ranges, or from a fit, and plays the past under today's arrangement. Gives each
published number with its predictive band, inside or outside. Refuses to hold a number against parameters that were made
from it.
"""

from calibration.checks.prediction import NEED_YEAR
from calibration.checks.series import Check, load_checks
from calibration.checks.verdicts import OWN_DATA, Checked, Checks, run_checks

__all__ = [
    "NEED_YEAR",
    "OWN_DATA",
    "Check",
    "Checked",
    "Checks",
    "load_checks",
    "run_checks",
]
