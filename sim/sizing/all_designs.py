"""Size every design of a scenario, under its own need or under each published estimate of it."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.cohort import funnel_of
from sim.experiment import Memory, available_cores
from sim.faults import Fault, ScenarioError, did_you_mean
from sim.runnable import check_scenario
from sim.scenario import AnyDesign, Scenario, load_views, scenario_hash, with_values
from sim.sizing.change import Curve, Point, curve_of
from sim.sizing.sized import Sized, SizingQuestion, plain, size_design
from sim.sizing.target import SizingTarget, read_budget, read_target
from sim.sizing.units import with_places
from sim.texts import say

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_TARGET = "admitted_within_14_days >= 0.9"
"""What tells where places do most good if there is a budget and no target."""
DEFAULT_REPLICATIONS = 1_600
Progress = Callable[[int, int], None]
"""Called with the designs done and how many there are."""


class ViewSized(NamedTuple):
    """Every design, sized for one need.

    Attributes
    ----------
    view : str
        The estimate of need; empty for the scenario's own.
    need_per_year : float
        Women a year.
    designs : dict of str to Sized
        By name.
    curve : Curve
        Cost against access.
    """

    view: str
    need_per_year: float
    designs: dict[str, Sized]
    curve: Curve


class Sizing(NamedTuple):
    """What was asked, and what was found.

    Attributes
    ----------
    scenario : Scenario
        What was sized.
    target : SizingTarget
        What was to be met, or what tells where places do most good if only a budget was given.
    has_target : bool
        Whether a target was given.
    budget : SizingTarget or None
        What it may cost.
    confidence : float
        How sure the number should be.
    own : ViewSized
        With the scenario's own need.
    views : dict of str to ViewSized
        With each published estimate, if they were asked for.
    """

    scenario: Scenario
    target: SizingTarget
    has_target: bool
    budget: SizingTarget | None
    confidence: float
    own: ViewSized
    views: dict[str, ViewSized]

    @property
    def designs(self) -> dict[str, Sized]:
        """Each design with the scenario's own need."""
        return self.own.designs

    def sized_scenario(self) -> Scenario:
        """Write the numbers found into the scenario.

        Returns
        -------
        Scenario
            The same, with the places of each design that has a number; for a budget alone, the most it allows.
        """
        return self.scenario.model_copy(
            update={"designs": tuple(self._with_numbers(design) for design in self.scenario.designs)}
        )

    def _with_numbers(self, design: AnyDesign) -> AnyDesign:
        sized = self.designs.get(design.name)
        if sized is None:
            return design
        point = sized.affordable.point if sized.affordable and not self.has_target else None
        places = point.places if point else sized.places
        return design if places is None else with_places(design, sized.units, places)

    def as_json(self) -> dict[str, Any]:
        """Write everything as plain values.

        Returns
        -------
        dict
            Ready for ``json.dumps``; ``None`` stands where nothing is known.
        """
        return {
            "scenario": self.scenario.name,
            "hash": scenario_hash(self.scenario),
            "seed": self.scenario.seed,
            "target": str(self.target) if self.has_target else None,
            "budget": None if self.budget is None else str(self.budget),
            "confidence": self.confidence,
            "over": "chance",
            **self._view_json(self.own),
            **({"views": {name: self._view_json(own) for name, own in self.views.items()}} if self.views else {}),
        }

    def _view_json(self, view: ViewSized) -> dict[str, Any]:
        return {
            "need_per_year": view.need_per_year,
            "designs": {name: self._design_json(sized) for name, sized in view.designs.items()},
            "curve": [
                {**self._point_json(view.designs[point.design], point), "unbeaten": is_unbeaten}
                for point, is_unbeaten in zip(view.curve.points, view.curve.is_unbeaten, strict=True)
            ],
        }

    def _design_json(self, sized: Sized) -> dict[str, Any]:
        told: dict[str, Any] = {
            "kind": sized.kind,
            "has_own_places": bool(sized.units),
            "places": None if sized.places is None else sized.named(sized.places),
            "total": sized.total,
            "target": {"measure": self.target.measure, **plain(sized.target)},
            "with_room_for_all": None if sized.with_room_for_all is None else plain(sized.with_room_for_all),
            "is_met": bool(self.target.is_met(sized.target.mean)),
            "met_in_years": None if math.isnan(sized.met_in_years) else sized.met_in_years,
            "probability_right": None if sized.chances is None else sized.chances.this,
            "probabilities": None if sized.chances is None else sized.chances._asdict(),
            "replications": sized.replications,
            "cost_per_year": plain(sized.cost_per_year),
            "textbook": None
            if sized.textbook is None
            else {**sized.textbook._asdict(), "why": list(sized.textbook.why)},
            "changes": [self._point_json(sized, point) for point in sized.changes],
        }
        if any(unit.is_flexible for unit in sized.units) and sized.places is not None:
            told["most_places"] = sized.named(sized.places, is_most=True)
        if self.budget is not None and sized.affordable is not None:
            most = sized.affordable.point
            told["budget"] = {
                "measure": self.budget.measure,
                "limit": self.budget.value,
                "most": None if most is None else self._point_json(sized, most),
                "both_held": self.holds_both(sized) if self.has_target else None,
            }
        return told

    def holds_both(self, sized: Sized) -> bool:
        """Whether some number of places meets the target within the budget."""
        most = sized.affordable.point if sized.affordable else None
        return sized.total is not None and most is not None and most.total >= sized.total

    def _point_json(self, sized: Sized, point: Point) -> dict[str, Any]:
        return {
            "design": point.design,
            "change": point.change,
            "places": sized.named(point.places),
            "total": point.total,
            "target": {"measure": self.target.measure, **plain(point.target)},
            **{name: plain(getattr(point, name)) for name in ("admitted_per_year", "occupancy", "cost_per_year")},
            "by_region": {region: None if math.isnan(own) else own for region, own in point.by_region.items()},
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """Go through the designs, a line for each and each need.

        Yields
        ------
        dict
            View, need, design, places in all and by unit, access, cost and how sure the number is.
        """
        for view in (self.own, *self.views.values()):
            for sized in view.designs.values():
                yield {
                    "view": view.view,
                    "need_per_year": view.need_per_year,
                    "design": sized.design,
                    "total": sized.total,
                    "places": "" if sized.places is None else _written(sized.named(sized.places)),
                    **_spread(self.target.measure, sized.target),
                    "met_in_years": sized.met_in_years,
                    "probability_right": None if sized.chances is None else sized.chances.this,
                    **_spread("cost_per_year", sized.cost_per_year),
                    "textbook_rule": sized.textbook.rule if sized.textbook else None,
                    "textbook_total": sized.textbook.total if sized.textbook else None,
                }

    def curve_rows(self) -> Iterator[dict[str, Any]]:
        """Go through the curves of cost against access, a line a point.

        Yields
        ------
        dict
            With ``unbeaten`` where no other design gives as much for less.
        """
        for view in (self.own, *self.views.values()):
            for point, is_unbeaten in zip(view.curve.points, view.curve.is_unbeaten, strict=True):
                yield {"view": view.view, **self._point_row(view, point), "unbeaten": is_unbeaten}

    def change_rows(self) -> Iterator[dict[str, Any]]:
        """Go through more and fewer places, a line for each design and change.

        Yields
        ------
        dict
            As in the curve.
        """
        for view in (self.own, *self.views.values()):
            for sized in view.designs.values():
                for point in sized.changes:
                    yield {"view": view.view, **self._point_row(view, point)}

    def _point_row(self, view: ViewSized, point: Point) -> dict[str, Any]:
        return {
            "design": point.design,
            "change": point.change,
            "total": point.total,
            "places": _written(view.designs[point.design].named(point.places)),
            **_spread(self.target.measure, point.target),
            **_spread("admitted_per_year", point.admitted_per_year),
            **_spread("occupancy", point.occupancy),
            **_spread("cost_per_year", point.cost_per_year),
        }

    def frame(self) -> "pd.DataFrame":
        """Give the designs as a table.

        Returns
        -------
        pandas.DataFrame
            A row for each design and need.
        """
        return _frame(self.rows())

    def curve_frame(self) -> "pd.DataFrame":
        """Give the curve of cost against access as a table.

        Returns
        -------
        pandas.DataFrame
            A row a point.
        """
        return _frame(self.curve_rows())

    def change_frame(self) -> "pd.DataFrame":
        """Give what more and fewer places do as a table.

        Returns
        -------
        pandas.DataFrame
            A row for each design and change.
        """
        return _frame(self.change_rows())


def size(  # noqa: PLR0913 - what is asked
    scenario: Scenario,
    target: str | None = None,
    *,
    budget: str | None = None,
    designs: Sequence[str] = (),
    confidence: float = 0.9,
    replications: int = DEFAULT_REPLICATIONS,
    views: bool = False,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> Sizing:
    """Find how many places designs need for a target, or can have for a budget.

    Parameters
    ----------
    scenario : Scenario
        Its designs' own numbers of places are not used, but for the proportion of fixed and flexible ones.
    target : str, optional
        Such as ``admitted_within_14_days >= 0.9``.
    budget : str, optional
        Such as ``cost_per_year <= 40e6``. At least one of the two is needed.
    designs : sequence of str
        Names of designs; all if empty.
    confidence : float
        How sure it should be, over chance, that the number found is the right one.
    replications : int
        Most replications played to be that sure.
    views : bool
        Whether to size for each published estimate of need too.
    cores : int, optional
        How many cores are used; all there are, if left out. The numbers are the same.
    on_progress : callable, optional
        Called after each design with the designs done and how many there are; what it raises ends the work.

    Returns
    -------
    Sizing
        Design by design.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the scenario, the target or the budget.
    """
    if target is None and budget is None:
        raise ScenarioError(
            (
                Fault(
                    "--target",
                    None,
                    "",
                    say("allowed.a_target_or_a_budget"),
                    say("got.nothing"),
                    say("remedy.give_a_target_or"),
                ),
            )
        )
    check_scenario(scenario)
    _check_names(scenario, designs)
    asked = SizingQuestion(
        read_target(target or DEFAULT_TARGET),
        target is not None,
        None if budget is None else read_budget(budget),
        confidence,
        replications,
    )
    wanted = designs or [design.name for design in scenario.designs]
    cores = cores or available_cores()
    needs = {name: with_values(scenario, {"demand.view": name}) for name in load_views()} if views else {}
    tell = _counting(on_progress, (1 + len(needs)) * len(set(wanted)))
    own = _size_view(scenario, "", wanted, asked, cores, tell)
    by_view = {
        name: _size_view(under, name, wanted, asked._replace(is_brief=True), cores, tell)
        for name, under in needs.items()
    }
    return Sizing(scenario, asked.target, asked.is_asked, asked.budget, confidence, own, by_view)


def _size_view(
    scenario: Scenario,
    view: str,
    wanted: Sequence[str],
    asked: SizingQuestion,
    cores: int,
    tell: Callable[[], None],
) -> ViewSized:
    memory, sized = Memory(), {}
    for design in scenario.designs:
        if design.name in wanted:
            sized[design.name] = size_design(scenario, design, asked, memory, cores=cores)
            tell()
    points = (point for own in sized.values() for point in (*own.changes, *_affordable_points(own)))
    return ViewSized(view, funnel_of(scenario).need_per_year, sized, curve_of(points, asked.target))


def _counting(on_progress: Progress | None, most: int) -> Callable[[], None]:
    done = count(1)
    return lambda: None if on_progress is None else on_progress(next(done), most)


def _affordable_points(sized: Sized) -> tuple[Point, ...]:
    point = sized.affordable.point if sized.affordable else None
    return () if point is None else (point,)


def _check_names(scenario: Scenario, designs: Iterable[str]) -> None:
    known = [design.name for design in scenario.designs]
    faults = [
        Fault(
            scenario.name,
            None,
            "designs",
            say("allowed.the_name_of_a_design", names=", ".join(known)),
            repr(name),
            did_you_mean(name, known, say("remedy.name_one_of_them")),
        )
        for name in designs
        if name not in known
    ]
    if faults:
        raise ScenarioError(faults)


def _written(places: dict[str, int]) -> str:
    return " ".join(f"{name}={n}" for name, n in places.items())


def _spread(name: str, own: Any) -> dict[str, float]:
    return {name: own.mean, f"{name}_low": own.low, f"{name}_high": own.high}


def _frame(rows: Iterable[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - slow to load, and commands need no frames

    return pd.DataFrame(list(rows))
