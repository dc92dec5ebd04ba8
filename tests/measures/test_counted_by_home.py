"""Women counted by home, by hand and against a slow count of each woman."""

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hand_made import AALBORG, AARHUS, KOBENHAVN, ROW, WOMEN, YEAR, Woman, cohort_of, design_of, ledger_of, scenario_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_adding_up import N_REPLICATIONS, days_by_chance, women_by_chance

from sim.geography import home_places
from sim.measures import HOME_MEASURES, home_parts

NUMBER = {measure.name: number for number, measure in enumerate(HOME_MEASURES)}


def parts_of(women: tuple[Woman, ...], level: str, **words: Any) -> Any:
    scenario = scenario_of(**words)
    design, places = design_of(scenario), home_places(level, scenario.regions)
    found = home_parts(
        ledger_of(women, days_by_chance(1)),
        cohort_of(women, N_REPLICATIONS),
        design,
        scenario,
        place_of=places.place_of,
        n_places=len(places.keys),
    )
    return places, found, design.minutes


@pytest.mark.unit
@pytest.mark.parametrize(
    ("level", "key", "expected"),
    [
        (
            "municipality",
            "Aarhus",
            {
                "referrals_per_year": 3 / 2,
                "offered_per_year": 2 / 2,
                "admitted_per_year": 2 / 2,
                "admitted_share_of_accepted": 1,
                "admitted_within_14_days": 1 / 2,
                "wait_days_mean": 25,
                "travel_minutes_mean": (20 + 95) / 2,
                "refused_share": 0,
            },
        ),
        ("council", "Limfjorden", {"referrals_per_year": 4 / 2, "accepted_per_year": 3 / 2, "refused_share": 1 / 2}),
        ("council", "Hovedstaden", {"accepted_share": 1, "admitted_share_of_accepted": 1 / 3, "wait_days_mean": 42}),
        ("kkr", "KKR Hovedstaden", {"travel_minutes_mean": 120, "refused_share": 2 / 3}),
        ("region", "sjaelland", {"referrals_per_year": 0, "offered_share": np.nan, "wait_days_mean": np.nan}),
    ],
)
def test_by_hand(level: str, key: str, expected: dict[str, float]) -> None:
    places, found, _ = parts_of(WOMEN, level)
    values = found.values[places.keys.index(key), :, 0]
    assert {name: values[NUMBER[name]] for name in expected} == pytest.approx(expected, nan_ok=True)


@pytest.mark.law
@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.sampled_from([0, 1, 10, 60]), st.sampled_from([1, 2]))
def test_every_municipality_counts_as_woman_by_woman(seed: int, n_women: int, from_year: int) -> None:
    women = women_by_chance(seed, n_women)
    _, found, minutes = parts_of(women, "municipality", measure_from_year=from_year)
    counted: dict[tuple[int, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for her in women:
        if her.referral < (from_year - 1) * YEAR:  # there already, or before the years measured
            continue
        own = counted[ROW[her.home], her.replication]
        own["referred"] += 1
        own["offered"] += her.outcome != "not_offered"
        own["accepted"] += her.outcome not in ("not_offered", "declined")
        own["refused"] += her.outcome in ("gave_up", "birth_before_place", "pregnancy_ended")
        own["wait_over"] += her.outcome not in ("not_offered", "declined", "waiting")
        if her.pool >= 0:
            own["admitted"] += 1
            own["admitted_within_14_days"] += her.admission - her.referral <= 14
            own["wait_days"] += her.admission - her.referral
            own["travel_minutes"] += minutes[ROW[her.home], her.pool]
    for home in (ROW[code] for code in (AALBORG, AARHUS, KOBENHAVN)):
        for replication in range(N_REPLICATIONS):
            own = counted[home, replication]
            for number, measure in enumerate(HOME_MEASURES):
                per = 3.0 - from_year if measure.per == "years" else own[measure.per]
                expected = own[measure.of] / per if per else np.nan
                assert found.values[home, number, replication] == pytest.approx(expected, nan_ok=True), measure.name
    others = np.setdiff1d(np.arange(98), [ROW[code] for code in (AALBORG, AARHUS, KOBENHAVN)])
    assert not found.tops[others].any()
