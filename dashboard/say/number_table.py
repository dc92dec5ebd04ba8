"""The table of headline numbers: a row for each measure, a column for each design, and what moved.

Takes results and what moved. Gives HTML: a real table with headings, in which every number says when pointed at or
reached by key how sure it is. Leaves out its look: that is `widgets.frame`.
"""

import html
from collections.abc import Mapping, Sequence

from dashboard.answer.answers import Moved
from dashboard.say.measure_words import (
    NO_ESTIMATE,
    Estimate,
    estimate_of,
    measure_label,
    reads_as_nothing,
    scale_of,
    write_alike,
    write_estimate,
    write_interval,
    write_spread,
)
from sim.experiment import Results
from sim.experiment.measured import HEADLINES
from sim.texts import Texts, design_label

_SAME = 1e-12


def build_number_table(
    results: Results,
    moved: Moved | None,
    texts: Texts,
    *,
    since: str,
    places: Mapping[str, tuple[int, int]] | None = None,
    measures: Sequence[str] = HEADLINES,
) -> str:
    """Write the table of headline numbers."""
    designs = tuple(results.designs)
    head = "".join(_head(name, (places or {}).get(name), texts) for name in designs)
    rows = "".join(_row(measure, designs, results, moved, texts=texts, since=since) for measure in measures)
    return (
        f'<div class="dp-scroll" tabindex="0" role="region" aria-label="{html.escape(texts("plan.numbers.heading"))}">'
        f'<table class="dp-numbers"><thead><tr><th scope="col">{html.escape(texts("plan.numbers.measure"))}</th>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _head(name: str, places: tuple[int, int] | None, texts: Texts) -> str:
    below = ""
    if places is not None and places[1]:
        fixed, most = map(texts.number, places)
        key = "plan.numbers.flexible_places" if fixed != most else "plan.numbers.places"
        key += "_one" if places == (1, 1) else ""
        below = f' <span class="dp-unit">{html.escape(texts(key, fixed=fixed, most=most))}</span>'
    return f'<th scope="col">{html.escape(design_label(name, texts))}{below}</th>'


def _row(
    measure: str, designs: Sequence[str], results: Results, moved: Moved | None, *, texts: Texts, since: str
) -> str:
    estimates = [estimate_of(results.designs[name], measure) for name in designs]
    written = write_alike(estimates, measure, texts)
    moves = [
        _move(measure, name, estimate, moved, texts=texts, since=since)
        for name, estimate in zip(designs, estimates, strict=True)
    ]
    cells = "".join(
        f"<td>{_cell(measure, estimate, shown, move, texts)}</td>"
        for estimate, shown, move in zip(estimates, written, moves, strict=True)
    )
    largest = max((abs(estimate.mean) for estimate in estimates if estimate.n), default=0.0)
    label, unit = measure_label(measure, texts), scale_of(measure, texts, largest=largest).title
    shown = html.escape(label)
    if unit and unit not in label:
        shown += f' <span class="dp-unit">{html.escape(unit)}</span>'
    return f'<tr><th scope="row">{_with_tip(shown, texts(f"measures.{measure}.definition"))}</th>{cells}</tr>'


def _cell(measure: str, estimate: Estimate, written: str, move: tuple[str, str], texts: Texts) -> str:
    if not estimate.n:
        return _with_tip(f'<span class="dp-value">{html.escape(written)}</span>', texts("plan.charts.nothing"))
    mark, sentence = move
    tip = [
        write_estimate(estimate, measure, texts).removesuffix(".") + ".",
        texts("plan.numbers.sure", interval=write_interval(estimate, measure, texts)),
        texts("plan.numbers.spread", spread=write_spread(estimate, measure, texts)),
        sentence,
    ]
    return _with_tip(f'<span class="dp-value">{html.escape(written)}</span>{mark}', " ".join(filter(None, tip)))


def _move(
    measure: str, design: str, estimate: Estimate, moved: Moved | None, *, texts: Texts, since: str
) -> tuple[str, str]:
    """The mark below a number, and the sentence in its tip."""
    if moved is None:
        return "", ""
    found = moved.of(design, measure)
    if found is None:
        return "", texts("plan.numbers.new")
    change = Estimate(**{**NO_ESTIMATE._asdict(), **found})
    if change.is_same or (abs(change.mean) < _SAME and not change.high - change.low >= _SAME):
        return "", texts("plan.numbers.unchanged", since=since)
    written, _ = write_alike([change, estimate], measure, texts, is_difference=True)  # in the unit of the number itself
    if reads_as_nothing(written):
        return "", texts("plan.numbers.tiny", since=since)
    sentence = texts(
        "plan.numbers.moved" if change.is_sure else "plan.numbers.moved_unsure",
        since=since,
        moved=write_estimate(change, measure, texts, is_difference=True),
        interval=write_interval(change, measure, texts, is_difference=True),
    )
    sign, word = ("≈", "unsure") if not change.is_sure else ("▲", "up") if change.mean > 0 else ("▼", "down")
    spoken = f'<span class="dp-hidden">{html.escape(texts(f"plan.numbers.{word}"))}</span>'
    return (
        f'<span class="dp-move dp-{word}"><span aria-hidden="true">{sign}</span>{spoken} {html.escape(written)}</span>',
        sentence,
    )


def _with_tip(shown: str, tip: str) -> str:
    return (
        f'<button type="button" class="dp-tipped">{shown}'
        f'<span class="dp-tip" role="tooltip">{html.escape(tip)}</span></button>'
    )
