"""Parts of measures: what stands above and below the line, replication by replication."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Parts(NamedTuple):
    """What measures are quotients of, in each replication.

    A replication in which nothing stands below the line has no value of its own, but what stands above it counts all
    the same: money spent where nobody was admitted is money spent.

    Attributes
    ----------
    tops : ndarray of float of shape (n_scopes, n_measures, n_replications)
        Above the line; not a number where the measure has no meaning, or is a quantile of nobody.
    bottoms : ndarray of float of shape (n_scopes, n_bottoms, n_replications)
        Below the line.
    per : ndarray of int of shape (n_measures,)
        Number of each measure's bottom.
    """

    tops: Floats
    bottoms: Floats
    per: Ints

    @property
    def values(self) -> Floats:
        """Each replication's own value, not a number where it has none; of the shape of the tops."""
        bottoms = self.bottoms[:, self.per]
        values: Floats = np.divide(self.tops, bottoms, where=bottoms > 0, out=np.full(self.tops.shape, np.nan))
        return values

    def part(self, scopes: slice = slice(None), replications: slice = slice(None)) -> "Parts":
        """Take some scopes, or some replications."""
        return Parts(self.tops[scopes, :, replications], self.bottoms[scopes, :, replications], self.per)


def join(parts: list[Parts]) -> Parts:
    """Put replications side by side.

    Parameters
    ----------
    parts : list of Parts
        Of the same scopes and measures.

    Returns
    -------
    Parts
        Of all replications, in order.
    """
    tops = np.concatenate([own.tops for own in parts], axis=-1)
    return Parts(tops, np.concatenate([own.bottoms for own in parts], axis=-1), parts[0].per)
