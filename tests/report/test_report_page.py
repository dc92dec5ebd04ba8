"""The report as a page: it says the numbers, fetches nothing, prints, and texts from outside do no harm."""

import re
from itertools import pairwise

import pytest
from invented_results import comparison, results_of
from reported import HOSTILE, REGIONAL, content_of, hostile, invented, read_page

from sim.report import ReportChart, ReportSeries, write_report
from sim.report.page import MOST_COLUMNS, write_page
from sim.report.svg import draw_svg
from sim.texts import LANGUAGES, load_texts


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_tables_stands_on_the_page(language: str) -> None:
    content = content_of(invented(), language)
    said = {text.strip() for text in read_page(write_page(content)).texts}
    for table in content.tables:
        for row in table.rows:
            assert row.label.strip() in said
            assert {cell.text.strip() for cell in row.cells if cell.text} <= said
            assert {cell.interval for cell in row.cells if cell.interval} <= said
    assert {*content.answer, *content.doubt, *content.method} <= said


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_its_language_and_fetches_nothing(language: str) -> None:
    page = write_report(content_of(invented(), language), "html").decode()
    reader = read_page(page)
    assert dict(reader.tags)["html"] == {"lang": language}
    assert not {tag for tag, _ in reader.tags} & {"script", "img", "link", "iframe", "object", "embed", "base"}
    assert all(str(given.get("href", "#")).startswith("#") for _, given in reader.tags)
    assert not re.search(r"url\(|@import|src=", page)
    assert len(page.encode()) < 2_000_000


@pytest.mark.unit
def test_every_picture_says_what_it_shows() -> None:
    content = content_of(invented())
    pictures = [given for tag, given in read_page(write_page(content)).tags if tag == "svg"]
    assert [given["aria-label"] for given in pictures] == [chart.alt for chart in content.charts]
    assert all(given["role"] == "img" for given in pictures)


@pytest.mark.unit
def test_headings_go_down_one_level_at_a_time_and_links_lead_somewhere() -> None:
    tags = read_page(write_page(content_of(invented()))).tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    anchors = {given["id"] for _, given in tags if "id" in given}
    assert {str(given["href"]).removeprefix("#") for tag, given in tags if tag == "a"} <= anchors


@pytest.mark.unit
@pytest.mark.parametrize("text", HOSTILE)
def test_texts_from_outside_are_texts(text: str) -> None:
    content = content_of(invented())
    plain, reader = read_page(write_page(content)), read_page(write_page(hostile(content, text)))
    assert text in reader.texts
    tags = {tag for tag, _ in plain.tags}
    assert {tag for tag, _ in reader.tags} <= tags
    assert {name for _, given in reader.tags for name in given} <= {name for _, given in plain.tags for name in given}


@pytest.mark.unit
def test_many_designs_stand_in_several_tables() -> None:
    designs = {f"design-{number}": comparison(REGIONAL) for number in range(2 * MOST_COLUMNS + 1)}
    content = content_of(results_of(designs))
    page = write_page(content)
    for table in re.findall("<thead>.*?</thead>", page):
        assert table.count("<th ") <= MOST_COLUMNS + 2
    assert {f"design-{number}" for number in range(len(designs))} <= {*read_page(page).texts}


def chart(values: tuple[float | None, ...], kind: str = "clustered") -> ReportChart:
    series = tuple(
        ReportSeries(f"s{number}", "#3762b5", pattern, values, tuple(map(str, values)))
        for number, pattern in enumerate(("", "/", ".", "x", "\\", "+", "-", "|"))
    )
    names = tuple(f"c{number}" for number in range(len(values)))
    return ReportChart("key", kind, "title", "unit", "#,##0.0", names, series, "alt")  # type: ignore[arg-type]


@pytest.mark.unit
@pytest.mark.parametrize("values", [(1.0, 2.0), (0.0, 0.0), (None, 3.0), (-2.0, 5.0), (1e-9, 2e-9), (1e9, 0.0)])
@pytest.mark.parametrize("kind", ["clustered", "stacked"])
def test_bars_stay_within_the_picture(values: tuple[float | None, ...], kind: str) -> None:
    if kind == "stacked" and min(value or 0 for value in values) < 0:
        return
    drawn = draw_svg(chart(values, kind), load_texts("da"))
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn).groups())  # type: ignore[union-attr]
    for x, y, wide, high in re.findall(r'<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"', drawn):
        assert 0 <= float(x) <= float(x) + float(wide) <= width + 0.1
        assert 0 <= float(y) <= float(y) + float(high) <= height + 0.1
    assert "nan" not in drawn


@pytest.mark.unit
def test_lengths_of_bars_are_as_their_numbers() -> None:
    drawn = draw_svg(chart((1.0, 2.0)), load_texts("da"))
    bars = [float(width) for width in re.findall(r'<g><title>.*?<rect .*? width="(.*?)"', drawn)]
    assert bars[8] == pytest.approx(2 * bars[0], abs=0.2)


@pytest.mark.unit
def test_ticks_are_written_with_the_decimals_they_have() -> None:
    drawn = draw_svg(chart((5.9, 11.4)), load_texts("da"))
    ticks = re.findall(r'text-anchor="middle" fill="#52606d">(.*?)<', drawn)[:-1]
    assert ticks == ["0,0", "2,5", "5,0", "7,5", "10,0", "12,5"]
