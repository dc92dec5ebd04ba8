"""What is drawn about each woman: a uniform draw an attribute, pushed through the scenario's distributions."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort.clock import on_grid
from sim.cohort.distributions import quantile, quantile_above
from sim.cohort.kernels.course import end_pregnancies
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LOSS_BEFORE_WEEK = 22.0
"""Pregnancies end by loss before this gestational week (model, section 3)."""

COURSE_STREAMS = (
    "gestation",
    "birth",
    "loss",
    "loss_time",
    "household",
    "patience",
    "past_birth",
    "stay",
    "early_leaving",
)
"""Streams behind `Course`; home, offer, threshold and outcome are used as they are drawn."""


class Course(NamedTuple):
    """What is drawn about women apart from where and when they are referred; fields as in `Cohort`."""

    gestation_weeks: Floats  # gestational age at referral [weeks]
    pregnancy_days: Floats  # from referral to the end of pregnancy [days]
    is_lost: Bools  # whether the pregnancy is lost
    household: npt.NDArray[np.int64]  # `ALONE`, `WITH_PARTNER` or `WITH_CHILDREN`
    patience_days: Floats  # how long she stays willing while waiting [days]
    waits_past_birth: Bools  # whether she stays on the list if birth comes first
    stay_days: Floats  # planned days, by the scenario's anchor [days]
    early_leaving_days: Floats  # from admission until she would leave of her own accord [days]


def derive_course(draws: Mapping[str, Floats], scenario: Scenario) -> Course:
    """Turn uniform draws into attributes."""
    gestation = quantile(scenario.demand.gestation_at_referral_weeks, draws["gestation"])
    pregnancy, is_lost = _pregnancy(draws, scenario, gestation)
    return Course(
        gestation,
        pregnancy,
        is_lost,
        _household(draws["household"], scenario),
        on_grid(quantile(scenario.waiting.patience_days, draws["patience"])),
        draws["past_birth"] < scenario.waiting.past_birth_share,
        _stay(draws["stay"], scenario, is_lost),
        on_grid(quantile(scenario.stay.early_leaving_days, draws["early_leaving"])),
    )


def _pregnancy(draws: Mapping[str, Floats], scenario: Scenario, gestation: Floats) -> tuple[Floats, Bools]:
    """Days from referral to the end of pregnancy, and whether it ends by loss.

    Birth comes after the week of referral, since she was pregnant then. Loss, if any, falls evenly between
    referral and week 22.
    """
    birth = quantile_above(scenario.demand.birth_week, draws["birth"], gestation)
    days, is_lost = np.empty_like(gestation), np.empty(len(gestation), dtype=np.bool_)
    loss = (scenario.demand.loss_probability, LOSS_BEFORE_WEEK)
    end_pregnancies(gestation, birth, (draws["loss"], draws["loss_time"]), loss, days, is_lost)
    return days, is_lost


def _household(draw: Floats, scenario: Scenario) -> npt.NDArray[np.int64]:
    """Alone, with a partner or with children at home, by the scenario's shares in that order."""
    shares = scenario.demand.household
    return (draw >= shares.alone).astype(np.int64) + (draw >= shares.alone + shares.partner)


def _stay(draw: Floats, scenario: Scenario, is_lost: Bools) -> Floats:
    """Planned days; anchored at birth, a lost pregnancy leaves only the days after the loss."""
    planned = quantile(scenario.stay.days, draw)
    if scenario.stay.anchor == "birth":
        planned = np.where(is_lost, scenario.stay.after_loss_days, planned)
    return on_grid(planned)
