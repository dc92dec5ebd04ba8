"""One design, sized."""

import math
from typing import Any, NamedTuple

from sim.experiment import Memory
from sim.scenario import AnyDesign, Scenario
from sim.sizing.change import Estimated, Point, changes_of, estimated, point_of
from sim.sizing.decide import Chances, decide
from sim.sizing.search import Rough, TriedPlaces, climb, descend, exchange, fewest
from sim.sizing.target import SizingTarget
from sim.sizing.theory import Textbook, textbook_number
from sim.sizing.trials import Trials
from sim.sizing.units import Allocation, PlaceUnit


class SizingQuestion(NamedTuple):
    """What is asked of every design."""

    target: SizingTarget
    is_asked: bool  # whether there is a target, or only a budget
    budget: SizingTarget | None
    confidence: float
    most_replications: int
    is_brief: bool = False  # whether a place more and less are enough of a look around


class Affordable(NamedTuple):
    """The most places within a budget.

    Attributes
    ----------
    point : Point or None
        With its access and cost; none if no number is within the budget.
    """

    point: Point | None


class Sized(NamedTuple):
    """One design, sized.

    Attributes
    ----------
    design, kind : str
        As in the scenario.
    units : tuple of PlaceUnit
        What places are counted by; none for a design without places of its own.
    places : Allocation or None
        Fewest places of each unit; none if no number meets the target, or none was asked for.
    target : Estimated
        The target's measure with these places; with the places written, if there are none.
    met_in_years : float
        Share of single years in which the target is met.
    chances : Chances or None
        How sure the number is.
    replications : int
        How many were played.
    textbook : Textbook or None
        The number by formula.
    changes : tuple of Point
        More and fewer places.
    cost_per_year : Estimated
        What places cost.
    affordable : Affordable or None
        The most places within the budget, if one was given.
    with_room_for_all : Estimated or None
        What the target's measure comes to with more places than anybody needs, where no number meets the target.
    """

    design: str
    kind: str
    units: tuple[PlaceUnit, ...]
    places: Allocation | None
    target: Estimated
    met_in_years: float
    chances: Chances | None
    replications: int
    textbook: Textbook | None
    changes: tuple[Point, ...]
    cost_per_year: Estimated
    affordable: Affordable | None
    with_room_for_all: Estimated | None = None

    @property
    def total(self) -> int | None:
        """Places in all."""
        return None if self.places is None else sum(self.places)

    def named(self, places: Allocation, *, is_most: bool = False) -> dict[str, int]:
        """Name places by their units.

        Parameters
        ----------
        places : Allocation
            Of each unit.
        is_most : bool
            Whether the most places open at once are meant where places come and go.

        Returns
        -------
        dict of str to int
            By region, site or pool.
        """
        return {unit.name: unit.most_for(n) if is_most else n for unit, n in zip(self.units, places, strict=True)}


def size_design(scenario: Scenario, design: AnyDesign, asked: SizingQuestion, memory: Memory, *, cores: int) -> Sized:
    """Size one design."""
    trials = Trials(scenario, design, asked.target, memory, cores=cores)
    if not trials.units:
        return _without_places(trials, asked)
    tried = TriedPlaces(trials.least(), trials.most())
    first = min(trials.first_replications, asked.most_replications)
    start = fewest(
        lambda own: trials.margin(own, first),
        tried,
        is_separate=trials.is_separate,
        by_unit=(lambda own: trials.unit_margins(own, first)) if trials.has_a_region_a_unit else None,
        rough=Rough(lambda own: trials.margin(own, min(first, trials.rough_replications)), trials.half_full()),
    )
    if not asked.is_asked:
        return _for_budget_alone(trials, asked, start or trials.written, tried)
    textbook = textbook_number(trials)
    if start is None:
        own = point_of(trials, "0", trials.written, first)
        found = _sized(trials, None, own, first, affordable=_affordable(trials, asked, trials.written, tried, first))
        best = point_of(trials, "", trials.most(), first).target
        return found._replace(textbook=textbook, with_room_for_all=best)
    decision = decide(trials, start, tried, confidence=asked.confidence, most_replications=asked.most_replications)
    n = decision.replications
    changes = changes_of(trials, decision.places, tried, n, is_brief=asked.is_brief)
    own = next(point for point in changes if point.change == "0")
    found = _sized(trials, decision.places, own, n, affordable=_affordable(trials, asked, decision.places, tried, n))
    return found._replace(chances=decision.chances, textbook=textbook, changes=changes)


def _without_places(trials: Trials, asked: SizingQuestion) -> Sized:
    """A design with no places of its own: nothing to choose, but something to compare with."""
    n = min(2 * trials.first_replications, asked.most_replications)
    return _sized(trials, None, point_of(trials, "0", (), n), n)


def _for_budget_alone(trials: Trials, asked: SizingQuestion, start: Allocation, tried: TriedPlaces) -> Sized:
    n = min(2 * trials.first_replications, asked.most_replications)
    affordable = _affordable(trials, asked, start, tried, n)
    own = (affordable and affordable.point) or point_of(trials, "0", start, n)
    return _sized(trials, None, own, n, affordable=affordable)


def _sized(
    trials: Trials, places: Allocation | None, own: Point, n: int, *, affordable: Affordable | None = None
) -> Sized:
    return Sized(
        design=trials.design.name,
        kind=trials.design.kind,
        units=trials.units,
        places=places,
        target=own.target,
        met_in_years=trials.share_of_years(own.places, n),
        chances=None,
        replications=n,
        textbook=None,
        changes=(own,),
        cost_per_year=own.cost_per_year,
        affordable=affordable,
    )


def _affordable(
    trials: Trials, asked: SizingQuestion, start: Allocation, tried: TriedPlaces, replications: int
) -> Affordable | None:
    """Most places within the budget: added or taken away one by one, where that does most good."""
    if asked.budget is None:
        return None
    budget = asked.budget
    n = min(trials.first_replications, replications)

    def margin(own: Allocation) -> float:
        return trials.margin(own, n)

    def is_within(own: Allocation) -> bool:
        return bool(budget.is_met(estimated(trials.estimates(own, n), budget.measure).mean))

    found: Allocation | None = None
    if is_within(start):
        found = start
        for more in climb(margin, start, tried.most):
            if not is_within(more):
                break
            found = more
    else:
        found = next((fewer for fewer in descend(margin, start, tried.least) if is_within(fewer)), None)
    if found is None:
        return Affordable(None)
    moved = exchange(margin, found, tried)
    return Affordable(point_of(trials, "budget", moved if is_within(moved) else found, replications))


def plain(values: NamedTuple) -> dict[str, Any]:
    """Plain values of a few numbers, with nothing where nothing is known."""
    return {word: None if math.isnan(value) else value for word, value in values._asdict().items()}
