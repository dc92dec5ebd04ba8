"""Referrals played by the model, as somebody might have kept them: invented women, with parameters that are known.

Takes a scenario. Gives the rows of a file of referrals. They stop on the last day, so who waits or lives there then
has no end, and what happens to a woman after she is out of sight is not in them.
"""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import numpy as np

from calibration.from_rows.file.columns import COLUMNS
from sim.cohort import ALONE, DAYS_PER_WEEK, HOUSEHOLDS, REPLICATIONS_PER_BLOCK, Cohort, anniversary, draw_cohort
from sim.design import BuiltDesign, build_designs
from sim.engine import OUTCOMES, Ledger
from sim.experiment.play import play_design
from sim.files import write_rows
from sim.geography import load_municipalities
from sim.scenario import Scenario, scenario_from, scenario_values, with_values
from sim.tables import Sheet

Row = dict[str, str]

_STOPPED_WAITING = ("gave_up", "birth_before_place", "pregnancy_ended")


class Record(NamedTuple):
    """What kind of record is invented.

    Attributes
    ----------
    years : int
        How long it is [years].
    per_year : float
        Referrals expected a year, before growth.
    start : datetime.date
        Its first day.
    """

    years: int = 3
    per_year: float = 30.0
    start: dt.date = dt.date(2023, 1, 1)

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends."""
        return anniversary(self.start, self.years) - dt.timedelta(days=1)


def simulate_referrals(scenario: Scenario, record: Record = Record(), *, seed: int) -> list[Row]:  # noqa: B008 - immutable
    """Invent a record of referrals: play the first design of a scenario and write down what a unit would have known.

    Parameters
    ----------
    scenario : Scenario
        The women, and the design.
    record : Record
        How long the record is, and how many referrals there are.
    seed : int
        Which women.

    Returns
    -------
    list of dict of str to str
        A row a woman referred, with a value for each of `COLUMNS`.

    Notes
    -----
    The offer is known from the first day (``awareness.start: 1``): a record is kept of what is there already.
    """
    return simulate_records(with_values(scenario, {"seed": seed}), record, n_records=1)[0]


def simulate_records(
    scenario: Scenario,
    record: Record = Record(),  # noqa: B008 - immutable
    *,
    n_records: int,
) -> list[list[Row]]:
    """Invent several records with the same parameters and different women."""
    played = _to_be_played(scenario, record)
    design = build_designs(played)[0]
    records: list[list[Row]] = []
    for block in range(-(-n_records // REPLICATIONS_PER_BLOCK)):
        wanted = min(REPLICATIONS_PER_BLOCK, n_records - len(records))
        cohort = draw_cohort(played, block)
        ledger = play_design(design, cohort, played, block=block, engine="kernel", n_replications=wanted)
        for column in range(wanted):
            women = range(int(cohort.first[column]), int(cohort.first[column + 1]))
            records.append([_row(played, design, cohort, ledger, woman) for woman in women])
    return records


def rows_as_sheet(rows: list[Row], source: str = "invented.csv") -> Sheet:
    """Hand rows over as if they had been read from a file."""
    header = tuple(column.name for column in COLUMNS)
    return Sheet(source, header, tuple((number, [*map(row.__getitem__, header)]) for number, row in enumerate(rows, 2)))


def save_referrals(rows: list[Row], path: Path) -> None:
    """Write rows as a CSV file.

    Parameters
    ----------
    rows : list of dict of str to str
        As from `simulate_referrals`; none gives a template.
    path : Path
        The file.
    """
    header = [column.name for column in COLUMNS]
    write_rows(path, header, ([row[name] for name in header] for row in rows))


def _to_be_played(scenario: Scenario, record: Record) -> Scenario:
    values = scenario_values(scenario)
    values |= {"designs": values["designs"][:1], "start": record.start.isoformat(), "measure_from_year": 1}
    values |= {"horizon_years": record.years, "measures": {}}
    changes = {"need_per_year": record.per_year, "found_share": 1.0, "awareness.start": 1.0}
    return with_values(scenario_from(values), {f"demand.{word}": value for word, value in changes.items()})


def _row(scenario: Scenario, design: BuiltDesign, women: Cohort, ledger: Ledger, woman: int) -> Row:
    """What is known of her on the last day; of her pregnancy only while she is in sight."""
    outcome = OUTCOMES[ledger.outcome[woman]]
    referred = float(women.referral_day[woman])
    admitted, discharged = float(ledger.admission_day[woman]), float(ledger.discharge_day[woman])
    wait_ended = _wait_ended(women, woman) if outcome in _STOPPED_WAITING else np.nan
    pregnancy_end = float(women.pregnancy_end_day[woman])
    in_sight_until = _in_sight_until(
        outcome, referred=referred, discharged=discharged, wait_ended=wait_ended, horizon=design.plan.horizon_days
    )
    was_offered = bool(women.offer_mark[woman] < design.plan.offered_share)
    site, minutes, has_family_places = _asked(design, women, woman)
    return {
        "id": f"R{woman - int(women.first[np.searchsorted(women.first, woman, side='right') - 1]) + 1:03d}",
        "referred": _date(scenario, referred),
        "municipality": load_municipalities().name[int(women.municipality[woman])],
        "gestation_week": _weeks_and_days(float(women.gestation_weeks[woman])),
        "due": "",
        "household": HOUSEHOLDS[int(women.household[woman])],
        "offered": "yes" if was_offered else "no",
        "accepted": "" if not was_offered else "no" if outcome == "declined" else "yes",
        "site": site if was_offered else "",
        "minutes": minutes if was_offered else "",
        "family_places": has_family_places if was_offered else "",
        "admitted": _date(scenario, admitted),
        "discharged": _date(scenario, discharged),
        "wait_ended": _date(scenario, wait_ended),
        "reason": "" if outcome in ("not_offered", "declined") else outcome,
        "pregnancy_end": _date(scenario, pregnancy_end if pregnancy_end <= in_sight_until else np.nan),
    }


def _wait_ended(women: Cohort, woman: int) -> float:
    gave_up = float(women.referral_day[woman] + women.patience_days[woman])
    is_overtaken = women.is_lost[woman] or not women.waits_past_birth[woman]
    return min(gave_up, float(women.pregnancy_end_day[woman])) if is_overtaken else gave_up


def _in_sight_until(outcome: str, *, referred: float, discharged: float, wait_ended: float, horizon: float) -> float:
    if outcome in ("not_offered", "declined"):
        return referred
    if outcome in ("waiting", "in_stay"):
        return horizon
    return discharged if np.isnan(wait_ended) else wait_ended


def _asked(design: BuiltDesign, women: Cohort, woman: int) -> tuple[str, str, str]:
    """The place likeliest to be accepted of those she was asked about: its site, or minutes if bought elsewhere."""
    plan, home = design.plan, int(women.municipality[woman])
    family = 0 if women.household[woman] == ALONE else 1
    asked = [
        int(pool)
        for pool in plan.pool_order[home]
        if pool >= 0 and plan.asked_from_day[pool] <= women.referral_day[woman]
    ]
    best = max(asked, key=lambda pool: plan.acceptance[family, home, pool], default=-1)
    elsewhere = plan.external_acceptance[family] if np.isfinite(plan.external_after_days) else -1.0
    if best >= 0 and plan.acceptance[family, home, best] >= elsewhere:
        return design.pools[best].site, "", "yes" if design.pools[best].family_places else "no"
    return "", f"{design.minutes[home, -1]:g}" if elsewhere >= 0 else "", "yes"


def _date(scenario: Scenario, day: float) -> str:
    if np.isnan(day):
        return ""
    return (scenario.start + dt.timedelta(days=int(day))).isoformat()


def _weeks_and_days(weeks: float) -> str:
    days = int(weeks * DAYS_PER_WEEK)
    return f"{days // 7}+{days % 7}"
