"""The report as a page: one file of HTML that fetches nothing and prints on A4."""

from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources

from sim.report.content import (
    ReportCell,
    ReportChart,
    ReportContent,
    ReportDesign,
    ReportFact,
    ReportRow,
    ReportSection,
    ReportTable,
)
from sim.report.svg import draw_svg
from sim.texts import Texts, load_texts

MOST_COLUMNS = 6
"""Columns of numbers beside each other on A4; further ones stand in a table below."""
_LONGEST_WORD, _SHORT = 22, 8  # letters


def write_page(content: ReportContent) -> str:
    """Write the page."""
    texts = load_texts(content.language)
    style = (resources.files("sim.report") / "page.css").read_text(encoding="utf-8")
    title = escape(content.title)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html lang="{content.language}">\n<head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style></head>\n<body><main>\n"
        + "\n".join(_body(content, texts))
        + f'\n</main><footer class="quiet">{escape(texts("report.footer"))}</footer></body>\n</html>\n'
    )


def _body(content: ReportContent, texts: Texts) -> Iterator[str]:
    yield f"<h1><bdi>{escape(content.title)}</bdi></h1>"
    yield f'<p class="question"><bdi>{escape(content.question)}</bdi></p>'
    yield f"<p>{escape(content.need)}</p>"
    answer = "".join(f"<p>{escape(sentence)}</p>" for sentence in content.answer)
    yield f'<section class="answer"><h2 style="margin-top:0">{_said("answer", texts)}</h2>{answer}</section>'
    yield _contents(content, texts)
    yield _heading("designs", texts)
    yield _designs(content.designs, texts)
    for section in content.sections:
        yield from _section(section, texts)
    yield _heading("doubt", texts)
    yield _list(content.doubt)
    yield _heading("basis", texts)
    for table in (content.views, content.assumptions):
        yield from _table(table, texts)
    yield _heading("method", texts)
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in content.method)
    yield _heading("definitions", texts)
    yield _facts(content.definitions)
    yield _heading("provenance", texts)
    yield _facts(content.provenance)
    summary = _said("scenario", texts)
    yield f'<details id="scenario"><summary>{summary}</summary><pre>{escape(content.scenario_text)}</pre></details>'


def _said(word: str, texts: Texts) -> str:
    return escape(texts(f"report.heading.{word}"))


def _heading(word: str, texts: Texts) -> str:
    return f'<h2 id="{word}">{_said(word, texts)}</h2>'


def _contents(content: ReportContent, texts: Texts) -> str:
    """Links to the parts."""
    sections = [(f"field-{section.key}", escape(section.title)) for section in content.sections]
    words = ("doubt", "basis", "method", "definitions", "provenance", "scenario")
    links = [("designs", _said("designs", texts)), *sections, *((word, _said(word, texts)) for word in words)]
    items = "".join(f'<li><a href="#{anchor}">{said}</a></li>' for anchor, said in links)
    return f'<nav aria-label="{_said("content", texts)}"><ul>{items}</ul></nav>'


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _facts(facts: Iterable[ReportFact]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(fact.label)}</dt><dd>{escape(fact.text)}</dd>" for fact in facts) + "</dl>"


def _designs(designs: Iterable[ReportDesign], texts: Texts) -> str:
    head = "".join(
        f'<th scope="col"{" class=unit" if word == "kind" else ""}>{escape(texts(f"report.{word}"))}</th>'
        for word in ("design", "kind", "places")
    )
    lines = "".join(
        f'<tr><th scope="row"{_class(own.label)}><span class="swatch" style="background:{own.color}"></span>'
        f'<bdi>{escape(own.label)}</bdi></th><td class="words">{escape(own.kind)}</td>'
        f'<td class="number">{escape(own.places)}</td></tr>'
        for own in designs
    )
    label = _said("designs", texts)
    region = f'<div class="wide" tabindex="0" role="region" aria-label="{label}">'
    return f"{region}<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"


def _section(section: ReportSection, texts: Texts) -> Iterator[str]:
    yield f'<h2 id="field-{section.key}">{escape(section.title)}</h2>'
    yield f'<p class="quiet">{escape(section.about)}</p>'
    for chart in section.charts:
        yield _figure(chart, texts)
    if section.findings:
        yield f"<h3>{_said('findings', texts)}</h3>"
        yield _list(section.findings)
    for table in section.tables:
        yield from _table(table, texts)


def _figure(chart: ReportChart, texts: Texts) -> str:
    has_ends = any(end is not None for own in chart.series for end in own.lows)
    note = f'<p class="quiet">{escape(texts("report.bars_note"))}</p>' if has_ends else ""
    return f"<figure><figcaption>{escape(chart.title)}</figcaption>{draw_svg(chart, texts)}{note}</figure>"


def _table(table: ReportTable, texts: Texts) -> Iterator[str]:
    """A table, in several where it has more columns than a sheet of paper."""
    for first in range(0, max(len(table.columns), 1), MOST_COLUMNS):
        part = slice(first, first + MOST_COLUMNS)
        kinds = ["words" if _has_words(table, number) else "" for number in range(len(table.columns))]
        columns = [_head(name, kind) for name, kind in zip(table.columns[part], kinds[part], strict=True)]
        if table.has_units:
            columns.insert(0, _head(texts("report.unit"), "unit"))
        rows = "".join(_row(row, part, has_unit=table.has_units) for row in table.rows)
        yield (
            f'<div class="wide" tabindex="0" role="region" aria-label="{escape(table.title)}">'
            f"<table><caption>{escape(table.title)}</caption><thead><tr>"
            f'<th scope="col">{escape(table.corner)}</th>{"".join(columns)}</tr></thead><tbody>{rows}</tbody></table>'
            + "".join(f'<p class="quiet">{escape(note)}</p>' for note in table.notes)
            + "</div>"
        )


def _has_words(table: ReportTable, column: int) -> bool:
    """Whether a column holds words alone."""
    return bool(table.rows) and not any(row.cells[column].number_format for row in table.rows)


def _head(name: str, kind: str) -> str:
    return f'<th scope="col"{_class(name, kind)}>{escape(name)}</th>'


def _class(text: str, *kinds: str) -> str:
    """What a cell is; its words may be broken anywhere only where one is longer than a column."""
    longest = max(map(len, text.split()), default=0)
    words = " ".join(kind for kind in (*kinds, "long" if longest > _LONGEST_WORD else "") if kind)
    return f' class="{words}"' if words else ""


def _row(row: ReportRow, part: slice, *, has_unit: bool) -> str:
    unit = f"<td{_class(row.unit, 'unit')}>{escape(row.unit)}</td>" if has_unit else ""
    head = f'<th scope="row"{_class(row.label)}>{escape(row.label)}</th>'
    return f"<tr>{head}{unit}{''.join(map(_cell, row.cells[part]))}</tr>"


def _cell(cell: ReportCell) -> str:
    interval = f'<span class="interval">{escape(cell.interval)}</span>' if cell.interval else ""
    is_number = len(cell.text) < (_LONGEST_WORD if cell.number_format else _SHORT)
    return f"<td{_class(cell.text, 'number' if is_number else 'words')}>{escape(cell.text)}{interval}</td>"
