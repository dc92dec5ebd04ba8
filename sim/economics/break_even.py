"""Break-even: the occupancy, the completion probability or the horizon at which a design pays for itself."""

import math
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR
from sim.economics.discounting import discounted_years
from sim.economics.prices import PlaceParts
from sim.economics.ratios import RatioEstimate, fieller_ratio

Verdict = Literal["always", "at", "never"]

FIRST_LATER_YEAR = 2.0
YEARS_OF_LATER_COST = 10.0
"""Later consequences are those of the child's years 3 to 12."""


class BreakEven(NamedTuple):
    """Where a design begins to pay for itself.

    Attributes
    ----------
    verdict : {"always", "at", "never"}
        Whether it does.
    at : float
        From where; not a number unless the verdict is ``at``.
    """

    verdict: Verdict
    at: float


def break_even_occupancy(parts: PlaceParts, *, places: float, price_a_day: float) -> BreakEven:
    """Find the occupancy from which a unit's own places cost no more than places at a price.

    Parameters
    ----------
    parts : PlaceParts
        What places of the unit cost.
    places : float
        Its open places.
    price_a_day : float
        What an occupied place costs elsewhere [DKK/day].

    Returns
    -------
    BreakEven
        Occupancy as a share of open place-days; ``never`` where even a full unit is dearer.

    Notes
    -----
    The unit costs u + n (o + k + q v) a year, the other n q p. They meet at q = (u / n + o + k) / (p - v).
    """
    whatever = parts.unit / places + parts.open_place + parts.capital
    margin = price_a_day * DAYS_PER_YEAR - parts.occupied_place
    if margin <= 0:
        return BreakEven("never", math.nan)
    return _between_0_and_1(whatever / margin)


def break_even_completion(
    extra_cost: npt.ArrayLike, extra_stays: npt.ArrayLike, *, saving: float, otherwise: float
) -> tuple[BreakEven, RatioEstimate]:
    """Find the completion probability after a completed stay from which a design pays for itself.

    Parameters
    ----------
    extra_cost : array_like of float of shape (n_replications,)
        Cost of the design less that of the other, later consequences apart [DKK/year].
    extra_stays : array_like of float of shape (n_replications,)
        Completed stays of the design less those of the other, of women who give birth [women/year].
    saving : float
        Later cost that one completed treatment saves [DKK].
    otherwise : float
        Completion probability without a completed stay.

    Returns
    -------
    BreakEven
        Probability; ``never`` where even certain completion does not pay.
    RatioEstimate
        The same probability as estimated, with its interval, and not held to what a probability can be.

    Notes
    -----
    Each further completed stay saves (p - p0) s, so costs meet at p = p0 + dC / (s dN).
    """
    ratio = fieller_ratio(extra_cost, np.asarray(extra_stays, dtype=np.float64) * saving)
    low, value, high = (otherwise + each for each in (ratio.low, ratio.value, ratio.high))
    estimate = ratio._replace(value=value, low=low, high=high)
    if ratio.bottom > 0:
        return _between_0_and_1(value), estimate
    return BreakEven("always" if ratio.top <= 0 and ratio.bottom == 0 else "never", math.nan), estimate


def break_even_horizon(extra_cost: float, saving: float, *, rate: float, before_birth_years: float) -> BreakEven:
    """Find the age of the child at which what a course costs more has been saved again.

    Parameters
    ----------
    extra_cost : float
        Present value at pregnancy of what it costs more until the child is two [DKK].
    saving : float
        Present value at pregnancy of what it saves in the child's years 3 to 12 [DKK].
    rate : float
        Discount rate [per year].
    before_birth_years : float
        Years from the start of the course to birth.

    Returns
    -------
    BreakEven
        Age of the child [years]; ``never`` where it is not earned back however long one looks.

    Notes
    -----
    The saving is spread evenly over its ten years and taken to go on at the same yearly rate after them. That is an
    assumption: registers do not reach beyond the child's twelfth year.
    """
    if extra_cost <= 0:
        return BreakEven("always", math.nan)
    starts = before_birth_years + FIRST_LATER_YEAR
    before, after = (float(discounted_years(t, rate=rate)) for t in (starts, starts + YEARS_OF_LATER_COST))
    if saving <= 0:
        return BreakEven("never", math.nan)
    needed = before + extra_cost * (after - before) / saving
    force = math.log1p(rate)
    if force * needed >= 1.0:
        return BreakEven("never", math.nan)
    years = -math.log1p(-force * needed) / force if force else needed
    return BreakEven("at", years - before_birth_years)


def _between_0_and_1(value: float) -> BreakEven:
    if value > 1:
        return BreakEven("never", math.nan)
    return BreakEven("at", value) if value > 0 else BreakEven("always", math.nan)
