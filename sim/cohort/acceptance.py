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
    base = acceptance.base
    if is_family:
        odds_ratio = acceptance.family_odds_ratio
        base = base * odds_ratio / (1.0 - base + base * odds_ratio) if base < 1 else 1.0
    further_hours = np.maximum(0.0, np.asarray(minutes, dtype=np.float64) - acceptance.free_minutes) / 60.0
    return base * np.exp(-acceptance.decay_per_hour * further_hours)
