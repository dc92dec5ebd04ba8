"""The map: who lives where, how far they have, and Bornholm in its box."""

import numpy as np
import pytest

pytest.importorskip("plotly")

from dashboard.draw.places.catchment_map import draw_map, travel_class, travel_class_names
from dashboard.draw.places.outlines import BORNHOLM_BOX, COUNTRY, load_outlines, on_paper
from dashboard.draw.theme import LIGHT
from sim.design import build_designs
from sim.geography import load_municipalities, load_sites
from sim.looks.catchments import Catchments, catchments_of
from sim.scenario import scenario_from
from sim.texts import load_texts

DA, EN = load_texts("da"), load_texts("en")
POOLS = [
    {"id": "aarhus", "site": "AAR", "serves": ["midtjylland", "nordjylland"], "places": 6},
    {"id": "aalborg", "site": "AAL", "serves": ["nordjylland"], "places": 1, "flexible": {"max_places": 3}},
]
SCENARIO = scenario_from(
    {
        "name": "map",
        "demand": {"need_per_year": 80},
        "designs": [
            {"name": "own", "kind": "pools", "pools": POOLS},
            {"name": "external", "kind": "external", "external": {"minutes": 100}},
            {"name": "local", "kind": "local", "sites": [site.id for site in load_sites()][:10]},
        ],
    }
)


def catchments(number: int) -> Catchments:
    return catchments_of(build_designs(SCENARIO)[number], SCENARIO)


@pytest.mark.unit
def test_classes_of_travel_are_those_of_the_measures() -> None:
    minutes = [0, 30, 30.1, 60, 90, 120, 120.1, np.nan]
    assert travel_class(minutes).tolist() == [0, 0, 1, 1, 2, 3, 4, 5]
    assert travel_class_names(DA) == (
        "Højst 30 minutter",
        "30-60 minutter",
        "60-90 minutter",
        "90-120 minutter",
        "Over 120 minutter",
        "Ingen enhed",
    )


@pytest.mark.unit
def test_a_kilometre_is_a_kilometre() -> None:
    east, north = on_paper([10.2108, 9.9187], [56.1567, 57.048])  # Aarhus and Aalborg are 101 km apart
    assert np.hypot(*np.subtract((east[0], north[0]), (east[1], north[1]))) == pytest.approx(101, abs=1)


@pytest.mark.unit
def test_everything_danish_is_on_the_paper_and_bornholm_in_its_box() -> None:
    outlines, places = load_outlines(), load_municipalities()
    points = [(outlines.east, outlines.north), on_paper(places.lon, places.lat)]
    points.append(on_paper([site.lon for site in load_sites()], [site.lat for site in load_sites()]))
    for east, north in points:
        assert np.nanmin(east) > COUNTRY.west
        assert np.nanmax(east) < COUNTRY.east
        assert COUNTRY.south < np.nanmin(north) < np.nanmax(north) < COUNTRY.north
    home = places.name.index("Bornholm")
    east, north = on_paper(places.lon[home], places.lat[home])
    assert BORNHOLM_BOX.west < east < BORNHOLM_BOX.east
    assert BORNHOLM_BOX.south < north < BORNHOLM_BOX.north
    is_in_box = (
        (outlines.east > BORNHOLM_BOX.west)
        & (outlines.east < BORNHOLM_BOX.east)
        & (outlines.north > BORNHOLM_BOX.south)
        & (outlines.north < BORNHOLM_BOX.north)
    )
    edge = np.sum(~is_in_box & (outlines.north > BORNHOLM_BOX.south) & (outlines.east > BORNHOLM_BOX.west))
    assert is_in_box.sum() > 20
    assert edge == 0  # nothing else of Denmark is beneath the box


@pytest.mark.unit
def test_every_municipality_is_a_point_as_large_as_its_need() -> None:
    own = catchments(0)
    figure = draw_map(own, DA, LIGHT).figure
    points = [trace for trace in figure.data if trace.name in travel_class_names(DA)]
    told = {
        text.split("</b>")[0].removeprefix("<b>"): (trace, number)
        for trace in points
        for number, text in enumerate(trace.hovertext)
    }
    assert set(told) == set(own.name)
    aarhus, odense, aalborg = (told[name] for name in ("Aarhus", "Odense", "Aalborg"))
    assert aarhus[0].name == "Højst 30 minutter"
    assert odense[0].name == "Ingen enhed"
    size = {name: trace.marker.size[number] for name, (trace, number) in told.items()}
    area = size["Aarhus"] ** 2 / size["Odense"] ** 2
    row = {name: number for number, name in enumerate(own.name)}
    assert area == pytest.approx(own.need_per_year[row["Aarhus"]] / own.need_per_year[row["Odense"]], rel=0.05)
    assert "Nærmeste enhed: Aalborg" in aalborg[0].hovertext[aalborg[1]]
    assert "Kan visiteres til 2 enheder" in aalborg[0].hovertext[aalborg[1]]
    assert "Ingen enhed" in odense[0].hovertext[odense[1]]


@pytest.mark.unit
def test_a_line_goes_from_each_municipality_to_its_nearest_unit() -> None:
    own = catchments(0)
    ways = draw_map(own, DA, LIGHT).figure.data[1]
    row = own.name.index("Aarhus")
    served = np.flatnonzero(own.nearest_pool >= 0)
    start = 3 * served.tolist().index(row)
    home, site = on_paper(own.lon[row], own.lat[row]), on_paper(own.pools[0].lon, own.pools[0].lat)
    assert ways.x[start : start + 2] == pytest.approx([home[0], site[0]], abs=0.1)
    assert ways.y[start : start + 2] == pytest.approx([home[1], site[1]], abs=0.1)
    assert np.isnan(ways.x[start + 2])
    assert len(ways.x) == 3 * len(served)


@pytest.mark.unit
def test_units_have_their_towns_and_places() -> None:
    figure = draw_map(catchments(0), EN, LIGHT).figure
    notes = [note.text for note in figure.layout.annotations]
    assert notes[:2] == ["Aarhus 6", "Aalborg 1-3"]
    sites = figure.data[-1]
    assert sites.name == "Unit with places"
    assert sites.hovertext[1].endswith("<br>1-3 places")


@pytest.mark.unit
def test_many_units_are_not_named_but_counted() -> None:
    local = catchments(2)
    notes = [note.text for note in draw_map(local, DA, LIGHT).figure.layout.annotations]
    assert len(local.pools) == 10
    assert all(note.isdigit() for note in notes[:-1])


@pytest.mark.unit
@pytest.mark.parametrize(("texts", "holder"), [(DA, "Styrelsen for Dataforsyning"), (EN, "CC BY 4.0")])
def test_the_licence_of_the_outlines_is_shown(texts: object, holder: str) -> None:
    notes = draw_map(catchments(1), texts, LIGHT).figure.layout.annotations  # type: ignore[arg-type]
    assert holder in notes[-1].text.replace("<br>", " ")


@pytest.mark.unit
def test_without_units_there_are_no_lines_and_the_way_elsewhere_is_told() -> None:
    chart = draw_map(catchments(1), DA, LIGHT)
    figure = chart.figure
    assert [trace.name for trace in figure.data] == [None, "Ingen enhed"]
    assert "Ingen enhed; købt plads 100 minutter væk" in figure.data[1].hovertext[0]
    assert "ingen enheder" in chart.sentence


@pytest.mark.unit
def test_the_table_has_what_the_map_shows() -> None:
    own = catchments(0)
    chart = draw_map(own, DA, LIGHT)
    frame = chart.frame().set_index("Kommune")
    assert len(frame) == 98
    assert frame["Behov, kvinder om året"].sum() == pytest.approx(80)
    assert frame.loc["Aalborg", "Enheder, hun kan visiteres til"] == "Aalborg (AAL); Aarhus (AAR)"
    assert frame.loc["Odense", "Nærmeste enhed"] == ""
    assert np.isnan(frame.loc["Odense", "Minutter til nærmeste enhed"])
    shares = chart.sentence
    assert "Aarhus (6 pladser), Aalborg (1-3 pladser)" in shares
    far = own.need_per_year[travel_class(own.nearest_minutes) == 5].sum() / 80
    assert f"Ingen enhed: {DA.percent(far)}" in shares
