"""Answers of ``doegnplads evidence`` about rows, parameters and views: tables for people, values for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from calibration.evidence import (
    EvidenceRow,
    ParameterSource,
    find_evidence,
    find_parameter,
    label_in,
    list_who,
    load_evidence,
    load_funnel,
    load_parameter_sources,
    row_in,
    who_says,
)
from dashboard.say.evidence_words import meaning_of, write_amount, write_value
from sim.texts import NOTHING, Texts

Answer = tuple[list[object], object]
"""What is printed, part by part, and the same as plain values."""

_NAMES = ("parameter", "view")
"""Columns of names that are to be copied, and so stay in one piece."""


def find_rows(texts: Texts, asked: Mapping[str, str | None]) -> Answer:
    """Find rows, and say what a parameter rests on if one is asked for."""
    rows = find_evidence(**asked)
    values = {"rows": [_row_values(row, texts) for row in rows]}
    if not asked["parameter"]:
        return [_rows_table(rows, texts)], values
    source = load_parameter_sources()[find_parameter(asked["parameter"])]
    parts: list[object] = _about_parameter(source, texts)
    for heading, ids in (("rows_used", source.used), ("rows_about", source.see_also)):
        found = [row for row in rows if row.id in ids]
        if found:
            parts += [Text("\n" + texts(f"evidence.{heading}"), style="bold"), _rows_table(found, texts)]
    if not rows:
        parts.append(texts("evidence.no_rows"))
    return parts, {"parameter": _source_values(source, texts), **values}


def list_parameters(texts: Texts) -> Answer:
    """List the parameters with default, range, what they rest on and how many rows are about them."""
    table = heading_table(texts, "parameter", "quantity", "default", "range", "strength", "rows")
    sources = load_parameter_sources().values()
    for source in sources:
        low, high = (write_amount(end, texts) for end in (source.parameter.low, source.parameter.high))
        table.add_row(
            source.parameter.id,
            meaning_of(source, texts),
            f"{write_amount(source.parameter.default, texts)} {_unit(source, texts)}",
            NOTHING if NOTHING in (low, high) else texts.interval(low, high),
            label_in(texts.language, "strength", source.parameter.strength),
            f"{len(source.used) + len(source.see_also)}",
        )
    title = Text(texts("evidence.title.parameters"), style="bold")
    return [title, table], [_source_values(source, texts) for source in sources]


def list_views(texts: Texts) -> Answer:
    """List who says something, with how many rows and the names they have in the registry."""
    rows = list(load_evidence().values())
    table = heading_table(texts, "view", "who", "rows", "names")
    values = []
    for who, names in list_who().items():
        count = sum(who_says(row) == who for row in rows)
        said = [label_in(texts.language, "view", name) for name in names]
        table.add_row(who, texts(f"evidence.who.{who}"), f"{count}", "; ".join(said))
        values.append({"view": who, "name": texts(f"evidence.who.{who}"), "rows": count, "names": said})
    return [Text(texts("evidence.title.views"), style="bold"), table], values


def heading_table(texts: Texts, *columns: str) -> Table:
    """Begin a plain table."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(texts(f"evidence.heading.{column}"), overflow="fold", no_wrap=column in _NAMES)
    return table


def _rows_table(rows: Sequence[EvidenceRow], texts: Texts) -> Table | str:
    if not rows:
        return texts("evidence.unmatched")
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 1, 0), title_justify="left")
    table.title = texts("evidence.title.rows_one") if len(rows) == 1 else texts("evidence.title.rows", count=len(rows))
    for column, ratio in (("quantity", 30), ("value", 18), ("when", 16), ("who", 22), ("source", 44)):
        table.add_column(texts(f"evidence.heading.{column}"), ratio=ratio, overflow="fold")
    table.expand = True
    for row in rows:
        said = row_in(texts.language, row)
        source = Text(f"{said.source}\n")
        source.append(texts("evidence.quote", quote=row.locator), style="italic")
        source.append(f"\n{said.caveat}" if said.caveat else "")
        what = Text(said.quantity).append(f"\n{row.id}", style="dim")
        table.add_row(what, write_value(row, texts), f"{said.period}\n{said.geography}".strip(), said.view, source)
    return table


def _about_parameter(source: ParameterSource, texts: Texts) -> list[object]:
    parameter = source.parameter
    unit = _unit(source, texts)
    low, high = (write_amount(end, texts) for end in (parameter.low, parameter.high))
    strength = label_in(texts.language, "strength", parameter.strength)
    title = texts("evidence.title.parameter", parameter=parameter.id, meaning=meaning_of(source, texts))
    lines = [
        texts("evidence.default", value=f"{write_amount(parameter.default, texts)} {unit}".strip()),
        texts("evidence.no_range") if NOTHING in (low, high) else texts("evidence.range", low=low, high=high),
        texts("evidence.strength", strength=f"{strength} ({texts(f'evidence.basis.{source.basis}')})"),
        texts("evidence.arithmetic", arithmetic=source.arithmetic[texts.language]),
    ]
    for end in source.expressions:
        computed = write_amount(source.computed(end), texts)
        words = texts(f"evidence.end.{end}")
        lines.append(texts("evidence.recomputed", end=words, value=computed, used=_in_use(source, end, texts)))
    if not source.expressions:
        lines.append(texts("evidence.no_arithmetic"))
    return [Text(title, style="bold"), "\n".join(lines)]


def _in_use(source: ParameterSource, end: str, texts: Texts) -> str:
    return write_amount(getattr(source.parameter, end), texts)


def _unit(source: ParameterSource, texts: Texts) -> str:
    unit = source.parameter.unit
    return label_in(texts.language, "unit", unit).replace("/", " a " if texts.language == "en" else "/")


def _row_values(row: EvidenceRow, texts: Texts) -> dict[str, Any]:
    placed = load_funnel().get(row.id)
    step = {"step": placed.step, "role": placed.role} if placed else {"step": None, "role": None}
    return row_in(texts.language, row)._asdict() | {"who": who_says(row), **step}


def _source_values(source: ParameterSource, texts: Texts) -> dict[str, Any]:
    return source.parameter._asdict() | {
        "meaning": meaning_of(source, texts),
        "basis": source.basis,
        "used": source.used,
        "see_also": source.see_also,
        "arithmetic": source.arithmetic[texts.language],
        "expressions": dict(source.expressions),
        "computed": {end: source.computed(end) for end in source.expressions},
    }
