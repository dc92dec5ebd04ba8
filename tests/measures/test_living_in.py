"""How many women live in at once, against a slow count that asks each woman at each instant."""

import numpy as np
import pytest
from hand_made import YEAR, Woman, cohort_of, design_of, ledger_of, scenario_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_adding_up import N_REPLICATIONS, days_by_chance, women_by_chance

from sim.measures import scopes_of, tally
from sim.measures.tallies import LIVING_IN

HOME = {"north": "nordjylland", "flex": "midtjylland"}
POOLS = tuple(HOME)


def counted_slowly(women: list[Woman], from_year: int, year: int | None) -> float:
    """On every seventh day of the years measured, how many live in; the number that 95 % of them do not exceed."""
    begin, end = ((year - 1) * YEAR, year * YEAR) if year else ((from_year - 1) * YEAR, 2 * YEAR)
    instants = [day for day in np.arange(0, 2 * YEAR, 7) if begin <= day < end]
    living = [sum(her.admission <= day and not her.discharge <= day for her in women) for day in instants]
    ordered = sorted(living)
    return ordered[int(np.ceil(0.95 * len(ordered))) - 1]


@pytest.mark.law
@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.sampled_from([0, 3, 40, 120]), st.sampled_from([1, 2]))
def test_the_kernel_counts_as_its_slow_twin(seed: int, n_women: int, from_year: int) -> None:
    women = women_by_chance(seed, n_women)
    scenario = scenario_of(measure_from_year=from_year)
    design = design_of(scenario)
    found = tally(ledger_of(women, days_by_chance(seed)), cohort_of(women, N_REPLICATIONS), design, scenario)
    for number, (by, key) in enumerate(scopes_of(design, scenario)):
        pools = {"region": [pool for pool in POOLS if HOME[pool] == key], "pool": [key] if key in POOLS else []}
        own = pools.get(by, POOLS)
        for replication in range(N_REPLICATIONS):
            inside = [her for her in women if her.replication == replication and her.pool in map(POOLS.index, own)]
            year = int(key) if by == "year" else None
            expected = counted_slowly(inside, from_year, year) if own else np.nan
            assert found.quantiles[LIVING_IN][number, replication] == pytest.approx(expected, nan_ok=True), (by, key)


@pytest.mark.unit
def test_a_place_bought_elsewhere_is_no_unit_wherever_it_is() -> None:
    women = (
        Woman(0, 10, "0751", 20, 100, "completed", 2, 10, 700),
        Woman(0, 20, "0751", 20, 100, "completed", 3, 20, 700),
    )
    scenario = scenario_of()
    design = design_of(scenario)
    minutes = np.concatenate([design.minutes, design.minutes[:, -1:] + 30], axis=1)
    found = tally(
        ledger_of(women, days_by_chance(1)[:1]), cohort_of(women, 1), design._replace(minutes=minutes), scenario
    )
    assert found.quantiles[LIVING_IN][0, 0] == 0
    assert found.pool_women["admitted"][0, -1].sum() == 2
    assert found.pool_women["travel_minutes"][0, -1].sum() == 120 + 150
