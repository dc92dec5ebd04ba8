"""Where the women live who live in on the opening day, design by design."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import residents_of
from sim.scenario import ELSEWHERE, Fault, Pool, Scenario
from sim.texts import say

Ints = npt.NDArray[np.int64]


class Residents(NamedTuple):
    """Where they live in one design."""

    pool: Ints  # [shape (n_residents,)] The pool of each; the number of pools means elsewhere
    already_open: Ints  # [shape (n_pools,)] Flexible places that are open already because women live in them


def settle(
    pools: Sequence[Pool], scenario: Scenario, *, open_for_good: Ints
) -> tuple[Residents, list[tuple[str, int]]]:
    """Give the women who live in on the opening day their places in a design."""
    is_open = [pool.opens_on is not None and pool.opens_on <= scenario.start for pool in pools]
    room = np.array(
        [
            max(int(places), pool.flexible.max_places) if pool.flexible else int(places)
            for pool, places in zip(pools, open_for_good, strict=True)
        ],
        dtype=np.int64,
    )
    left = room.copy()
    found, lacking = [], dict[str, int]()
    for woman in residents_of(scenario):
        site = woman.site or ELSEWHERE
        own = [number for number, pool in enumerate(pools) if pool.site == site and is_open[number]]
        number = next((number for number in own if left[number] > 0), len(pools))
        if number < len(pools):
            left[number] -= 1
        elif own:
            lacking[site] = lacking.get(site, 0) + 1
        found.append(number)
    already_open = np.maximum(room - left - open_for_good, 0)
    return Residents(np.array(found, dtype=np.int64), already_open), list(lacking.items())


def no_room(design: str, site: str, lacking: int, *, scenario: Scenario) -> Fault:
    """Say that a design has too few places for the women who live at a site."""
    n_living = sum(woman.site == site for woman in scenario.today)
    return Fault(
        scenario.name,
        None,
        f"designs.{design}",
        say("allowed.places_on_the_opening", site=site),
        say("got.women_for_places", women=n_living - lacking, places=n_living),
        say("remedy.give_it_more_there", lacking=lacking, elsewhere=ELSEWHERE),
    )
