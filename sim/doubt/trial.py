"""What a trial would be worth: places in one region for some years, and a registry of what happens.

The trial is played once at each draw of the assumptions, on women of its own, and its registry is summed up. What could
then be foretold from the registry is what the trial is worth (regression on summaries; Strong, Oakley, Brennan and
Breeze, Medical Decision Making 35:570, 2015).
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from sim.doubt.explored import MOST_FITTED, Explored
from sim.doubt.plays import Progress, points_of
from sim.doubt.unsure import changes_of, values_at
from sim.doubt.worth import benefits_of
from sim.experiment import available_cores, play_block
from sim.experiment.cores import in_order
from sim.experiment.measured import MEASURE_NUMBER
from sim.geography import REGION_MAPS
from sim.measures import Scope, scopes_of
from sim.runnable import check_scenario
from sim.scenario import Scenario, ScenarioError, Variation, with_values

Floats = npt.NDArray[np.float64]

REGISTERED = (
    "referrals_per_year",
    "accepted_share",
    "admitted_share_of_accepted",
    "wait_days_mean",
    "travel_minutes_mean",
    "left_early_share",
    "treatment_completed_share",
)
"""What the registry is summed up to, of the region's own women."""
_OTHER_WOMEN = 1
"""Added to the seed: those of the trial are not those of the plays that designs are judged by."""


class TrialWorth(NamedTuple):
    """What a trial is worth, and what it takes.

    Attributes
    ----------
    worth : float
        A year, in the unit of what designs are worth; never below 0 or above that of knowing everything.
    everything : float
        Of knowing everything.
    cost_per_year : float
        Of the trial's places [DKK/year].
    admitted_per_year : float
        Women admitted to them [women/year].
    """

    worth: float
    everything: float
    cost_per_year: float
    admitted_per_year: float


def worth_of_trial(  # noqa: PLR0913 - what is tried, and by what designs are judged
    found: Explored,
    *,
    region: str,
    places: int,
    years: int,
    measure: str = "admitted_per_year",
    willingness: float | None = None,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> TrialWorth:
    """Find what a trial in one region is worth before a design is chosen.

    Parameters
    ----------
    found : Explored
        From `explore`.
    region : str
        Where the places are, for that region's women.
    places : int
        How many.
    years : int
        How long.
    measure : str
        What is wanted of designs.
    willingness : float, optional
        Kroner that one more of it is worth, as for `worth`.
    cores : int, optional
        How many draws are played at the same time; all the cores there are, if left out.
    on_progress : callable, optional
        Called after each draw.

    Returns
    -------
    TrialWorth
        With what it costs, beside.
    """
    trial = trial_of(found.question.scenario, region=region, places=places, years=years)
    n_draws = min(found.n_draws, MOST_FITTED)
    pieces = _pieces(found, trial, region, n_draws)
    rows = []
    for row in in_order(pieces, cores or available_cores()):
        rows.append(row)
        if on_progress is not None:
            on_progress(len(rows), n_draws)
    seen = np.array(rows)
    benefits, noise, is_there = benefits_of(found, measure, willingness=willingness)
    is_used = is_there[:n_draws] & np.isfinite(seen[:, -2:]).all(axis=1)
    kept = np.flatnonzero(is_used)
    worth, everything = worth_of_sample(benefits[:, kept], noise, seen[kept, : len(REGISTERED)])
    cost, admitted = seen[kept, -2:].mean(axis=0)
    return TrialWorth(worth, everything, float(cost), float(admitted))


def worth_of_sample(benefits: Floats, noise: Floats, summaries: Floats) -> tuple[float, float]:
    """Find what it is worth to see summaries of data before choosing.

    Parameters
    ----------
    benefits : ndarray of float of shape (n_designs, n_points)
        As for `worth_of_knowing`.
    noise : ndarray of float of shape (n_designs, n_designs)
        As for `worth_of_knowing`.
    summaries : ndarray of float of shape (n_points, n_summaries)
        Data drawn at each point; not a number where there was nothing to count.

    Returns
    -------
    worth, everything : float
        Of the data, and of knowing everything.
    """
    from sim.doubt.knowing import worth_of_knowing  # noqa: PLC0415 - beside its only use

    told = [column for column in summaries.T if np.isfinite(column).sum() > 2]
    if not told:
        return 0.0, worth_of_knowing(benefits, noise, np.zeros((benefits.shape[1], 1)), {}).everything
    ranked = np.stack([_shares(column) for column in told], axis=1)
    found = worth_of_knowing(benefits, noise, ranked, {"data": list(range(ranked.shape[1]))})
    return found.parts["data"], found.everything


def _shares(column: Floats) -> Floats:
    """Ranks between 0 and 1; what was not counted stands in the middle."""
    filled = np.where(np.isfinite(column), column, np.nanmedian(column))
    ranked: Floats = (rankdata(filled) - 0.5) / len(filled)
    return ranked


def trial_of(scenario: Scenario, *, region: str, places: int, years: int) -> Scenario:
    """Make the scenario of a trial.

    Parameters
    ----------
    scenario : Scenario
        What is tried for.
    region : str
        Where the places are.
    places : int
        How many.
    years : int
        How long.

    Returns
    -------
    Scenario
        With one design, for the women of that region.
    """
    elsewhere = dict.fromkeys(REGION_MAPS[scenario.regions], 0)
    design = {"name": "trial", "kind": "regional", "places": elsewhere | {region: places}}
    changes = {"designs": [design], "horizon_years": years, "measure_from_year": 1}
    changes |= {"seed": scenario.seed + _OTHER_WOMEN}
    plain = scenario.model_copy(update={"measures": scenario.measures.model_copy(update={"against": None})})
    return with_values(plain, changes, source="trial")


def _pieces(found: Explored, trial: Scenario, region: str, n_draws: int) -> Iterator[Callable[[], Floats]]:
    variation = Variation(trial)
    unsure = found.question.unsure
    for number, point in enumerate(points_of(found.question, n_draws)):
        changes = changes_of(unsure, values_at(unsure, point))
        own = {path: value for path, value in changes.items() if not path.startswith("designs.")}
        try:
            scenario = variation.vary(own, source="doubt")
        except ScenarioError:
            yield lambda: np.full(len(REGISTERED) + 2, np.nan)
            continue
        yield partial(_registry, scenario, region, number)


def _registry(scenario: Scenario, region: str, number: int) -> Floats:
    """One registry: summaries of the region's women, then what the places cost and how many were admitted."""
    designs = check_scenario(scenario)
    (parts,) = play_block(scenario, designs, block=number, n_replications=1, engine="kernel")
    values = parts.values[scopes_of(designs[0], scenario).index(Scope("region", region)), :, 0]
    every = parts.values[0, :, 0]
    summed = [values[MEASURE_NUMBER[name]] for name in REGISTERED]
    return np.array([*summed, every[MEASURE_NUMBER["cost_per_year"]], every[MEASURE_NUMBER["admitted_per_year"]]])
