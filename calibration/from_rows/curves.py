"""What the pictures show: the data in groups of at least five women, and what was learnt beside them.

Curves of single women's days would show each of them: points stand at whole weeks, where at least five more have ended
and five are left, and bins are merged until each holds five. Leaves out how it looks: that is the dashboard.
"""

import datetime as dt
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from calibration.from_rows.estimates.acceptance import Offers
from calibration.from_rows.estimates.estimate import ParameterEstimate
from calibration.from_rows.estimates.observed import Ends, Times
from calibration.from_rows.estimates.pregnancy import cuts
from calibration.from_rows.estimates.referral_rate import Arrivals, awareness_at
from calibration.from_rows.estimates.times import completed_by, gone_by
from calibration.from_rows.fit import Learnt
from calibration.from_rows.referrals import Floats
from calibration.from_rows.suppression import grouped_points, merged_bins, shown_cells
from sim.cohort import DAYS_PER_WEEK, DAYS_PER_YEAR, acceptance_law
from sim.scenario import Scenario

N_CURVE_DRAWS = 400
_QUANTILES = (0.5, 0.025, 0.975)


class Band(NamedTuple):
    """A curve with how sure we are of it."""

    x: Floats  # [shape (n_points,)] Where
    middle: Floats  # [shape (n_points,)] Median and 95 % interval of what was learnt
    low: Floats
    high: Floats


class Points(NamedTuple):
    """What the data show, each point resting on at least five women."""

    x: Floats  # [shape (n_points,)] Where
    y: Floats  # [shape (n_points,)] What
    low: Floats  # [shape (n_points,)] 95 % interval from the data alone
    high: Floats


class Bins(NamedTuple):
    """Counts in bins; not a number where they are not shown."""

    edges: Floats  # [shape (n_bins + 1,)] Ends of the bins
    women: Floats  # [shape (n_bins,)] Women in each


def quarters(seen: Arrivals, scenario: Scenario) -> tuple[tuple[dt.date, ...], Bins]:
    """Count referrals by quarter of the record, small numbers suppressed."""
    n = int((seen.end - seen.begin) * 4 + 0.01)
    edges = seen.begin + np.arange(n + 1) / 4
    counts = np.histogram(seen.time, bins=edges)[0] if n else np.zeros(0, dtype=np.int64)
    shown = np.array([np.nan if cell is None else cell for cell in shown_cells(counts)])
    begins = tuple(scenario.start + dt.timedelta(days=round(edge * DAYS_PER_YEAR)) for edge in edges[:-1])
    return begins, Bins(edges, shown)


def quarter_fit(edges: Floats, learnt: Learnt, seen: Arrivals, scenario: Scenario) -> Band:
    """Say how many referrals a quarter are expected after the data."""
    middle = (edges[:-1] + edges[1:]) / 2
    need, trend = (_draws(learnt, f"demand.{word}")[:, None] for word in ("need_per_year", "trend_per_year"))
    factor = scenario.demand.found_share * awareness_at(middle, seen, scenario) * np.diff(edges)
    return _band(middle, need * (1.0 + trend) ** middle * factor)


def gestation_bins(week: Floats, scenario: Scenario, learnt: Learnt) -> tuple[Bins, Band]:
    """Count women by week of pregnancy at referral, and say what was learnt."""
    low, high = cuts(scenario, "gestation_at_referral_weeks")
    inside = week[(week >= low) & (week <= high)]
    edges = np.arange(low, high + 1e-9, 3.0)
    edges[-1] = high
    counts = np.histogram(inside, bins=edges)[0]
    merged, (shown,) = merged_bins(edges, counts)
    x = np.linspace(low, high, 91)
    prefix = "demand.gestation_at_referral_weeks.normal."
    mean, sd = (_draws(learnt, prefix + word)[:, None] for word in ("mean", "sd"))
    density = np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * np.sqrt(2 * np.pi))
    return Bins(merged, shown.astype(np.float64)), _band(
        x, density / (ndtr((high - mean) / sd) - ndtr((low - mean) / sd))
    )


def answers_by_travel(heard: Offers) -> Points:
    """Share who said yes, by travel, with at least five yes and five no in each group."""
    from calibration.from_rows.estimates.shares import wilson  # noqa: PLC0415 - it loads statsmodels, which is slow

    edges = np.array([0.0, 15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 1e4])
    yes, no = (np.histogram(heard.minutes[heard.is_yes == said], bins=edges)[0] for said in (True, False))
    merged, (n_yes, n_no) = merged_bins(edges, yes, no)
    rows = []
    for i in range(len(n_yes)):
        is_in = (heard.minutes >= merged[i]) & (heard.minutes < merged[i + 1])
        rows.append((float(heard.minutes[is_in].mean()), *(wilson(int(n_yes[i]), int(n_yes[i] + n_no[i])) or ())))
    return Points(*np.array(rows, dtype=np.float64).reshape(-1, 4).T)


def acceptance_fit(learnt: Learnt, scenario: Scenario, *, is_family: bool) -> Band:
    """Say how likely women say yes, by travel, after the data."""
    minutes = np.linspace(0.0, 180.0, 61)
    base, decay, ratio = (
        _draws(learnt, f"acceptance.{word}")[:, None] for word in ("base", "decay_per_hour", "family_odds_ratio")
    )
    accepting = acceptance_law(
        minutes,
        base=base,
        odds_ratio=ratio if is_family else None,
        decay_per_hour=decay,
        free_minutes=scenario.acceptance.free_minutes,
    )
    return _band(minutes, accepting)


def stay_curves(ends: Ends) -> dict[str, Points]:
    """Share of the women admitted who have completed, and who have left early, by days since admission."""
    from lifelines import AalenJohansenFitter  # type: ignore[import-untyped] # noqa: PLC0415 - slow to load

    curves = {}
    for code, word in ((1, "completed"), (2, "left_early")):
        at = grouped_points(ends.days[ends.cause == code], ends.days, step=DAYS_PER_WEEK)
        if len(at) == 0:
            curves[word] = _no_points()
            continue
        fitter = AalenJohansenFitter(calculate_variance=True, seed=0)
        fitter.fit(_untied(ends.days), ends.cause, event_of_interest=code)
        curves[word] = _read_off(at, fitter.cumulative_density_.iloc[:, 0], fitter.confidence_interval_)
    return curves


def stay_kept(lived: Times) -> Points:
    """Share who would still be there if nobody's stay were completed, by days since admission."""
    from lifelines import KaplanMeierFitter  # noqa: PLC0415 - slow to load

    at = grouped_points(lived.days[lived.is_seen], lived.days, step=DAYS_PER_WEEK)
    if len(at) == 0:
        return _no_points()
    fitter = KaplanMeierFitter().fit(lived.days, lived.is_seen)
    return _read_off(at, fitter.survival_function_.iloc[:, 0], fitter.confidence_interval_)


def stay_kept_fit(learnt: Learnt) -> Band:
    """Say how many would still be there if nobody's stay were completed, after the data."""
    days = np.linspace(0.0, 540.0, 109)
    shape, scale = (_draws(learnt, f"stay.early_leaving_days.weibull.{word}")[:, None] for word in ("shape", "scale"))
    return _band(days, 1.0 - gone_by(days, shape, scale))


def planned_fit(learnt: Learnt) -> Band:
    """Say how many planned stays are over, by days since birth or admission, after the data."""
    days = np.linspace(0.0, 720.0, 121)
    mean, sd = (_draws(learnt, f"stay.days.gamma.{word}")[:, None] for word in ("mean", "sd"))
    return _band(days, completed_by(days, mean, sd))


def planned_seen(stayed: Times) -> Points:
    """Share of planned stays that are over, by days since birth or admission."""
    kept = stay_kept(stayed)
    return Points(kept.x, 1.0 - kept.y, 1.0 - kept.high, 1.0 - kept.low)


def standardised(estimate: ParameterEstimate) -> tuple[float, float, float]:
    """Place an estimate within its prior: 0 and 1 are the ends of the prior's 95 % interval."""
    width = estimate.prior[2] - estimate.prior[1]
    mean, low, high = ((value - estimate.prior[1]) / width for value in (estimate.mean, estimate.low, estimate.high))
    return mean, low, high


def _draws(learnt: Learnt, path: str) -> Floats:
    return learnt.estimates[path].draws[:N_CURVE_DRAWS]


def _band(x: Floats, values: Floats) -> Band:
    middle, low, high = np.quantile(values, _QUANTILES, axis=0)
    return Band(x, middle, low, high)


def _no_points() -> Points:
    return Points(*np.zeros((4, 0)))


def _untied(days: Floats) -> Floats:
    """Days an instant apart where several are alike, in a fixed order: the method knows no ties."""
    order = np.argsort(days, kind="stable")
    untied = np.empty_like(days)
    untied[order] = days[order] + 1e-6 * np.arange(1, len(days) + 1)
    return untied


def _read_off(at: Floats, curve, interval) -> Points:  # type: ignore[no-untyped-def] # pandas objects of lifelines
    places = np.searchsorted(curve.index.to_numpy(), at + 1e-3, side="right") - 1
    low, high = interval.iloc[:, 0].to_numpy()[places], interval.iloc[:, 1].to_numpy()[places]
    return Points(at, curve.to_numpy()[places], low, high)
