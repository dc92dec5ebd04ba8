"""One observed period, played: what would have been counted and written down.

A parameter set is played as one block of replications. Women are counted in the year of their referral, so a year is
played beyond the period: otherwise those who still waited at its end would seem never to have got a place.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from calibration.from_totals.question import MEASURE_OF, FitQuestion, ObservedPeriod, Target
from calibration.from_totals.scales import to_even_scale
from sim.cohort import REPLICATIONS_PER_BLOCK, Cohort, draw_cohort
from sim.cohort.streams import draw_uniforms
from sim.design import BuiltDesign, build_designs
from sim.engine import Ledger
from sim.experiment import play_design
from sim.measures import MEASURES, Scope, measure_parts, scope_sums, scopes_of, tally
from sim.scenario import Scenario, with_values

Floats = npt.NDArray[np.float64]

RUN_OUT_YEARS = 1
"""Years played after the period, so that who was referred in it can still get a place."""

STAYS_RUN_OUT_YEARS = 3
"""The same where it counts how stays end: until she has given birth and stayed as long as planned."""

REPLICATIONS = REPLICATIONS_PER_BLOCK
"""How often each parameter set is played."""

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
    of_women = {name: getattr(ledger, name)[is_kept] for name in ("outcome", "pool", "admission_day", "discharge_day")}
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
