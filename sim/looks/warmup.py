"""When the start is over: women living in over time, and where to cut if the long run is the question.

Takes a scenario, or any series. Gives the mean number of women living in, in short steps of time, and where MSER-5
and Welch's moving average see the end of the start-up. Leaves out the decision: a new programme really starts empty,
so measures count from the first day unless the scenario says otherwise (``measure_from_year``).
"""

import math
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import DAYS_PER_YEAR, REPLICATIONS_PER_BLOCK, draw_cohort, year_starts
from sim.experiment.blocks import Progress, in_blocks
from sim.experiment.play import play_design
from sim.looks.instants import step_ends
from sim.looks.naming import find_design
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

BATCH = 5
"""Observations a batch in MSER-5."""
FEWEST_OBSERVATIONS = 4 * BATCH
"""With fewer there is nothing to search: the first half must hold a choice of batches."""
EDGE_SHARE = 0.1
"""A cut in this last share of what is searched counts as at its edge. Assumption: chance moves a cut that belongs at
the edge by a few batches."""
MOST_PARTS = 4
"""Parts the replications are dealt out to, to see how much of a cut is chance."""


class WarmupSeries(NamedTuple):
    """Women living in over time, averaged over replications."""

    design: str  # name of the design
    replications: int  # how many were averaged
    step_days: float  # length of a step [days]
    year_starts: Floats  # shape (n_years + 1,)
    ramp_up_days: float  # days
    trend_per_year: float  # yearly change of the need; if it is not 0, there is no steady level to reach
    day: Floats  # [shape (n_steps,)] Middle of each step [days]
    living: Floats  # shape (n_steps,)
    living_of_parts: Floats  # shape (n_parts, n_steps)


class Warmup(NamedTuple):
    """Where the start is over."""

    truncation_day: float  # what MSER-5 keeps begins here [days]
    earliest_day: float  # the earliest and the latest cut of the parts of the replications, each taken alone [days]
    latest_day: float
    years_to_leave_out: int  # whole years that cover both the cut and the time in which the offer becomes known
    is_reliable: bool

    @property
    def measure_from_year(self) -> int | None:
        """The scenario's word for it: the first year counted, from 1; none if no steady level was found."""
        return self.years_to_leave_out + 1 if self.is_reliable else None


def occupancy_series(
    scenario: Scenario,
    *,
    design: str,
    replications: int,
    step_days: float = 7.0,
    engine: str = "kernel",
    on_progress: Progress | None = None,
) -> WarmupSeries:
    """Play one design and follow the number of women living in."""
    edges = step_ends(scenario, step_days)
    built, n_parts = find_design(scenario, design), min(MOST_PARTS, replications)

    def lived_in_block(block: int, n_replications: int) -> Floats:
        cohort = draw_cohort(scenario, block)
        ledger = play_design(built, cohort, scenario, block=block, engine=engine, n_replications=n_replications)
        numbers = np.arange(n_replications) + block * REPLICATIONS_PER_BLOCK
        part = np.repeat(numbers % n_parts, np.diff(cohort.first[: n_replications + 1]))
        owns = [part == number for number in range(n_parts)]
        return np.array([women_days(ledger.admission_day[own], ledger.discharge_day[own], edges=edges) for own in owns])

    lived: Floats = reduce(np.add, in_blocks(lived_in_block, replications, on_progress=on_progress))  # women-days
    in_part = np.bincount(np.arange(replications) % n_parts)
    awareness = scenario.demand.awareness
    return WarmupSeries(
        design=design,
        replications=replications,
        step_days=step_days,
        year_starts=year_starts(scenario.start, scenario.horizon_years),
        ramp_up_days=awareness.ramp_up_years * DAYS_PER_YEAR if awareness.start < 1 else 0.0,
        trend_per_year=scenario.demand.trend_per_year,
        day=(edges[:-1] + edges[1:]) / 2,
        living=lived.sum(axis=0) / (replications * step_days),
        living_of_parts=lived / (in_part[:, None] * step_days),
    )


def women_days(admission_day: Floats, discharge_day: Floats, *, edges: Floats) -> Floats:
    """Add up the days women lived in, step by step: women-days of each step (shape (n_steps,)).

    Until time t a stay from a to d has lasted min(t, d) - min(t, a). Summed over women, each of the two is found
    from sorted days and their running sums, so that the work is a sort and not women times steps.
    """
    is_admitted = ~np.isnan(admission_day)
    left = np.where(np.isnan(discharge_day), edges[-1], discharge_day)
    lived_until = _sum_of_smaller(left[is_admitted], edges) - _sum_of_smaller(admission_day[is_admitted], edges)
    days: Floats = np.diff(lived_until)
    return days


def _sum_of_smaller(days: Floats, edges: Floats) -> Floats:
    """Sum over all days of min(day, edge), for each edge."""
    ordered = np.sort(days)
    n_before = np.searchsorted(ordered, edges)
    sums = np.concatenate(([0.0], np.cumsum(ordered)))
    total: Floats = sums[n_before] + (len(ordered) - n_before) * edges
    return total


def mser5(series: npt.ArrayLike) -> int:
    """Find the first observation to keep.

    Observations are averaged in batches of five, z_1 ... z_m; what does not fill a batch at the end is left out.
    Leaving out the first d batches, the mean of the rest has the marginal standard error, squared,

        MSER(d) = sum over j > d of (z_j - mean of z_{d+1} ... z_m)^2 / (m - d)^2

    and the d that makes it smallest is chosen, the first one if there are several. Leaving out more of a start
    that differs makes the sum smaller; leaving out more of a steady rest makes the divisor smaller. Only the first
    half is searched, d <= m / 2: near the end a few batches may be alike by chance. The rule takes observations as
    if they were independent. Women stay for most of a year, so weeks are not, and a cut may move by years from
    one seed to the next.

    .. [1] White, K. P. (1997). An effective truncation heuristic for bias reduction in simulation output.
       Simulation 69(6), 323-334. The rule.
    .. [2] White, K. P., Cobb, M. J., Spratt, S. C. (2000). A comparison of five steady-state truncation heuristics
       for simulation. Proceedings of the Winter Simulation Conference, 755-760. Batches of five.
    .. [3] Hoad, K., Robinson, S., Davies, R. (2010). Automating warm-up length estimation. Journal of the Operational
       Research Society 61, 1389-1403. On the mean over replications, and cuts near the end refused.
    """
    scores = _mser_scores(series)
    return int(scores.argmin()) * BATCH


def is_at_edge(series: npt.ArrayLike) -> bool:
    """Tell whether the cut of MSER-5 lies at the edge of what is searched: not yet steady."""
    scores = _mser_scores(series)
    last = len(scores) - 1
    return bool(scores.argmin() >= last - math.floor(EDGE_SHARE * last))


def _mser_scores(series: npt.ArrayLike) -> Floats:
    """MSER of leaving out 0, 1, ... up to half of the batches."""
    values = np.asarray(series, dtype=np.float64)
    if values.ndim != 1 or len(values) < FEWEST_OBSERVATIONS or not np.isfinite(values).all():
        got = f"{values.size} of shape {values.shape}" + ("" if np.isfinite(values).all() else ", not all finite")
        raise ValueError(
            f"series: at least {FEWEST_OBSERVATIONS} finite numbers in a row; got {got}. "
            "Use shorter steps or a longer horizon."
        )
    n_batches = len(values) // BATCH
    batches = values[: n_batches * BATCH].reshape(n_batches, BATCH)
    means = (batches - values[n_batches * BATCH - 1]).mean(
        axis=1
    )  # from the last level, so that equal ones differ by 0
    return np.array([means[d:].var() / (n_batches - d) for d in range(n_batches // 2 + 1)])


def welch(series: npt.ArrayLike, window: int) -> Floats:
    """Smooth a series by a moving average, to see by eye where it levels off.

    .. [1] Welch, P. D. (1983). The statistical analysis of simulation results. In S. S. Lavenberg (ed.), The Computer
       Performance Modeling Handbook, 268-328. Academic Press.
    """
    values = np.asarray(series, dtype=np.float64)
    widest = (len(values) - 1) // 2
    if not 0 <= window <= widest:
        allowed = f"a whole number from 0 to {widest}, so that it fits {len(values)} observations"
        raise ValueError(f"window: {allowed}; got {window}. Use a narrower one.")
    number = np.arange(len(values) - window)
    side = np.minimum(number, window)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    smoothed: Floats = (sums[number + side + 1] - sums[number - side]) / (2 * side + 1)
    return smoothed


def find_warmup(series: WarmupSeries) -> Warmup:
    """Find where the start is over, and how many whole years that is."""
    truncation_day = mser5(series.living) * series.step_days
    days_of_parts = [mser5(living) * series.step_days for living in series.living_of_parts]
    years = max(
        int(np.searchsorted(series.year_starts, truncation_day)), math.ceil(series.ramp_up_days / DAYS_PER_YEAR)
    )
    is_within = years < len(series.year_starts) - 1
    return Warmup(
        truncation_day=truncation_day,
        earliest_day=min(days_of_parts),
        latest_day=max(days_of_parts),
        years_to_leave_out=years,
        is_reliable=is_within and series.trend_per_year == 0 and not is_at_edge(series.living),
    )
