"""Scales on which chance is even: about as large, and about as symmetric, whatever the parameters are.

A number of women admitted varies more the larger it is, and one that is small leans to the right. On these scales the
normal distribution, which the likelihood rests on, serves for counts down to two or three.
"""

import numpy as np
import numpy.typing as npt

from calibration.from_totals.question import ObservedPeriod, Target

Floats = npt.NDArray[np.float64]

ANSCOMBE = 3.0 / 8.0
"""Added to a count before the root [women]: makes its variance nearest to 1/4."""

COUNTED_BY_YEAR = ("women/year", "places/year")
AMOUNTS = ("days", "minutes", "weeks", "place-years")


def to_even_scale(values: Floats, target: Target, period: ObservedPeriod) -> Floats:
    """Put values of a measure on a scale on which chance is even.

    Anscombe, F. J. (1948). The transformation of Poisson, binomial and negative-binomial data. Biometrika 35.
    """
    if target.unit in COUNTED_BY_YEAR:
        count = values * counted_years(target, period)
        return 2.0 * np.sqrt(np.maximum(count, 0.0) + ANSCOMBE)
    if target.unit.startswith("share"):
        return np.arcsin(np.sqrt(np.clip(values, 0.0, 1.0)))
    return np.sqrt(np.maximum(values, 0.0)) if target.unit in AMOUNTS else values


def counted_years(target: Target, period: ObservedPeriod) -> int:
    """Count the years behind a target."""
    return 1 if target.by == "year" else period.years
