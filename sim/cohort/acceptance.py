"""Whether she says yes: the probability falls with travel and rises with room for her family."""

import numpy as np
import numpy.typing as npt

from sim.scenario import Acceptance

Floats = npt.NDArray[np.float64]


def acceptance_probability(acceptance: Acceptance, minutes: npt.ArrayLike, *, is_family: bool) -> Floats:
    """Probability that a woman accepts a place.

    Parameters
    ----------
    acceptance : Acceptance
        The scenario's base, free minutes, decay and family odds ratio.
    minutes : array_like of float
        Travel one way [minutes].
    is_family : bool
        Whether she has a partner or children and the place has room for them.

    Returns
    -------
    ndarray of float
        ``p1 x exp(-k x max(0, minutes - free) / 60)``, of the shape of `minutes`.

    Notes
    -----
    ``p1`` is the base probability, its odds multiplied by the family odds ratio for a family. A base of 1 stays 1.
    """
    return acceptance_law(
        minutes,
        base=acceptance.base,
        odds_ratio=acceptance.family_odds_ratio if is_family else None,
        decay_per_hour=acceptance.decay_per_hour,
        free_minutes=acceptance.free_minutes,
    )


def acceptance_law(
    minutes: npt.ArrayLike,
    *,
    base: float | Floats,
    odds_ratio: float | Floats | None,
    decay_per_hour: float | Floats,
    free_minutes: float,
) -> Floats:
    """Probability that a woman accepts a place, for numbers that may be many at once.

    Parameters
    ----------
    minutes : array_like of float
        Travel one way [minutes].
    base : float or ndarray of float
        Probability that she accepts a place near by, alone.
    odds_ratio : float, ndarray of float or None
        What multiplies its odds; None for a woman alone.
    decay_per_hour : float or ndarray of float
        Loss per further hour [per hour].
    free_minutes : float
        Travel without effect [minutes].

    Returns
    -------
    ndarray of float
        As from `acceptance_probability`, of the shape all of them have together.
    """
    nearby = np.asarray(base, dtype=np.float64)
    if odds_ratio is not None:
        whole = 1.0 - nearby + nearby * odds_ratio
        nearby = np.divide(nearby * odds_ratio, whole, out=np.ones_like(whole), where=nearby < 1)
    further_hours = np.maximum(0.0, np.asarray(minutes, dtype=np.float64) - free_minutes) / 60.0
    return nearby * np.exp(-decay_per_hour * further_hours)
