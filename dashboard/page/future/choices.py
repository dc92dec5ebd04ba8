"""What can be chosen of one possible future: which, and which part of it."""

import datetime as dt
from collections.abc import Sequence

from dashboard.answer.answers import shared_answers
from sim.looks import trace_replication
from sim.looks.bed_board import BedBoard, bed_board_rows
from sim.looks.futures import Futures, choose_replications
from sim.scenario import Scenario, ScenarioError, scenario_hash

KINDS = ("typical", "good", "bad", "own")
"""Which future: one that stands for many, or one by its number."""

SPANS = ("two_years", "all")
"""How much of it is seen at a time."""

FUTURES = 100
"""How many possible futures are looked through for a typical, a good and a bad one."""

WHAT_IS_GOOD = "admitted_share_of_accepted"
"""Measure by which a future is called good or bad."""

ALWAYS_KNOWN = "admitted_per_year"
"""Measure in its place where it has no value in any future."""

_YEAR_DAYS = 365.0
_MONTHS = 12


def number_of(kind: str, futures: Futures) -> int:
    """Find the number of a future."""
    number: int = getattr(futures, kind)
    return number


def dates_of(scenario: Scenario) -> list[dt.date]:
    """List the dates the slider stops at."""
    first = scenario.start.year * _MONTHS + scenario.start.month - 1
    months = range(first, first + scenario.horizon_years * _MONTHS)
    return [dt.date(month // _MONTHS, month % _MONTHS + 1, min(scenario.start.day, 28)) for month in months]


def date_of(written: str, dates: Sequence[dt.date]) -> dt.date:
    """Read a date out of a link."""
    try:
        wanted = dt.date.fromisoformat(written)
    except ValueError:
        return dates[min(2 * _MONTHS, len(dates) - 1)]
    return min(dates, key=lambda date: abs(date - wanted))


def day_of(date: dt.date, scenario: Scenario) -> float:
    """Count days from the opening."""
    return float((date - scenario.start).days)


def window_of(span: str, day: float, board: BedBoard) -> tuple[float, float] | None:
    """Choose the part of a board that is seen."""
    if span == "all":
        return None
    first = max(0.0, min(day - _YEAR_DAYS, board.horizon_days - 2 * _YEAR_DAYS))
    return first, min(first + 2 * _YEAR_DAYS, board.horizon_days)


def futures_of(scenario: Scenario, design: str) -> Futures:
    """Find a typical, a good and a bad future of a design."""
    answers = shared_answers()

    def by(measure: str) -> Futures:
        return choose_replications(
            scenario, design=design, measure=measure, replications=FUTURES, memory=answers.memory
        )

    def find() -> Futures:
        try:
            return by(WHAT_IS_GOOD)
        except ScenarioError:  # nobody says yes in any of them
            return by(ALWAYS_KNOWN)

    found: Futures = answers.recall(("futures", design, scenario_hash(scenario)), find)
    return found


def board_of(scenario: Scenario, design: str, replication: int) -> BedBoard:
    """Lay out one possible future of a design, place by place."""

    def lay_out() -> BedBoard:
        return bed_board_rows(trace_replication(scenario, design=design, replication=replication, engine="kernel"))

    board: BedBoard = shared_answers().recall(("board", design, replication, scenario_hash(scenario)), lay_out)
    return board
