"""Small cases to size: so small that every allocation can be played."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from sim.scenario import Scenario, scenario_from
from sim.sizing.search import Margin
from sim.sizing.units import Allocation

TEN_ERLANG = """
name: ten-erlang
measure_from_year: 2
demand:
  need_per_year: 100
  offered_share: 1
  awareness: {start: 1}
  loss_probability: 0
acceptance: {base: 1, decay_per_hour: 0}
waiting: {patience_days: {constant: {value: 0}}, past_birth_share: 1}
stay: {anchor: admission, days: {exponential: {mean: 36.525}}, early_leaving_days: none}
designs:
  - {name: one, kind: pools, pools: [{id: one, site: AAR, places: 6, turnaround_days: 0}]}
"""
"""Ten places lived in on average, and nobody waits: by Erlang's B, 18 places refuse fewer than one in a hundred."""


def small_scenario(*designs: Mapping[str, Any], **words: Any) -> Scenario:
    """Few women and short waits; every woman says yes near by."""
    return scenario_from(
        {
            "name": "small",
            "horizon_years": 4,
            "demand": {"need_per_year": 14, "offered_share": 1, "awareness": {"start": 1}},
            "acceptance": {"base": 0.9},
            "designs": list(designs),
            **words,
        }
    )


def all_allocations(least: Allocation, total: int) -> Iterator[Allocation]:
    """Every way to give out so many places."""
    ranges = (range(low, total + 1) for low in least)
    return (places for places in product(*ranges) if sum(places) == total)


def fewest_of_all(margin: Margin, least: Allocation, most_total: int) -> tuple[int, float] | None:
    """The smallest total of which some allocation meets the target, and the best margin there is with it."""
    for total in range(sum(least), most_total + 1):
        best = max(map(margin, all_allocations(least, total)))
        if best >= 0:
            return total, best
    return None
