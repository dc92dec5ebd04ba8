"""What a little more or less does: access, volume, occupancy and cost with other numbers of places."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from sim.experiment.measured import MEASURE_NUMBER
from sim.measures import LESS, Estimates, scopes_of
from sim.sizing.search import TriedPlaces, climb, descend
from sim.sizing.target import SizingTarget
from sim.sizing.trials import Trials
from sim.sizing.units import Allocation

SHARES = (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3)
"""Changes that are tried, besides one place more or less."""


class Estimated(NamedTuple):
    """A mean with its 95 % confidence interval."""

    mean: float
    low: float
    high: float


class Point(NamedTuple):
    """A design with a number of places.

    Attributes
    ----------
    design : str
        Its name.
    change : str
        From the number chosen, such as ``+1`` or ``+10%``; ``0`` for that itself.
    places : Allocation
        Of each unit.
    total : int
        Places in all.
    target, admitted_per_year, occupancy, cost_per_year : Estimated
        The target's measure, and what else changes.
    by_region : dict of str to float
        Mean of the target's measure of the women of each region: an answer for all may leave some behind.
    """

    design: str
    change: str
    places: Allocation
    total: int
    target: Estimated
    admitted_per_year: Estimated
    occupancy: Estimated
    cost_per_year: Estimated
    by_region: dict[str, float]


class Curve(NamedTuple):
    """Cost against access for all designs.

    Attributes
    ----------
    points : tuple of Point
        Design by design, from few places to many.
    is_unbeaten : tuple of bool
        Whether no other point gives as much for less, or more for as little.
    """

    points: tuple[Point, ...]
    is_unbeaten: tuple[bool, ...]


def estimated(estimates: Estimates, measure: str) -> Estimated:
    """Take one measure, of everything together."""
    own = (getattr(estimates, word)[0, MEASURE_NUMBER[measure]] for word in ("mean", "low", "high"))
    return Estimated(*map(float, own))


def point_of(trials: Trials, change: str, places: Allocation, replications: int) -> Point:
    """Measure a design with a number of places."""
    estimates = trials.estimates(places, replications)
    by_region = {
        scope.key: float(estimates.mean[number, MEASURE_NUMBER[trials.target.looked_at.name]])
        for number, scope in enumerate(scopes_of(trials.built(places), trials.scenario))
        if scope.by == "region"
    }
    return Point(
        trials.design.name,
        change,
        places,
        sum(places),
        target=estimated(estimates, trials.target.measure),
        admitted_per_year=estimated(estimates, "admitted_per_year"),
        occupancy=estimated(estimates, "occupancy"),
        cost_per_year=estimated(estimates, "cost_per_year"),
        by_region=by_region,
    )


def changes_of(
    trials: Trials, places: Allocation, tried: TriedPlaces, replications: int, *, is_brief: bool
) -> tuple[Point, ...]:
    """Measure more and fewer places than were chosen: each goes, or comes, where it does most good."""
    total = sum(places)
    steps = {f"{share:+.0%}": _steps(total, share) for share in (() if is_brief else SHARES)} | {
        "-1": -1,
        "0": 0,
        "+1": 1,
    }
    more = _taken(climb(lambda own: trials.margin(own, replications), places, tried.most), max(steps.values()))
    fewer = _taken(descend(lambda own: trials.margin(own, replications), places, tried.least), -min(steps.values()))
    by_step = {0: places, **{n + 1: own for n, own in enumerate(more)}, **{-n - 1: own for n, own in enumerate(fewer)}}
    known = {step: point_of(trials, "", by_step[step], replications) for step in sorted({*steps.values()} & {*by_step})}
    order = sorted(steps, key=lambda change: (steps[change], "%" in change))
    return tuple(known[steps[change]]._replace(change=change) for change in order if steps[change] in known)


def curve_of(points: Iterable[Point], target: SizingTarget) -> Curve:
    """Put points together, each number of places once, and mark those no other beats."""
    once = {(point.design, point.total): point for point in points if not math.isnan(point.target.mean)}
    kept = tuple(once.values())
    sign = -1.0 if target.defined.direction == LESS else 1.0
    measured = [(sign * point.target.mean, -point.cost_per_year.mean) for point in kept]

    def is_beaten(own: tuple[float, float]) -> bool:
        return any(other != own and other[0] >= own[0] and other[1] >= own[1] for other in measured)

    return Curve(kept, tuple(not is_beaten(own) for own in measured))


def _steps(total: int, share: float) -> int:
    """Whole places for a share of all, at least one."""
    return int(math.copysign(max(1, math.floor(abs(share) * total + 0.5)), share))


def _taken(allocations: Iterable[Allocation], n: int) -> list[Allocation]:
    return [own for _, own in zip(range(n), allocations, strict=False)]
