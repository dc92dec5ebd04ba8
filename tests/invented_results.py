"""Results nobody ran: every estimate is said, so that a test reads as what is asked and what is shown."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.cohort import Funnel
from sim.economics import BreakEven, RatioEstimate
from sim.experiment import Comparison, Results
from sim.experiment.findings import Finding
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.geography import REGION_MAPS
from sim.measures import Estimates, Scope
from sim.scenario import Scenario, scenario_from

Said = Mapping[Any, tuple[float, ...]]
"""By measure, or by measure, kind of scope and key: mean, low, high and perhaps both ends of the spread."""

NAN = math.nan
NEVER = BreakEven("never", NAN)
NO_RATIO = RatioEstimate(NAN, NAN, NAN, NAN, NAN, 0, False)
PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}


def a_scenario(names: tuple[str, ...], **words: Any) -> Scenario:
    """Regional designs of these names; what is not said has its default."""
    designs = [{"name": name, "kind": "regional", "places": PLACES} for name in names]
    return scenario_from({"name": "invented", "demand": {"need_per_year": 75}, "designs": designs} | words)


def comparison(said: Said, *, pools: tuple[str, ...] = (), n: int = 100) -> Comparison:
    """Estimates of what is said, and nothing else."""
    keys = [Scope("all", ""), *(Scope("region", region) for region in REGION_MAPS["five"])]
    scopes = (*keys, *(Scope("pool", pool) for pool in pools))
    shape = (len(scopes), len(ALL_MEASURES))
    counts, numbers = np.zeros(shape, dtype=np.int64), np.full((5, *shape), NAN)
    for key, values in said.items():
        measure, by, scope = (key, "all", "") if isinstance(key, str) else key
        place = scopes.index(Scope(by, scope)), MEASURE_NUMBER[measure]
        counts[place] = n
        numbers[(slice(0, len(values)), *place)] = values
    return Comparison(scopes, Estimates(counts, *numbers))


def a_finding(
    ratio: tuple[float, ...] | None = None, verdict: str = "never", at: float = NAN, *, is_sure: bool = True
) -> Finding:
    """What one more woman costs: value, low and high, and where it pays for itself."""
    one_more = RatioEstimate(*ratio, NAN, NAN, 100, is_sure) if ratio else NO_RATIO
    return Finding(one_more, one_more, BreakEven(verdict, at), NO_RATIO, NEVER)  # type: ignore[arg-type]


def results_of(
    designs: Mapping[str, Comparison],
    differences: Mapping[str, Comparison] | None = None,
    findings: Mapping[str, Finding] | None = None,
    *,
    paying: Mapping[str, BreakEven] | None = None,
    replications: int = 100,
    **words: Any,
) -> Results:
    """Put them together; the first design is the chosen one."""
    scenario = a_scenario(tuple(designs), **words)
    return Results(
        scenario=scenario,
        hash="0",
        engine="kernel",
        replications=replications,
        is_partial=False,
        funnel=Funnel(75.0, "need", 1.0, 1.0, 1.0, 1.0, 75.0),
        designs=dict(designs),
        differences=dict(differences or {}),
        findings=dict(findings or {}),
        paying_occupancy=dict(paying or {}),
    )
