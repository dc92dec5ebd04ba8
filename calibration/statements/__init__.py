"""Distributions from statements: what documents say of a stay, a wait or a week, as words of a scenario.

Takes quantiles ("15 % gone by day 30") and ranges ("6-12 months"). Gives the distribution and how far it is from each
statement. Leaves out whether the statement is true.
"""

from calibration.statements.families import FAMILIES
from calibration.statements.fit import (
    TOLERANCE,
    Residual,
    StatementFit,
    fit_statement,
    range_statements,
)
from calibration.statements.published import PublishedStatement, load_statements

__all__ = [
    "FAMILIES",
    "TOLERANCE",
    "PublishedStatement",
    "Residual",
    "StatementFit",
    "fit_statement",
    "load_statements",
    "range_statements",
]
