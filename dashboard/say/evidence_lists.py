"""The evidence as lists: published numbers with who says them and where, and parameters with what they rest on."""

import html
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

import pandas as pd

from calibration.evidence import (
    Contradiction,
    EvidenceRow,
    FunnelRow,
    ParameterSource,
    find_contradictions,
    label_in,
    load_evidence,
    load_funnel,
    load_parameter_sources,
    row_in,
    who_says,
)
from dashboard.say.evidence_words import write_amount, write_value, write_women, write_years
from dashboard.say.line_table import build_line_table
from sim.texts import NOTHING, Texts

ROWS_PER_PAGE = 20
_SHARES, _RATES, _PLAIN = ("share", "probability", "share of full"), ("per year", "per day"), ("ratio",)
_MOST_DIGITS = 2
BASES = ("evidence", "outside", "assumption")
"""What a parameter can rest on."""


def build_evidence_list(rows: Sequence[EvidenceRow], texts: Texts) -> str:
    """Write published numbers as a list."""
    return f'<ul class="dp-entries">{"".join(f"<li>{_entry(row, texts)}</li>" for row in rows)}</ul>'


def evidence_frame(rows: Sequence[EvidenceRow], texts: Texts) -> pd.DataFrame:
    """Give the same as a table to be downloaded."""
    words = ("id", "quantity", "value", "low", "high", "unit", "period", "geography", "view", "source", "locator")
    columns = [*words, "caveat", "step", "parameters"]
    lines = []
    for row in rows:
        said = row_in(texts.language, row)
        step = _step(row, texts)
        used = ", ".join(parameter_label(name, texts) for name in used_for(row.id))
        lines.append([*(getattr(said, word) for word in words), said.caveat, step, used])
    return pd.DataFrame(lines, columns=[texts(f"evidence.page.column.{word}") for word in columns])


@lru_cache(maxsize=512)
def used_for(row_id: str) -> tuple[str, ...]:
    """Find the parameters that rest on a number."""
    return tuple(name for name, source in load_parameter_sources().items() if row_id in source.used)


def parameter_label(name: str, texts: Texts) -> str:
    """Name a parameter."""
    own = f"evidence.page.name.{name}"  # where the page Plan shows it in another unit
    return texts(own if own in texts else f"parameters.{name}.label")


def write_parameter(number: float | None, unit: str, texts: Texts) -> str:
    """Write a number of a parameter in its unit, shares as per cent."""
    if number is None:
        return NOTHING
    if unit in _SHARES or unit in _RATES:
        digits = next(n for n in range(_MOST_DIGITS + 1) if n == _MOST_DIGITS or round(100 * number, n) == 100 * number)
        share = texts.percent(number, digits)
        return f"{share} {label_in(texts.language, 'unit', unit)}" if unit in _RATES else share
    words = "" if unit in _PLAIN else label_in(texts.language, "unit", unit)
    return f"{write_amount(number, texts)} {words}".strip()


def _entry(row: EvidenceRow, texts: Texts) -> str:
    said = row_in(texts.language, row)
    where = ", ".join(part for part in (said.view, said.period, said.geography) if part)
    value, quantity = html.escape(write_value(row, texts)), html.escape(said.quantity)
    parts = [
        f'<p class="dp-entry-head"><strong>{value}</strong> {quantity}</p>',
        f"<p>{html.escape(where)}</p>",
        f"<p>{html.escape(said.source)}: <q>{html.escape(row.locator)}</q></p>"
        if row.locator
        else f"<p>{html.escape(said.source)}</p>",
    ]
    if said.caveat:
        parts.append(_labelled("caveat", said.caveat, texts))
    if step := _step(row, texts):
        parts.append(_labelled("step", step, texts))
    if names := used_for(row.id):
        parts.append(_labelled("parameters", "; ".join(parameter_label(name, texts) for name in names), texts))
    return "".join(parts)


def _labelled(word: str, text: str, texts: Texts) -> str:
    return (
        f"<p><span class='dp-label'>{html.escape(texts(f'evidence.page.entry.{word}'))}</span> {html.escape(text)}</p>"
    )


def _step(row: EvidenceRow, texts: Texts) -> str:
    placed = load_funnel().get(row.id)
    return texts(f"evidence.step.{placed.step}") if placed else ""


def find_sources(basis: str, text: str, texts: Texts) -> tuple[ParameterSource, ...]:
    """Find parameters."""
    words = text.casefold().split()
    found = []
    for name, source in load_parameter_sources().items():
        said = f"{name} {parameter_label(name, texts)} {source.arithmetic[texts.language]}".casefold()
        if (not basis or source.basis == basis) and all(word in said for word in words):
            found.append(source)
    return tuple(found)


def build_parameter_list(sources: Sequence[ParameterSource], texts: Texts) -> str:
    """Write parameters as a list, each of which opens to what it rests on."""
    return f'<ul class="dp-entries">{"".join(f"<li>{_parameter(source, texts)}</li>" for source in sources)}</ul>'


def parameter_frame(sources: Sequence[ParameterSource], texts: Texts) -> pd.DataFrame:
    """Give the same as a table to be downloaded."""
    columns = ("parameter", "default", "low", "high", "unit", "strength", "basis", "arithmetic", "rows", "id")
    lines = [
        [
            parameter_label(source.parameter.id, texts),
            *(source.parameter.default, source.parameter.low, source.parameter.high),
            label_in(texts.language, "unit", source.parameter.unit),
            label_in(texts.language, "strength", source.parameter.strength),
            texts(f"evidence.basis.{source.basis}"),
            source.arithmetic[texts.language],
            ", ".join((*source.used, *source.see_also)),
            source.parameter.id,
        ]
        for source in sources
    ]
    return pd.DataFrame(lines, columns=[texts(f"evidence.page.column.{word}") for word in columns])


def _parameter(source: ParameterSource, texts: Texts) -> str:
    parameter = source.parameter
    value, low, high = (
        write_parameter(number, parameter.unit, texts) for number in (parameter.default, parameter.low, parameter.high)
    )
    ends = texts("evidence.no_range") if NOTHING in (low, high) else texts("evidence.range", low=low, high=high)
    head = (
        f"<strong>{html.escape(parameter_label(parameter.id, texts))}</strong>: {html.escape(value)} "
        f'<span class="dp-basis">{html.escape(texts(f"evidence.page.basis.{source.basis}"))}</span>'
    )
    strength = label_in(texts.language, "strength", parameter.strength)
    lines = [
        ends,
        texts("evidence.strength", strength=f"{strength} ({texts(f'evidence.basis.{source.basis}')})"),
        texts("evidence.arithmetic", arithmetic=source.arithmetic[texts.language]),
        *_recomputed(source, texts),
    ]
    said = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"<details><summary>{head}</summary>{said}{_rows_behind(source, texts)}</details>"


def _recomputed(source: ParameterSource, texts: Texts) -> Iterable[str]:
    """The arithmetic, worked out again from the rows."""
    unit = source.parameter.unit
    for end in source.expressions:
        used = write_parameter(getattr(source.parameter, end), unit, texts)
        value = write_parameter(source.computed(end), unit, texts)
        yield texts("evidence.recomputed", end=texts(f"evidence.end.{end}"), value=value, used=used)


def _rows_behind(source: ParameterSource, texts: Texts) -> str:
    rows = load_evidence()
    parts = []
    for heading, ids in (("rows_used", source.used), ("rows_about", source.see_also)):
        if ids:
            items = "".join(f"<li>{_short(rows[row_id], texts)}</li>" for row_id in ids)
            parts.append(f"<p>{html.escape(texts(f'evidence.{heading}'))}</p><ul>{items}</ul>")
    return "".join(parts)


def _short(row: EvidenceRow, texts: Texts) -> str:
    said = row_in(texts.language, row)
    where = f"{said.view}, {said.source}" if said.view else said.source
    return html.escape(f"{write_value(row, texts)}: {said.quantity}. {where}")


def build_contradictions_table(texts: Texts) -> str:
    """Write which published numbers on the same step lie apart, and why they may."""

    def told(pair: Contradiction) -> tuple[str, str, str]:
        kind = texts(f"evidence.kind.{pair.kind}")
        return texts(f"evidence.step.{pair.one.step}"), kind, texts(f"evidence.reason.{pair.reason}")

    found = sorted(find_contradictions(), key=told)
    lines = []
    for (step, kind, reason), pairs in groupby(found, key=told):
        numbers = dict.fromkeys(_named(row, texts) for pair in pairs for row in (pair.one, pair.other))
        lines.append((step, "; ".join(numbers), f"{kind}. {reason}"))
    numbers_heading = texts("evidence.page.contradictions.numbers")
    head = [texts("evidence.heading.step"), numbers_heading, texts("evidence.heading.why")]
    return build_line_table(texts("evidence.title.contradictions"), head, lines)


def _named(row: FunnelRow, texts: Texts) -> str:
    return f"{write_women(row, texts)} ({texts(f'evidence.who.{row.who}')}, {write_years(row)})"


def who_there_is() -> tuple[str, ...]:
    """List who says something."""
    voices = pd.Series([who_says(row) for row in load_evidence().values()])
    return tuple(voices.value_counts(sort=True).index)
