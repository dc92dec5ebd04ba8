"""Statistics over replications: the mean and how sure we are of it, and how different one future may be.

Every measure is one mean over replications divided by another: women admitted over years, occupied days over open
days, kroner over women. Their intervals come from how the two vary together (linearised, Student's t) and are made on
a scale on which the measure has no end, so that they stay where it can be; ``docs/method.md`` has the formulas and how
often they hold the truth. Parts arrive block by block and only sums are kept, so memory does not grow with
replications; blocks are added in their order, so the result is the same to the last digit however the work was shared.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from sim.measures.intervals import ends_of
from sim.measures.parts import Parts, join
from sim.measures.summary_kernel import quantiles_of_sorted, sum_up, sum_up_together

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

CONFIDENCE = 0.95
SPREAD = (0.05, 0.95)
REPLICATIONS_KEPT = 1000
"""The spread is read from at most this many replications, the first ones, so that memory stays bounded. Each of its two
ends is then known with a standard error of 0.7 percentage points of the distribution."""
ROUNDING = 1e-12
"""A sum of squares below this share of what it is the difference of is rounding, as is a deviation below this share of
the mean."""
CACHED_VALUES = 100_000
"""So many values are sorted at a time."""


class Estimates(NamedTuple):
    """What is known of a set of measures; arrays of one shape.

    Attributes
    ----------
    n : ndarray of int
        Replications that have a value.
    mean : ndarray of float
        Mean above the line over mean below it, over all replications; not a number where there is none.
    low, high : ndarray of float
        95 % confidence interval of it; not a number with fewer than two values, or where all are the same.
    p05, p95 : ndarray of float
        Nine of ten replications lie between these.
    """

    n: Ints
    mean: Floats
    low: Floats
    high: Floats
    p05: Floats
    p95: Floats


class Summary(NamedTuple):
    """Parts of a block of replications, summed up.

    Attributes
    ----------
    replications : int
        In the block.
    n : ndarray of int of shape (n_scopes, n_measures)
        Replications that have a value.
    means : ndarray of float of shape (2, n_scopes, n_measures)
        Above and below the line, over all replications.
    products : ndarray of float of shape (3, n_scopes, n_measures)
        Sums of products of distances from them: above twice, above and below, below twice.
    """

    replications: int
    n: Ints
    means: Floats
    products: Floats


class Together(NamedTuple):
    """Parts of two designs in a block of replications, summed up together.

    Attributes
    ----------
    replications : int
        In the block.
    n : ndarray of int of shape (2, n_scopes, n_measures)
        Replications in which both have a value, and in which they are not the same.
    means : ndarray of float of shape (4, n_scopes, n_measures)
        Above and below the line of the one, then of the other.
    products : ndarray of float of shape (4, n_scopes, n_measures)
        Sums of products of distances from them: above with above, above with below, below with above, below with below.
    """

    replications: int
    n: Ints
    means: Floats
    products: Floats


def summarise(parts: Parts) -> Summary:
    """Sum up the parts of a block.

    Parameters
    ----------
    parts : Parts
        Of a design.

    Returns
    -------
    Summary
        Of the block.
    """
    shape = parts.tops.shape[:2]
    n, means, products = np.empty(shape, dtype=np.int64), np.empty((2, *shape)), np.empty((3, *shape))
    sum_up(parts.tops, parts.bottoms, parts.per, n, means, products)
    return Summary(parts.tops.shape[2], n, means, products)


def summarise_together(one: Parts, other: Parts, summaries: tuple[Summary, Summary], *, n_scopes: int) -> Together:
    """Sum up the parts of two designs together.

    Parameters
    ----------
    one, other : Parts
        Of the two designs, in the same replications.
    summaries : tuple of Summary
        Of each of them.
    n_scopes : int
        How many scopes they have in common, the first ones.

    Returns
    -------
    Together
        Of the block.
    """
    means = np.concatenate([summary.means[:, :n_scopes] for summary in summaries])
    n, products = np.empty((2, *means.shape[1:]), dtype=np.int64), np.empty(means.shape)
    sum_up_together((one.tops, one.bottoms), (other.tops, other.bottoms), one.per, means, n, products)
    return Together(one.tops.shape[2], n, means, products)


class Gathering:
    """Parts of a design gathered block by block.

    Parameters
    ----------
    n_scopes : int
        What it is measured for.
    is_share : ndarray of bool of shape (n_measures,)
        Which measures cannot be above 1.
    """

    def __init__(self, n_scopes: int, is_share: Bools) -> None:
        shape = n_scopes, len(is_share)
        self.is_share = is_share
        self.sums = Summary(0, np.zeros(shape, dtype=np.int64), np.zeros((2, *shape)), np.zeros((3, *shape)))
        self._kept: list[Parts] = []

    def add(self, parts: Parts, summary: Summary | None = None) -> None:
        """Add the parts of a block.

        Parameters
        ----------
        parts : Parts
            The first ones are kept as they are, not copied.
        summary : Summary, optional
            Of them, if it is known already.
        """
        summary = summary or summarise(parts)
        room = REPLICATIONS_KEPT - self.sums.replications
        if room > 0:
            self._kept.append(parts if summary.replications <= room else parts.part(replications=slice(room)))
        self.sums = Summary(*_merged(self.sums, summary, ((0, 0), (0, 1), (1, 1))))

    def kept(self, scopes: slice) -> Floats:
        """Values of the replications that are kept; of shape (n_scopes, n_measures, n_replications)."""
        return join([parts.part(scopes) for parts in self._kept]).values

    def residual(self) -> tuple[Floats, Floats]:
        """The quotient of the two means, and the sum of squared distances from it, in units of the quotient."""
        (top, bottom), (tops, mixed, bottoms) = self.sums.means, self.sums.products
        ratio = np.divide(top, bottom, where=bottom > 0, out=np.full(top.shape, np.nan))
        squares = tops - 2 * ratio * mixed + ratio**2 * bottoms
        least = ROUNDING * (tops + ratio**2 * bottoms) + self.sums.replications * (ROUNDING * top) ** 2
        squares[squares <= least] = 0.0
        return ratio, np.divide(squares, bottom**2, where=bottom > 0, out=np.full(top.shape, np.nan))

    def interval(self) -> tuple[Floats, Floats, Floats]:
        """Mean, and the ends of its confidence interval.

        Returns
        -------
        mean, low, high : ndarray of float of shape (n_scopes, n_measures)
            Not a number where there are no values; no interval where there are fewer than two, or all are the same.
        """
        ratio, squares = self.residual()
        half_width = _half_width(squares, self.sums.n, self.sums.replications)
        return ratio, *ends_of(ratio, half_width, self.is_share)

    def estimate(self) -> Estimates:
        """Estimate from what has been gathered so far.

        Returns
        -------
        Estimates
            Of shape (n_scopes, n_measures).
        """
        return Estimates(self.sums.n.copy(), *self.interval(), *_spread(self.kept, self.sums.n.shape, self.n_kept))

    @property
    def n_kept(self) -> int:
        """How many replications are kept."""
        return min(self.sums.replications, REPLICATIONS_KEPT)


class Difference:
    """How one design differs from another, replication by replication.

    Parameters
    ----------
    one, other : Gathering
        Of the two designs; each block is added to them, too.
    n_scopes : int
        How many scopes they have in common, the first ones.
    """

    def __init__(self, one: Gathering, other: Gathering, *, n_scopes: int) -> None:
        shape = n_scopes, len(one.is_share)
        self._one, self._other = one, other
        self._sums = Together(0, np.zeros((2, *shape), dtype=np.int64), np.zeros((4, *shape)), np.zeros((4, *shape)))

    def add(self, together: Together) -> None:
        """Add what the two have together in a block."""
        self._sums = Together(*_merged(self._sums, together, ((0, 2), (0, 3), (1, 2), (1, 3))))

    def estimate(self) -> Estimates:
        """Estimate from what has been gathered so far.

        Returns
        -------
        Estimates
            Of shape (n_scopes, n_measures). Where the two are the same in every replication the mean is exactly 0, and
            there is no interval.
        """
        sums, n_scopes = self._sums, self._sums.n.shape[1]
        (ratio, squares), (other_ratio, other_squares) = (
            tuple(array[:n_scopes] for array in own.residual()) for own in (self._one, self._other)
        )
        _, bottom, _, other_bottom = sums.means
        a, b, c, d = sums.products
        with np.errstate(invalid="ignore", divide="ignore"):
            mixed = (a - (other_ratio * b + ratio * c) + ratio * other_ratio * d) / (bottom * other_bottom)
        own_squares = squares + other_squares
        apart = own_squares - 2 * mixed
        least = ROUNDING * own_squares + sums.replications * ROUNDING**2 * (ratio**2 + other_ratio**2)
        apart[apart <= least] = 0.0
        n, is_differing = sums.n[0], sums.n[1] > 0
        mean = np.where(n > 0, np.where(is_differing, ratio - other_ratio, 0.0), np.nan)
        half_width = _half_width(np.where(is_differing, apart, 0.0), n, sums.replications)
        most = np.where(self._one.is_share, 1.0, np.inf)
        low, high = np.maximum(mean - half_width, -most), np.minimum(mean + half_width, most)

        def values(scopes: slice) -> Floats:
            return self._one.kept(scopes) - self._other.kept(scopes)

        return Estimates(n.copy(), mean, low, high, *_spread(values, n.shape, self._one.n_kept))


def estimate_difference(one: Parts, other: Parts, is_share: Bools) -> Estimates:
    """Estimate how one design differs from another, from all replications at once.

    Parameters
    ----------
    one, other : Parts
        Of the two, in the same scopes and replications.
    is_share : ndarray of bool of shape (n_measures,)
        Which measures cannot be above 1.

    Returns
    -------
    Estimates
        Of shape (n_scopes, n_measures).
    """
    n_scopes = len(one.tops)
    gatherings = Gathering(n_scopes, is_share), Gathering(n_scopes, is_share)
    summaries = summarise(one), summarise(other)
    for gathering, parts, summary in zip(gatherings, (one, other), summaries, strict=True):
        gathering.add(parts, summary)
    difference = Difference(*gatherings, n_scopes=n_scopes)
    difference.add(summarise_together(one, other, summaries, n_scopes=n_scopes))
    return difference.estimate()


def _merged(
    sums: Summary | Together, block: Summary | Together, pairs: tuple[tuple[int, int], ...]
) -> tuple[int, Ints, Floats, Floats]:
    """Sums with a block added; each product is of the two means of its pair."""
    total = sums.replications + block.replications
    apart, weight = block.means - sums.means, block.replications / max(total, 1)
    products = sums.products + block.products
    for number, (first, second) in enumerate(pairs):
        products[number] += apart[first] * apart[second] * (sums.replications * weight)
    return total, sums.n + block.n, sums.means + apart * weight, products


def _half_width(squares: Floats, n: Ints, replications: int) -> Floats:
    """Half the width of the interval of a mean; not a number where it has none.

    Replications without a value are drawn like the others and differ from nothing, so the mean is taken over all; only
    those with a value tell how much they vary, so they alone count as degrees of freedom.
    """
    freedom, of_each = np.unique(np.maximum(n - 1, 1), return_inverse=True)
    factor = stdtrit(freedom, (1 + CONFIDENCE) / 2)[of_each].reshape(n.shape)
    is_known = (n > 1) & (squares > 0)
    variance = np.where(is_known, squares, np.nan) / max(replications, 1) ** 2 * (n / np.maximum(n - 1, 1))
    return np.asarray(factor * np.sqrt(variance), dtype=np.float64)


def _spread(values_of: Callable[[slice], Floats], shape: tuple[int, int], n_kept: int) -> tuple[Floats, Floats]:
    """Ends of the spread, some rows at a time: what is sorted should not leave the processor's cache."""
    ends = np.full((len(SPREAD), *shape), np.nan)
    rows = max(1, CACHED_VALUES // max(1, shape[1] * n_kept))
    for start in range(0, shape[0] if n_kept else 0, rows):
        own = slice(start, min(start + rows, shape[0]))
        values = values_of(own)
        values.sort(axis=-1)  # numbers first, missing values last
        quantiles_of_sorted(values, SPREAD, ends[:, own])
    return ends[0], ends[1]
