"""How many women are referred a year, how that grows, and how much years differ beyond chance.

Referrals are a Poisson process with the rate need x found share x awareness(t) x (1 + trend)^t x year factor, as in the
model; the year factor, gamma with mean 1, is integrated out, which makes the count of a year negative binomial.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from calibration.from_rows.estimates.estimate import Chance, ParameterEstimate, sampled_estimates
from calibration.from_rows.estimates.importance import Coordinate, Model
from calibration.from_rows.file.cells import EPOCH
from calibration.from_rows.referrals import Floats, Referrals
from calibration.priors.parameters import parameter_prior
from sim.cohort import DAYS_PER_YEAR
from sim.scenario import Scenario

STEPS_PER_YEAR = 24
LEAST_VARIATION = 1e-3


class Arrivals(NamedTuple):
    """When women were referred, in a time that is fully covered. Times are in years from the scenario's opening day."""

    time: Floats  # [shape (n_referrals,)] Of each referral [years]
    begin: float  # the time that is covered [years]
    end: float
    opened: float  # when the offer opened; awareness rises from then on. Minus infinity: long ago [years]


def arrivals(referrals: Referrals, scenario: Scenario, *, settle_days: int, opened: dt.date | None = None) -> Arrivals:
    """Take the referrals whose number is fully known."""
    opening = float((scenario.start - EPOCH).days)
    end = referrals.last_day + 1.0 - settle_days
    day = np.sort(referrals.referred_day[~np.isnan(referrals.referred_day)])
    begin = referrals.first_day
    is_counted = (day >= begin) & (day < end)
    if not referrals.is_first_counted:
        is_counted &= day > begin
        begin += 1.0
    return Arrivals(
        time=(day[is_counted] + 0.5 - opening) / DAYS_PER_YEAR,
        begin=(begin - opening) / DAYS_PER_YEAR,
        end=(max(begin, end) - opening) / DAYS_PER_YEAR,
        opened=-np.inf if opened is None else ((opened - EPOCH).days - opening) / DAYS_PER_YEAR,
    )


def rate_estimates(
    seen: Arrivals, scenario: Scenario, chance: Chance, *, width: float = 1.0
) -> tuple[ParameterEstimate, ...]:
    """Estimate need, growth and the variation of years."""
    model = Model(
        tuple(
            Coordinate(f"demand.{word}", word, parameter_prior(word, width=width), scale)
            for word, scale in (("need_per_year", "log"), ("trend_per_year", "linear"), ("year_variation", "log"))
        ),
        rate_log_likelihood(seen, scenario),
        STEPS_PER_YEAR * (int(seen.end - seen.begin) + 1),
    )
    n = len(seen.time)
    estimates = sampled_estimates(model, chance, n_rows=n if seen.end > seen.begin else 0, n_least=n)
    alone = rates_alone(seen, scenario)
    return tuple(estimate._replace(data=own) for estimate, own in zip(estimates, alone, strict=True))


def rate_log_likelihood(seen: Arrivals, scenario: Scenario) -> Callable[[Floats], Floats]:
    """Build the likelihood of need, growth and variation of years.

    Given its factor, the referrals of a year are Poisson with the rate of each instant. With the factor gamma, mean 1
    and shape ``1 / variation^2``, integrated out, the year has a negative binomial count; when in the year they came
    tells of growth alone.
    """
    found = scenario.demand.found_share
    grid, width = _grid(seen)
    known = awareness_at(grid, seen, scenario)
    year = np.floor(grid - seen.begin).astype(int)
    n_years = int(year.max(initial=0)) + 1
    counts = np.bincount(np.floor(seen.time - seen.begin).astype(int), minlength=n_years)[:n_years]
    in_year = (year[:, None] == np.arange(n_years)) * (known * width)[:, None]
    constant = np.log(found) * len(seen.time) + np.log(awareness_at(seen.time, seen, scenario)).sum()

    def evaluate(values: Floats) -> Floats:
        need, growth = values[:, 0], np.log1p(np.maximum(values[:, 1], -0.999))
        shape = 1.0 / np.maximum(values[:, 2], LEAST_VARIATION)[:, None] ** 2
        expected = found * need[:, None] * (np.exp(growth[:, None] * grid) @ in_year)
        of_years = gammaln(shape + counts) - gammaln(shape) + shape * np.log(shape)
        of_years -= (shape + counts) * np.log(shape + expected)
        of_points = constant + len(seen.time) * np.log(need) + growth * seen.time.sum()
        total: Floats = np.where(values[:, 1] > -0.5, of_points + of_years.sum(axis=1), -np.inf)
        return total

    return evaluate


def _grid(seen: Arrivals) -> tuple[Floats, float]:
    """Middles of even steps over the time covered, and their width [years]."""
    n = max(1, int(np.ceil((seen.end - seen.begin) * STEPS_PER_YEAR)))
    width = (seen.end - seen.begin) / n
    return np.asarray(seen.begin + (np.arange(n) + 0.5) * width, dtype=np.float64), width


def awareness_at(time: Floats, seen: Arrivals, scenario: Scenario) -> Floats:
    """Share of the full referral rate at some times."""
    words = scenario.demand.awareness
    if not np.isfinite(seen.opened) or words.ramp_up_years == 0:
        return np.ones_like(time)
    since = np.maximum(time - seen.opened, 0.0)
    return np.maximum(np.minimum(words.start + (1.0 - words.start) / words.ramp_up_years * since, 1.0), 1e-6)


def rates_alone(seen: Arrivals, scenario: Scenario) -> tuple[tuple[float, float, float] | None, ...]:
    """Estimate need and growth from the data alone by Poisson regression, and the variation of years by its spread."""
    if len(seen.time) < 10 or seen.end - seen.begin < 1:
        return None, None, None
    from statsmodels.genmod.families import (  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load
        NegativeBinomial,
        Poisson,
    )
    from statsmodels.genmod.generalized_linear_model import GLM  # type: ignore[import-untyped] # noqa: PLC0415

    grid, width = _grid(seen)
    step = np.minimum(((seen.time - seen.begin) / width).astype(int), len(grid) - 1)
    counts = np.bincount(step, minlength=len(grid))
    offset = np.log(awareness_at(grid, seen, scenario) * width * scenario.demand.found_share)
    regressors = np.column_stack([np.ones_like(grid), grid])
    found = GLM(counts, regressors, family=Poisson(), offset=offset).fit()
    variation = _year_variation(seen, grid, counts, np.asarray(found.mu))
    if variation is not None and variation > 0.01:
        found = GLM(counts, regressors, family=NegativeBinomial(alpha=variation**2), offset=offset).fit()
    (need, growth), ends = np.exp(found.params), np.exp(found.conf_int())
    return (
        (float(need), float(ends[0, 0]), float(ends[0, 1])),
        (float(growth) - 1, float(ends[1, 0]) - 1, float(ends[1, 1]) - 1),
        None if variation is None else (variation, np.nan, np.nan),
    )


def _year_variation(
    seen: Arrivals, grid: Floats, counts: npt.NDArray[np.int64], expected_counts: Floats
) -> float | None:
    """By moments: how much more the years, as even parts of the record, differ than growth and chance would have it."""
    n_years = round(seen.end - seen.begin)
    if n_years < 3:
        return None
    year = ((grid - seen.begin) * n_years / (seen.end - seen.begin)).astype(int)
    by_year = np.bincount(year, weights=counts, minlength=n_years)
    expected = np.bincount(year, weights=expected_counts, minlength=n_years)
    dispersion = np.sum((by_year - expected) ** 2 / expected) / (n_years - 2)
    return float(np.sqrt(max(0.0, (dispersion - 1) / expected.mean())))
