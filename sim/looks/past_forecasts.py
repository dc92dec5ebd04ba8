"""How past forecasts did: counts of women living in, held against what a scenario foretold for that day.

Takes a scenario that starts on an earlier day, with the women who were there then, and counts made since. A forecast
needs nothing but its scenario: the same file gives the same forecast on any later day. Gives, for each count, what was
foretold and how far off it was, and a summary by how far ahead. Leaves out refitting: that is calibration.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import day_of
from sim.design import BuiltDesign
from sim.experiment.blocks import Progress
from sim.experiment.memory import Memory
from sim.faults import shown
from sim.looks.forecast import ALL, MOST_MONTHS, months_after, reaching
from sim.looks.naming import find_design
from sim.looks.over_time import distributions_over_time, quantiles
from sim.scenario import Fault, Scenario, ScenarioError
from sim.tables import (
    CellFault,
    Limits,
    Row,
    Sheet,
    find_columns,
    month_first,
    read_date,
    read_number,
    read_sheet,
    text_of,
)
from sim.texts import say

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_LIVING = 100_000
_LIMITS = Limits(size_bytes=1_000_000, rows=50_000, columns=50, cells=500_000, unpacked_bytes=20_000_000)

_COLUMNS: Mapping[str, str] = {
    **{word: word for word in ("date", "site", "living")},
    **{"dato": "date", "sted": "site", "bor": "living", "pool": "site"},
}


class Observation(NamedTuple):
    """A count of women living in."""

    date: dt.date  # at the beginning of which day
    place: str  # ``all``, a site or a pool
    living: int  # how many
    file: str  # where it stands, for messages
    row: int


class Score(NamedTuple):
    """A count held against what was foretold for it."""

    scenario: str  # what foretold it, and of what
    design: str
    place: str
    date: dt.date  # of the count
    months_ahead: int  # months from the forecast to the count, begun ones in full
    observed: int  # women counted
    mean: float  # what was foretold: the mean, and the band in which nine of ten replications lie
    p05: float
    p95: float
    is_inside: bool  # whether the count lies in the band
    inside_probability: float
    crps: float  # women


class Horizon(NamedTuple):
    """How forecasts did so many months ahead."""

    months_ahead: int  # 1 for counts of the first month, and so on; 0 for all together
    n: int
    coverage: float  # share of the counts that lie in their band
    expected_coverage: float  # share that would, were the forecasts right
    bias: float  # mean of what was foretold less what was counted [women]
    mean_absolute_error: float  # mean distance between the two [women]
    crps: float  # mean of the scores [women]


def read_observations(path: Path, asked: Iterable[tuple[Scenario, BuiltDesign]] = ()) -> tuple[Observation, ...]:
    """Read counts of women living in from a table; what the designs asked about cannot hold is a fault too."""
    sheet = read_sheet(path, _LIMITS, kind=say("allowed.a_table_of_counts"))
    columns = find_columns(sheet, _COLUMNS)
    faults = [*columns.faults, *sheet.faults]
    faults += _missing(sheet, columns.places)
    dates = {"date": sheet.column(columns.places["date"])} if "date" in columns.places else {}
    swapped = [sheet.fault(*found) for found in month_first(dates)]
    found: dict[tuple[dt.date, str], Observation] = {}
    counts: list[Observation] = []
    if not faults and not swapped:
        for row in sheet.rows:
            seen, wrong = _observed(sheet, columns.places, row)
            counts += [seen] if seen else []
            key = seen and (seen.date, seen.place.casefold())
            if seen and key in found:
                got = say("got.again_first", word=seen.date, row=str(found[key].row))
                allowed = say("allowed.each_day_once")
                wrong.append(sheet.fault(seen.row, "date", CellFault(allowed, got, say("remedy.delete_one_of_the"))))
            elif seen and key:
                found[key] = seen
            faults += wrong
    faults += swapped
    faults += dict.fromkeys(fault for scenario, design in asked for fault in _unlike_design(scenario, design, counts))
    faults.sort(key=lambda fault: fault.row or 0)
    if not sheet.rows and not faults:
        faults = [
            Fault(sheet.source, None, "", say("allowed.a_row_for_each_count"), say("got.none"), say("remedy.add_rows"))
        ]
    if faults:
        raise ScenarioError(faults)
    return tuple(found.values())


def _missing(sheet: Sheet, places: Mapping[str, int]) -> list[Fault]:
    return [
        Fault(
            sheet.source, None, "", say("allowed.a_column_of", name=name), say("got.none_of_that"), say("remedy.add_it")
        )
        for name in ("date", "living")
        if name not in places
    ]


def _observed(sheet: Sheet, places: Mapping[str, int], row: Row) -> tuple[Observation | None, list[Fault]]:
    """A count, or what is wrong with its row."""
    number, cells = row
    date = read_date(cells[places["date"]])
    allowed, remedy = (
        say("allowed.a_count"),
        say("remedy.write_how_many_lived"),
    )
    living = read_number(cells[places["living"]], allowed=allowed, remedy=remedy)
    if not isinstance(living, CellFault) and not (isinstance(living, int) and 0 <= living <= MOST_LIVING):
        living = CellFault(allowed, shown(cells[places["living"]]), remedy)
    place = cells[places["site"]] if "site" in places else ALL
    wrong = [
        sheet.fault(number, name, value)
        for name, value in (("date", date), ("living", living), ("site", place))
        if isinstance(value, CellFault)
    ]
    if isinstance(date, CellFault) or isinstance(living, CellFault) or isinstance(place, CellFault):
        return None, wrong
    name = text_of(place) or ALL
    return Observation(date, ALL if name.casefold() in {ALL, "alle"} else name, int(living), sheet.source, number), []


def score_forecast(
    scenario: Scenario,
    observations: Sequence[Observation],
    *,
    design: str | None = None,
    replications: int | None = None,
    memory: Memory | None = None,
    on_progress: Progress | None = None,
) -> tuple[Score, ...]:
    """Hold counts against what a scenario foretells for their days."""
    built = find_design(scenario, design)
    last = months_after(scenario.start, MOST_MONTHS)
    later = [
        (day_of(seen.date, start=scenario.start), seen) for seen in observations if scenario.start < seen.date <= last
    ]
    if faults := _unlike_design(scenario, built, observations):
        raise ScenarioError(faults)
    pools = [_pool_of(built, seen) for _, seen in later]
    if not later:
        return ()
    days = np.unique([day for day, _ in later])
    found = distributions_over_time(
        reaching(scenario, days), days, replications=replications, memory=memory, on_progress=on_progress
    )
    return tuple(
        _score(scenario, built.name, seen, found.living(built.name, pool)[np.searchsorted(days, day)])
        for (day, seen), pool in zip(later, pools, strict=True)
    )


def _pool_of(design: BuiltDesign, seen: Observation) -> str | None:
    """The pool a count is of; None for all together, and where no pool or several are of that name."""
    own = _pools_named(design, seen.place)
    return own[0] if seen.place != ALL and len(own) == 1 else None


def _pools_named(design: BuiltDesign, place: str) -> list[str]:
    by_id = [pool.id for pool in design.pools if pool.id.casefold() == place.casefold()]
    return by_id or [pool.id for pool in design.pools if pool.site.casefold() == place.casefold()]


def _unlike_design(scenario: Scenario, design: BuiltDesign, observations: Iterable[Observation]) -> list[Fault]:
    """Counts of places that a design has not, and of more women than places and women who lived there on day 0."""
    plan = design.plan
    most = {
        pool.id: max(
            int(plan.opening_places[plan.opening_pool == number].sum()),
            int(plan.max_places[number]) if plan.is_flexible[number] else 0,
            int((plan.resident_pool == number).sum()),
        )
        for number, pool in enumerate(design.pools)
    }
    last = months_after(scenario.start, MOST_MONTHS)
    faults = []
    for seen in observations:
        if not scenario.start < seen.date <= last:
            continue
        own, pool = _pools_named(design, seen.place), _pool_of(design, seen)
        n_places = sum(most.values()) if pool is None else most[pool]
        if seen.place != ALL and pool is None:
            names = ", ".join([ALL, *(f"{pool.id} ({pool.site})" for pool in design.pools)])
            allowed = say("allowed.a_pool_or_site", name=design.name, names=names)
            remedy = say("remedy.name_a_pool") if own else say("remedy.correct_it_or_name")
            faults.append(Fault(seen.file, None, "site", allowed, shown(seen.place), remedy, seen.row))
        elif most and seen.living > n_places:
            allowed, remedy = say("allowed.no_more_women", n=n_places), say("remedy.correct_it_or_places")
            faults.append(Fault(seen.file, None, "living", allowed, str(seen.living), remedy, seen.row))
    return faults


def _score(scenario: Scenario, design: str, seen: Observation, counted: Ints) -> Score:
    """Hold one count against its distribution: how many replications had 0, 1, 2, ... women."""
    probability = counted / counted.sum()
    value = np.arange(len(probability))
    p05, p95 = (float(quantile) for quantile in quantiles(counted[None, None], (0.05, 0.95))[:, 0, 0])
    return Score(
        scenario=scenario.name,
        design=design,
        place=seen.place,
        date=seen.date,
        months_ahead=next(n for n in range(1, MOST_MONTHS + 1) if months_after(scenario.start, n) >= seen.date),
        observed=seen.living,
        mean=float(probability @ value),
        p05=p05,
        p95=p95,
        is_inside=p05 <= seen.living <= p95,
        inside_probability=float(probability[(value >= p05) & (value <= p95)].sum()),
        crps=ranked_probability_score(probability, seen.living),
    )


def ranked_probability_score(probability: npt.ArrayLike, observed: int) -> float:
    """Score a forecast of a count by the count.

    The integral over x of (F(x) - 1[x >= y])^2, where F is the distribution function foretold and y the count. Both
    change at whole numbers only, so it is a sum. It equals E|X - y| - E|X - X'| / 2, with X and X' drawn from F.

    Gneiting T, Raftery AE. Strictly proper scoring rules, prediction, and estimation. JASA 2007;102:359-378.
    """
    foretold = np.asarray(probability, dtype=np.float64)
    width = max(len(foretold), observed + 1)
    reached = np.cumsum(np.pad(foretold, (0, width - len(foretold))))
    has_come = np.arange(width) >= observed
    return float(np.square(reached - has_come).sum())


def summarise_scores(scores: Sequence[Score]) -> tuple[Horizon, ...]:
    """Sum up how forecasts did, by how far ahead."""
    if not scores:
        return ()
    months = np.array([score.months_ahead for score in scores])
    groups = [(int(month), months == month) for month in np.unique(months)]
    return tuple(_summarise(month, scores, is_own) for month, is_own in (*groups, (0, months > 0)))


def _summarise(month: int, scores: Sequence[Score], is_own: npt.NDArray[np.bool_]) -> Horizon:
    own = [score for score, is_this in zip(scores, is_own.tolist(), strict=True) if is_this]
    errors = np.array([score.mean - score.observed for score in own])
    return Horizon(
        months_ahead=month,
        n=len(own),
        coverage=float(np.mean([score.is_inside for score in own])),
        expected_coverage=float(np.mean([score.inside_probability for score in own])),
        bias=float(errors.mean()),
        mean_absolute_error=float(np.abs(errors).mean()),
        crps=float(np.mean([score.crps for score in own])),
    )
