"""Results of a job as a table: a row a scenario, what was varied in it, and a column a design."""

import html
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.ask.controls import EARLY_LEAVING, TABLE
from dashboard.say.control_words import write_value
from dashboard.say.measure_words import (
    NO_ESTIMATE,
    UNIT_OF,
    Estimate,
    measure_label,
    raw_unit,
    scale_of,
    unit_beside,
    write_alike,
    write_estimate,
    write_interval,
    write_spread,
)
from sim.scenario import parameter_of
from sim.store import Store
from sim.store.catalogue import query
from sim.texts import Texts, design_label

ROWS_PER_PAGE = 25
_NUMBERS = Estimate._fields
_CONTROLS = {control.path: control for control in TABLE if control.path != EARLY_LEAVING}  # whose unit needs its shape


class ScenarioRow(NamedTuple):
    """What one scenario came to, for one measure."""

    name: str  # of the scenario
    hash: str  # of its content
    changes: dict[str, Any]  # what a sweep or table set, by path
    estimates: dict[str, Estimate]  # by design


def read_rows(store: Store, measure: str) -> tuple[ScenarioRow, ...]:
    """Read what scenarios came to."""
    if measure not in UNIT_OF:
        raise ValueError(f"measure: a measure of the results; got {measure!r}. Name one of them.")
    numbers = ", ".join(_NUMBERS)
    frame = query(
        store,
        f"SELECT name, hash, changes, design, {numbers} FROM asked JOIN estimates USING (result) "
        f"WHERE measure = '{measure}' AND \"by\" = 'all' AND NOT is_difference",
    )
    found: dict[tuple[str, str], ScenarioRow] = {}
    for line in frame.sort_values(["name", "hash"], kind="stable").itertuples(index=False):
        row = found.setdefault((line.name, line.hash), ScenarioRow(line.name, line.hash, json.loads(line.changes), {}))
        row.estimates[line.design] = Estimate(*(getattr(line, word) for word in _NUMBERS))
    return tuple(found.values())


def row_labels(rows: Sequence[ScenarioRow]) -> dict[tuple[str, str], str]:
    """Name rows so that no two look alike."""
    n_called = Counter(row.name.casefold() for row in rows)
    return {
        (row.name, row.hash): f"{row.name} ({row.hash[:6]})" if n_called[row.name.casefold()] > 1 else row.name
        for row in rows
    }


def designs_of(rows: Sequence[ScenarioRow]) -> tuple[str, ...]:
    """List the designs of rows."""
    return tuple(dict.fromkeys(name for row in rows for name in row.estimates))


def sort_rows(rows: Sequence[ScenarioRow], design: str) -> tuple[ScenarioRow, ...]:
    """Order rows."""
    if not design:
        return tuple(rows)
    means = [row.estimates.get(design, NO_ESTIMATE).mean for row in rows]
    order = sorted(range(len(rows)), key=lambda at: (means[at] != means[at], -means[at], at))
    return tuple(rows[at] for at in order)


def varied_paths(rows: Sequence[ScenarioRow]) -> tuple[str, ...]:
    """List what differs between rows."""
    return tuple(dict.fromkeys(path for row in rows for path in row.changes))


def path_label(path: str, texts: Texts) -> str:
    """Name a path for people."""
    parameter = parameter_of(path)
    keys = [f"parameters.word.{path.replace('.', '_')}", f"parameters.{parameter.id}.label" if parameter else ""]
    return next((texts(key) for key in keys if key in texts), path)


def build_results_table(rows: Sequence[ScenarioRow], measure: str, texts: Texts) -> str:
    """Write rows as a table."""
    paths, designs = varied_paths(rows), designs_of(rows)
    head = "".join(
        f'<th scope="col">{html.escape(word)}</th>'
        for word in (
            texts("batch.results.scenario"),
            *(path_label(path, texts) for path in paths),
            *(design_label(name, texts) for name in designs),
        )
    )
    estimates = [row.estimates.get(name, NO_ESTIMATE) for row in rows for name in designs]
    labels = row_labels(rows)
    written = iter(write_alike(estimates, measure, texts))
    body = "".join(
        _row(
            row._replace(name=labels[row.name, row.hash]),
            paths,
            [(row.estimates.get(name, NO_ESTIMATE), next(written)) for name in designs],
            measure,
            texts,
        )
        for row in rows
    )
    label = html.escape(f"{texts('batch.results.heading')}: {measure_label(measure, texts)}")
    return (
        f'<div class="dp-scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="dp-numbers dp-rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def measure_with_unit(rows: Sequence[ScenarioRow], measure: str, texts: Texts) -> str:
    """Name a measure with the unit its numbers stand in."""
    sizes = [abs(estimate.mean) for row in rows for estimate in row.estimates.values() if estimate.n]
    label = measure_label(measure, texts)
    unit = unit_beside(label, scale_of(measure, texts, largest=max(sizes, default=0.0)), texts)
    return f"{label}, {unit}" if unit else label


def _row(
    row: ScenarioRow,
    paths: Sequence[str],
    found: Sequence[tuple[Estimate, str]],
    measure: str,
    texts: Texts,
) -> str:
    varied = "".join(f"<td>{html.escape(write_change(path, row.changes.get(path), texts))}</td>" for path in paths)
    cells = "".join(f"<td>{_cell(estimate, written, measure, texts)}</td>" for estimate, written in found)
    return f'<tr><th scope="row">{html.escape(row.name)}</th>{varied}{cells}</tr>'


def _cell(estimate: Estimate, written: str, measure: str, texts: Texts) -> str:
    if not estimate.n:
        return html.escape(written)
    tip = " ".join(
        (
            f"{measure_label(measure, texts)}: {write_estimate(estimate, measure, texts)}.",
            texts("plan.numbers.sure", interval=write_interval(estimate, measure, texts)),
            texts("plan.numbers.spread", spread=write_spread(estimate, measure, texts)),
        )
    )
    return (
        f'<button type="button" class="dp-tipped"><span class="dp-value">{html.escape(written)}</span>'
        f'<span class="dp-tip" role="tooltip">{html.escape(tip)}</span></button>'
    )


def write_change(path: str, value: Any, texts: Texts) -> str:
    """Write what was set in the units people speak of, as the page Plan does; 30 % and not 0.3."""
    control = _CONTROLS.get(path)
    if control is None or value is None or not (control.options or isinstance(value, int | float)):
        return _written(value, texts)
    return write_value(control, value, {}, texts)


def results_frame(rows: Sequence[ScenarioRow], measure: str, texts: Texts) -> pd.DataFrame:
    """Give rows as a table to be downloaded, a line for each scenario and design."""
    labels, paths, words = row_labels(rows), varied_paths(rows), ("mean", "low", "high", "p05", "p95")
    lines = [
        [
            labels[row.name, row.hash],
            *(write_change(path, row.changes.get(path), texts) for path in paths),
            design_label(design, texts),
            *(getattr(estimate, word) for word in words),
            raw_unit(measure, texts),
        ]
        for row in rows
        for design, estimate in row.estimates.items()
    ]
    head = [texts("batch.results.scenario"), *(path_label(path, texts) for path in paths)]
    return pd.DataFrame(
        lines, columns=[*head, *(texts(f"batch.results.{word}") for word in ("design", *words, "unit"))]
    )


def _written(value: Any, texts: Texts) -> str:
    """What was set, as the language writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return texts("common.yes" if value else "common.no")
    if isinstance(value, int | float):
        text = texts.number(value, 6)
        mark = texts.number(0.5, 1)[1]
        return text.rstrip("0").rstrip(mark) if mark in text else text
    return str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
