"""What is drawn for rules that most scenarios leave off: only what a scenario uses is drawn, and the rest is zero.

Each has a stream of its own, so a rule switched on moves nobody's other draws.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.cohort.clock import on_grid
from sim.cohort.distributions import quantile
from sim.scenario import Constant, Distribution, Scenario

Floats = npt.NDArray[np.float64]

RULE_STREAMS = ("visitation", "search", "known", "again", "again_threshold", "contract", "housing")


def streams_in_use(scenario: Scenario) -> tuple[str, ...]:
    """Name the streams of rules that a scenario or one of its designs uses.

    Parameters
    ----------
    scenario : Scenario
        With its designs.

    Returns
    -------
    tuple of str
        Some of `RULE_STREAMS`, in their order.
    """
    visitations = [scenario.waiting.visitation_days, *(design.visitation_days for design in scenario.designs)]
    is_used = {
        "visitation": any(not isinstance(days, Constant | None) for days in visitations),
        "search": any(design.external and design.external.variation for design in scenario.designs),
        "known": any(
            unit.ramp_up.years
            for design in scenario.designs
            for unit in getattr(design, "pools", (design,))
            if hasattr(unit, "ramp_up")
        ),
        "again": scenario.acceptance.asked_again.share,
        "again_threshold": scenario.acceptance.asked_again.share,
        "contract": scenario.stay.detention_share,
        "housing": not isinstance(scenario.stay.housing_days, Constant),
    }
    return tuple(name for name in RULE_STREAMS if is_used[name])


def rule_columns(
    draws: Mapping[str, Floats], scenario: Scenario, shape: int | tuple[int, ...]
) -> dict[str, npt.NDArray[Any]]:
    """Turn the draws of these streams into columns of a cohort; a stream that is not used is zero."""
    nothing = np.zeros(shape)

    def drawn(name: str) -> Floats:
        return draws.get(name, nothing)

    def days(distribution: Distribution, name: str) -> Floats:
        if isinstance(distribution, Constant):
            return np.full(shape, on_grid(distribution.value)) if distribution.value else nothing
        return on_grid(quantile(distribution, draws[name]))

    share = scenario.stay.detention_share
    return {
        "visitation_days": days(scenario.waiting.visitation_days, "visitation"),
        "search_days": nothing,
        "visitation_mark": drawn("visitation"),
        "search_mark": drawn("search"),
        "known_mark": drawn("known"),
        "again_mark": drawn("again"),
        "again_threshold": drawn("again_threshold"),
        "has_signed": drawn("contract") < share if share else np.zeros(shape, dtype=bool),
        "housing_days": days(scenario.stay.housing_days, "housing"),
    }
