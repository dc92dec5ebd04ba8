"""Answers of ``doegnplads evidence`` about the funnel, fits and checks: tables for people, values for programs."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text
from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from calibration.checks import NEED_YEAR, Checks
from calibration.commands.evidence_rows import Answer, heading_table
from calibration.evidence import (
    STEPS,
    Contradiction,
    FunnelRow,
    circular_pairs,
    find_contradictions,
    funnel_table,
    load_funnel,
)
from calibration.statements import StatementFit, load_statements
from dashboard.say.evidence_words import (
    write_amount,
    write_observed,
    write_span,
    write_why,
    write_women,
    write_years,
)
from sim.texts import NOTHING, Texts


def show_funnel(texts: Texts) -> Answer:
    """Show the published numbers step by step, what contradicts what, and what may not check what."""
    rows, found = funnel_table(), find_contradictions()
    parts: list[object] = [
        Text(texts("evidence.title.funnel"), style="bold"),
        _funnel_table(rows, texts),
        texts("evidence.funnel_note") + "\n",
        Text(texts("evidence.title.contradictions"), style="bold"),
        _contradictions_table(found, texts),
        Text("\n" + texts("evidence.title.circular"), style="bold"),
        _circular_table(texts),
        texts("evidence.circular_note"),
    ]
    values = {
        "funnel": [_funnel_values(row, texts) for row in rows],
        "contradictions": [
            {"ids": [pair.one.row.id, pair.other.row.id], "kind": pair.kind, "why": _reason(pair, texts)}
            for pair in found
        ],
        "circular": [pair._asdict() for pair in circular_pairs()],
    }
    return parts, values


def show_fit(fit: StatementFit, texts: Texts) -> Answer:
    """Show a distribution as a scenario has it, and how far it is from each statement."""
    table = heading_table(texts, "stated", "fitted")
    for residual in fit.residuals:
        day = write_amount(residual.at, texts)
        stated, fitted = texts.percent(residual.probability, 1), texts.percent(residual.fitted, 1)
        table.add_row(texts("evidence.gone_by", share=stated, day=day), fitted)
    word = fit.word()
    parts: list[object] = [texts("evidence.fit_word"), _as_yaml(word)]
    if fit.residuals:
        parts.append(table)
    parts.append(texts("evidence.fit_met" if fit.is_met else "evidence.fit_unmet"))
    residuals = [{**residual._asdict(), "difference": residual.difference} for residual in fit.residuals]
    return parts, {"distribution": word, "is_met": fit.is_met, "statements": residuals}


def show_statements(texts: Texts) -> Answer:
    """Show what documents say of stays, waits and weeks, and the distributions it gives."""
    table = heading_table(texts, "said", "word", "gap")
    values = []
    for statement in load_statements().values():
        fit = statement.fit()
        worst = 100 * max((abs(residual.difference) for residual in fit.residuals), default=0.0)
        word = _as_yaml({statement.path: fit.word()}).strip()[1:-1]
        said = Text(statement.said[texts.language], style="bold" if statement.is_default else "")
        table.add_row(said, word, texts.number(worst, 1))
        residuals = [residual._asdict() for residual in fit.residuals]
        values.append({**statement._asdict(), "said": statement.said[texts.language], "distribution": fit.word()})
        values[-1] |= {"is_met": fit.is_met, "statements": residuals}
    return [Text(texts("evidence.title.statements"), style="bold"), table, texts("evidence.statements_note")], values


def show_checks(checks: Checks, texts: Texts) -> Answer:
    """Show published numbers beside their predictions."""
    table = heading_table(texts, "check", "observed", "median", "band_50", "band_90", "tail", "verdict")
    for row in checks.rows:
        tail = texts.percent(row.tail_probability, 1)
        is_bound = row.check.comparison == "at_most" and row.verdict != "refused"
        table.add_row(
            texts(f"evidence.check.{row.check.id}"),
            write_observed(row, texts),
            write_amount(row.median, texts),
            _band(row.low_50, row.high_50, texts),
            _band(row.low_90, row.high_90, texts),
            texts("evidence.keep_share", share=tail) if is_bound else tail,
            texts(f"evidence.verdict.{row.verdict}"),
        )
    title = Text(texts("evidence.title.checks"), style="bold")
    values = {
        "draws": checks.n_draws,
        "fitted_to": list(checks.fitted_to),
        "checks": [
            _finite({**row._asdict(), "check": row.check.id, "rows": row.check.rows, "step": row.check.step})
            | {
                "comparison": row.check.comparison,
                "observed": row.check.observed,
                "depends_on": row.check.depends_on,
                "circular": [pair._asdict() for pair in row.check.circular.values()],
            }
            for row in checks.rows
        ],
    }
    return [title, table, "\n".join(f"- {note}" for note in notes_of(checks, texts))], values


def notes_of(checks: Checks, texts: Texts) -> list[str]:
    """Say what must be known to read the checks."""
    key = "evidence.checks_note_posterior" if checks.fitted_to else "evidence.checks_note"
    rows = ", ".join(checks.fitted_to)
    given = ", ".join(checks.given)
    notes = [texts(key, draws=texts.number(checks.n_draws), year=str(NEED_YEAR), rows=rows, given=given)]
    by_note: dict[tuple[str, ...], list[str]] = {}
    for row in checks.rows:
        by_note.setdefault(write_why(row, texts), []).append(texts(f"evidence.check.{row.check.id}"))
    notes += [f"{'; '.join(names)}: {' '.join(said)}" for said, names in by_note.items()]
    depends_on = {row.check.step: ", ".join(row.check.depends_on) for row in checks.rows}
    for step, parameters in depends_on.items():
        notes.append(texts("evidence.depends", step=texts(f"evidence.step.{step}"), parameters=parameters))
    return notes


def _funnel_table(rows: Sequence[FunnelRow], texts: Texts) -> Table:
    table = heading_table(texts, "step", "definition", "women", "years", "who", "quantity")
    for step in STEPS:
        on_step = [row for row in rows if row.step == step]
        name = texts(f"evidence.step.{step}")
        if not on_step:
            table.add_row(name, Text(texts("evidence.nothing_published"), style="dim"))
        said: set[str] = set()
        for row in on_step:
            definition = texts(f"evidence.definition.{row.definition}")
            counts = "" if row.definition in said else texts(f"evidence.counts.{row.definition}")
            said.add(row.definition)
            who = texts(f"evidence.who.{row.who}")
            table.add_row(name, definition, write_women(row, texts), write_years(row), who, counts)
            name = ""
    return table


def _contradictions_table(found: Iterable[Contradiction], texts: Texts) -> Table:
    table = heading_table(texts, "step", "numbers", "why")
    by_reason: dict[tuple[str, str, str], list[str]] = {}
    for pair in found:
        key = (pair.one.step, pair.kind, _reason(pair, texts))
        by_reason.setdefault(key, []).append(" / ".join(_named(row, texts) for row in (pair.one, pair.other)))
    for (step, kind, reason), pairs in by_reason.items():
        why = Text(texts(f"evidence.kind.{kind}") + ". ", style="bold").append(reason, style="not bold")
        table.add_row(texts(f"evidence.step.{step}"), "\n".join(pairs), why)
    return table


def _named(row: FunnelRow, texts: Texts) -> str:
    return f"{write_women(row, texts)} ({texts(f'evidence.who.{row.who}')}, {write_years(row)})"


def _reason(pair: Contradiction, texts: Texts) -> str:
    return texts(f"evidence.reason.{pair.reason}")


def _circular_table(texts: Texts) -> Table:
    """Numbers of women only: what a price was made from is nobody's check."""
    table = heading_table(texts, "number", "not_for", "through")
    funnel = load_funnel()
    by_parameter: dict[tuple[str, str], list[str]] = {}
    for pair in circular_pairs():
        row = funnel.get(pair.row_id)
        if row is not None and row.role in ("estimate", "derived", "share"):
            by_parameter.setdefault((pair.parameter, pair.through), []).append(pair.row_id)
    for (parameter, through), ids in by_parameter.items():
        table.add_row(", ".join(ids), parameter, through)
    return table


def _band(low: float, high: float, texts: Texts) -> str:
    return NOTHING if math.isnan(low) else write_span(low, high, texts)


def _as_yaml(word: Mapping[str, Mapping[str, object]]) -> str:
    stream = StringIO()
    yaml = YAML()
    yaml.default_flow_style = True
    yaml.dump({kind: dict(values) for kind, values in word.items()}, stream)
    return "  " + str(stream.getvalue()).strip()


def _funnel_values(row: FunnelRow, texts: Texts) -> dict[str, Any]:
    low, high = row.women_per_year or (None, None)
    values = row._asdict() | {"id": row.row.id, "low_per_year": low, "high_per_year": high}
    values["counts"] = texts(f"evidence.counts.{row.definition}")
    del values["row"]
    return values


def _finite(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in values.items()}
