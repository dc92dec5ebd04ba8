"""The map by home: which colour a municipality has, and what is said where hardly any women live."""

import numpy as np
import pytest

pytest.importorskip("plotly")

from dashboard.draw.places.home_map import build_home_table, draw_home_map, home_estimates
from dashboard.draw.places.shades import class_edges
from dashboard.draw.theme import LIGHT
from sim.design import build_designs
from sim.geography import home_places
from sim.looks.catchments import catchments_of
from sim.looks.homes import Homes, count_homes
from sim.scenario import find_scenario, load_scenario, with_values
from sim.texts import NOTHING, load_texts

DA = load_texts("da")
SCENARIO = with_values(load_scenario(find_scenario("baseline")), {"replications": 20, "horizon_years": 5})
CATCHMENTS = catchments_of(build_designs(SCENARIO)[0], SCENARIO)


@pytest.fixture(scope="module", params=["council", "municipality"])
def homes(request: pytest.FixtureRequest) -> Homes:
    return count_homes(SCENARIO, request.param)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.12, 0.31, np.nan], [0.10, 0.15, 0.20, 0.25, 0.30, 0.35]),
        ([20, 60], [20, 30, 40, 50, 60]),
        ([0.0, 4.1], [0, 1, 2, 3, 4, 5]),
        ([120, 120], [120, 120]),
        ([np.nan], [0, 0]),
    ],
)
def test_classes_have_round_edges_and_are_few(values: list[float], expected: list[float]) -> None:
    assert class_edges(values) == pytest.approx(expected)


@pytest.mark.unit
def test_what_cannot_be_told_apart_has_one_colour() -> None:
    assert class_edges([0.78, 0.82], width=0.04) == pytest.approx([0.75, 0.80, 0.85])
    assert class_edges([0.78, 0.79], width=0.2) == pytest.approx([0.6, 0.8])


@pytest.mark.unit
def test_every_municipality_is_drawn_once_in_the_class_of_its_place(homes: Homes) -> None:
    measure = "admitted_within_14_days"
    chart = draw_home_map(homes, CATCHMENTS, DA, LIGHT, measure=measure, design="regional")
    points = chart.figure.data[1:]
    assert sum(len(trace.x) for trace in points) == 98
    means = dict(zip(homes.keys, home_estimates(homes, measure, "regional"), strict=True))
    of = dict(zip(CATCHMENTS.name, np.array(homes.keys)[homes.place_of], strict=True))
    for trace in points:
        for text in trace.hovertext:
            own = means[of[text.split("</b>")[0].removeprefix("<b>")]]
            if trace.name == "færre end 5 kvinder":
                assert own.n == 0
                assert trace.marker.color == LIGHT.background
            else:
                low, high = (float(edge) / 100 for edge in trace.name.removesuffix("\xa0%").split("-"))
                assert low <= own.mean <= high
            assert "Henviste kvinder om året" in text
    assert len({trace.name for trace in points}) == len(points)
    n_hidden = sum(own.n == 0 for own in means.values())
    assert f"af for få kvinder: {n_hidden}." in chart.sentence


@pytest.mark.unit
def test_the_table_has_all_places_and_no_share_of_few_women(homes: Homes) -> None:
    table = build_home_table(homes, DA, measure="admitted_within_14_days")
    assert len(table) == len(homes.keys)
    assert table.shape[1] == 2 + len(homes.designs)
    own = [estimate.n == 0 for estimate in home_estimates(homes, "admitted_within_14_days", "regional")]
    assert (table.iloc[:, 2] == NOTHING).tolist() == own
    assert not (table.iloc[:, 1] == NOTHING).any()


@pytest.mark.unit
def test_councils_lie_whole_within_a_region() -> None:
    region, council = home_places("region", "four").place_of, home_places("council", "four").place_of
    assert len(set(zip(region, council, strict=True))) == 17
