"""Forecasts: women living in, waiting, and open places over the coming months, from the opening day of a scenario.

Takes a scenario, best one that names the women who are there (`today`). Gives, month by month, what is to be expected
and how different it may be, and what becomes of those who wait. Leaves out how good forecasts have been: that is
`sim.looks.past_forecasts`.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import anniversary, day_of, residents_of
from sim.design import BuiltDesign, build_designs
from sim.engine import OUTCOMES
from sim.experiment.blocks import Progress, in_blocks
from sim.experiment.cores import available_cores
from sim.experiment.memory import Keys, Memory, recall_cohort
from sim.experiment.play import play_design
from sim.looks.instants import wait_ends
from sim.looks.over_time import Bands, OverTime, distributions_over_time
from sim.scenario import Scenario, with_values

Floats = npt.NDArray[np.float64]

DECLINED = OUTCOMES.index("declined")

MOST_MONTHS = 120
ALL = "all"
"""Name of all pools together."""
ELSEWHERE = "elsewhere"
"""Name of the places bought elsewhere."""


class WaitingList(NamedTuple):
    """What becomes of the women who wait on the opening day, by the end of the forecast; means over replications."""

    n_women: int  # how many wait
    admitted: float  # women who get a place, in a pool or bought elsewhere
    days_to_place: float  # days
    stopped: float  # women who give up, are overtaken by birth, lose the pregnancy, or find no place that serves them
    waiting: float  # women who still wait


class Forecast(NamedTuple):
    """Places in use over the coming months."""

    scenario: Scenario  # what was asked
    dates: tuple[dt.date, ...]  # the opening day and the same day of each month after it
    over_time: OverTime  # bands at the beginning of these days
    waiting_lists: dict[str, WaitingList]  # by design; empty if nobody is said to wait

    def rows(self) -> Iterator["ForecastRow"]:
        """Go through all numbers of the forecast."""
        for design, found in self.over_time.designs.items():
            series: list[tuple[str, str, Bands]] = [
                (ALL, "living", found.living),
                (ALL, "waiting", found.waiting),
                (ALL, "open_places", found.open_places),
            ]
            for pool, own in found.pools.items():
                series += [(pool, what, bands) for what, bands in own._asdict().items()]
            for place, what, bands in (*series, (ELSEWHERE, "living", found.elsewhere)):
                for number, (date, day) in enumerate(zip(self.dates, self.over_time.day.tolist(), strict=True)):
                    yield ForecastRow(design, place, what, date, number, day, *(float(own[number]) for own in bands))


class ForecastRow(NamedTuple):
    """One number of a forecast: a line of the tidy table, with stable English columns."""

    design: str  # the design
    place: str  # ``all``, a pool, or ``elsewhere``
    what: str  # ``living``, ``waiting`` or ``open_places``
    date: dt.date  # at the beginning of which day
    month: int  # months after the opening day
    day: float  # days after it
    mean: float  # as in `Bands`
    low: float
    high: float
    p05: float
    p50: float
    p95: float


def forecast_places(
    scenario: Scenario,
    *,
    months: int = 12,
    replications: int | None = None,
    cores: int | None = None,
    memory: Memory | None = None,
    on_progress: Progress | None = None,
) -> Forecast:
    """Look ahead month by month, in every design."""
    if not 1 <= months <= MOST_MONTHS:
        raise ValueError(f"months: 1 to {MOST_MONTHS}; got {months}. Twelve is usual.")
    dates = tuple(months_after(scenario.start, number) for number in range(months + 1))
    day = np.array([day_of(date, start=scenario.start) for date in dates])
    played, memory = reaching(scenario, day), memory or Memory()
    found = distributions_over_time(
        played, day, replications=replications, cores=cores, memory=memory, on_progress=on_progress
    )
    return Forecast(
        scenario, dates, found.read(), _waiting_lists(played, day[-1], found.replications, cores=cores, memory=memory)
    )


def months_after(date: dt.date, months: int) -> dt.date:
    """Find the same day some months later, or the last day of that month if it has no such day."""
    years, month = divmod(date.month - 1 + months, 12)
    first = dt.date(date.year + years, month + 1, 1)
    next_first = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + dt.timedelta(days=date.day - 1), next_first - dt.timedelta(days=1))


def reaching(scenario: Scenario, day: Floats) -> Scenario:
    """Give a scenario the shortest horizon that reaches beyond the last of some days."""
    last, years = day.max(initial=0.0), 1
    while day_of(anniversary(scenario.start, years), start=scenario.start) <= last:
        years += 1
    return with_values(scenario, {"horizon_years": years, "measure_from_year": 1})


# -- the waiting list ------------------------------------------------------------------------------------------------


def _waiting_lists(
    scenario: Scenario, until: float, replications: int, *, cores: int | None, memory: Memory
) -> dict[str, WaitingList]:
    """What becomes of those who wait, design by design."""
    n_women = sum(not woman.is_resident for woman in scenario.today)
    if not n_women:
        return {}
    designs = build_designs(scenario)
    follow = partial(_follow_block, scenario, designs, keys=Keys(scenario), memory=memory, until=until)
    totals = np.sum(list(in_blocks(follow, replications, cores=cores or available_cores())), axis=0)
    found = {}
    for design, (admitted, days, stopped) in zip(designs, totals.tolist(), strict=True):
        mean_days = days / admitted if admitted else float("nan")
        waiting = n_women * replications - admitted - stopped
        found[design.name] = WaitingList(
            n_women, admitted / replications, mean_days, stopped / replications, waiting / replications
        )
    return found


def _follow_block(  # noqa: PLR0913 - which block, of what, and what is known already
    scenario: Scenario,
    designs: Sequence[BuiltDesign],
    block: int,
    n_replications: int,
    *,
    keys: Keys,
    memory: Memory,
    until: float,
) -> Floats:
    """Of each design: women of the waiting list admitted, the sum of their days until then, and women who stopped."""
    cohort = recall_cohort(scenario, keys, block=block, memory=memory)
    women = cohort.replications(0, n_replications)
    is_resident = np.zeros(women.n_women, dtype=bool)
    is_resident[women.first[:-1, None] + np.arange(len(residents_of(scenario)))] = True
    waits = np.flatnonzero((women.referral_day < 0) & ~is_resident)
    totals = np.zeros((len(designs), 3))
    for total, design in zip(totals, designs, strict=True):
        ledger = play_design(design, cohort, scenario, block=block, engine="kernel", n_replications=n_replications)
        is_over = wait_ends(ledger, waits) <= until
        is_admitted = is_over & (ledger.pool[waits] >= 0)
        has_stopped = (is_over & ~is_admitted) | (ledger.outcome[waits] == DECLINED)
        total[:] = is_admitted.sum(), ledger.admission_day[waits][is_admitted].sum(), has_stopped.sum()
    return totals
