"""Laws of measures, for whatever ledger chance invents."""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
from hand_made import (
    AALBORG,
    AARHUS,
    KOBENHAVN,
    NOT,
    YEAR,
    Woman,
    cohort_of,
    design_of,
    ledger_of,
    scenario_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cohort import HOUSEHOLDS
from sim.engine import OUTCOMES
from sim.experiment.measured import MEASURE_NUMBER
from sim.geography import load_municipalities
from sim.measures import MEASURES, measure_parts, scope_sums, scopes_of, tally
from sim.measures.count_kernel import COUNTED
from sim.measures.tallies import Tallies

N_REPLICATIONS = 3
SOME = settings(max_examples=60, deadline=None, derandomize=True)
ADMITTED = ("completed", "left_early", "in_stay")


class Case(NamedTuple):
    """A ledger by chance, tallied and measured."""

    women: tuple[Woman, ...]
    tallies: Tallies
    values: Any
    scopes: tuple[Any, ...]
    minutes: Any
    first_day: float


def women_by_chance(seed: int, n_women: int) -> tuple[Woman, ...]:
    rng = np.random.default_rng(seed)
    women = []
    for replication in np.sort(rng.integers(0, N_REPLICATIONS, n_women)):
        outcome = str(rng.choice(OUTCOMES))
        referral = float(rng.uniform(0, 700)) if rng.random() < 0.85 else -float(rng.uniform(0, 500))
        stay: tuple[Any, ...] = ()
        if outcome in ADMITTED:
            wait = float(rng.choice([0, 7, 14, 30, rng.uniform(0, 30)]))
            leaves = referral + wait + float(rng.exponential(100)) if outcome != "in_stay" else NOT
            stay = (int(rng.integers(0, 3)), referral + wait, leaves, int(rng.integers(0, len(HOUSEHOLDS))))
        home = str(rng.choice([AALBORG, AARHUS, KOBENHAVN]))
        woman = Woman(int(replication), referral, home, rng.uniform(8, 38), rng.uniform(0, 200), outcome, *stay)
        women.append(woman)
    return tuple(sorted(women, key=lambda woman: (woman.replication, woman.referral)))


def days_by_chance(seed: int) -> Any:
    rng = np.random.default_rng(seed)
    days = rng.uniform(0, YEAR, (N_REPLICATIONS, 2, 2, 5)) * rng.integers(0, 2, (N_REPLICATIONS, 2, 2, 1))
    days[..., 2] = np.where(days[..., 0] > 0, YEAR, 0)
    return days


@st.composite
def cases(draw: st.DrawFn) -> Case:
    seed, n_women = draw(st.integers(0, 2**32)), draw(st.sampled_from([0, 1, 2, 10, 60]))
    women = women_by_chance(seed, n_women)
    from_year = draw(st.sampled_from([1, 2]))
    scenario = scenario_of(measure_from_year=from_year)
    design = design_of(scenario)
    tallies = tally(ledger_of(women, days_by_chance(seed)), cohort_of(women, N_REPLICATIONS), design, scenario)
    values = measure_parts(MEASURES, scope_sums(tallies, design, scenario), tallies.quantiles, design).values
    return Case(women, tallies, values, scopes_of(design, scenario), design.minutes, (from_year - 1) * YEAR)


def rows(case: Case, by: str) -> list[int]:
    return [number for number, scope in enumerate(case.scopes) if scope.by == by]


@pytest.mark.law
@SOME
@given(cases())
def test_regions_and_years_add_up_to_the_whole(case: Case) -> None:
    for measure in MEASURES:
        if measure.per == "years" and measure.quantile is None:
            values = case.values[:, MEASURE_NUMBER[measure.name]]
            np.testing.assert_allclose(values[rows(case, "region")].sum(axis=0), values[0], rtol=1e-12)
            np.testing.assert_allclose(values[rows(case, "year")].mean(axis=0), values[0], rtol=1e-12)
        elif measure.per == "one" and measure.quantile is None:
            values = case.values[:, MEASURE_NUMBER[measure.name]]
            for by in ("region", "year"):
                np.testing.assert_allclose(values[rows(case, by)].sum(axis=0), values[0], rtol=1e-12)


@pytest.mark.law
@SOME
@given(cases())
def test_pools_and_places_elsewhere_add_up_to_the_whole(case: Case) -> None:
    for name in ("admitted_per_year", "completed_per_year"):
        values = case.values[:, MEASURE_NUMBER[name]]
        np.testing.assert_allclose(values[rows(case, "pool")].sum(axis=0), values[0], rtol=1e-12)
    for name in ("openings_per_year", "closings_per_year", "open_place_years", "closed_place_years"):
        values = case.values[:, MEASURE_NUMBER[name]]
        np.testing.assert_allclose(values[rows(case, "pool")[:-1]].sum(axis=0), values[0], rtol=1e-12)


@pytest.mark.law
@SOME
@given(cases())
def test_every_woman_is_tallied_once_with_one_outcome(case: Case) -> None:
    women = case.tallies.women
    assert women["referred"].sum() == sum(woman.referral >= 0 for woman in case.women)  # others were there already
    np.testing.assert_array_equal(sum(women[name] for name in OUTCOMES), women["referred"])
    steps = [women[name] for name in ("referred", "offered", "accepted", "admitted", "admitted_before_birth")]
    assert all((more >= fewer).all() for more, fewer in pairwise(steps))
    within = [women[f"admitted_within_{days}_days"] for days in (7, 14, 30)]
    assert (within[0] <= within[1]).all()
    assert (within[1] <= within[2]).all()
    assert (women["exposure_days"] >= 0).all()
    for name, by_pool in case.tallies.pool_women.items():
        if name in ADMITTED or name not in OUTCOMES:
            np.testing.assert_allclose(by_pool.sum(axis=1), women[name].sum(axis=1), rtol=1e-12)


@pytest.mark.law
@SOME
@given(cases())
def test_shares_lie_between_0_and_1_or_are_missing(case: Case) -> None:
    for measure in MEASURES:
        if measure.unit == "share" and measure.kind != "places":
            values = case.values[:, MEASURE_NUMBER[measure.name]]
            values = values[~np.isnan(values)]
            assert (values >= 0).all(), measure.name
            assert (values <= 1).all(), measure.name


@pytest.mark.law
@SOME
@given(cases())
def test_quantiles_and_means_of_every_group_are_those_of_numpy(case: Case) -> None:
    admitted = [woman for woman in case.women if woman.pool >= 0 and woman.referral >= case.first_day]
    home = {AALBORG: "nordjylland", AARHUS: "midtjylland", KOBENHAVN: "hovedstaden"}
    pools = ("north", "flex", "external")
    members = {
        "all": lambda woman, _: True,
        "region": lambda woman, key: home[woman.home] == key,
        "year": lambda woman, key: int(woman.referral // YEAR) + 1 == int(key),
        "pool": lambda woman, key: pools[woman.pool] == key,
    }
    for number, scope in enumerate(case.scopes):
        for replication in range(N_REPLICATIONS):
            group = [
                woman for woman in admitted if woman.replication == replication and members[scope.by](woman, scope.key)
            ]
            values_of = {
                "wait_days": waits(group),
                "travel_minutes": ways(group, case.minutes),
                "stay_days": stays(group),
            }
            for of, values in values_of.items():
                found = case.values[number, :, replication]
                for measure in MEASURES:
                    if measure.of == of and not measure.worst_of:
                        expected = expected_of(values, measure.quantile)
                        got = found[MEASURE_NUMBER[measure.name]]
                        assert got == pytest.approx(expected, rel=1e-9, abs=1e-6, nan_ok=True)


def waits(women: list[Woman]) -> Any:
    return np.array([woman.admission - woman.referral for woman in women])


def stays(women: list[Woman]) -> Any:
    return np.array([woman.discharge - woman.admission for woman in women if woman.outcome != "in_stay"])


def ways(women: list[Woman], minutes: Any) -> Any:
    cohort = cohort_of(tuple(women), N_REPLICATIONS)
    return np.array([minutes[home, woman.pool] for home, woman in zip(cohort.municipality, women, strict=True)])


def expected_of(values: Any, quantile: float | None) -> float:
    if not len(values):
        return NOT
    return float(values.mean() if quantile is None else np.quantile(values, quantile))


def counted_slowly(women: tuple[Woman, ...], minutes: Any) -> tuple[Any, Any]:
    """The counting kernel's slow twin: one woman after the other, by home region and by pool."""
    by_region, by_pool = np.zeros((N_REPLICATIONS, 5, 2, len(COUNTED))), np.zeros((N_REPLICATIONS, 3, 2, len(COUNTED)))
    region_of = load_municipalities().region_index("five")
    for woman, home in zip(women, cohort_of(women, N_REPLICATIONS).municipality, strict=True):
        if woman.referral < 0:  # there already: not of this period
            continue
        year = int(woman.referral // YEAR)
        told = {woman.outcome: 1.0}
        pregnancy_ends = woman.referral + woman.pregnancy
        if woman.outcome not in ("not_offered", "declined"):
            told["exposure_days"] = min(pregnancy_ends, 2 * YEAR) - woman.referral
        if woman.pool >= 0:
            wait, way = woman.admission - woman.referral, minutes[home, woman.pool]
            told["exposure_days"] = min(told["exposure_days"], wait)
            told |= {"admitted": 1.0, "wait_days": wait, "travel_minutes": way}
            told[f"admitted_{HOUSEHOLDS[woman.household]}"] = 1.0
            if woman.outcome != "in_stay":
                told["stay_days"] = woman.discharge - woman.admission
            told |= {f"admitted_within_{days}_days": float(wait <= days) for days in (7, 14, 30)}
            told |= {f"travel_over_{limit}": float(way > limit) for limit in (60, 90, 120)}
            if woman.admission < pregnancy_ends:
                told |= {"admitted_before_birth": 1.0, "weeks_at_admission": woman.week + wait / 7}
        for name, value in told.items():
            by_region[woman.replication, region_of[home], year, COUNTED.index(name)] += value
            if woman.pool >= 0 and name != "exposure_days":
                by_pool[woman.replication, woman.pool, year, COUNTED.index(name)] += value
    return by_region, by_pool


@pytest.mark.law
@SOME
@given(cases())
def test_the_kernel_counts_as_its_slow_twin(case: Case) -> None:
    by_region, by_pool = counted_slowly(case.women, case.minutes)
    np.testing.assert_allclose(case.tallies.counted_by_region, by_region, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(case.tallies.counted_by_pool, by_pool, rtol=1e-12, atol=1e-9)
