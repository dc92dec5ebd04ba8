"""Charts of results show the numbers they are given, in the units people use."""

import json
import re
from collections.abc import Callable

import pandas as pd
import pytest

pytest.importorskip("plotly")

from invented_results import comparison, results_of

from dashboard.draw import bars
from dashboard.draw.chart import Chart
from dashboard.draw.designs.differences import draw_differences
from dashboard.draw.designs.funnel import draw_funnel
from dashboard.draw.designs.kinds import KIND_PARTS, kind_costs
from dashboard.draw.designs.outcomes import OUTCOME_PARTS, referral_outcomes
from dashboard.draw.designs.payers import PAYER_PARTS, draw_payers, payer_costs
from dashboard.draw.designs.regions import draw_regions
from dashboard.draw.designs.side_by_side import draw_side_by_side
from dashboard.draw.designs.volume import draw_volume
from dashboard.draw.designs.waiting import GROUPS, draw_waiting
from dashboard.draw.designs.whose_estimate import draw_estimates, view_estimates
from dashboard.draw.theme import LIGHT
from dashboard.say.labels import pool_label
from dashboard.say.measure_words import estimate_of
from sim.experiment import run_experiment
from sim.scenario import scenario_from
from sim.texts import load_texts

DA, EN = load_texts("da"), load_texts("en")
PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
RUN = run_experiment(
    scenario_from(
        {
            "name": "run",
            "horizon_years": 3,
            "replications": 8,
            "designs": [
                {"name": "regional", "kind": "regional", "places": PLACES, "external": {"after_days": 30}},
                {"name": "external", "kind": "external", "financing": {"municipality": 0.5, "region": 0.5}},
            ],
        }
    )
)


def exactly(number: float) -> tuple[float, ...]:
    return (number, number - 1, number + 1, number - 3, number + 3)


@pytest.mark.unit
def test_the_funnel_shows_each_step_and_what_is_common_once() -> None:
    steps = {
        f"{word}_per_year": number
        for word, number in zip(
            ("referrals", "offered", "accepted", "admitted", "completed"), (70, 60, 30, 25, 14), strict=True
        )
    }
    one = comparison({measure: exactly(number) for measure, number in steps.items()})
    other = comparison(
        {measure: exactly(number - 2) for measure, number in steps.items()} | {"referrals_per_year": exactly(70)}
    )
    figure = draw_funnel(results_of({"regional": one, "shared": other}), DA, LIGHT).figure
    common, regional, shared = figure.data
    assert (common.name, regional.name, shared.name) == ("Alle modeller", "Regional", "Fælles")
    assert list(common.x) == [75, 70]
    assert list(regional.x) == [60, 30, 25, 14]
    assert list(shared.x) == [58, 28, 23, 12]
    assert list(regional.text) == ["60,0", "30,0", "25,0", "14,0"]
    assert "Simuleringsusikkerhed (95 %): 24,0 til 26,0" in regional.hovertext[2]
    assert list(figure.layout.yaxis.ticktext) == [
        "Behov",
        "Henvist",
        "Visiteret",
        "Siger ja",
        "Indskrevet",
        "Færdigbehandlet",
    ]
    rows = [*common.y, *regional.y, *shared.y]
    assert len(set(rows)) == len(rows)


@pytest.mark.unit
def test_outcomes_add_up_to_the_women_referred() -> None:
    for name, parts in referral_outcomes(RUN).items():
        referred = RUN.designs[name].estimates.mean[0, 0]
        assert sum(parts.values()) == pytest.approx(referred)
        assert min(parts.values()) > -1e-9
    assert set(parts) == {part.word for part in OUTCOME_PARTS}


@pytest.mark.unit
def test_payers_and_kinds_of_cost_add_up() -> None:
    totals = {name: estimate_of(RUN.designs[name], "cost_per_year").mean for name in RUN.designs}
    public = {name: estimate_of(RUN.designs[name], "public_cost_per_year").mean for name in RUN.designs}
    for name in RUN.designs:
        assert sum(payer_costs(RUN)[name].values()) == pytest.approx(totals[name])
        assert sum(payer_costs(RUN, is_public=True)[name].values()) == pytest.approx(public[name])
        kinds = kind_costs(RUN)[name]
        assert sum(kinds.values()) == pytest.approx(public[name])
        assert kinds["own"] + kinds["bought"] == pytest.approx(totals[name])
        assert min(kinds.values()) > -1.0
    assert kind_costs(RUN)["external"]["own"] == 0
    assert kind_costs(RUN)["regional"]["bought"] > 0


@pytest.mark.unit
def test_bars_stand_in_millions_with_their_totals() -> None:
    said = {"cost_municipality": exactly(1e6), "cost_region": exactly(0.0), "cost_state": exactly(3.25e6)}
    results = results_of(
        {"regional": comparison(said), "external": comparison(said | {"cost_municipality": exactly(2e6)})}
    )
    figure = draw_payers(results, DA, LIGHT).figure
    municipality, state, totals = figure.data  # nobody has the region pay
    assert list(municipality.x) == [1, 2]
    assert list(state.x) == [3.25, 3.25]
    assert list(totals.text) == [" 4,25", " 5,25"]
    assert figure.layout.xaxis.title.text == "mio. kr. om året"
    assert "Kommunen: 1,00 mio. kr. om året (24\xa0%)" in municipality.hovertext[0]
    frame = draw_payers(results, EN, LIGHT).frame()
    assert frame["Mean"].tolist() == [1e6, 0.0, 3.25e6, 2e6, 0.0, 3.25e6]
    assert set(frame["Unit of measure"]) == {"DKK a year"}


@pytest.mark.unit
def test_every_part_of_a_whole_has_a_look_of_its_own() -> None:
    for parts in (KIND_PARTS, PAYER_PARTS, OUTCOME_PARTS):
        assert len({(part.palette, part.number) for part in parts}) == len(parts)
    assert bars.PATTERNS[0] == ""


@pytest.mark.unit
def test_side_by_side_shows_means_intervals_and_spread() -> None:
    shares = {"regional": (0.612, 0.60, 0.62, 0.5, 0.7), "shared": (0.7, 0.69, 0.71, 0.6, 0.8)}
    results = results_of({name: comparison({"occupancy": numbers}) for name, numbers in shares.items()})
    spread, interval, dots = draw_side_by_side(results, DA, LIGHT, measures=("occupancy",)).figure.data
    assert list(spread.x) == [50, 70, None, 60, 80, None]
    assert list(interval.x) == [60, 62, None, 69, 71, None]
    assert list(dots.x) == [61.2, 70]
    assert list(dots.text) == ["61,2\xa0%", "70,0\xa0%"]
    assert list(dots.y) == [0, 1]
    assert list(dots.marker.symbol) == ["circle", "square"]
    assert dots.hovertext[0] == (
        "<b>Regional: Belægning</b><br>61,2\xa0%<br>Simuleringsusikkerhed (95 %): 60,0 til 62,0<br>"
        "90 % af simulationerne: 50,0 til 70,0"
    )


@pytest.mark.unit
def test_a_measure_nobody_has_is_left_out() -> None:
    results = results_of({"regional": comparison({"occupancy": exactly(0.5)})})
    figure = draw_side_by_side(results, EN, LIGHT, measures=("wait_days_mean", "occupancy")).figure
    assert [note.text for note in figure.layout.annotations] == ["<b>Occupancy</b>"]


@pytest.mark.unit
def test_differences_that_are_not_sure_are_hollow() -> None:
    names = ("regional", "shared", "flexible", "national")
    said = [(2.4, 2.3, 2.5, 1, 4), (-0.1, -0.3, 0.1, -2, 2), (-3.0, -3.2, -2.8, -5, -1)]
    pairs = {
        f"{name} - regional": comparison({"admitted_per_year": numbers})
        for name, numbers in zip(names[1:], said, strict=True)
    }
    results = results_of({name: comparison({}) for name in names}, pairs)
    chart = draw_differences(results, DA, LIGHT, measures=("admitted_per_year",))
    figure = chart.figure
    dots = figure.data[2]
    assert list(dots.text) == ["+2,4", "-0,1", "-3,0"]
    is_hollow = [color == LIGHT.background for color in dots.marker.color]
    assert is_hollow == [False, True, False]
    assert list(dots.marker.line.color)[1] == LIGHT.designs[2]  # the third design keeps its colour
    assert "Inden for simuleringsusikkerheden" in dots.hovertext[1]
    assert "Inden for simuleringsusikkerheden" not in dots.hovertext[0]
    assert figure.layout.xaxis.zeroline
    frame = chart.frame()
    assert frame["Ud over simuleringsusikkerheden"].tolist() == ["ja", "nej", "ja"]
    assert "inden for simuleringsusikkerheden" in chart.sentence


@pytest.mark.unit
def test_differences_are_from_the_chosen_design() -> None:
    pair = {"regional - shared": comparison({"occupancy": (0.05, 0.04, 0.06, 0, 0.1)})}
    results = results_of({"regional": comparison({}), "shared": comparison({})}, pair, measures={"against": "shared"})
    figure = draw_differences(results, EN, LIGHT, measures=("occupancy",)).figure
    assert figure.layout.title.text == "<b>Difference from the design “Shared”</b>"
    assert list(figure.data[2].text) == ["+5.0"]
    assert "percentage points" in figure.layout.annotations[0].text


@pytest.mark.unit
def test_regions_have_a_row_each_after_the_country() -> None:
    said = {"wait_days_mean": exactly(5), ("wait_days_mean", "region", "nordjylland"): exactly(9)}
    results = results_of({"regional": comparison(said), "shared": comparison({"wait_days_mean": exactly(3)})})
    chart = draw_regions(results, DA, LIGHT, measure="wait_days_mean")
    figure = chart.figure
    names = list(figure.layout.yaxis.ticktext)
    assert names == ["Hele landet", "Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"]
    dots = figure.data[-1]
    assert dict(zip(dots.x, dots.y, strict=True)).keys() == {5, 3, 9}
    assert [round(y) for y in dots.y] == [0, 0, 5]
    assert [trace.name for trace in figure.data[:2]] == ["Regional", "Fælles"]
    assert "Regional: lavest 9,0 dage i Region Nordjylland, højest 9,0 dage i Region Nordjylland" in chart.sentence


@pytest.mark.unit
def test_volume_is_set_against_the_minimum_of_the_scenario() -> None:
    said = {
        ("admissions_per_pool_year", "pool", "midtjylland"): (9.4, 9.2, 9.6, 7, 12),
        ("below_minimum_volume_share", "pool", "midtjylland"): exactly(0.5),
        ("admissions_per_pool_year", "pool", "AAL"): (2.1, 2, 2.2, 1, 3),
        ("below_minimum_volume_share", "pool", "AAL"): exactly(1.0),
    }
    own = comparison(said, pools=("midtjylland", "AAL", "external"))
    results = results_of({"regional": own, "external": comparison({})}, measures={"minimum_volume": 8})
    figure = draw_volume(results, DA, LIGHT).figure
    assert list(figure.layout.yaxis.ticktext) == ["<b>Regional</b>", "Midtjylland", "Aalborg"]
    assert list(figure.data[2].x) == [9.4, 2.1]
    assert list(figure.data[2].y) == [1, 2]
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (8, 8)
    notes = [note.text for note in figure.layout.annotations]
    assert notes == ["Minimumsvolumen 8", "50,0\xa0% under", "100,0\xa0% under"]
    assert draw_volume(results, EN, LIGHT).frame()["Minimum volume"].tolist() == [8, 8]


@pytest.mark.unit
def test_waiting_has_a_panel_of_shares_and_one_of_days() -> None:
    said = {measure: exactly(0.5) for measure in GROUPS["soon"].values()}
    said |= {measure: exactly(4) for measure in GROUPS["waited"].values()}
    figure = draw_waiting(results_of({"regional": comparison(said)}), EN, LIGHT).figure
    assert [note.text.split("<span")[0].strip() for note in figure.layout.annotations] == [
        "<b>Admitted, of those who accept</b>",
        "<b>Waited by those admitted</b>",
    ]
    shares, days = figure.data[2], figure.data[5]
    assert list(shares.x) == [50, 50, 50]
    assert list(days.x) == [4, 4, 4]
    assert not figure.layout.showlegend  # one design needs none


def views_of(measure: str, **means: dict[str, tuple[float, ...]]) -> pd.DataFrame:
    results = {
        view: results_of({name: comparison({measure: numbers}) for name, numbers in designs.items()})
        for view, designs in means.items()
    }
    return view_estimates(results, measure=measure)


@pytest.mark.unit
def test_the_best_of_each_row_is_marked_and_what_cannot_be_told_from_it() -> None:
    low, high = (
        {"a": (3, 2.5, 3.5), "b": (5, 4.5, 5.5), "c": (3.2, 2.8, 3.6)},
        {"a": (9, 8, 10), "b": (4, 3, 5), "c": (6, 5.5, 6.5)},
    )
    frame = views_of("wait_days_mean", need_dr_2023_70_80=low, own=high)
    chart = draw_estimates(frame, DA, LIGHT, measure="wait_days_mean")
    figure = chart.figure
    heat, numbers = figure.data
    assert [list(row) for row in heat.z] == [[3, 5, 3.2], [9, 4, 6]]
    assert list(numbers.text) == ["3,0<br>★", "5,0", "3,2<br>☆", "9,0", "4,0<br>★", "6,0"]
    assert list(figure.layout.yaxis.ticktext)[1] == "own"
    assert re.sub("<br>", " ", figure.layout.yaxis.ticktext[0]) == "Familieambulatorierne 2023"
    assert "★" in figure.layout.title.subtitle.text
    table = chart.frame()
    assert table["Bedst ved vurderingen"].tolist() == ["ja", "nej", "nej", "nej", "ja", "nej"]
    assert "a 3,0 dage (bedst); b 5,0 dage" in chart.sentence


@pytest.mark.unit
def test_more_admitted_is_better_and_a_high_occupancy_is_neither() -> None:
    numbers = {"a": (0.3, 0.2, 0.4), "b": (0.8, 0.7, 0.9)}
    assert views_of("admitted_per_year", own=numbers)["best"].tolist() == [False, True]
    frame = views_of("occupancy", own=numbers)
    assert not frame["best"].any()
    figure = draw_estimates(frame, EN, LIGHT, measure="occupancy").figure
    assert "★" not in figure.layout.title.subtitle.text


@pytest.mark.unit
def test_one_design_alone_is_not_the_best() -> None:
    assert not views_of("admitted_per_year", own={"a": (3, 2, 4)})["best"].any()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("pool", "label"),
    [
        ("midtjylland", "Midtjylland"),
        ("AAL", "Aalborg"),
        ("midtjylland-GOD", "Midtjylland, Herning"),
        ("aarhus-syd", "aarhus-syd"),
        ("min-AAR", "min-AAR"),
    ],
)
def test_a_pool_is_named_by_its_region_and_town_where_its_id_is_theirs(pool: str, label: str) -> None:
    assert pool_label(pool, DA) == label


@pytest.mark.unit
@pytest.mark.parametrize("draw", [draw_side_by_side, draw_waiting, draw_volume, draw_funnel, draw_differences])
def test_a_design_has_the_colour_of_its_place_in_the_scenario(draw: Callable[..., Chart]) -> None:
    theme = LIGHT._replace(order=("left-out", "regional", "left-out-too", "external"))
    traces = json.dumps(draw(RUN, DA, theme).figure.to_plotly_json()["data"], default=str)
    drawn = {color for color in LIGHT.designs if color in traces}
    assert drawn
    assert drawn <= {LIGHT.designs[1], LIGHT.designs[3]}
