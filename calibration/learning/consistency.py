"""What must hold between the cells of a row; where it does not, the later step is left out and the rest is used."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from calibration.learning.cells import LATEST_WEEK, date_of
from calibration.learning.columns import (
    BIRTH_BEFORE_PLACE,
    COMPLETED,
    GAVE_UP,
    IN_STAY,
    LEFT_EARLY,
    PREGNANCY_ENDED,
    REASONS,
    WAITING,
)

Cells = dict[str, float]
"""A row: value of each column, not a number where nothing is known."""


class Broken(NamedTuple):
    """A rule that does not hold in a row."""

    column: str  # the cell that is left out
    allowed: str  # as in every message
    got: str
    remedy: str


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
            allowed = f"a date not after the last day of the data, {date_of(last_day)}"
            yield Broken(
                column, allowed, str(date_of(row[column])), "Correct the date, or give another last day with --as-of."
            )


def _order(row: Cells, _last_day: float) -> Iterator[Broken]:
    for later, earlier in _AFTER:
        if row[later] < row[earlier]:
            allowed = f"a date not before {earlier}, {date_of(row[earlier])}"
            yield Broken(later, allowed, str(date_of(row[later])), "Correct one of the two dates.")


def _pregnancy(row: Cells, _last_day: float) -> Iterator[Broken]:
    for column in ("pregnancy_end", "due"):
        if row[column] - row["referred"] > _LONGEST_WAIT_FOR_BIRTH_DAYS:
            allowed = f"a date less than {LATEST_WEEK:g} weeks after she was referred pregnant"
            yield Broken(column, allowed, str(date_of(row[column])), "Correct one of the two dates.")
    week_at_end = row["gestation_week"] + (row["pregnancy_end"] - row["referred"]) / 7
    if week_at_end > LATEST_WEEK + 1:
        allowed = f"an end of pregnancy by week {LATEST_WEEK:g}"
        yield Broken("pregnancy_end", allowed, f"week {week_at_end:.0f}", "Correct the date, or gestation_week.")


def _answers(row: Cells, _last_day: float) -> Iterator[Broken]:
    if row["accepted"] == 1 and row["offered"] == 0:
        yield Broken("accepted", "no or nothing where offered is no", "yes", "Correct one of the two.")
    if not np.isnan(row["admitted"]):
        for column in ("offered", "accepted"):
            if row[column] == 0:
                yield Broken(column, "yes where she was admitted", "no", "Correct it, or delete the date of admission.")


def _ends(row: Cells, _last_day: float) -> Iterator[Broken]:
    was_admitted, reason = not np.isnan(row["admitted"]), row["reason"]
    if was_admitted and not np.isnan(row["wait_ended"]):
        remedy = "Delete it: admission ends the wait."
        yield Broken("wait_ended", "nothing where she was admitted", str(date_of(row["wait_ended"])), remedy)
    if not was_admitted and not np.isnan(row["discharged"]):
        yield Broken(
            "discharged", "nothing where she was not admitted", str(date_of(row["discharged"])), "Add admitted."
        )
    if np.isnan(reason):
        return
    word, remedy = REASONS[int(reason)], "Correct the reason or the dates."
    has_left, has_stopped = not np.isnan(row["discharged"]), not np.isnan(row["wait_ended"])
    if was_admitted and reason in _NEVER_ADMITTED:
        yield Broken("reason", "a reason of one who was admitted", word, remedy)
    elif not was_admitted and reason in (COMPLETED, LEFT_EARLY, IN_STAY):
        yield Broken("reason", f"admitted filled in where the reason is {word}", "nothing", remedy)
    elif reason in (COMPLETED, LEFT_EARLY) and not has_left:
        yield Broken("reason", f"discharged filled in where the reason is {word}", "nothing", remedy)
    elif (reason == IN_STAY and has_left) or (reason == WAITING and has_stopped):
        yield Broken("reason", f"no date of an end where the reason is {word}", "one", remedy)
    elif reason in (GAVE_UP, BIRTH_BEFORE_PLACE, PREGNANCY_ENDED) and not has_stopped:
        yield Broken("reason", f"wait_ended filled in where the reason is {word}", "nothing", remedy)


def _unsaid(row: Cells, _last_day: float) -> Iterator[Broken]:
    """An end without a reason: whether she completed or left is not known, so it cannot count as either."""
    for column in ("discharged", "wait_ended"):
        if not np.isnan(row[column]) and np.isnan(row["reason"]):
            yield Broken(column, "a reason where there is a date of an end", "none", "Fill in reason.")


_RULES: tuple[Callable[[Cells, float], Iterator[Broken]], ...] = (_future, _order, _pregnancy, _answers, _ends, _unsaid)

DEPENDENT: Mapping[str, tuple[str, ...]] = {
    "wait": ("admitted", "wait_ended", "reason", "accepted"),
    "stay": ("admitted", "discharged", "reason"),
    "pregnancy": ("pregnancy_end", "referred", "admitted", "discharged", "wait_ended", "reason"),
}
"""Columns without whose faults an empty cell means that it has not happened yet, by what depends on them."""
