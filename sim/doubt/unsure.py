"""What is unsure: the numbers that are drawn, what is believed of each, and what they set in the scenario.

Takes a scenario. Gives unsure parameters, each of which turns a point of the unit cube into changes by path. A number
that several designs share is one parameter; draws that belong together are one as well.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort.distributions import quantile
from sim.faults import Fault, ScenarioError, did_you_mean, one_fault, shown_text
from sim.scenario import PARAMETER_PATHS, Doubt, OwnRange, Parameter, Scenario, load_parameters, scenario_values
from sim.scenario.paths import ways_of
from sim.scenario.plausible import Plausible, plausible
from sim.scenario.words.doubt import ALL, PLAUSIBLE
from sim.texts import say

Floats = npt.NDArray[np.float64]

DRAWS = "doubt.draws"
"""Name of the parameter that stands for draws which belong together."""
NEVER = ("demand.need_per_year",)
"""Not unsure by default: views of need stay apart and are never averaged."""
_LEAVING = "stay.early_leaving_days.weibull."
_HOUSEHOLD = "demand.household."
_END = 2e-4
"""Points are kept so far from the ends of the unit cube, where numbers may be more than a scenario takes."""
_DIGITS = 8


class Unsure(NamedTuple):
    """A parameter that is drawn.

    Attributes
    ----------
    name : str
        Path of it, with `*` for any design or pool.
    paths : tuple of str
        Words of the scenario that it sets.
    n_features : int
        Coordinates of the unit cube that it takes.
    value : float or None
        What the scenario says, on the scale of the parameter; None where it is more than one number.
    low, high : float or None
        The 5 % and 95 % points of what is believed.
    at : callable
        Turns coordinates of shape (n_features,) into the value, on the parameter's scale.
    changes : callable
        Turns the value into new values by path.
    """

    name: str
    paths: tuple[str, ...]
    n_features: int
    value: float | None
    low: float | None
    high: float | None
    at: Callable[[Floats], Any]
    changes: Callable[[Any], dict[str, Any]]


class Held(NamedTuple):
    """A parameter with a plausible range that is not drawn.

    Attributes
    ----------
    name : str
        Path of it.
    why : str
        ``known`` if the scenario says so, ``outside`` if the scenario's own number lies outside the range.
    """

    name: str
    why: str


def find_unsure(scenario: Scenario) -> tuple[tuple[Unsure, ...], tuple[Held, ...]]:
    """Find what is unsure in a scenario.

    Parameters
    ----------
    scenario : Scenario
        With the word `doubt`, or without it: then every parameter with a plausible range is unsure.

    Returns
    -------
    unsure : tuple of Unsure
        In the order of the table of parameters, then those of the scenario alone, then its draws.
    held : tuple of Held
        Parameters with a plausible range that are not drawn, with the reason.

    Raises
    ------
    ScenarioError
        If the word names what is not in the scenario or has no plausible range, or nothing is unsure.
    """
    doubt, values = scenario.doubt or Doubt(), scenario_values(scenario)
    _check_paths(scenario, doubt, values)
    taken = set(doubt.draws)
    groups = list(_groups(values))
    named = doubt.parameters
    unsure: list[Unsure] = []
    held: list[Held] = []
    used: set[str] = set()
    for name, parameter, paths in groups:
        free = tuple(path for path in paths if path not in taken)
        wanted = {path for path in (name, *paths) if named is not None and path in named}
        used |= wanted
        if not free or (named is None and name in NEVER) or (named is not None and not wanted):
            continue
        if named is None and _is_known(name, paths, doubt.known):
            held.append(Held(name, "known"))
            continue
        belief = named[next(iter(wanted))] if named is not None else PLAUSIBLE
        made = _unsure(name, parameter, free, belief, values, is_named=named is not None)
        if isinstance(made, Unsure):
            unsure.append(made)
        else:
            held.append(Held(name, "outside"))
    for path, belief in (named or {}).items():
        if path not in used:
            unsure.append(_own(path, belief, values))
    if doubt.draws:
        unsure.append(_joint(doubt.draws))
    if not unsure:
        allowed, remedy = say("allowed.something_unsure"), say("remedy.name_some_under")
        raise one_fault(scenario.name, allowed, got=say("got.none"), remedy=remedy)
    return tuple(_with_leaving_paired(unsure)), tuple(held)


def _with_leaving_paired(unsure: list[Unsure]) -> list[Unsure]:
    """Make shape and scale of early leaving one parameter, where both are drawn from their ranges.

    A low scale belongs to a low shape (docs/calibration.md); one quantile serves for both.
    """
    pair = [one for one in unsure if one.name.startswith(_LEAVING)]
    if len(pair) != 2:
        return unsure
    shape, scale = pair

    def at(u: Floats) -> Any:
        return scale.at(u)

    def changes(value: Any) -> dict[str, Any]:
        share = _share_of(scale, float(value))
        return scale.changes(value) | shape.changes(shape.at(np.array([share])))

    joined = scale._replace(paths=(*shape.paths, *scale.paths), at=at, changes=changes)
    return [joined if one is scale else one for one in unsure if one is not shape]


def _share_of(one: Unsure, value: float) -> float:
    """Which coordinate gives a value, by halving; a belief has no other way back."""
    low, high = _END, 1 - _END
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if float(one.at(np.array([middle]))) < value else (low, middle)
    return (low + high) / 2


def values_at(unsure: tuple[Unsure, ...], point: Floats) -> list[Any]:
    """Turn a point into the value of each parameter."""
    inside = np.clip(point, _END, 1 - _END)
    ends = list(itertools.accumulate((one.n_features for one in unsure), initial=0))
    return [one.at(inside[start:end]) for one, (start, end) in zip(unsure, itertools.pairwise(ends), strict=True)]


def changes_of(unsure: tuple[Unsure, ...], values: list[Any]) -> dict[str, Any]:
    """Turn values of the parameters into changes of the scenario; shares of households are made to sum to 1."""
    changes: dict[str, Any] = {}
    for one, value in zip(unsure, values, strict=True):
        changes |= one.changes(value)
    shares = {path: value for path, value in changes.items() if path.startswith(_HOUSEHOLD)}
    if len(shares) == 3:
        total = sum(shares.values())
        changes |= {path: value / total for path, value in shares.items()}
    return changes


def n_features(unsure: tuple[Unsure, ...]) -> int:
    """Count the coordinates of a point."""
    return sum(one.n_features for one in unsure)


# -- which numbers a scenario has ------------------------------------------------------------------------------------


def _groups(values: Mapping[str, Any]) -> Iterator[tuple[str, Parameter, tuple[str, ...]]]:
    """Parameters with a plausible range, with the words of the scenario that say them."""
    patterns: dict[str, list[str]] = {}
    for pattern, parameter in PARAMETER_PATHS.items():
        if load_parameters()[parameter].low is not None:
            patterns.setdefault(parameter, []).append(pattern)
    patterns["family_places_per_unit"] = ["economics.reference.places"]
    for parameter, written in patterns.items():
        paths = [path for pattern in written for path in _found(values, pattern)]
        if paths:
            name = next(pattern for pattern in written if any(True for _ in _found(values, pattern)))
            yield name, load_parameters()[parameter], tuple(paths)


def _found(values: Any, pattern: str) -> Iterator[str]:
    """Paths of a scenario that fit a pattern and hold a number, or a distribution that a number moves."""
    yield from _walk(values, pattern.split("."), "")


def _walk(inside: Any, words: list[str], path: str) -> Iterator[str]:
    if not words:
        if isinstance(inside, int | float) and not isinstance(inside, bool):
            yield path
        elif isinstance(inside, dict) and (found := _moved(inside)):
            yield f"{path}.{found}"
        return
    first, *rest = words
    if first == "*":
        for item in inside if isinstance(inside, list) else ():
            yield from _walk(item, rest, f"{path}.{item.get('name', item.get('id'))}")
    elif isinstance(inside, dict) and first in inside:
        yield from _walk(inside[first], rest, f"{path}.{first}" if path else first)


def _moved(distribution: dict[str, Any]) -> str:
    """Which word of a distribution moves it as a whole; none if there is none."""
    (kind, words), *_ = distribution.items()
    return {"exponential": "exponential.mean", "uniform": "uniform", "constant": "constant.value"}.get(
        kind if isinstance(words, dict) else "", ""
    )


def _is_known(name: str, paths: tuple[str, ...], known: tuple[str, ...]) -> bool:
    def begins(path: str, start: str) -> bool:
        return path == start or path.startswith((f"{start}.", f"{start}["))

    return any(start == ALL or begins(path, start) for start in known for path in (name, *paths))


def _check_paths(scenario: Scenario, doubt: Doubt, values: dict[str, Any]) -> None:
    """Refuse paths that lead nowhere."""
    groups = {name: paths for name, _, paths in _groups(values)}
    wanted = [path for path in (*(doubt.parameters or {}), *doubt.draws) if path not in groups]
    ways_of(values, dict.fromkeys(wanted), source=f"{scenario.name} doubt")
    plausible_paths = set(groups) | {path for paths in groups.values() for path in paths}
    faults = [
        Fault(
            scenario.name,
            None,
            shown_text(f"doubt.parameters.{path}"),
            say("allowed.a_number_with_a_range"),
            say("got.one_without"),
            did_you_mean(path, sorted(plausible_paths), say("remedy.give_it_a_distribution")),
        )
        for path, belief in (doubt.parameters or {}).items()
        if belief == PLAUSIBLE and path not in plausible_paths
    ]
    if faults:
        raise ScenarioError(faults)


# -- what is believed of one ------------------------------------------------------------------------------------------


class _Way(NamedTuple):
    """How the number of a parameter is written in the scenario."""

    read: Callable[[Any], float]  # from what is written to the number
    write: Callable[[float], Any]  # and back


_AS_IT_IS = _Way(float, float)
_WAYS: Mapping[str, _Way] = {
    "patience_daily_loss": _Way(
        lambda mean: -float(np.expm1(-1.0 / float(mean))), lambda loss: -1.0 / float(np.log1p(-loss))
    ),
    "family_places_per_unit": _Way(float, lambda places: max(1, round(places))),
}


def _way(parameter: Parameter, written: Any) -> _Way:
    if isinstance(written, dict):  # an even spread keeps its width about its middle
        low, high = float(written["low"]), float(written["high"])
        half = (high - low) / (high + low)
        return _Way(
            lambda words: (float(words["low"]) + float(words["high"])) / 2,
            lambda middle: {"low": middle * (1 - half), "high": middle * (1 + half)},
        )
    return _WAYS.get(parameter.id, _AS_IT_IS)


def _unsure(
    name: str, parameter: Parameter, paths: tuple[str, ...], belief: Any, values: Any, *, is_named: bool
) -> Unsure | None:
    """A parameter of the table; None if the scenario's own number lies outside its range and nobody asked for it."""
    written = _get(values, paths[0])
    way = _way(parameter, written)
    value = way.read(written)
    if isinstance(belief, OwnRange) or belief == PLAUSIBLE:
        low, high = (belief.low, belief.high) if isinstance(belief, OwnRange) else (parameter.low, parameter.high)
        assert low is not None  # rows without a range are no groups
        assert high is not None
        is_default = np.isclose(value, parameter.default, rtol=0.01) and belief == PLAUSIBLE
        middle = parameter.default if is_default else value
        if not (low <= middle <= high):
            if not is_named:
                return None
            middle = float(np.clip(middle, low, high))
        scale = "linear" if low < 0 else "logit" if parameter.is_share else "log"
        at = _believed(_read_range(low, middle, high, scale))
    else:
        at = _spread(belief)

    def changes(drawn: Any) -> dict[str, Any]:
        fresh = way.write(float(drawn))
        parts = {f".{word}": part for word, part in fresh.items()} if isinstance(fresh, dict) else {"": fresh}
        return {f"{path}{word}": _written(part) for path in paths for word, part in parts.items()}

    return Unsure(name, paths, 1, value, *_ends(at), at, changes)


def _read_range(low: float, middle: float, high: float, scale: str) -> Plausible:
    """Read a range whose middle may be one of its ends, which then is taken a little inside."""
    is_wall = middle == 0 or (scale == "logit" and middle == 1)
    if not is_wall and not low < middle < high:
        step = 1e-3 * (high - low)
        middle = min(max(middle, low + step), high - step)
    return plausible(low, middle, high, scale=scale)


def _own(path: str, belief: Any, values: Any) -> Unsure:
    """A number that has no row in the table of parameters."""
    written = _get(values, path)
    value = float(written) if isinstance(written, int | float) and not isinstance(written, bool) else None
    if isinstance(belief, OwnRange):
        middle = value if value is not None and belief.low < value < belief.high else (belief.low + belief.high) / 2
        at = _believed(plausible(belief.low, middle, belief.high, scale="linear" if belief.low <= 0 else "log"))
    else:
        at = _spread(belief)
    is_whole = isinstance(written, int) and path.split(".", maxsplit=1)[0] == "designs" and ".places" in path
    write: Callable[[float], Any] = round if is_whole else float
    return Unsure(path, (path,), 1, value, *_ends(at), at, lambda drawn: {path: _written(write(float(drawn)))})


def _joint(draws: Mapping[str, tuple[float, ...]]) -> Unsure:
    """Draws that belong together: one of them, as a whole. Rows stand in the order of what moves most of them."""
    paths, table = tuple(draws), np.array(list(draws.values())).T
    spread = table.std(axis=0)
    scaled = (table - table.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    first = np.linalg.svd(scaled, full_matrices=False)[2][0]
    ordered = table[np.argsort(scaled @ first, kind="stable")]

    def at(u: Floats) -> Floats:
        row: Floats = ordered[min(int(u[0] * len(ordered)), len(ordered) - 1)]
        return row

    def changes(row: Any) -> dict[str, Any]:
        return {path: float(value) for path, value in zip(paths, row, strict=True)}

    return Unsure(DRAWS, paths, 1, None, None, None, at, changes)


def _believed(belief: Plausible) -> Callable[[Floats], float]:
    return lambda u: float(belief.ppf(u[0]))


def _spread(distribution: Any) -> Callable[[Floats], float]:
    return lambda u: float(quantile(distribution, np.asarray(u[:1], dtype=np.float64))[0])


def _ends(at: Callable[[Floats], float]) -> tuple[float, float]:
    return at(np.array([0.05])), at(np.array([0.95]))


def _written(value: Any) -> Any:
    return _rounded(value) if isinstance(value, float) else value


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _get(values: Any, path: str) -> Any:
    (way,) = ways_of(values, {path: None}).values()
    for step in way:
        values = values[step] if not isinstance(values, dict) else values.get(step)
    return values
