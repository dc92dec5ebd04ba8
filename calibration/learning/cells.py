"""From what stands in a cell to a value: dates, weeks, numbers, yes and no, and the words that are known."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from calibration.learning.columns import HOUSEHOLD_WORDS, REASON_WORDS, YES_NO, plain_word
from sim.geography import MAX_MINUTES, load_municipalities, load_sites

EPOCH = dt.date(2000, 1, 1)
"""Days are counted from here."""
FIRST_DATE = dt.date(1990, 1, 1)
LEAST_WEEK, LATEST_WEEK = 2.0, 43.0

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?\Z", re.ASCII)
_DANISH = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?: [\d:.]+)?\Z", re.ASCII)
_WEEK_AND_DAYS = re.compile(r"(\d{1,2})\s*\+\s*([0-6])\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}([.,]\d+)?\Z", re.ASCII)
_SHOWN_LENGTH = 30


class Unreadable(NamedTuple):
    """A cell that could not be read.

    Attributes
    ----------
    allowed, got, remedy : str
        As in every message.
    """

    allowed: str
    got: str
    remedy: str


def read_date(text: str) -> float | Unreadable:
    """Read a date.

    Parameters
    ----------
    text : str
        2026-12-31, 31-12-2026, 31.12.2026 or 31/12/2026.

    Returns
    -------
    float or Unreadable
        Days since `EPOCH` [days].
    """
    iso, danish = _ISO.match(text), _DANISH.match(text)
    if not (iso or danish):
        return _wrong("a date", text, "Write it as 2026-12-31 or 31-12-2026, with the year in full.")
    year, month, day = iso.groups() if iso else reversed(danish.groups()) if danish else ()
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return _wrong("a date that exists", text, "Write the day first: 31-12-2026.")
    if date < FIRST_DATE:
        return _wrong(f"a date from {FIRST_DATE} on", text, "Correct the year.")
    return float((date - EPOCH).days)


def read_week(text: str) -> float | Unreadable:
    """Read a week of pregnancy.

    Parameters
    ----------
    text : str
        22+3 (weeks and days), 22,4 or 22.

    Returns
    -------
    float or Unreadable
        Weeks; with days, the middle of the day [weeks].
    """
    remedy = "Write it as 22+3 (weeks and days) or 22,4."
    parts = _WEEK_AND_DAYS.match(text)
    if parts:
        week = int(parts[1]) + (int(parts[2]) + 0.5) / 7
    elif _NUMBER.match(text):
        week = float(text.replace(",", "."))
    else:
        return _wrong("a week of pregnancy", text, remedy)
    if not LEAST_WEEK <= week <= LATEST_WEEK:
        return _wrong(f"a week of pregnancy from {LEAST_WEEK:g} to {LATEST_WEEK:g}", text, remedy)
    return week


def read_minutes(text: str) -> float | Unreadable:
    """Read travel minutes.

    Parameters
    ----------
    text : str
        Such as 75 or 75,5.

    Returns
    -------
    float or Unreadable
        Minutes one way [minutes].
    """
    minutes = float(text.replace(",", ".")) if _NUMBER.match(text) else -1.0
    if not 0 <= minutes <= MAX_MINUTES:
        return _wrong(f"minutes from 0 to {MAX_MINUTES:g}", text, "Write minutes by car one way, such as 75.")
    return minutes


def read_yes_no(text: str) -> float | Unreadable:
    """Read yes or no.

    Parameters
    ----------
    text : str
        Such as yes, no, ja or nej.

    Returns
    -------
    float or Unreadable
        1 for yes, 0 for no.
    """
    return _read_word(text, YES_NO, "yes or no", "Write yes or no, ja or nej; leave it empty while it is not known.")


def read_household(text: str) -> float | Unreadable:
    """Read whom she lives with.

    Parameters
    ----------
    text : str
        Such as alone, partner or children.

    Returns
    -------
    float or Unreadable
        Number in `sim.cohort.HOUSEHOLDS`.
    """
    return _read_word(text, HOUSEHOLD_WORDS, "alone, partner or children", "Write children if there is both.")


def read_reason(text: str) -> float | Unreadable:
    """Read why it ended.

    Parameters
    ----------
    text : str
        One of `REASONS`, in English or Danish.

    Returns
    -------
    float or Unreadable
        Number in `REASONS`.
    """
    return _read_word(text, REASON_WORDS, "a reason that is known", "The reasons are in docs/calibration.md.")


def read_municipality(text: str) -> float | Unreadable:
    """Read a municipality.

    Parameters
    ----------
    text : str
        Its code or name; with or without the word Kommune, with å or aa.

    Returns
    -------
    float or Unreadable
        Row of `sim.geography.load_municipalities`.
    """
    known = _municipality_words()
    if text.isascii() and text.isdigit() and text.zfill(4) in known:
        return float(known[text.zfill(4)])
    word = _place_word(text)
    for spelling in (word, word.removesuffix("s")):
        if spelling in known:
            return float(known[spelling])
    near = difflib.get_close_matches(word[:60], known, n=1, cutoff=0.7)
    names = load_municipalities().name
    remedy = f"Did you mean {names[known[near[0]]]}?" if near else "Write its name, or its code of four digits."
    return _wrong("a Danish municipality", text, remedy)


def read_site(text: str) -> float | Unreadable:
    """Read a site.

    Parameters
    ----------
    text : str
        Its three letters, its town or its hospital.

    Returns
    -------
    float or Unreadable
        Row of `sim.geography.load_sites`.
    """
    known, word = _site_words(), _place_word(text)
    if word in known:
        return float(known[word])
    ids = ", ".join(site.id for site in load_sites())
    near = difflib.get_close_matches(word[:60], known, n=1, cutoff=0.6)
    remedy = f"Did you mean {load_sites()[known[near[0]]].id}?" if near else "Or write the travel time under minutes."
    return _wrong(f"a site, one of {ids}", text, remedy)


def date_of(day: float) -> dt.date:
    """Give the date of a day.

    Parameters
    ----------
    day : float
        Days since `EPOCH` [days].

    Returns
    -------
    datetime.date
        The date.
    """
    return EPOCH + dt.timedelta(days=int(day))


def _read_word(
    text: str, known: Mapping[str, int] | Mapping[str, bool], allowed: str, remedy: str
) -> float | Unreadable:
    word = plain_word(text)
    if word in known:
        return float(known[word])
    near = difflib.get_close_matches(word[:60], known, n=1, cutoff=0.75)
    return _wrong(allowed, text, f"Did you mean {near[0]}?" if near else remedy)


def _wrong(allowed: str, text: str, remedy: str) -> Unreadable:
    cut = text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
    return Unreadable(allowed, repr(cut), remedy)


def _place_word(text: str) -> str:
    return plain_word(text).replace("å", "aa").removesuffix(" kommune").replace("  ", " ")


@lru_cache(maxsize=1)
def _municipality_words() -> Mapping[str, int]:
    places = load_municipalities()
    by_code = {code: number for number, code in enumerate(places.code)}
    by_name = {_place_word(name): number for number, name in enumerate(places.name)}
    return {name.removesuffix("s"): number for name, number in by_name.items()} | by_name | by_code


@lru_cache(maxsize=1)
def _site_words() -> Mapping[str, int]:
    sites = load_sites()
    towns = [_place_word(site.town) for site in sites]
    words = {town: number for number, town in enumerate(towns) if towns.count(town) == 1}
    words |= {_place_word(site.hospital): number for number, site in enumerate(sites)}
    return words | {site.id.casefold(): number for number, site in enumerate(sites)}


READERS: Mapping[str, Callable[[str], float | Unreadable]] = {
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
