"""A short rule that says in which futures of the assumptions a design is the better: scenario discovery.

A small tree (CART) divides the draws by values of parameters; its branch with most of the draws that are looked for,
and few others, is the rule. How true it is, is measured on draws that the tree has not seen.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DEEPEST = 3
"""Conditions in a rule, at most."""
LEAST_SHARE = 0.03
"""Share of the draws in which a design must be the better, and the other as well, for a rule to be looked for."""
_LEAST_BRANCH = 0.05
_FOLDS = 5
_SURE = 2.0


class Condition(NamedTuple):
    """A parameter is below or above a value.

    Attributes
    ----------
    parameter : str
        Which.
    is_below : bool
        Below, or above.
    value : float
        Of the parameter.
    """

    parameter: str
    is_below: bool
    value: float


class FoundRule(NamedTuple):
    """When something is true.

    Attributes
    ----------
    conditions : tuple of Condition
        All of them hold.
    true_inside : float
        Share of the draws that fit the rule in which it is true; measured on draws the rule was not made from.
    true_outside : float
        The same of the other draws.
    covers : float
        Share of all draws that fit the rule.
    """

    conditions: tuple[Condition, ...]
    true_inside: float
    true_outside: float
    covers: float


def discover_rule(values: Floats, names: tuple[str, ...], is_true: Bools, *, seed: int = 0) -> FoundRule | None:
    """Find a rule.

    Parameters
    ----------
    values : ndarray of float of shape (n_draws, n_parameters)
        Of the parameters.
    names : tuple of str
        Of the parameters.
    is_true : ndarray of bool of shape (n_draws,)
        In which draws what is looked for is true.
    seed : int
        Of the order in which draws are left out.

    Returns
    -------
    FoundRule or None
        None where it is nearly always or nearly never true, or no parameter tells so beyond chance.
    """
    share = float(is_true.mean()) if len(is_true) else 0.0
    if not LEAST_SHARE <= share <= 1 - LEAST_SHARE:
        return None
    conditions = _grown(values, is_true)
    if not conditions:
        return None
    folds = np.random.default_rng(seed).permutation(len(is_true)) % _FOLDS
    fits = np.zeros(len(is_true), dtype=np.bool_)
    for fold in range(_FOLDS):
        is_left_out = folds == fold
        own = _grown(values[~is_left_out], is_true[~is_left_out])
        fits[is_left_out] = _fits(values[is_left_out], own)
    inside, outside = (float(is_true[side].mean()) if side.any() else float("nan") for side in (fits, ~fits))
    if not _tells(fits, inside, outside, share):
        return None
    named = tuple(Condition(names[column], is_below, value) for column, is_below, value in _tidied(conditions))
    return FoundRule(named, inside, outside, float(_fits(values, conditions).mean()))


_Step = tuple[int, bool, float]


def _tells(fits: Bools, inside: float, outside: float, share: float) -> bool:
    """Whether a rule held where it was not made, by more than chance would have it."""
    n_inside, n_all = int(fits.sum()), len(fits)
    if not 0 < n_inside < n_all:
        return False
    error = np.sqrt(share * (1 - share) * (1 / n_inside + 1 / (n_all - n_inside)))
    return bool(inside - outside > _SURE * error)


def _grown(values: Floats, is_true: Bools) -> list[_Step]:
    """Way to the branch of a small tree that tells best."""
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415 - slow to load

    least = max(5, int(_LEAST_BRANCH * len(is_true)))
    tree = DecisionTreeClassifier(max_depth=DEEPEST, min_samples_leaf=least, random_state=0).fit(values, is_true).tree_
    best: tuple[float, list[_Step]] = (0.0, [])
    branches: list[tuple[int, list[_Step]]] = [(0, [])]
    while branches:
        node, way = branches.pop()
        fits = _fits(values, way)
        found = float(is_true[fits].sum())
        inside, coverage = found / max(fits.sum(), 1), found / max(is_true.sum(), 1)
        score = 2 * inside * coverage / (inside + coverage) if found else 0.0
        if way and inside > is_true.mean() and score > best[0]:
            best = score, way
        left, right = tree.children_left[node], tree.children_right[node]
        if left != right:
            step = int(tree.feature[node]), float(tree.threshold[node])
            branches += [(left, [*way, (step[0], True, step[1])]), (right, [*way, (step[0], False, step[1])])]
    return best[1]


def _fits(values: Floats, steps: list[_Step]) -> Bools:
    fits = np.ones(len(values), dtype=np.bool_)
    for column, is_below, value in steps:
        fits &= (values[:, column] <= value) == is_below
    return fits


def _tidied(steps: list[_Step]) -> list[_Step]:
    """One condition a parameter and side: the narrowest."""
    kept: dict[tuple[int, bool], float] = {}
    for column, is_below, value in steps:
        before = kept.get((column, is_below), value)
        kept[column, is_below] = min(before, value) if is_below else max(before, value)
    return [(column, is_below, value) for (column, is_below), value in kept.items()]
