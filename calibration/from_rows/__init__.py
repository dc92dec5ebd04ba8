"""Learning from data: what a record of referrals says of the women.

Takes a file with one row a referral, and a scenario for what the file cannot tell. Gives an estimate with its interval
for each word of the scenario that can be learnt, draws from what is believed after the data, and a scenario to run.
What is believed before the data is the plausible range of each parameter. Leaves out costs, places and anything about
single women: small numbers are suppressed.

The way through: `sheet` (rows as text) - `cells`, `consistency`, `reading` (what can be used) - `observed` (times seen
and cut off) - `priors` and the estimates (`referral_rate`, `shares`, `answers`, `pregnancy`, `times`, by `importance`
sampling where there is no exact answer) - `fit` - `fitted` (scenario, draws, rows) and `curves` (pictures). The page is
``docs/calibration.md``.
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
