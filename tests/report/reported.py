"""Reports of results nobody ran: two designs, their difference, and what was tried."""

from html.parser import HTMLParser
from typing import Any

from invented_results import comparison, results_of

from sim.experiment import Results
from sim.findings import Played, Sensitivity
from sim.report import ReportContent, ReportSource, build_report
from sim.scenario import Scenario, scenario_from, scenario_values
from sim.texts import load_texts

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "]]>",
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(1)>",
    "שלום עולם",
    "x" * 500,
    "👩‍🍼 baby",
    "#N/A",
    "{0} {n.__class__}",
    '" onmouseover="alert(1)',
)
REGIONAL = {
    "admitted_per_year": (25.25, 25.1, 25.4, 20.0, 33.0),
    ("admitted_per_year", "region", "nordjylland"): (2.04, 1.9, 2.1),
    "admitted_within_14_days": (0.7194, 0.71, 0.727),
    "refused_share": (0.119, 0.115, 0.123),
    "occupancy": (0.61, 0.6, 0.62),
    "cost_per_year": (44_635_000.0, 44_590_000.0, 44_680_000.0),
    "cost_municipality": (40_000_000.0, 39_900_000.0, 40_100_000.0),
    "cost_state": (4_635_000.0, 4_600_000.0, 4_700_000.0),
}
SHARED = REGIONAL | {
    "admitted_per_year": (27.65, 27.5, 27.8, 22.0, 36.0),
    "cost_per_year": (45_475_000.0, 45_420_000.0, 45_530_000.0),
}
MORE = {
    "admitted_per_year": (2.4, 2.3, 2.5),
    "admitted_within_14_days": (0.001, -0.01, 0.012),
    "cost_per_year": (840_000.0, 810_000.0, 860_000.0),
}
PAIR = "shared - regional"


def invented(**words: Any) -> Results:
    """Two designs, of which the second admits more."""
    designs = {"regional": comparison(REGIONAL), "shared": comparison(SHARED)}
    return results_of(designs, {PAIR: comparison(MORE)}, **words)


def tried(*, is_turned: bool = False) -> Sensitivity:
    """One assumption at both ends of its range; at the low one the difference turns if asked for."""
    own = Played("", "", float("nan"), PAIR, "admitted_per_year", 100, 2.4, 2.3, 2.5)
    low = -1.0 if is_turned else 2.0
    ends = [
        Played("acceptance_base", "low", 0.1, PAIR, "admitted_per_year", 100, low, low - 0.1, low + 0.1),
        Played("acceptance_base", "high", 0.75, PAIR, "admitted_per_year", 100, 3.0, 2.9, 3.1),
    ]
    return Sensitivity(100, (own, *ends))


def source_of(results: Results, **more: Any) -> ReportSource:
    """What a report of them is made of."""
    return ReportSource(results.scenario, {"places": results}, **more)


def content_of(results: Results, language: str = "da", **more: Any) -> ReportContent:
    """What a report of them says."""
    return build_report(source_of(results, **more), load_texts(language))


def with_today(n_living: int, n_waiting: int) -> Scenario:
    """A scenario that begins with so many women."""
    living = {"municipality": "Aalborg", "admitted": "2026-11-01", "birth": "2026-12-24", "site": "elsewhere"}
    waiting = {"municipality": "Aalborg", "referred": "2026-12-01", "gestation_week": 20}
    values: dict[str, Any] = dict(scenario_values(invented().scenario))
    return scenario_from({**values, "today": [living] * n_living + [waiting] * n_waiting})


class Reader(HTMLParser):
    """Everything in a page that a reader, a screen reader or a browser would act upon."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read_page(page: str) -> Reader:
    """Read a page as a browser would."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def hostile(content: ReportContent, text: str) -> ReportContent:
    """The same report, with a text from outside wherever one can stand."""
    chart = content.charts[0]
    series = tuple(own._replace(label=text) for own in chart.series)
    drawn = chart._replace(title=text, categories=(text,) * len(chart.categories), series=series, alt=text)
    section = content.sections[0]
    table = section.tables[0]
    row = table.rows[0]
    cells = tuple(cell._replace(text=text) for cell in row.cells)
    named = table._replace(
        title=text,
        columns=(text,) * len(table.columns),
        rows=(row._replace(label=text, unit=text, cells=cells), *table.rows[1:]),
    )
    said = section._replace(title=text, tables=(named, *section.tables[1:]), charts=(drawn,), findings=(text,))
    return content._replace(
        title=text,
        question=text,
        need=text,
        answer=(text,),
        sections=(said,),
        designs=tuple(own._replace(label=text) for own in content.designs),
        scenario_text=text,
        provenance=tuple(own._replace(text=text) for own in content.provenance),
    )
