"""What must hold between the cells of a row; where it does not, the later step is left out and the rest is used."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from calibration.from_rows.file.cells import LATEST_WEEK, date_of
from calibration.from_rows.file.columns import (
    BIRTH_BEFORE_PLACE,
    COMPLETED,
    GAVE_UP,
    IN_STAY,
    LEFT_EARLY,
    PREGNANCY_ENDED,
    REASONS,
    WAITING,
)
from sim.texts import Sayable, say

Cells = dict[str, float]
"""A row: value of each column, not a number where nothing is known."""


class Broken(NamedTuple):
    """A rule that does not hold in a row."""

    column: str  # the cell that is left out
    allowed: Sayable  # as in every message
    got: Sayable
    remedy: Sayable


_AFTER: tuple[tuple[str, str], ...] = (
    ("admitted", "referred"),
    ("wait_ended", "referred"),
    ("pregnancy_end", "referred"),
    ("due", "referred"),
    ("discharged", "admitted"),
)
"""Dates that may not come before another."""
_NEVER_ADMITTED = (GAVE_UP, BIRTH_BEFORE_PLACE, PREGNANCY_ENDED, WAITING)
_LONGEST_WAIT_FOR_BIRTH_DAYS = 7 * LATEST_WEEK


def broken_rules(row: Cells, *, last_day: float) -> Iterator[Broken]:
    """Find what cannot be in a row, one thing at a time."""
    for rule in _RULES:
        yield from rule(row, last_day)


def _future(row: Cells, last_day: float) -> Iterator[Broken]:
    for column in ("referred", "admitted", "discharged", "wait_ended", "pregnancy_end"):
        if row[column] > last_day:
            allowed = say("allowed.a_date_not", last=date_of(last_day))
            yield Broken(column, allowed, str(date_of(row[column])), say("remedy.correct_the_date"))


def _order(row: Cells, _last_day: float) -> Iterator[Broken]:
    for later, earlier in _AFTER:
        if row[later] < row[earlier]:
            allowed = say("allowed.a_date_not_before", column=say(f"column.{earlier}"), first=date_of(row[earlier]))
            yield Broken(later, allowed, str(date_of(row[later])), say("remedy.correct_one_of"))


def _pregnancy(row: Cells, _last_day: float) -> Iterator[Broken]:
    for column in ("pregnancy_end", "due"):
        if row[column] - row["referred"] > _LONGEST_WAIT_FOR_BIRTH_DAYS:
            allowed = say("allowed.a_date_less", n=LATEST_WEEK)
            yield Broken(column, allowed, str(date_of(row[column])), say("remedy.correct_one_of"))
    week_at_end = row["gestation_week"] + (row["pregnancy_end"] - row["referred"]) / 7
    if week_at_end > LATEST_WEEK + 1:
        allowed = say("allowed.an_end_of", n=LATEST_WEEK)
        yield Broken(
            "pregnancy_end", allowed, say("got.week", n=f"{week_at_end:.0f}"), say("remedy.correct_the_date_or")
        )


def _answers(row: Cells, _last_day: float) -> Iterator[Broken]:
    if row["accepted"] == 1 and row["offered"] == 0:
        yield Broken("accepted", say("allowed.no_or_nothing"), say("got.yes"), say("remedy.correct_one_of_the"))
    if not np.isnan(row["admitted"]):
        for column in ("offered", "accepted"):
            if row[column] == 0:
                yield Broken(column, say("allowed.yes_where_she"), say("got.no"), say("remedy.correct_it_or"))


def _ends(row: Cells, _last_day: float) -> Iterator[Broken]:
    was_admitted, reason = not np.isnan(row["admitted"]), row["reason"]
    if was_admitted and not np.isnan(row["wait_ended"]):
        remedy = say("remedy.delete_it_admission")
        yield Broken("wait_ended", say("allowed.nothing_where_she"), str(date_of(row["wait_ended"])), remedy)
    if not was_admitted and not np.isnan(row["discharged"]):
        yield Broken(
            "discharged",
            say("allowed.nothing_where_she_was"),
            str(date_of(row["discharged"])),
            say("remedy.add_admitted"),
        )
    if np.isnan(reason):
        return
    word, remedy = say(f"reason.{REASONS[int(reason)]}"), say("remedy.correct_the_reason")
    has_left, has_stopped = not np.isnan(row["discharged"]), not np.isnan(row["wait_ended"])
    needed = {
        "admitted": not was_admitted and reason in (COMPLETED, LEFT_EARLY, IN_STAY),
        "discharged": not has_left and reason in (COMPLETED, LEFT_EARLY),
        "wait_ended": not has_stopped and reason in (GAVE_UP, BIRTH_BEFORE_PLACE, PREGNANCY_ENDED),
    }
    missing = next((column for column, is_missing in needed.items() if is_missing), None)
    if was_admitted and reason in _NEVER_ADMITTED:
        yield Broken("reason", say("allowed.a_reason_of"), word, remedy)
    elif missing:
        allowed = say("allowed.filled_in_where", column=say(f"column.{missing}"), reason=word)
        yield Broken("reason", allowed, say("got.nothing"), remedy)
    elif (reason == IN_STAY and has_left) or (reason == WAITING and has_stopped):
        yield Broken("reason", say("allowed.no_date_of", reason=word), say("got.one"), remedy)


def _unsaid(row: Cells, _last_day: float) -> Iterator[Broken]:
    """An end without a reason: whether she completed or left is not known, so it cannot count as either."""
    for column in ("discharged", "wait_ended"):
        if not np.isnan(row[column]) and np.isnan(row["reason"]):
            yield Broken(column, say("allowed.a_reason_where"), say("got.none"), say("remedy.fill_in_reason"))


_RULES: tuple[Callable[[Cells, float], Iterator[Broken]], ...] = (_future, _order, _pregnancy, _answers, _ends, _unsaid)

DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "wait": ("admitted", "wait_ended", "reason", "accepted"),
    "stay": ("admitted", "discharged", "reason"),
    "pregnancy": ("pregnancy_end", "referred", "admitted", "discharged", "wait_ended", "reason"),
}
"""Columns without whose faults an empty cell means that it has not happened yet, by what depends on them."""
