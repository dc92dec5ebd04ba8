"""The ends of the plausible ranges: a scenario changed in one assumption at a time, to where it may be at the least."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from sim.scenario import (
    PARAMETER_PATHS,
    Parameter,
    Scenario,
    ScenarioError,
    load_parameters,
    scenario_hash,
    scenario_values,
    with_values,
)

Side = Literal["low", "high"]
SIDES: tuple[Side, ...] = ("low", "high")

NOT_ASSUMED = ("designs.*.pools.*.places",)
"""Words with a range that are decided, not believed."""
_WITH_ANOTHER = "early_leaving_shape"
"""Low belongs to the low end of `early_leaving_scale`, high to the high one."""
_HOUSEHOLDS = ("alone", "partner", "children")


class RangeEnd(NamedTuple):
    """An assumption at an end of its plausible range.

    Attributes
    ----------
    parameter : str
        Its row in the table of parameters.
    side : {"low", "high"}
        Which end.
    value : float
        What it is there, in the unit of the table.
    scenario : Scenario
        With it.
    """

    parameter: str
    side: Side
    value: float
    scenario: Scenario


class RangeEnds(NamedTuple):
    """All ends there are of a scenario.

    Attributes
    ----------
    ends : tuple of RangeEnd
        In the order of the table of parameters' words; none where the scenario is there already.
    not_tried : tuple of str
        Parameters with a range that the scenario says otherwise, such as by another distribution.
    """

    ends: tuple[RangeEnd, ...]
    not_tried: tuple[str, ...]


def ends_of(scenario: Scenario) -> RangeEnds:
    """Change a scenario to each end of the plausible range of each assumption, one at a time.

    Parameters
    ----------
    scenario : Scenario
        Not changed.

    Returns
    -------
    RangeEnds
        Assumptions that concern none of the designs are in neither list.
    """
    values, own = scenario_values(scenario), scenario_hash(scenario)
    ends: list[RangeEnd] = []
    not_tried: list[str] = []
    for name, patterns in _ranged().items():
        parameter = load_parameters()[name]
        if name == _WITH_ANOTHER or _is_out_of_play(patterns, values):
            continue
        for side in SIDES:
            end = float(getattr(parameter, side))
            try:
                changes = _changes(parameter, side, end, patterns, values)
                changed = with_values(scenario, changes) if changes else None
            except ScenarioError:
                changed = None
            if changed is None:
                not_tried.append(name)
                break
            if scenario_hash(changed) != own:
                ends.append(RangeEnd(name, side, end, changed))
    return RangeEnds(tuple(ends), tuple(not_tried))


def _ranged() -> dict[str, list[str]]:
    """Paths of the words of each parameter that has a range."""
    found: dict[str, list[str]] = {}
    for path, name in PARAMETER_PATHS.items():
        if path not in NOT_ASSUMED and load_parameters()[name].low is not None:
            found.setdefault(name, []).append(path)
    return found


def _is_out_of_play(patterns: list[str], values: Mapping[str, Any]) -> bool:
    """Whether it is an assumption on designs of which there are none here."""
    return all("*" in pattern and not any(_paths(values, pattern.split("."))) for pattern in patterns)


def _paths(values: Any, steps: list[str], before: str = "") -> Iterator[str]:
    """Paths of all words that a pattern leads to."""
    if not steps:
        yield before
        return
    step, *rest = steps
    if step == "*":
        for item in values:
            yield from _paths(item, rest, f"{before}.{item.get('name') or item['id']}")
    elif isinstance(values, Mapping) and step in values:
        yield from _paths(values[step], rest, f"{before}.{step}".lstrip("."))


def _changes(
    parameter: Parameter, side: Side, end: float, patterns: list[str], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Words to set for a parameter to be at an end; none if the scenario has no word for it."""
    if parameter.id in _SPECIAL:
        return _SPECIAL[parameter.id](values, parameter, side, end)
    return {path: end for pattern in patterns for path in _paths(values, pattern.split("."))}


def _need(values: Mapping[str, Any], parameter: Parameter, side: Side, end: float) -> dict[str, Any]:  # noqa: ARG001
    return {"demand.need_per_year": end}


def _patience(values: Mapping[str, Any], parameter: Parameter, side: Side, end: float) -> dict[str, Any]:  # noqa: ARG001
    """A loss a day, as the mean of an exponential distribution."""
    path = "waiting.patience_days.exponential.mean"
    return {path: -1.0 / math.log1p(-end)} if [*_paths(values, path.split("."))] else {}


def _stay(values: Mapping[str, Any], parameter: Parameter, side: Side, end: float) -> dict[str, Any]:  # noqa: ARG001
    """A mean, by stretching whatever distribution there is."""
    days = values["stay"]["days"]
    if not isinstance(days, Mapping) or "empirical" in days:
        return {}
    kind, words = next(iter(days.items()))
    factor = end / parameter.default
    stretched = {word: number if word == "shape" else factor * number for word, number in words.items()}
    return {"stay.days": {kind: stretched}}


def _leaving(values: Mapping[str, Any], parameter: Parameter, side: Side, end: float) -> dict[str, Any]:
    """Shape and scale together."""
    path = "stay.early_leaving_days.weibull"
    if not [*_paths(values, path.split("."))] or parameter.id == _WITH_ANOTHER:
        return {}
    return {f"{path}.scale": end, f"{path}.shape": getattr(load_parameters()[_WITH_ANOTHER], side)}


def _place_price(values: Mapping[str, Any], parameter: Parameter, side: Side, end: float) -> dict[str, Any]:  # noqa: ARG001
    return {} if values["economics"]["place_price"] == "ordinary" else {"economics.place_price": end}


def _household(values: Mapping[str, Any], parameter: Parameter, side: Side, end: float) -> dict[str, Any]:  # noqa: ARG001
    """One share, and the others in proportion, so that they make up the whole."""
    own = parameter.id.removeprefix("household_")
    shares = values["demand"]["household"]
    rest = sum(shares[word] for word in _HOUSEHOLDS if word != own)
    if not rest:
        return {}
    scaled = {word: end if word == own else shares[word] * (1 - end) / rest for word in _HOUSEHOLDS}
    return {f"demand.household.{word}": share for word, share in scaled.items()}


_SPECIAL: Mapping[str, Callable[[Mapping[str, Any], Parameter, Side, float], dict[str, Any]]] = {
    "need_per_year": _need,
    "patience_daily_loss": _patience,
    "stay_after_birth": _stay,
    "early_leaving_scale": _leaving,
    "place_day_specialised": _place_price,
    **{f"household_{word}": _household for word in _HOUSEHOLDS},
}
"""Parameters whose unit is not that of their word, or that move others with them."""
