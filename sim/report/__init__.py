"""What a steering group takes away: one content, written as a page, a workbook, slides or a memo.

Takes stored results of each field, what was played at the ends of the assumptions' ranges, and results by home. Gives
`ReportContent`: sentences, tables and charts in the reader's language, and files made of it. What may be said of a
difference is `sim.findings`' word. Leaves out computing, and where files go.
"""

from sim.report.building import build_report
from sim.report.content import (
    ReportCell,
    ReportChart,
    ReportContent,
    ReportDesign,
    ReportFact,
    ReportRow,
    ReportSection,
    ReportSeries,
    ReportTable,
)
from sim.report.formats import FORMATS, ReportFormat, check_template, write_report
from sim.report.source import ReportSource, leading_comment

__all__ = [
    "FORMATS",
    "ReportCell",
    "ReportChart",
    "ReportContent",
    "ReportDesign",
    "ReportFact",
    "ReportFormat",
    "ReportRow",
    "ReportSection",
    "ReportSeries",
    "ReportSource",
    "ReportTable",
    "build_report",
    "check_template",
    "leading_comment",
    "write_report",
]
