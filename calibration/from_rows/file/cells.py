"""From what stands in a cell to a value: dates, weeks, numbers, yes and no, and the words that are known."""

import datetime as dt
import difflib
from collections.abc import Callable, Mapping

from calibration.from_rows.file.columns import HOUSEHOLD_WORDS, REASON_WORDS, YES_NO
from sim.faults import shown, shown_text
from sim.geography import MAX_MINUTES, find_municipality, find_site, load_sites, nearest_municipality, nearest_site
from sim.tables import Cell, CellFault, plain_word, read_number, read_weeks, text_of, unlike
from sim.tables import read_date as read_any_date
from sim.texts import Sayable, say

EPOCH = dt.date(2000, 1, 1)
"""Days are counted from here."""
FIRST_DATE = dt.date(1990, 1, 1)
LEAST_WEEK, LATEST_WEEK = 2.0, 43.0

_SHOWN_LENGTH = 30


def read_date(cell: Cell) -> float | CellFault:
    """Read a date: days since `EPOCH` [days]."""
    date = read_any_date(cell)
    if isinstance(date, CellFault):
        return date
    if date < FIRST_DATE:
        return CellFault(
            say("allowed.a_date_from", first=FIRST_DATE), shown(text_of(cell)), say("remedy.correct_the_year")
        )
    return float((date - EPOCH).days)


def read_week(cell: Cell) -> float | CellFault:
    """Read a week of pregnancy: weeks [weeks]."""
    remedy = say("remedy.write_it_as_22")
    week = read_weeks(cell, remedy=remedy)
    if not isinstance(week, CellFault) and not LEAST_WEEK <= week <= LATEST_WEEK:
        allowed = say("allowed.a_week_of_pregnancy", low=LEAST_WEEK, high=LATEST_WEEK)
        return CellFault(allowed, shown(text_of(cell)), remedy)
    return week if isinstance(week, CellFault) else float(week)


def read_minutes(cell: Cell) -> float | CellFault:
    """Read travel minutes: minutes one way [minutes]."""
    allowed, remedy = say("allowed.minutes_from_to", low=0, high=MAX_MINUTES), say("remedy.write_minutes_by")
    minutes = read_number(cell, allowed=allowed, remedy=remedy)
    if not isinstance(minutes, CellFault) and not 0 <= minutes <= MAX_MINUTES:
        return CellFault(allowed, shown(text_of(cell)), remedy)
    return minutes if isinstance(minutes, CellFault) else float(minutes)


def read_yes_no(cell: Cell) -> float | CellFault:
    """Read yes or no."""
    return _read_word(cell, YES_NO, say("allowed.yes_or_no"), say("remedy.write_yes_or"))


def read_household(cell: Cell) -> float | CellFault:
    """Read whom she lives with."""
    return _read_word(cell, HOUSEHOLD_WORDS, say("allowed.alone_partner_or"), say("remedy.write_children_if"))


def read_reason(cell: Cell) -> float | CellFault:
    """Read why it ended."""
    return _read_word(cell, REASON_WORDS, say("allowed.a_reason_that"), say("remedy.the_reasons_are"))


def read_municipality(cell: Cell) -> float | CellFault:
    """Read a municipality."""
    allowed, remedy = say("allowed.a_danish_municipality"), say("remedy.write_its_name")
    return _read_place(cell, find_municipality, nearest_municipality, allowed, remedy)


def read_site(cell: Cell) -> float | CellFault:
    """Read a site."""
    allowed = say("allowed.a_site_one", known=", ".join(site.id for site in load_sites()))
    return _read_place(cell, find_site, nearest_site, allowed, say("remedy.or_write_the"))


def date_of(day: float) -> dt.date:
    """Give the date of a day."""
    return EPOCH + dt.timedelta(days=int(day))


def _read_place(
    cell: Cell,
    find: Callable[[str], int | None],
    nearest: Callable[[str], str | None],
    allowed: Sayable,
    remedy: Sayable,
) -> float | CellFault:
    text = text_of(cell)
    row = None if isinstance(cell, CellFault) else find(text)
    if row is not None:
        return float(row)
    near = nearest(text)
    return _unknown(allowed, cell, say("remedy.did_you_mean", word=near) if near else remedy)


def _read_word(
    cell: Cell, known: Mapping[str, int] | Mapping[str, bool], allowed: Sayable, remedy: Sayable
) -> float | CellFault:
    word = plain_word(text_of(cell))
    if word in known:
        return float(known[word])
    near = difflib.get_close_matches(word[:60], known, n=1, cutoff=0.75)
    return _unknown(allowed, cell, say("remedy.did_you_mean", word=near[0]) if near else remedy)


def _unknown(allowed: Sayable, cell: Cell, remedy: Sayable) -> CellFault:
    return unlike(allowed, shown_text(cell, length=_SHOWN_LENGTH) if isinstance(cell, str) else cell, remedy)


READERS: Mapping[str, Callable[[Cell], float | CellFault]] = {
    "date": read_date,
    "week": read_week,
    "minutes": read_minutes,
    "yes_no": read_yes_no,
    "household": read_household,
    "reason": read_reason,
    "municipality": read_municipality,
    "site": read_site,
}
"""How a cell of each kind of column is read."""
