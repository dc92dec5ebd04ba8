"""Files of referrals written by hand, and readings of them, for the tests of learning."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from calibration.from_rows.file.reading import Period, Read, read_rows
from sim.scenario import Scenario, scenario_from
from sim.tables import Sheet

HEADER = ("id", "referred", "municipality", "household", "offered", "accepted", "site", "admitted", "discharged")
FULL_HEADER = (*HEADER, "wait_ended", "reason", "pregnancy_end", "gestation_week")
LAST = dt.date(2025, 12, 31)

LEARNT = (
    "need_per_year",
    "trend_per_year",
    "year_variation",
    "offered_share_municipal",
    "offered_share_public",
    "acceptance_base",
    "acceptance_decay_per_hour",
    "family_odds_ratio",
    "past_birth_share",
    "gestation_at_referral_mean",
    "gestation_at_referral_sd",
    "birth_week_mean",
    "birth_week_sd",
    "loss_probability",
    "stay_after_birth",
)
"""Parameters of the table that are learnt as they stand there, one number at a time."""


def a_scenario(**words: object) -> Scenario:
    """The shortest scenario, opening where the invented records begin."""
    shortest = {"name": "x", "start": "2023-01-01", "designs": [{"name": "a", "kind": "none"}]}
    return scenario_from(shortest | words)


def a_sheet(*rows: dict[str, str], header: Sequence[str] = FULL_HEADER) -> Sheet:
    """Rows as cells; what is not said is empty, and each row has an id of its own."""
    filled = [{"id": f"a{number}"} | row for number, row in enumerate(rows)]
    cells = tuple((number, [row.get(name, "") for name in header]) for number, row in enumerate(filled, start=2))
    return Sheet("mine.csv", tuple(header), cells)


def a_reading(*rows: dict[str, str], last: dt.date | None = LAST, first: dt.date | None = None) -> Read:
    """Rows as they are read."""
    return read_rows(a_sheet(*rows), a_scenario(), Period(first, last))


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
