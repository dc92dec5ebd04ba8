"""How sure the number chosen is the right one, and more replications until it is sure enough.

The right number is the smallest whose true mean meets the target. Given the replications played, the true means of the
allocation chosen and of its rivals with one place less are normal around what was seen, with the covariance of what was
seen: they met the same women, so that their differences are known far better than each of them. The number chosen is
right where it meets the target and no rival does.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.sizing.search import TriedPlaces, changed, exchange
from sim.sizing.trials import Trials
from sim.sizing.units import Allocation

Floats = npt.NDArray[np.float64]

_DRAWS = 20_000
_SEED = 1
_MOST_RIVALS = 12
_ERRORS_AWAY = 4.0
"""Standard errors below the target after which an allocation is no rival."""


class Chances(NamedTuple):
    """Probabilities, given what was played, of which number is the right one.

    Attributes
    ----------
    fewer, this, more : float
        That fewer places would do, that this is the fewest, and that it is not enough.
    """

    fewer: float
    this: float
    more: float


class Decision(NamedTuple):
    """The number chosen."""

    places: Allocation
    chances: Chances
    replications: int


def decide(
    trials: Trials, start: Allocation, tried: TriedPlaces, *, confidence: float, most_replications: int
) -> Decision:
    """Hold the number found against its neighbours on more and more replications until it is sure enough."""
    first = min(trials.first_replications, most_replications)
    places, n = start, first
    seen: set[tuple[Allocation, int]] = set()
    while True:
        seen.add((places, n))
        near = sorted(rivals(trials, places, tried, first), key=lambda own: trials.margin(own, n), reverse=True)
        better = _better(trials, places, near, tried, (first, n))
        if better is not None and (better, n) not in seen:
            places = better
            continue
        chances = chances_of(trials.margins(places, n), [trials.margins(own, n) for own in near])
        if chances.this >= confidence or n >= most_replications:
            return Decision(places, chances, n)
        n = min(2 * n, most_replications)


def rivals(trials: Trials, places: Allocation, tried: TriedPlaces, n: int) -> list[Allocation]:
    """Allocations of one place less that may meet the target for all that was seen, the nearest first."""

    def margin(own: Allocation) -> float:
        return trials.margin(own, n)

    fewer = [changed(places, unit, -1) for unit in range(len(places)) if places[unit] > tried.least[unit]]
    if not fewer:
        return []
    best = exchange(margin, max(fewer, key=margin), tried) if len(places) > 1 else fewer[0]
    near = sorted({best, *fewer}, key=margin, reverse=True)[:_MOST_RIVALS]
    errors = {own: float(trials.margins(own, n).std() / np.sqrt(n)) for own in near}
    return [own for own in near if own == near[0] or margin(own) > -_ERRORS_AWAY * errors[own]]


def _better(
    trials: Trials, places: Allocation, near: list[Allocation], tried: TriedPlaces, replications: tuple[int, int]
) -> Allocation | None:
    """A better choice by what has been played: one place more if it is not enough, one less if that does."""
    first, n = replications
    if trials.margin(places, n) < 0:
        more = [changed(places, unit, 1) for unit in range(len(places)) if places[unit] < tried.most[unit]]
        return max(more, key=lambda own: trials.margin(own, first), default=None)
    return near[0] if near and trials.margin(near[0], n) >= 0 else None


def chances_of(chosen: Floats, fewer: list[Floats]) -> Chances:
    """Weigh the number chosen against one place less."""
    margins = np.vstack([chosen, *fewer])
    n = margins.shape[1]
    mean = margins.mean(axis=1)
    covariance = np.atleast_2d(np.cov(margins)) / n if n > 1 else np.zeros((len(mean), len(mean)))
    draws = np.random.default_rng(_SEED).multivariate_normal(
        mean, covariance, size=_DRAWS, method="eigh", check_valid="ignore"
    )
    is_met = draws >= 0
    is_fewer = is_met[:, 1:].any(axis=1)
    is_this = is_met[:, 0] & ~is_fewer
    return Chances(float(is_fewer.mean()), float(is_this.mean()), float((~is_met[:, 0] & ~is_fewer).mean()))
