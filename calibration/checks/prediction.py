"""What the model says would have been counted: each draw of the parameters plays one past of its own.

Municipalities pay and buy single places, as they did in the years of the published numbers, and the arrangement is as
known as it ever was. The need of a draw is that of `NEED_YEAR`; its trend carries it back.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from calibration.priors.today import DESIGN
from sim.cohort import draw_cohort, year_index
from sim.design import build_designs
from sim.engine import OUTCOMES
from sim.experiment import available_cores, play_design
from sim.experiment.cores import in_order
from sim.scenario import Scenario, scenario_from, with_values

Ints = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]

FIRST_YEAR, LAST_YEAR = 2016, 2020
"""Years that are played; the first fills up what was under way."""

NEED_YEAR = 2023
"""The default need was reported for this year."""

_NEED, _TREND = "demand.need_per_year", "demand.trend_per_year"
_TODAY: Mapping[str, Any] = {
    "name": "past",
    "start": f"{FIRST_YEAR}-01-01",
    "horizon_years": LAST_YEAR - FIRST_YEAR + 1,
    "replications": 1,
    "demand": {"awareness": {"start": 1.0, "ramp_up_years": 0}},
    "designs": [{"name": DESIGN, "kind": "external", "financing": "municipal", "external": {}}],
}


class Prediction(NamedTuple):
    """Women counted in the pasts that were played."""

    counts: Mapping[str, Ints]  # [shape (n_draws, n_years)] By step (found, offered, admitted), from `FIRST_YEAR` on

    def between(self, step: str, from_year: int, to_year: int) -> Ints:
        """Count the women of some years, both included; of shape (n_draws,)."""
        years: Ints = self.counts[step][:, from_year - FIRST_YEAR : to_year - FIRST_YEAR + 1]
        return np.asarray(years.sum(axis=1))


def predict_counts(
    draws: pd.DataFrame, *, seed: int, cores: int | None = None, on_progress: Progress | None = None
) -> Prediction:
    """Play one past for each draw of the parameters."""
    past = scenario_from(_TODAY, "past")
    pieces = _pieces(past, draws, seed)
    counted = []
    for counts in in_order(pieces, cores or available_cores()):
        counted.append(counts)
        if on_progress is not None:
            on_progress(len(counted), len(draws))
    return Prediction({step: np.array([counts[step] for counts in counted]) for step in counted[0]})


def _pieces(past: Scenario, draws: pd.DataFrame, seed: int) -> Iterator[Callable[[], dict[str, Ints]]]:
    for number, draw in enumerate(draws.to_dict("records")):
        yield partial(_play_one, past, {str(path): value for path, value in draw.items()}, seed + number)


def _play_one(past: Scenario, draw: Mapping[str, float], seed: int) -> dict[str, Ints]:
    """Women at each step in each year of one past."""
    values = {"seed": seed, **draw}
    need, trend = draw.get(_NEED, past.demand.need_per_year), draw.get(_TREND, past.demand.trend_per_year)
    values[_NEED] = float(need or 0.0) * (1.0 + trend) ** (FIRST_YEAR - NEED_YEAR)
    scenario = with_values(past, values, source="draws")
    (design,) = build_designs(scenario)
    cohort = draw_cohort(scenario, 0)
    ledger = play_design(design, cohort, scenario, block=0, engine="kernel", n_replications=1)
    starts = design.plan.year_starts
    referred = year_index(cohort.replications(0, 1).referral_day, starts)
    is_offered = ledger.outcome != OUTCOMES.index("not_offered")
    admitted = year_index(ledger.admission_day[~np.isnan(ledger.admission_day)], starts)
    years = {"found": referred, "offered": referred[is_offered], "admitted": admitted}
    return {step: np.bincount(found, minlength=scenario.horizon_years) for step, found in years.items()}
