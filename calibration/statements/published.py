"""What documents say of stays, waits and weeks, ready to be turned into distributions."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from calibration.data import read_table
from calibration.statements.fit import StatementFit, fit_statement


class PublishedStatement(NamedTuple):
    """Something said of a time, and how it is read.

    Attributes
    ----------
    id : str
        Its name.
    path : str
        Word of a scenario that it is about.
    kind : str
        Word of the distribution it is turned into.
    quantiles : tuple of (float, float)
        Share gone, and by when.
    low, high : float or None
        Ends of the distribution.
    is_default : bool
        Whether the scenario's default comes from it.
    said : mapping of str to str
        What is said and by whom, by language.
    """

    id: str
    path: str
    kind: str
    quantiles: tuple[tuple[float, float], ...]
    low: float | None
    high: float | None
    is_default: bool
    said: Mapping[str, str]

    def fit(self) -> StatementFit:
        """Turn it into a distribution.

        Returns
        -------
        StatementFit
            In the unit of the word.
        """
        return fit_statement(self.kind, self.quantiles, low=self.low, high=self.high)


@lru_cache(maxsize=1)
def load_statements() -> Mapping[str, PublishedStatement]:
    """Load what documents say of stays, waits and weeks.

    Returns
    -------
    mapping of str to PublishedStatement
        By id, in the order of the table. Not to be changed.
    """
    return {row["id"]: _statement(row) for row in read_table("statements")}


def _statement(row: Mapping[str, str]) -> PublishedStatement:
    pairs = (pair.split(":") for pair in row["gone"].split())
    return PublishedStatement(
        id=row["id"],
        path=row["path"],
        kind=row["kind"],
        quantiles=tuple((float(share), float(at)) for share, at in pairs),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        is_default=row["default"] == "yes",
        said={"en": row["said"], "da": row["said_da"]},
    )
