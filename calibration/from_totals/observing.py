"""Observed periods, played: what would have been counted and written down.

A parameter set is played as one block of replications. Women are counted in the year of their referral, so a year is
played beyond the period: otherwise those who still waited at its end would seem never to have got a place.

Values are also put on scales on which chance is even: about as large, and about as symmetric, whatever the parameters
are. A number of women admitted varies more the larger it is, and one that is small leans to the right. On these scales
the normal distribution, which the likelihood rests on, serves for counts down to two or three.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from calibration.from_totals.points import Floats, parameter_values
from calibration.from_totals.question import MEASURE_OF, FitQuestion, ObservedPeriod, Target
from sim.cohort import REPLICATIONS_PER_BLOCK, Cohort, draw_cohort
from sim.cohort.streams import draw_uniforms
from sim.design import BuiltDesign, build_designs
from sim.engine import OF_WOMEN, Ledger
from sim.experiment import available_cores, play_design
from sim.experiment.cores import in_order
from sim.measures import MEASURES, Scope, measure_parts, scope_sums, scopes_of, tally
from sim.scenario import Scenario, with_values

Progress = Callable[[int, int], None]
"""Called with the replications done and the most there will be."""

RUN_OUT_YEARS = 1
"""Years played after the period, so that who was referred in it can still get a place."""

STAYS_RUN_OUT_YEARS = 3
"""The same where it counts how stays end: until she has given birth and stayed as long as planned."""

REPLICATIONS = REPLICATIONS_PER_BLOCK
"""How often each parameter set is played."""

ANSCOMBE = 3.0 / 8.0
"""Added to a count before the root [women]: makes its variance nearest to 1/4."""

COUNTED_BY_YEAR = ("women/year", "places/year")
AMOUNTS = ("days", "minutes", "weeks", "place-years")

_MEASURE_NUMBER = {name: number for number, name in enumerate(MEASURE_OF)}


class Plays(NamedTuple):
    """Parameter sets, each played many times."""

    z: Floats  # [shape (n_sets, n_free)] The parameter sets, as points
    values: Floats  # shape (n_sets, n_targets, REPLICATIONS)
    scaled: Floats  # the same on even scales

    @property
    def n_sets(self) -> int:
        """How many sets."""
        return len(self.z)


def join_plays(parts: Sequence[Plays]) -> Plays:
    """Put plays together."""
    return Plays(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def observe_set(question: FitQuestion, changes: Mapping[str, object], *, block: int) -> tuple[Floats, Floats]:
    """Play one parameter set and write down what would have been observed."""
    scenario = with_values(question.observed, changes)
    found, scopes = play_period(scenario, question.period, block=block)
    rows = [_row_of(target, question.period, scopes) for target in question.targets]
    columns = [_MEASURE_NUMBER[target.measure] for target in question.targets]
    values = found[rows, columns] + _errors_of_observation(question.targets, seed=scenario.seed, block=block)
    scaled = np.stack(
        [to_even_scale(row, target, question.period) for row, target in zip(values, question.targets, strict=True)]
    )
    return values, scaled


def play_period(scenario: Scenario, period: ObservedPeriod, *, block: int) -> tuple[Floats, tuple[Scope, ...]]:
    """Play the only design of a scenario and measure the years of a period."""
    (design,) = build_designs(scenario)
    cohort = draw_cohort(scenario, block)
    ledger = play_design(design, cohort, scenario, block=block, engine="kernel", n_replications=REPLICATIONS)
    last = period.warm_up_years + period.years
    cohort, ledger, design = _cut(cohort, ledger, design, n_years=last)
    counted = scenario.model_copy(update={"horizon_years": last, "measure_from_year": period.warm_up_years + 1})
    tallies = tally(ledger, cohort, design, counted)
    values = measure_parts(MEASURES, scope_sums(tallies, design, counted), tallies.quantiles, design).values
    return values, scopes_of(design, counted)


def _cut(cohort: Cohort, ledger: Ledger, design: BuiltDesign, *, n_years: int) -> tuple[Cohort, Ledger, BuiltDesign]:
    """Keep who was referred, and what the places did, in the first years; what became of the women stays known."""
    plan = design.plan._replace(year_starts=design.plan.year_starts[: n_years + 1])
    is_kept = cohort.referral_day < plan.horizon_days
    first = np.concatenate(([0], np.cumsum(is_kept)))[cohort.first]
    women = cohort._replace(
        first=first, **{name: values[is_kept] for name, values in cohort._asdict().items() if name != "first"}
    )
    of_women = {name: getattr(ledger, name)[is_kept] for name in OF_WOMEN}
    of_places = {name: getattr(ledger, name)[:, :, :n_years] for name in ("pool_days", "openings", "closings")}
    return women, ledger._replace(**of_women, **of_places), design._replace(plan=plan)


def _row_of(target: Target, period: ObservedPeriod, scopes: tuple[Scope, ...]) -> int:
    if target.by != "year":
        return scopes.index(Scope(target.by, target.key))
    year = period.year_of(target.key)
    return scopes.index(Scope("year", str(period.warm_up_years + (year or 0) + 1)))


def _errors_of_observation(targets: Sequence[Target], *, seed: int, block: int) -> Floats:
    """Errors of rounding and of observation [the targets' units], so that plays look like what was written down."""
    shares = draw_uniforms("rounding", block, seed=seed, n_rows=len(targets)) - 0.5
    steps = np.array([target.rounding for target in targets])[:, None] * shares
    sds = np.array([target.sd for target in targets])
    if not sds.any():
        return steps
    uniforms = draw_uniforms("error of observation", block, seed=seed, n_rows=len(targets))
    from scipy.special import ndtri  # noqa: PLC0415 - only where numbers were observed with an error

    return steps + sds[:, None] * ndtri(np.maximum(uniforms, np.finfo(float).tiny))


def to_even_scale(values: Floats, target: Target, period: ObservedPeriod) -> Floats:
    """Put values of a measure on a scale on which chance is even.

    Anscombe, F. J. (1948). The transformation of Poisson, binomial and negative-binomial data. Biometrika 35.
    """
    if target.unit in COUNTED_BY_YEAR:
        count = values * counted_years(target, period)
        return 2.0 * np.sqrt(np.maximum(count, 0.0) + ANSCOMBE)
    if target.unit.startswith("share"):
        return np.arcsin(np.sqrt(np.clip(values, 0.0, 1.0)))
    return np.sqrt(np.maximum(values, 0.0)) if target.unit in AMOUNTS else values


def counted_years(target: Target, period: ObservedPeriod) -> int:
    """Count the years behind a target."""
    return 1 if target.by == "year" else period.years


class Player:
    """Plays parameter sets, each with women of its own, and counts them."""

    def __init__(
        self,
        question: FitQuestion,
        view: str = "",
        *,
        cores: int | None = None,
        most: int = 0,
        on_progress: Progress | None = None,
    ) -> None:
        self.question, self.view = question, view
        self._cores, self._most, self._on_progress = cores or available_cores(), most, on_progress
        self.n_played = 0

    def play(self, z: Floats) -> Plays:
        """Play some sets; each takes the next block of replications, so the order of cores changes nothing."""
        first = self.n_played
        values: list[Floats] = []
        scaled: list[Floats] = []
        for one_values, one_scaled in in_order(self._pieces(z, first), self._cores):
            values.append(one_values)
            scaled.append(one_scaled)
            self.n_played += 1
            if self._on_progress is not None:
                self._on_progress(REPLICATIONS * self.n_played, self._most)
        return Plays(z, np.stack(values), np.stack(scaled))

    def _pieces(self, z: Floats, first: int) -> Iterator[Callable[[], tuple[Floats, Floats]]]:
        for number, changes in enumerate(changes_of(self.question, parameter_values(self.question.free, z))):
            with_view = {"demand.view": self.view} | changes if self.view else changes
            yield partial(observe_set, self.question, with_view, block=first + number)


def changes_of(question: FitQuestion, values: Iterable[Floats]) -> Iterator[dict[str, float]]:
    """Name the values of parameter sets by their paths."""
    for row in values:
        yield dict(zip(question.paths, (float(value) for value in row), strict=True))
