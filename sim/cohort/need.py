"""From an estimate to a need: the steps need, found, offered, accepts, admitted, kept apart.

An estimate of need is used as it stands. An estimate of a later step (municipalities count women *admitted*) is
turned into the need that would give it under today's arrangements: municipalities pay, and buy single places that
take weeks to find. See ``docs/decisions/0004-estimates-of-later-steps.md``.
"""

from typing import NamedTuple

import numpy as np

from sim.cohort.acceptance import acceptance_probability
from sim.cohort.attributes import COURSE_STREAMS, Course, derive_course
from sim.cohort.women import ALONE
from sim.scenario import External, Fault, Scenario, ScenarioError, load_views
from sim.texts import say

GRID_POWER = 13  # 2**13 women on an even grid: three digits of a share


class Funnel(NamedTuple):
    """How an estimate became a need.

    Attributes
    ----------
    estimate_per_year : float
        The number as published [women a year].
    step : str
        What it counts: ``need`` or ``admitted``.
    found_share, offered_share, accepted_share, admitted_share : float
        Today's share at each step, of those at the step before; 1 for steps the estimate does not pass.
    need_per_year : float
        The need that would give the estimate [women a year].
    """

    estimate_per_year: float
    step: str
    found_share: float
    offered_share: float
    accepted_share: float
    admitted_share: float
    need_per_year: float


def funnel_of(scenario: Scenario) -> Funnel:
    """Turn the scenario's estimate into a need.

    Parameters
    ----------
    scenario : Scenario
        With ``need_per_year`` or a ``view``.

    Returns
    -------
    Funnel
        The need [women a year] and the shares behind it.

    Raises
    ------
    ScenarioError
        If today's shares leave nobody to be admitted, so that no need could give the estimate.
    """
    demand = scenario.demand
    if demand.need_per_year is not None:
        return _as_it_stands(demand.need_per_year)
    assert demand.view is not None  # a scenario has one or the other
    view = load_views()[demand.view]
    if view.step == "need":
        return _as_it_stands(view.value)
    found, offered = demand.found_share, demand.offered_share.municipal
    accepted, admitted = _today(scenario)
    reach = found * offered * accepted * admitted
    if reach <= 0:
        allowed = say("allowed.an_estimate_of_women")
        got = say("got.found_offered_accepts", found=found, offered=offered, accepted=accepted, admitted=admitted)
        remedy = say("remedy.raise_the_share")
        raise ScenarioError((Fault(scenario.name, None, "demand.view", allowed, got, remedy),))
    return Funnel(view.value, view.step, found, offered, accepted, admitted, view.value / reach)


def _as_it_stands(need_per_year: float) -> Funnel:
    return Funnel(need_per_year, "need", 1.0, 1.0, 1.0, 1.0, need_per_year)


def _today(scenario: Scenario) -> tuple[float, float]:
    """Shares who accept a place bought elsewhere, and of them who are still there when it is found."""
    today = External()
    women = _even_women(scenario)
    alone, family = (
        float(acceptance_probability(scenario.acceptance, today.minutes, is_family=is_family))
        for is_family in (False, True)
    )
    accepts = np.where(women.household == ALONE, alone, family)
    gives_up = women.patience_days <= today.after_days
    is_overtaken = (women.pregnancy_days <= today.after_days) & (women.is_lost | ~women.waits_past_birth)
    waits_it_out = ~(gives_up | is_overtaken)
    return float(accepts.mean()), float((accepts * waits_it_out).sum() / max(accepts.sum(), np.finfo(float).tiny))


def _even_women(scenario: Scenario) -> Course:
    """Women whose draws fill the unit cube evenly (Sobol points), the same on every machine."""
    from scipy.stats import qmc  # noqa: PLC0415 - slow to load, and only estimates of later steps need it

    points = qmc.Sobol(len(COURSE_STREAMS), scramble=False).random_base2(GRID_POWER)
    return derive_course(dict(zip(COURSE_STREAMS, points.T, strict=True)), scenario)
