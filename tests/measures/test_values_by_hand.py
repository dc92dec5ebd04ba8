"""Every measure of a hand-made ledger, worked by hand."""

from typing import Any

import numpy as np
import pytest
from hand_made import NOT, WOMEN, YEAR, cohort_of, design_of, ledger_of, pool_days, scenario_of, visited

from sim.experiment.measured import MEASURE_NUMBER
from sim.measures import EXTERNAL, MEASURES, Scope, measure_parts, scope_sums, scopes_of, tally

REGIONS = ("hovedstaden", "sjaelland", "syddanmark", "midtjylland", "nordjylland")


class Measured:
    """Values of the hand-made ledger, by scope and measure."""

    def __init__(self, **words: Any) -> None:
        scenario = scenario_of(**words)
        design = design_of(scenario)
        tallies = tally(ledger_of(WOMEN, pool_days()), cohort_of(WOMEN, 3), design, scenario)
        self.scopes = scopes_of(design, scenario)
        self.values = measure_parts(MEASURES, scope_sums(tallies, design, scenario), tallies.quantiles, design).values

    def __call__(self, measure: str, *, by: str = "all", key: str = "", replication: int = 0) -> float:
        scope = self.scopes.index(Scope(by, key))
        return float(self.values[scope, MEASURE_NUMBER[measure], replication])


@pytest.fixture(scope="module")
def measured() -> Measured:
    return Measured()


WHOLE = {
    # ten referred in two years: one not offered, one declined, four admitted, three refused, one waiting
    "referrals_per_year": 10 / 2,
    "offered_per_year": 9 / 2,
    "offered_share": 9 / 10,
    "accepted_per_year": 8 / 2,
    "accepted_share": 8 / 9,
    "referred_too_late_share": 0,  # visitation takes no time
    "admitted_per_year": 4 / 2,
    "admitted_alone_per_year": 2 / 2,
    "admitted_partner_per_year": 1 / 2,
    "admitted_children_per_year": 1 / 2,
    "admitted_share_of_referred": 4 / 10,
    "admitted_share_of_accepted": 4 / 8,
    "admitted_before_birth_share": 3 / 8,
    "admitted_within_7_days": 1 / 8,
    "admitted_within_14_days": 2 / 8,
    "worst_region_within_14_days": NOT,  # of all replications together
    "admitted_within_30_days": 2 / 8,
    "visitation_days_mean": 0,
    "wait_days_mean": (0 + 10 + 40 + 42) / 4,
    "wait_days_median": (10 + 40) / 2,
    "wait_days_p90": 40 + 0.7 * (42 - 40),  # 0.9 of the way from the first to the fourth
    "refused_share": 3 / (3 + 4),
    "gave_up_per_year": 1 / 2,
    "birth_before_place_per_year": 1 / 2,
    "pregnancy_ended_per_year": 1 / 2,
    "week_at_admission_mean": (20 + (30 + 10 / 7) + (10 + 42 / 7)) / 3,
    # at once, 10, to birth 20, 150, 40, 7, 42, and to the horizon 30.5
    "exposure_days_per_year": (0 + 10 + 20 + 150 + 40 + 7 + 42 + 30.5) / 2,
    "completed_per_year": 2 / 2,
    "left_early_share": 1 / 3,
    "stay_days_mean": (290 + 70 + 258) / 3,  # one stay goes on
    "stay_days_median": 258,
    # of 105 weeks nobody lives in at the beginning of 2, one woman of 65, two of 36 and three of 2
    "women_living_in_p95": 2,
    "occupancy": (400 + 600 + 300) / (730.5 + 730.5 + 500 + YEAR),
    "all_taken_probability": (50 + 100 + 80) / (4 * YEAR),
    "empty_probability": (20 + 10 + YEAR) / (4 * YEAR),
    "open_place_years": (730.5 + 730.5 + 500 + YEAR) / YEAR,
    "occupied_place_years": 1300 / YEAR,
    "closed_place_years": (3 * YEAR - 500 + 3 * YEAR - YEAR) / YEAR,
    "openings_per_year": 2 / 2,
    "closings_per_year": 2 / 2,
    "travel_minutes_mean": (10 + 20 + 95 + 120) / 4,
    "travel_minutes_p90": 95 + 0.7 * (120 - 95),
    "travel_over_60_share": 2 / 4,
    "travel_over_90_share": 2 / 4,
    "travel_over_120_share": 0 / 4,  # 120 minutes are not more than 120
    "worst_region_travel_minutes": NOT,
    "admissions_per_pool_year": 3 / 4,
    "below_minimum_volume_share": 3 / 4,  # only the north of year 1 has two
}


@pytest.mark.unit
def test_every_measure_is_worked_by_hand() -> None:
    assert set(WHOLE) == {measure.name for measure in MEASURES}


@pytest.mark.unit
@pytest.mark.parametrize("measure", WHOLE)
def test_whole(measured: Measured, measure: str) -> None:
    assert measured(measure) == pytest.approx(WHOLE[measure], rel=1e-12, nan_ok=True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("admitted_per_year", 1),
        ("wait_days_mean", 3.5),
        ("admitted_within_7_days", 1),  # seven days are within seven days
        ("refused_share", 0),
        ("left_early_share", 0.5),
        ("occupancy", (353.25 + 34.75 + 5) / (4 * YEAR + 2 * YEAR)),
        ("week_at_admission_mean", (13 + 22) / 2),
        ("below_minimum_volume_share", 1),
        ("stay_days_median", (388 + 5) / 2),
        ("women_living_in_p95", 1),
        ("closed_place_years", 4),
        ("openings_per_year", 0),
    ],
)
def test_another_replication(measured: Measured, measure: str, expected: float) -> None:
    assert measured(measure, replication=1) == pytest.approx(expected, rel=1e-12)


@pytest.mark.unit
@pytest.mark.parametrize("measure", WHOLE)
def test_without_women_counts_are_0_and_shares_of_nobody_are_missing(measured: Measured, measure: str) -> None:
    known = {
        "women_living_in_p95": 0,
        "occupancy": 0,
        "all_taken_probability": 0,
        "empty_probability": 1,
        "open_place_years": 4,
        "occupied_place_years": 0,
        "closed_place_years": 6,
        "admissions_per_pool_year": 0,
        "below_minimum_volume_share": 1,
    }
    per_year = {name: 0 for name in WHOLE if name.endswith("_per_year")}
    expected = (known | per_year).get(measure, NOT)
    assert measured(measure, replication=2) == pytest.approx(expected, rel=1e-12, nan_ok=True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (
            "nordjylland",
            {
                "referrals_per_year": 4 / 2,
                "accepted_share": 3 / 4,
                "admitted_per_year": 1 / 2,
                "refused_share": 1 / 2,
                "wait_days_p90": 0,
                "travel_minutes_mean": 10,
                "exposure_days_per_year": (0 + 7 + 30.5) / 2,
                "occupancy": 1000 / 1461,
                "open_place_years": 4,
                "openings_per_year": 0,
                "admissions_per_pool_year": 1,  # two women of the two years, one from Aarhus
            },
        ),
        (
            "midtjylland",
            {
                "referrals_per_year": 3 / 2,
                "offered_share": 2 / 3,
                "admitted_share_of_accepted": 1,
                "wait_days_median": 25,
                "travel_over_90_share": 1 / 2,
                "stay_days_mean": 70,
                "admitted_children_per_year": 1 / 2,
                "women_living_in_p95": 1,  # 10 of 105 weeks
                "occupancy": 300 / (500 + YEAR),
                "openings_per_year": 1,
                "closed_place_years": (5 * YEAR - 500) / YEAR,
            },
        ),
        (
            "hovedstaden",
            {
                "admitted_per_year": 1 / 2,
                "refused_share": 2 / 3,
                "travel_minutes_p90": 120,
                "women_living_in_p95": NOT,
                "occupancy": NOT,
                "open_place_years": 0,
                "below_minimum_volume_share": NOT,
            },
        ),
        (
            "sjaelland",
            {"referrals_per_year": 0, "offered_share": NOT, "wait_days_mean": NOT, "wait_days_p90": NOT},
        ),
    ],
)
def test_by_region(measured: Measured, region: str, expected: dict[str, float]) -> None:
    found = {name: measured(name, by="region", key=region) for name in expected}
    assert found == pytest.approx(expected, rel=1e-12, nan_ok=True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (
            "1",
            {
                "referrals_per_year": 8,
                "admitted_per_year": 3,
                "wait_days_median": 10,
                "exposure_days_per_year": 227,
                "occupancy": 700 / 1230.5,
                "openings_per_year": 2,
                "closings_per_year": 1,
                "below_minimum_volume_share": 1 / 2,
                "open_place_years": 1230.5 / YEAR,
            },
        ),
        (
            "2",
            {
                "referrals_per_year": 2,
                "admitted_per_year": 1,
                "wait_days_p90": 42,
                "refused_share": 0,
                "exposure_days_per_year": 72.5,
                "occupancy": 600 / (3 * YEAR),
                "openings_per_year": 0,
                "below_minimum_volume_share": 1,
                "admissions_per_pool_year": 0,  # she got a place elsewhere
            },
        ),
    ],
)
def test_by_year(measured: Measured, year: str, expected: dict[str, float]) -> None:
    found = {name: measured(name, by="year", key=year) for name in expected}
    assert found == pytest.approx(expected, rel=1e-12, nan_ok=True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("pool", "expected"),
    [
        (
            "north",
            {
                "admitted_per_year": 1,
                "wait_days_mean": 20,
                "travel_minutes_mean": 52.5,
                "week_at_admission_mean": 20,
                "left_early_share": 0,
                "stay_days_median": 290,
                "women_living_in_p95": 2,  # 30 of 105 weeks
                "occupancy": 1000 / 1461,
                "admissions_per_pool_year": 1,
                "below_minimum_volume_share": 1 / 2,
                "closed_place_years": 0,
            },
        ),
        (
            "flex",
            {
                "admitted_per_year": 1 / 2,
                "left_early_share": 1,
                "empty_probability": (10 + YEAR) / (2 * YEAR),
                "closings_per_year": 1,
            },
        ),
        (
            EXTERNAL,
            {
                "admitted_per_year": 1 / 2,
                "wait_days_p90": 42,
                "travel_minutes_mean": 120,
                "week_at_admission_mean": 16,
                "stay_days_mean": 258,
                "completed_per_year": 1 / 2,
            },
        ),
    ],
)
def test_by_pool(measured: Measured, pool: str, expected: dict[str, float]) -> None:
    found = {name: measured(name, by="pool", key=pool) for name in expected}
    assert found == pytest.approx(expected, rel=1e-12, nan_ok=True)


@pytest.mark.unit
def test_what_has_no_meaning_for_a_pool_is_missing(measured: Measured) -> None:
    for measure in MEASURES:
        for pool in ("north", "flex", EXTERNAL):
            is_meant = measure.kind == "admitted" or (measure.kind == "places" and pool != EXTERNAL)
            if not is_meant:
                assert np.isnan(measured(measure.name, by="pool", key=pool)), (measure.name, pool)


@pytest.mark.unit
def test_scopes_are_all_then_regions_years_pools_and_elsewhere(measured: Measured) -> None:
    assert measured.scopes == (
        Scope("all", ""),
        *(Scope("region", region) for region in REGIONS),
        Scope("year", "1"),
        Scope("year", "2"),
        Scope("pool", "north"),
        Scope("pool", "flex"),
        Scope("pool", EXTERNAL),
    )


@pytest.mark.unit
def test_measured_from_the_second_year_the_first_counts_nowhere(measured: Measured) -> None:
    later = Measured(measure_from_year=2)
    assert [scope.key for scope in later.scopes if scope.by == "year"] == ["2"]
    for measure in MEASURES:
        expected = measured(measure.name, by="year", key="2")
        assert later(measure.name) == pytest.approx(expected, rel=1e-12, nan_ok=True), measure.name
        assert later(measure.name, by="year", key="2") == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert later("referrals_per_year", by="region", key="nordjylland") == 1
    assert later("admitted_per_year", by="pool", key="north") == 0
    assert np.isnan(later("wait_days_p90", by="pool", key="north"))


@pytest.mark.unit
def test_whose_pregnancy_ends_before_her_visitation_is_done_is_referred_too_late() -> None:
    scenario = scenario_of()
    design, cohort = design_of(scenario), cohort_of(WOMEN, 3)
    days = np.linspace(
        0, 44, len(WOMEN)
    )  # 4 days more for each; that of the sixth takes 20, her pregnancy ends after 7
    days[2] = 20  # on the day itself is too late
    tallies = tally(ledger_of(WOMEN, pool_days()), visited(cohort, days), design, scenario)
    values = measure_parts(MEASURES, scope_sums(tallies, design, scenario), tallies.quantiles, design).values
    whole = values[0, :, 0]
    assert whole[MEASURE_NUMBER["referred_too_late_share"]] == 2 / 10
    assert whole[MEASURE_NUMBER["visitation_days_mean"]] == pytest.approx(days[:10].mean(), rel=1e-12)
    assert values[0, MEASURE_NUMBER["referred_too_late_share"], 1] == 0


@pytest.mark.unit
def test_on_the_map_of_four_the_east_is_one_region() -> None:
    four = Measured(regions="four")
    assert next(scope.key for scope in four.scopes if scope.by == "region") == "oestdanmark"
    assert four("referrals_per_year", by="region", key="oestdanmark") == 3 / 2


@pytest.mark.unit
def test_measures_have_names_of_their_own_and_units() -> None:
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    for measure in MEASURES:
        assert measure.unit
        assert measure.kind in ("women", "admitted", "places")
        assert (measure.unit == "share") == measure.name.startswith(
            ("admitted_within", "admitted_share", "admitted_before", "worst_region_within")
        ) or measure.name.endswith(("_share", "_probability", "occupancy"))
