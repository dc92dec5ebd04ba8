"""A smooth stand-in for the model: a sparse polynomial of the points, from which shares of variance are read off.

Takes points of the unit cube and what was found there. Gives a sum of products of Legendre polynomials, which are
orthogonal over the cube, so the variance of each parameter, alone and with others, is a sum of squares (polynomial
chaos). Few terms are taken: they enter in the order of least angles, each number of terms is judged by how well it
foretells points that are left out, and only parameters that matter on their own are tried together.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DEGREES = (2, 3, 4, 6, 8, 10, 12)
"""Degrees that are tried, as far as there are points for them."""
TOGETHER = 3
"""Most parameters in one term."""
MOST_ACTIVE = 12
"""Most parameters that are tried together."""
MOST_CANDIDATES = 800
_POINTS_PER_TERM = 3.0
_MOST_TERMS = 120
_PATIENCE = 3
"""Degrees in turn that foretell no better, after which no more are tried."""
CAUTION = 1.0
"""Caution where many features may stand in it: noise makes some of them look good."""
_ALIKE = 1e-8
_BOOTSTRAPS = 200
_FEWEST = 8


class Surrogate(NamedTuple):
    """A sparse polynomial.

    Attributes
    ----------
    powers : ndarray of int of shape (n_terms, n_features)
        Degree of each feature in each term; the first term is the constant.
    coefficients : ndarray of float of shape (n_terms,)
        Of the orthonormal terms.
    errors : ndarray of float of shape (n_terms,)
        Their standard errors.
    left_out : float
        Mean square error at points that are left out.
    """

    powers: Ints
    coefficients: Floats
    errors: Floats
    left_out: float

    def at(self, u: Floats) -> Floats:
        """Foretell what is found at points of the unit cube, of shape (n_points, n_features)."""
        found: Floats = _terms(u, self.powers) @ self.coefficients
        return found


class Shares(NamedTuple):
    """Shares of the variance of one parameter, alone and with others, each with a 90 % interval.

    Attributes
    ----------
    first, total : tuple of float
        Value, low and high.
    """

    first: tuple[float, float, float]
    total: tuple[float, float, float]


def fit_surrogate(u: Floats, y: Floats, *, features: list[int] | None = None, caution: float = CAUTION) -> Surrogate:
    """Fit a sparse polynomial.

    Parameters
    ----------
    u : ndarray of float of shape (n_points, n_features)
        Points of the unit cube.
    y : ndarray of float of shape (n_points,)
        What was found there.
    features : list of int, optional
        Coordinates that may stand in it; all, if left out.
    caution : float
        Standard errors by which fewer terms may foretell worse and be taken all the same.

    Returns
    -------
    Surrogate
        A constant alone, where nothing foretells more.
    """
    import threadpoolctl  # noqa: PLC0415 - slow to load

    own = list(range(u.shape[1])) if features is None else features
    with threadpoolctl.threadpool_limits(1):  # small matrices gain nothing from more
        return _fitted(u, y, own, caution)


def _fitted(u: Floats, y: Floats, own: list[int], caution: float) -> Surrogate:
    """Degree after degree, while more foretells better."""
    best = _chosen(u, y, _constant(u.shape[1]), caution)
    if len(y) < _FEWEST or not np.ptp(y) > 0:
        return best
    first = _chosen(u, y, _alone(own, u.shape[1], min(3, _most_degree(len(y), len(own)))), caution)
    best = min(best, first, key=lambda one: one.left_out)
    active = _active(first, own)
    worse = 0
    for degree in DEGREES:
        candidates = _candidates(own, active, u.shape[1], degree, most=int(min(MOST_CANDIDATES, 3 * len(y))))
        if candidates is None:
            break
        found = _chosen(u, y, candidates, caution)
        worse = 0 if found.left_out < best.left_out else worse + 1
        if found.left_out < best.left_out:
            best, active = found, _active(found, own)
        if worse == _PATIENCE:
            break
    return best


def shares_of(
    surrogate: Surrogate,
    u: Floats,
    y: Floats,
    owners: list[int],
    *,
    variance: float | None = None,
    seed: int = 0,
) -> list[Shares]:
    """Read shares of variance off a surrogate.

    Parameters
    ----------
    surrogate : Surrogate
        As fitted to the points.
    u, y : ndarray of float
        The points, and what was found.
    owners : list of int
        Parameter of each feature, from 0.
    variance : float, optional
        Of what the parameters do, without chance; of the polynomial if left out or smaller than that.
    seed : int
        Of the points that are drawn anew for the intervals.

    Returns
    -------
    list of Shares
        By parameter.

    Notes
    -----
    The square of an estimated coefficient is too large by its squared error on average; that is taken out. Intervals
    come from weighing the points anew (bootstrap) with the terms as they are.
    """
    terms = _terms(u, surrogate.powers)
    is_in = surrogate.powers > 0
    parameters = [np.flatnonzero(np.array(owners) == number) for number in range(max(owners) + 1)]
    has = np.array([is_in[:, own].any(axis=1) for own in parameters])
    alone = has & (has.sum(axis=0) == 1)
    squares = np.maximum(surrogate.coefficients**2 - surrogate.errors**2, 0.0)
    squares[0] = 0.0
    whole = max(variance or 0.0, float(squares.sum()))
    generator = np.random.default_rng(seed)
    weights = generator.poisson(1.0, (_BOOTSTRAPS, len(y))).astype(np.float64)
    again = np.empty((_BOOTSTRAPS, 2, len(parameters)))
    for number, weight in enumerate(weights):
        moved, errors = _weighted(terms, y, weight)
        own = np.maximum(moved**2 - errors**2, 0.0)
        own[0] = 0.0
        all_own = max(float(own.sum()), 1e-300)
        rest = max(whole - float(squares.sum()), 0.0)
        again[number] = np.stack([alone @ own, has @ own]) / (all_own + rest)
    values = np.stack([alone @ squares, has @ squares]) / (whole if whole > 0 else 1.0)
    low, high = np.quantile(again, [0.05, 0.95], axis=0)
    low, high = np.minimum(low, values), np.maximum(high, values)
    return [
        Shares(*((float(values[kind, n]), float(low[kind, n]), float(high[kind, n])) for kind in (0, 1)))
        for n in range(len(parameters))
    ]


def _weighted(terms: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Coefficients and their standard errors, the points weighed."""
    root = np.sqrt(weight)
    gram = (terms * weight[:, None]).T @ terms + 1e-9 * np.eye(terms.shape[1])
    inverse = np.linalg.inv(gram)
    found = inverse @ (terms.T @ (weight * y))
    rest = root * (y - terms @ found)
    freedom = max(float(np.count_nonzero(weight)) - terms.shape[1], 1.0)
    return found, np.sqrt(np.maximum(float(rest @ rest) / freedom * np.diag(inverse), 0.0))


# -- which terms ------------------------------------------------------------------------------------------------------


def _constant(n_features: int) -> Ints:
    return np.zeros((1, n_features), dtype=np.int64)


def _most_degree(n_points: int, n_features: int) -> int:
    return max(1, int(4 * n_points / max(n_features, 1)))


def _alone(own: list[int], n_features: int, degree: int) -> Ints:
    powers = [np.zeros(n_features, dtype=np.int64)]
    for feature in own:
        for power in range(1, degree + 1):
            row = np.zeros(n_features, dtype=np.int64)
            row[feature] = power
            powers.append(row)
    return np.array(powers)


def _candidates(own: list[int], active: list[int], n_features: int, degree: int, *, most: int) -> Ints | None:
    """Each parameter alone, and those that matter together, to a degree; None if these are too many."""
    if not active:
        return None
    while len(active) >= 1:
        alone = _alone(active, n_features, degree)
        others = _alone([feature for feature in own if feature not in active], n_features, 2)[1:]
        rows = list(_mixed(active, n_features, degree, most=most - len(alone) - len(others) + 1))
        if len(alone) + len(others) + len(rows) <= most:
            parts = [alone, others] + ([np.array(rows)] if rows else [])
            return np.concatenate([part for part in parts if len(part)])
        if len(active) <= 2:
            return None
        active = active[: len(active) - 1]
    return None


def _mixed(active: list[int], n_features: int, degree: int, *, most: int) -> Iterator[Ints]:
    count = 0
    for size in range(2, min(TOGETHER, len(active)) + 1):
        for features in combinations(active, size):
            for powers in _parts(size, degree):
                count += 1
                if count > most:
                    return
                row = np.zeros(n_features, dtype=np.int64)
                row[list(features)] = powers
                yield row


def _parts(size: int, degree: int) -> Iterator[tuple[int, ...]]:
    """Powers of at least 1 that come to at most a degree."""
    if size == 1:
        yield from ((power,) for power in range(1, degree + 1))
        return
    for first in range(1, degree - size + 2):
        for rest in _parts(size - 1, degree - first):
            yield (first, *rest)


def _active(surrogate: Surrogate, own: list[int]) -> list[int]:
    """Features that stand in a surrogate, those with most of the variance first; all, where there are few."""
    weight = (surrogate.coefficients[1:, None] ** 2 * (surrogate.powers[1:] > 0)).sum(axis=0)
    order = np.argsort(-weight, kind="stable")
    found = [int(feature) for feature in order if weight[feature] > 0]
    return [*found, *(feature for feature in own if feature not in found and len(own) <= MOST_ACTIVE)][:MOST_ACTIVE]


def _terms(u: Floats, powers: Ints) -> Floats:
    """Orthonormal products at points; of shape (n_points, n_terms)."""
    z = 2.0 * u - 1.0
    degree = int(powers.max(initial=0))
    ladder = np.ones((degree + 1, *z.shape))
    if degree:
        ladder[1] = z
    for n in range(1, degree):
        ladder[n + 1] = ((2 * n + 1) * z * ladder[n] - n * ladder[n - 1]) / (n + 1)
    ladder *= np.sqrt(2.0 * np.arange(degree + 1) + 1.0)[:, None, None]
    found = np.ones((len(u), len(powers)))
    for feature in np.flatnonzero(powers.any(axis=0)):
        found *= ladder[powers[:, feature], :, feature].T
    return found


def _chosen(u: Floats, y: Floats, candidates: Ints, caution: float) -> Surrogate:
    """As many of the candidates, in the order of least angles, as foretell best what is left out."""
    terms = _terms(u, candidates)
    order = [0]
    if len(candidates) > 1:
        from sklearn.linear_model import lars_path  # noqa: PLC0415 - slow to load

        centred = terms[:, 1:] - terms[:, 1:].mean(axis=0)
        norms = np.linalg.norm(centred, axis=0)
        is_used = norms > 1e-12
        most = int(min(len(y) / _POINTS_PER_TERM, _MOST_TERMS, is_used.sum()))
        where = np.flatnonzero(is_used)
        _, entered, _ = lars_path(
            centred[:, where] / norms[where], y - y.mean(), max_iter=max(most, 1), method="lar", return_path=True
        )
        order += [1 + int(where[place]) for place in dict.fromkeys(entered)]
    return _best_prefix(terms[:, order], y, candidates[order], caution)


def _best_prefix(terms: Floats, y: Floats, powers: Ints, caution: float) -> Surrogate:
    """The first terms that foretell best; one orthogonal basis serves for all numbers of terms."""
    n_points, n_terms = terms.shape
    orthogonal, upper = np.linalg.qr(terms)
    along = orthogonal.T @ y
    leverage = np.zeros(n_points)
    rest = y.astype(np.float64).copy()
    errors: list[Floats] = []
    for k in range(n_terms):
        if abs(upper[k, k]) < _ALIKE or k + 1 >= n_points - 1:
            break
        leverage += orthogonal[:, k] ** 2
        rest -= orthogonal[:, k] * along[k]
        lucky = n_points / (n_points - (k + 1)) * (1.0 + (k + 1) / n_points)  # so many ways to be lucky
        errors.append((rest / np.maximum(1.0 - leverage, 1e-6)) ** 2 * lucky)
    means = np.array([own.mean() for own in errors])
    least = int(np.argmin(means))
    best = 1 + int(np.argmax(means <= means[least] + caution * errors[least].std() / np.sqrt(n_points)))
    best_error = float(means[best - 1])
    kept = upper[:best, :best]
    inverse = np.linalg.inv(kept)
    coefficients = inverse @ along[:best]
    residual = y - terms[:, :best] @ coefficients
    variance = float(residual @ residual) / max(n_points - best, 1)
    return Surrogate(powers[:best], coefficients, np.sqrt(variance * (inverse**2).sum(axis=1)), best_error)
