"""Rows of the registry: every number the documents print that can inform a parameter."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from calibration.data import read_table

_YEARS = re.compile(r"(?:19|20)\d\d")
_SHORT_SPAN = re.compile(r"((?:19|20)\d\d)-(\d\d)\b(?!\d)")


class EvidenceRow(NamedTuple):
    """One number, or one statement without a number, with whose it is.

    Attributes
    ----------
    id : str
        Its name.
    quantity : str
        What is counted or said, in English.
    value : float or None
        As printed, in `unit`; None for a statement.
    low, high : float or None
        Range, where one is printed.
    unit : str
        Of value and range.
    period : str
        When it holds; empty where that is not printed.
    geography : str
        Where it holds.
    source : str
        Document, then the place in it after a semicolon.
    locator : str
        A few words of the document, to find the place by; as printed, or as scanned.
    topic : str
        What it can inform.
    view : str
        Who says it.
    caveat : str
        What to beware of, in English.
    """

    id: str
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period: str
    geography: str
    source: str
    locator: str
    topic: str
    view: str
    caveat: str

    @property
    def document(self) -> str:
        """The document alone."""
        return self.source.split("; ", 1)[0]

    @property
    def section(self) -> str:
        """The place in the document."""
        return self.source.split("; ", 1)[1]

    @property
    def span(self) -> tuple[float, float] | None:
        """Lowest and highest of value and range; None for a statement, which has neither."""
        numbers = [number for number in (self.value, self.low, self.high) if number is not None]
        return (min(numbers), max(numbers)) if numbers else None

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of the period; None where no year is printed."""
        found = [int(year) for year in _YEARS.findall(self.period)]
        found += [int(first[:2] + last) for first, last in _SHORT_SPAN.findall(self.period)]
        return (min(found), max(found)) if found else None


@lru_cache(maxsize=1)
def load_evidence() -> Mapping[str, EvidenceRow]:
    """Load the registry.

    Returns
    -------
    mapping of str to EvidenceRow
        By id, in the order of the table. Not to be changed.
    """
    return {row["id"]: _row(row) for row in read_table("evidence")}


def _row(row: Mapping[str, str]) -> EvidenceRow:
    return EvidenceRow(
        id=row["id"],
        quantity=row["quantity"],
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        unit=row["unit"],
        period=row["period"],
        geography=row["geography"],
        source=row["source"],
        locator=row["locator"],
        topic=row["parameter"],
        view=row["view"],
        caveat=row["caveat"],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
