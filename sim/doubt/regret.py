"""Designs by views of need: what each comes to under each view, and which does least badly whichever is right.

Views stay apart: nothing is averaged over them. A view that counts a later step is left out where using it would run in
a circle, since a number that it is turned into need by was bounded by the same count.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from sim.cohort import funnel_of
from sim.doubt.explored import Explored
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.measures import LESS
from sim.scenario import Scenario, ScenarioError, load_parameters, load_views

PASSED = ("found_share", "offered_share_municipal", "acceptance_base", "patience_daily_loss", "external_after_days")
"""Parameters by which an estimate of women admitted is turned into need."""


class Empty(NamedTuple):
    """Why a view is not used.

    Attributes
    ----------
    why : str
        ``circular``, or ``impossible`` where no need could give the estimate.
    parameter : str
        The parameter that was bounded by the same count; empty otherwise.
    """

    why: str
    parameter: str = ""


class Tip(NamedTuple):
    """A need at which the best design changes, between two views.

    Attributes
    ----------
    views : tuple of str
        The two, the smaller need first.
    designs : tuple of str
        The best under each.
    need_per_year : float
        About where they are alike: on the straight line between the two views [women/year].
    """

    views: tuple[str, str]
    designs: tuple[str, str]
    need_per_year: float


class Regret(NamedTuple):
    """Designs by views, for one measure.

    Attributes
    ----------
    values : dict of str to dict of str to float
        Mean over the draws, by view and design.
    regrets : dict of str to dict of str to float
        How much worse than the best design under the same view; 0 for the best.
    largest : dict of str to float
        The largest regret of each design over the views.
    least : str
        Design whose largest regret is smallest.
    tips : tuple of Tip
        Where the best design changes.
    """

    values: dict[str, dict[str, float]]
    regrets: dict[str, dict[str, float]]
    largest: dict[str, float]
    least: str
    tips: tuple[Tip, ...]


def why_empty(scenario: Scenario, view: str) -> Empty | None:
    """Say why a view is not used in a scenario.

    Parameters
    ----------
    scenario : Scenario
        With any view or need.
    view : str
        Name of an estimate of need.

    Returns
    -------
    Empty or None
        None if it can be used.
    """
    if load_views()[view].step == "need":
        return None
    table = load_parameters()
    bounded = next((name for name in PASSED if view in table[name].why), None)
    if bounded is not None:
        return Empty("circular", bounded)
    try:
        funnel_of(with_view(scenario, view))
    except ScenarioError:
        return Empty("impossible")
    return None


def with_view(scenario: Scenario, view: str) -> Scenario:
    """Put a view in place of the scenario's own need."""
    demand = scenario.demand.model_copy(update={"view": view, "need_per_year": None})
    return scenario.model_copy(update={"demand": demand})


def regret_of(by_view: Mapping[str, Explored], measure: str) -> Regret:
    """Compare designs by views.

    Parameters
    ----------
    by_view : mapping of str to Explored
        What was found under each view.
    measure : str
        By which they are compared.

    Returns
    -------
    Regret
        Less is better, where the measure does not say what is.
    """
    direction = ALL_MEASURES[MEASURE_NUMBER[measure]].direction or LESS
    values = {
        view: {design: found.split(measure, design).mean for design in found.designs} for view, found in by_view.items()
    }
    return regret_from(values, direction, _needs(by_view))


def regret_from(values: dict[str, dict[str, float]], direction: int, needs: Mapping[str, float]) -> Regret:
    """Work out regret from what designs come to under views.

    Parameters
    ----------
    values : dict of str to dict of str to float
        By view and design; designs without a value are left out.
    direction : int
        1 where more is better, -1 where less is.
    needs : mapping of str to float
        Need under each view [women/year]; a view without one has no place between others.

    Returns
    -------
    Regret
        Ties go to the design named first.
    """
    known = {
        view: {design: value for design, value in own.items() if value == value}  # noqa: PLR0124 - not a number
        for view, own in values.items()
    }
    best = {view: max(own, key=lambda design: direction * own[design]) for view, own in known.items() if own}
    regrets = {
        view: {design: direction * (known[view][best[view]] - value) for design, value in known[view].items()}
        for view in best
    }
    designs = [design for own in values.values() for design in own]
    everywhere = [design for design in dict.fromkeys(designs) if all(design in own for own in regrets.values())]
    largest = {design: max(own[design] for own in regrets.values()) for design in everywhere if regrets}
    least = min(largest, key=lambda design: largest[design]) if largest else ""
    return Regret(values, regrets, largest, least, tuple(_tips(known, best, needs)))


def _tips(
    known: Mapping[str, Mapping[str, float]], best: Mapping[str, str], needs: Mapping[str, float]
) -> Iterable[Tip]:
    ordered = sorted((view for view in best if view in needs), key=lambda view: needs[view])
    for low, high in pairwise(ordered):
        one, other = best[low], best[high]
        if (
            one == other
            or needs[low] == needs[high]
            or not all(d in known[v] for d in (one, other) for v in (low, high))
        ):
            continue
        at_low, at_high = (known[view][one] - known[view][other] for view in (low, high))
        share = at_low / (at_low - at_high) if at_low != at_high else 0.5
        yield Tip((low, high), (one, other), needs[low] + share * (needs[high] - needs[low]))


def _needs(by_view: Mapping[str, Explored]) -> dict[str, float]:
    """Need under each view that counts it; one that counts women admitted has another need at each draw."""
    return {view: need_of(found) for view, found in by_view.items() if load_views()[view].step == "need"}


def need_of(found: Explored) -> float:
    """Give the need of what was explored [women/year], as the scenario's own numbers have it."""
    return funnel_of(found.question.scenario).need_per_year
