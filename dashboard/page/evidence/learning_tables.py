"""What was learnt from a file, as tables: what of it was left out, and each assumption before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from calibration.from_rows.estimates.estimate import ParameterEstimate
from calibration.from_rows.file.cells import date_of
from dashboard.answer.learning import Lesson
from dashboard.reports.calibration_words import about_rows, estimate_name, parameter_name, write_interval
from dashboard.say.line_table import build_line_table
from sim.scenario import Fault
from sim.texts import NOTHING, Texts

MOST_FAULTS = 50
"""Cells left out that are shown; all are in the list that can be downloaded."""


def build_left_out_table(faults: Sequence[Fault], texts: Texts) -> str:
    """Write which cells were left out, and why."""
    said = [fault.parts(texts.language) for fault in faults[:MOST_FAULTS]]
    lines = [(_place(fault, texts), fault["allowed"], fault["got"], fault["remedy"]) for fault in said]
    head = [texts(f"batch.check.{word}") for word in ("where", "allowed", "got", "remedy")]
    return build_line_table(texts("evidence.page.learning.faults"), head, lines)


def _place(fault: Mapping[str, Any], texts: Texts) -> str:
    row = texts("evidence.page.learning.row", row=fault["row"]) if fault["row"] else fault["source"]
    return ", ".join(part for part in (row, fault["path"]) if part)


def reading_lines(lesson: Lesson, texts: Texts) -> tuple[str, ...]:
    """Say what of the file was used."""
    read = lesson.read
    first, last = (texts.date(date_of(day)) for day in (read.referrals.first_day, read.referrals.last_day))
    used, rows = texts.number(read.n_used), texts.number(read.n_rows)
    cells, duplicates = texts.number(len(read.faults) - read.n_duplicates), texts.number(read.n_duplicates)
    lines = [texts("evidence.page.learning.rows", used=used, rows=rows, first=first, last=last)]
    if read.n_in_part:
        lines.append(texts("evidence.page.learning.in_part", number=texts.number(read.n_in_part)))
    if read.faults:
        lines.append(texts("evidence.page.learning.left_out", cells=cells, duplicates=duplicates))
    for word, number in (("later", read.n_later), ("not_yet", read.n_not_yet), ("undated", read.n_undated)):
        if number:
            lines.append(texts(f"evidence.page.learning.{word}", number=texts.number(number), last=last))
    if read.unknown_columns:
        lines.append(texts("evidence.page.learning.unknown", names=", ".join(read.unknown_columns)))
    if not read.referrals.is_first_counted:
        lines.append(texts("evidence.page.learning.first_counted"))
    return tuple(lines)


def build_estimates_table(lesson: Lesson, texts: Texts) -> str:
    """Write each assumption before and after the file."""
    head = [texts(f"evidence.page.learning.{word}") for word in ("estimate", "before", "after", "rests_on")]
    return build_line_table(texts("evidence.page.learning.estimates"), head, _lines(lesson, texts))


def outside_names(lesson: Lesson, texts: Texts) -> tuple[str, ...]:
    """Name the assumptions that the file alone points away from."""
    return tuple(estimate_name(one, texts) for one in lesson.learnt.estimates.values() if one.is_outside)


def _lines(lesson: Lesson, texts: Texts) -> list[tuple[str, str, str, str]]:
    """Every estimate, and then what was left as it is in the scenario."""
    left = [
        (parameter_name(one.parameter, texts), NOTHING, NOTHING, texts(f"calibration.estimates.left_{one.reason}"))
        for one in lesson.learnt.left
    ]
    return [_line(estimate, texts) for estimate in lesson.learnt.estimates.values()] + left


def _line(estimate: ParameterEstimate, texts: Texts) -> tuple[str, str, str, str]:
    before = write_interval(estimate.parameter, estimate.prior, texts)
    after = write_interval(estimate.parameter, (estimate.mean, estimate.low, estimate.high), texts)
    rests_on = about_rows(estimate, texts)
    if estimate.is_outside:
        rests_on = f"{rests_on}; {texts('evidence.page.learning.outside')}"
    return estimate_name(estimate, texts), before, after, rests_on


def estimates_frame(lesson: Lesson, texts: Texts) -> pd.DataFrame:
    """Give the numbers behind the picture."""
    columns = [texts(f"evidence.page.learning.{word}") for word in ("estimate", "before", "after", "rests_on")]
    return pd.DataFrame(_lines(lesson, texts), columns=columns)
