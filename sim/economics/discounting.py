"""Discounting: what a year of care counts for when it comes later.

Care runs in time, so it is discounted day by day. A service of c kroner a year from s to e years after referral has the
present value c (D(e) - D(s)), where D(t) is the number of *discounted years* in the first t years. D only grows, so
"whichever comes first" may be asked of discounted years as well as of days, and a fixed time after t is found without
leaving them: see `shift_of`.
"""

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def discounted_years(years: npt.ArrayLike, *, rate: float) -> Floats:
    """Count the discounted years in the first years after referral.

    (1 - (1 + r)^-t) / ln(1 + r), and t itself when r is 0.
    """
    force = math.log1p(rate)
    years = np.asarray(years, dtype=np.float64)
    return (1.0 - np.exp(-force * years)) / force if force else years


def shift_of(years: float, *, rate: float) -> tuple[float, float]:
    """Say how to go a fixed time forward, in discounted years.

    D(t + c) = (1 + r)^-c D(t) + D(c).
    """
    return (1.0 + rate) ** -years, float(discounted_years(years, rate=rate))


def annuity(years: float, *, rate: float) -> float:
    """Spread one krone of investment over its life.

    r / (1 - (1 + r)^-n), and 1/n when r is 0.
    """
    return rate / -math.expm1(-years * math.log1p(rate)) if rate else 1.0 / years
