"""The published numbers that the model can be held against, and what each may be held against."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from calibration.data import read_table
from calibration.evidence import Circular, circular_parameters, load_evidence
from calibration.priors.today import DEPENDS_ON, can_be_opened

Comparison = Literal["equal", "at_most"]


class Check(NamedTuple):
    """A published number and what the model says beside it.

    Attributes
    ----------
    id : str
        Its name.
    rows : tuple of str
        Ids of the rows; their values are added.
    step : str
        Step of the funnel that is predicted: ``offered`` or ``admitted``.
    from_year, to_year : int
        Calendar years, both included.
    comparison : {"equal", "at_most"}
        ``equal``: the prediction should come out like the number. ``at_most``: the number counts a wider group, so
        that the prediction should not exceed it.
    """

    id: str
    rows: tuple[str, ...]
    step: str
    from_year: int
    to_year: int
    comparison: Comparison

    @property
    def observed(self) -> float:
        """The number [women in these years]."""
        rows = load_evidence()
        return sum(rows[row_id].value or 0.0 for row_id in self.rows)

    @property
    def depends_on(self) -> tuple[str, ...]:
        """Ids of the parameters that decide the prediction."""
        return DEPENDS_ON[self.step]

    @property
    def circular(self) -> Mapping[str, Circular]:
        """Parameters of the prediction that were made from this number, and through which row."""
        pairs = circular_parameters(self.rows)
        return {name: pairs[name] for name in self.depends_on if name in pairs}

    @property
    def opened(self) -> tuple[str, ...]:
        """Circular parameters whose range is set aside: shares, drawn evenly from 0 to 1 instead."""
        return tuple(name for name in self.circular if can_be_opened(name))

    @property
    def barred_by(self) -> tuple[str, ...]:
        """Circular parameters that cannot be opened; if there are any, the check is refused."""
        return tuple(name for name in self.circular if not can_be_opened(name))


@lru_cache(maxsize=1)
def load_checks() -> tuple[Check, ...]:
    """Load the published numbers that the model can be held against.

    Returns
    -------
    tuple of Check
        In the order of the table.
    """
    return tuple(_check(row) for row in read_table("checks"))


def _check(row: Mapping[str, str]) -> Check:
    comparison: Comparison = row["comparison"]  # type: ignore[assignment]  # a test goes through all of them
    years = int(row["from_year"]), int(row["to_year"])
    return Check(row["id"], tuple(row["rows"].split()), row["step"], *years, comparison)
