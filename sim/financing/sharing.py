"""Sharing an amount out in whole øre, so that the parts add up to it."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def share_out(amount: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
    """Share amounts out by weights.

    Parameters
    ----------
    amount : array_like of shape (...)
        Whole øre; may be negative.
    weights : array_like of shape (..., n)
        Not negative, one of them above 0 wherever there is an amount.

    Returns
    -------
    ndarray of float of shape (..., n)
        Whole øre that add up to the amount; nothing for a weight of 0.

    Notes
    -----
    Each part is what is added to the rounded running total, so rounding is never more than an øre.
    """
    running = np.cumsum(np.asarray(weights, dtype=np.float64), axis=-1)
    total = running[..., -1:]
    share = np.divide(running, total, out=np.zeros_like(running), where=total > 0)
    until = np.rint(np.asarray(amount, dtype=np.float64)[..., None] * share)
    parts: Floats = np.diff(until, axis=-1, prepend=0.0)
    return parts
