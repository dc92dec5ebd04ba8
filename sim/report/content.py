"""What a report says, whatever it is written as: words in the reader's language and numbers with their unit.

Nothing here knows of a format. A number stands twice: as it is written, the same in every format, and as it is
reckoned with. A text may hold anything at all; whoever writes a format escapes it.
"""

from typing import Literal, NamedTuple

ChartKind = Literal["clustered", "stacked"]
"""A bar for each series beside each other, or on top of each other."""


class ReportCell(NamedTuple):
    """A cell of a table.

    Attributes
    ----------
    text : str
        As it is written; a dash where there is no number.
    value : float or None
        The number, in the unit of its row; a share is from 0 to 1. None in a cell of words.
    low, high : float or None
        Ends of its 95 % confidence interval.
    interval : str
        The interval as it is written; empty where there is none.
    number_format : str
        How Excel and PowerPoint write it, such as ``#,##0.00``; empty in a cell of words.
    """

    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    number_format: str = ""


class ReportRow(NamedTuple):
    """A row of a table.

    Attributes
    ----------
    label : str
        What it is.
    unit : str
        Of its numbers, with the price year of amounts; empty where the cells are words.
    cells : tuple of ReportCell
        One for each column.
    definition : str
        What the numbers are, in a sentence; may be empty.
    """

    label: str
    unit: str
    cells: tuple[ReportCell, ...]
    definition: str = ""


class ReportTable(NamedTuple):
    """A table: rows with a label and a unit, and a cell for each column.

    Attributes
    ----------
    key : str
        What it is, in a word that is the same in all languages and occurs once in a report.
    title : str
        Above it.
    corner : str
        Above the labels.
    columns : tuple of str
        Above the cells.
    rows : tuple of ReportRow
        From the top.
    notes : tuple of str
        Below it.
    """

    key: str
    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def has_units(self) -> bool:
        """Whether any row has a unit."""
        return any(row.unit for row in self.rows)


class ReportSeries(NamedTuple):
    """The bars of one colour.

    Attributes
    ----------
    label : str
        What it is: a design, or a part of a whole.
    color : str
        As ``#rrggbb``.
    pattern : str
        Of `sim.report.palette.PATTERNS`: empty for none.
    values : tuple of float or None
        One for each category, in the unit of the chart; None where there is no number.
    texts : tuple of str
        The same as they are written.
    lows, highs : tuple of float or None
        Ends of their 95 % confidence intervals; empty where none are shown.
    """

    label: str
    color: str
    pattern: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()


class ReportChart(NamedTuple):
    """A chart of bars from 0.

    Attributes
    ----------
    key : str
        As of a table.
    kind : {"clustered", "stacked"}
        How the series stand.
    title : str
        What is shown.
    unit : str
        Of the axis.
    number_format : str
        As of a cell.
    categories : tuple of str
        Groups of bars: places, designs, or one alone.
    series : tuple of ReportSeries
        In the order of the designs, or of the parts.
    alt : str
        What it says, for those who cannot see it.
    """

    key: str
    kind: ChartKind
    title: str
    unit: str
    number_format: str
    categories: tuple[str, ...]
    series: tuple[ReportSeries, ...]
    alt: str


class ReportDesign(NamedTuple):
    """A design that is compared.

    Attributes
    ----------
    name : str
        In the scenario.
    label : str
        For people.
    kind : str
        What sort it is, in a sentence.
    places : str
        How many, such as ``27`` or ``26–39``.
    color, pattern : str
        As of a series.
    """

    name: str
    label: str
    kind: str
    places: str
    color: str
    pattern: str


class ReportSection(NamedTuple):
    """A field of the comparison: what is equal there, tables, charts, and what may be said.

    Attributes
    ----------
    key : str
        ``access``, ``budget``, ``volume`` or ``places``.
    title : str
        What is equal, and what is compared.
    about : str
        How often it was played, and how numbers are written.
    tables : tuple of ReportTable
        Designs beside each other, the regions, the differences.
    charts : tuple of ReportChart
        Of the numbers of the tables.
    findings : tuple of str
        What may be said of the differences that count, and what is not judged.
    """

    key: str
    title: str
    about: str
    tables: tuple[ReportTable, ...]
    charts: tuple[ReportChart, ...]
    findings: tuple[str, ...]


class ReportFact(NamedTuple):
    """Something that is known by a name.

    Attributes
    ----------
    label : str
        Its name.
    text : str
        What it is.
    """

    label: str
    text: str


class ReportContent(NamedTuple):
    """All that a report says.

    Attributes
    ----------
    language : str
        ``da`` or ``en``.
    title : str
        Of the scenario.
    question : str
        What was asked.
    need : str
        How many women, and whose estimate that is.
    answer : tuple of str
        At most three sentences, the same as `run` and the page Compare say.
    designs : tuple of ReportDesign
        In the scenario's order.
    sections : tuple of ReportSection
        The fields in their order.
    doubt : tuple of str
        What chance, assumptions and views leave open.
    views : ReportTable
        Published estimates of the need, and whose they are.
    assumptions : ReportTable
        With their ranges and what they rest on.
    method : tuple of str
        On a page, a paragraph each.
    definitions : tuple of ReportFact
        Measures of the tables.
    provenance : tuple of ReportFact
        Hashes, seed, versions, the command that makes the report again, the link.
    scenario_text : str
        The scenario as a file, without the women of today.
    everything : ReportTable
        Every estimate there is, for a pivot table: a row each.
    """

    language: str
    title: str
    question: str
    need: str
    answer: tuple[str, ...]
    designs: tuple[ReportDesign, ...]
    sections: tuple[ReportSection, ...]
    doubt: tuple[str, ...]
    views: ReportTable
    assumptions: ReportTable
    method: tuple[str, ...]
    definitions: tuple[ReportFact, ...]
    provenance: tuple[ReportFact, ...]
    scenario_text: str
    everything: ReportTable

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """All tables, in the order of the report, without `everything`."""
        own = (table for section in self.sections for table in section.tables)
        return (*own, self.views, self.assumptions)

    @property
    def charts(self) -> tuple[ReportChart, ...]:
        """All charts, in the order of the report."""
        return tuple(chart for section in self.sections for chart in section.charts)
