"""Results by home against those by region, and what is not told where hardly any women live."""

import json

import numpy as np
import pytest

from sim.cli.plain import LEVELS
from sim.experiment import Results, run_experiment
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.geography import HOME_LEVELS, REGION_MAPS
from sim.looks.homes import FEWEST_WOMEN, Homes, count_homes
from sim.measures import HOME_MEASURES
from sim.scenario import Scenario, find_scenario, load_scenario, with_values

COUNTS = [measure.name for measure in HOME_MEASURES if measure.per == "years"]
SHARES = [measure for measure in HOME_MEASURES if measure.per != "years"]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return with_values(load_scenario(find_scenario("baseline")), {"replications": 60, "horizon_years": 4})


@pytest.fixture(scope="module")
def results(scenario: Scenario) -> Results:
    return run_experiment(scenario)


@pytest.fixture(scope="module")
def by_municipality(scenario: Scenario) -> Homes:
    return count_homes(scenario, "municipality")


@pytest.mark.unit
def test_the_command_names_the_levels_there_are() -> None:
    assert LEVELS == HOME_LEVELS


@pytest.mark.unit
def test_by_region_everything_is_as_in_results(scenario: Scenario, results: Results) -> None:
    homes = count_homes(scenario, "region")
    assert homes.keys == REGION_MAPS[scenario.regions]
    regions = slice(1, 1 + len(homes.keys))
    n_told = 0
    for expected, found in ((results.designs, homes.designs), (results.differences, homes.differences)):
        assert list(expected) == list(found)
        for name, part in found.items():
            assert [scope.key for scope in part.scopes] == list(homes.keys)
            for measure in HOME_MEASURES:
                column = MEASURE_NUMBER[measure.name]
                is_told = part.estimates.n[:, column] > 0
                n_told += is_told.sum()
                for got, known in zip(part.estimates, expected[name].estimates, strict=True):
                    np.testing.assert_allclose(
                        got[is_told, column], known[regions, column][is_told], rtol=1e-9, atol=1e-12
                    )
    assert n_told > 300


@pytest.mark.unit
@pytest.mark.parametrize(("level", "n_places"), [("kkr", 5), ("council", 17), ("municipality", 98)])
def test_places_add_up_to_the_country(scenario: Scenario, results: Results, level: str, n_places: int) -> None:
    homes = count_homes(scenario, level)
    assert len(homes.keys) == n_places == homes.place_of.max() + 1
    for name, part in homes.designs.items():
        for measure in COUNTS:
            column = MEASURE_NUMBER[measure]
            whole = results.designs[name].estimates.mean[0, column]
            assert part.estimates.mean[:, column].sum() == pytest.approx(whole, rel=1e-12)


@pytest.mark.unit
def test_shares_of_few_women_are_not_told_but_how_many_there_are_is(scenario: Scenario, by_municipality: Homes) -> None:
    below = {"referred": "referrals_per_year", "offered": "offered_per_year", "accepted": "accepted_per_year"}
    for part in by_municipality.designs.values():
        assert (part.estimates.n[:, [MEASURE_NUMBER[name] for name in COUNTS]] == scenario.replications).all()
        for measure in SHARES:
            if measure.per in below:
                women = part.estimates.mean[:, MEASURE_NUMBER[below[measure.per]]] * scenario.horizon_years
                is_told = part.estimates.n[:, MEASURE_NUMBER[measure.name]] > 0
                assert (is_told == (women >= FEWEST_WOMEN)).all(), measure.name
                assert np.isnan(part.estimates.mean[~is_told, MEASURE_NUMBER[measure.name]]).all()
    shares = by_municipality.designs["regional"].estimates.n[:, MEASURE_NUMBER["admitted_share_of_accepted"]] > 0
    assert 0 < shares.sum() < 98
    for pair, part in by_municipality.differences.items():
        both = [by_municipality.designs[name].estimates for name in pair.split(" - ")]
        for measure in SHARES:
            column = MEASURE_NUMBER[measure.name]
            is_told = (both[0].n[:, column] > 0) & (both[1].n[:, column] > 0)
            assert (part.estimates.n[:, column] > 0).sum() <= is_told.sum()
            assert not part.estimates.n[~is_told, column].any()


@pytest.mark.unit
def test_what_is_not_counted_by_home_has_no_value(by_municipality: Homes) -> None:
    others = [
        number for number, measure in enumerate(ALL_MEASURES) if measure.name not in {own.name for own in HOME_MEASURES}
    ]
    assert not by_municipality.designs["regional"].estimates.n[:, others].any()


@pytest.mark.unit
def test_rows_and_json_tell_the_same(results: Results, by_municipality: Homes) -> None:
    told = json.loads(json.dumps(by_municipality.as_json(), allow_nan=False))
    rows = by_municipality.rows(results)
    assert {row.by for row in rows} == {"municipality"}
    for row in rows:
        what = "designs" if row.design in results.designs else "differences"
        assert told[what][row.design][row.key][row.measure]["mean"] == row.mean
    n_told = sum(
        len(own) for what in ("designs", "differences") for places in told[what].values() for own in places.values()
    )
    assert n_told == len(rows)


@pytest.mark.unit
def test_the_same_on_one_core_as_on_two(scenario: Scenario) -> None:
    one, two = (count_homes(scenario, "council", cores=cores, replications=55) for cores in (1, 2))
    for name, part in one.designs.items():
        for got, other in zip(part.estimates, two.designs[name].estimates, strict=True):
            np.testing.assert_array_equal(got, other)
