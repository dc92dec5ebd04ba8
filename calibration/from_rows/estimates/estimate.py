"""An estimate: what was believed, what the data say alone, and what is believed after the data."""

from typing import NamedTuple

import numpy as np

from calibration.from_rows.estimates.importance import (
    Coordinate,
    Model,
    data_estimates,
    exact_posterior,
    sample_posterior,
)
from calibration.from_rows.referrals import Floats
from calibration.from_rows.suppression import LEAST_SHOWN, fewer_than_least

LEAST_ROWS = LEAST_SHOWN
"""An estimate of fewer women is not made: the prior stands, so that no estimate tells of single women."""
HARDLY_LEARNT = 0.15
"""Share by which the interval has become narrower up to which the data hardly say anything."""
EXACT, SAMPLED, PRIOR_ONLY = "exact", "importance sampling", "prior only"


class ParameterEstimate(NamedTuple):
    """What is known of one word of the scenario.

    Attributes
    ----------
    path : str
        The word.
    parameter : str
        Code of what it is, for texts.
    prior : tuple of float
        Mean and the ends of the middle 95 % before the data.
    data : tuple of float or None
        What the data alone would say, with a 95 % interval; None where they do not say.
    mean, low, high : float
        After the data: mean and the ends of the middle 95 %.
    draws : ndarray of float of shape (n_draws,)
        From what is believed after the data.
    n_rows : int
        Rows it rests on.
    n_least : int
        The smallest number of women it tells apart, such as those who said no; decides what may be shown.
    method : str
        exact, importance sampling, or prior only where there are too few rows.
    effective_draws : float
        Independent draws that the draws are worth.
    """

    path: str
    parameter: str
    prior: tuple[float, float, float]
    data: tuple[float, float, float] | None
    mean: float
    low: float
    high: float
    draws: Floats
    n_rows: int
    n_least: int
    method: str
    effective_draws: float

    @property
    def learnt_share(self) -> float:
        """How much narrower the interval has become, as a share of the prior's."""
        return 1.0 - (self.high - self.low) / (self.prior[2] - self.prior[1])

    @property
    def is_hardly_learnt(self) -> bool:
        """Whether the interval is about where it was and as wide, so that what was assumed still holds."""
        is_where_it_was = self.prior[1] <= self.mean <= self.prior[2]
        return is_where_it_was and not self.is_outside and self.learnt_share <= HARDLY_LEARNT

    @property
    def is_outside(self) -> bool:
        """Whether the data have nothing in common with what was believed before, or, alone, with what is after."""
        if self.data is None or not np.all(np.isfinite(self.data)) or fewer_than_least(self.n_least):
            return self.low > self.prior[2] or self.high < self.prior[1]
        believed = (self.prior[1:], (self.low, self.high))
        return any(self.data[2] < low or self.data[1] > high for low, high in believed)


class Chance(NamedTuple):
    """Where draws come from, and how many."""

    seed: int  # start of all random streams
    n_draws: int  # draws of each estimate

    def stream(self, name: str) -> np.random.Generator:
        """Open the random stream of one part, so that no part moves another."""
        return np.random.default_rng([self.seed, *name.encode()])


def sampled_estimates(model: Model, chance: Chance, *, n_rows: int, n_least: int) -> tuple[ParameterEstimate, ...]:
    """Estimate the parameters of a model: one alone exactly, several by importance sampling."""
    rng = chance.stream(model.coordinates[0].path)
    alone = data_estimates(model) if n_rows >= LEAST_ROWS else (None,) * len(model.coordinates)
    is_exact = len(model.coordinates) == 1
    method = PRIOR_ONLY if n_rows < LEAST_ROWS else EXACT if is_exact else SAMPLED
    if n_rows < LEAST_ROWS:
        model = model._replace(log_likelihood=lambda values: np.zeros(len(values)))
    draw = exact_posterior if is_exact else sample_posterior
    found = draw(model, n_draws=chance.n_draws, rng=rng)
    return tuple(
        _estimate(coordinate, found.draws[:, i], alone[i], (n_rows, n_least, method, found.effective_draws))
        for i, coordinate in enumerate(model.coordinates)
    )


def _estimate(
    coordinate: Coordinate,
    draws: Floats,
    data: tuple[float, float, float] | None,
    about: tuple[int, int, str, float],
) -> ParameterEstimate:
    prior = (float(coordinate.prior.distribution.mean()), *coordinate.prior.interval())
    low, high = np.quantile(draws, [0.025, 0.975])
    return ParameterEstimate(
        coordinate.path, coordinate.parameter, prior, data, float(draws.mean()), float(low), float(high), draws, *about
    )
