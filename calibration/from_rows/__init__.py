"""Learning from data: what a record of referrals says of the women.

Takes a file with one row a referral, and a scenario for what the file cannot tell. Gives an estimate with its interval
for each word of the scenario that can be learnt, draws from what is believed after the data, and a scenario to run.
What is believed before the data comes from `calibration.priors`. Leaves out costs, places and anything about
single women: small numbers are suppressed.

The way through: `file` (a file's cells, what must hold between them, what can be used) - `referrals` (as arrays) -
`estimates` (times seen and cut off, and an estimate for each part, by importance sampling where there is no exact
answer) - `fit` (all parts) - `fitted` (scenario, draws, rows) and `curves` (pictures), with `suppression` of small
numbers. The page is ``docs/calibration.md``.
"""

from calibration.from_rows.estimates.estimate import ParameterEstimate
from calibration.from_rows.file.reading import Period, Read, read_referrals
from calibration.from_rows.fit import Learnt, Terms, learn
from calibration.from_rows.fitted import estimate_rows, fitted_scenario, fitted_text, save_draws, save_estimates
from calibration.from_rows.referrals import Referrals

__all__ = [
    "Learnt",
    "ParameterEstimate",
    "Period",
    "Read",
    "Referrals",
    "Terms",
    "estimate_rows",
    "fitted_scenario",
    "fitted_text",
    "learn",
    "read_referrals",
    "save_draws",
    "save_estimates",
]
