"""Who is reached where: measures by home region, KKR area, health council or municipality.

Takes a scenario and a level. Gives estimates as in results, of the designs and of their differences, from the same
replications. Where hardly any women live, only how many there are a year is told: a share or a mean of a few women
would look sure and say nothing.
"""

import math
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign, build_designs
from sim.experiment import Comparison, Memory, Results, Row, available_cores, most_replications
from sim.experiment.blocks import Progress, in_blocks
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.experiment.memory import Keys, recall_cohort
from sim.experiment.play import play_design
from sim.geography import home_places
from sim.measures import (
    HOME_MEASURES,
    Difference,
    Estimates,
    Gathering,
    Parts,
    Scope,
    home_parts,
    summarise,
    summarise_together,
)
from sim.scenario import Scenario

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FEWEST_WOMEN = 5.0
"""Women below the line, in the years measured and in the mean of all replications, from which a share or a mean is told
of a place [women]; what statistics on persons usually ask for. Assumption."""

_COLUMNS = np.array([MEASURE_NUMBER[measure.name] for measure in HOME_MEASURES])
_IS_SHARE = np.array([measure.unit == "share" for measure in HOME_MEASURES])
_IS_COUNT = np.array([measure.per == "years" for measure in HOME_MEASURES])


class Homes(NamedTuple):
    """Estimates by home."""

    level: str  # one of `sim.geography.HOME_LEVELS`
    keys: tuple[str, ...]  # of the places
    place_of: Ints  # [shape (n_municipalities,)] Number of the place each municipality belongs to
    replications: int  # how many were played
    designs: dict[str, Comparison]  # by design; a scope a place, measures that are not counted by home have no value
    differences: dict[str, Comparison]  # as in `Results`

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of what is counted by home."""
        return tuple(measure.name for measure in HOME_MEASURES)

    def rows(self, results: Results) -> list[Row]:
        """List all estimates as results do."""
        return list(results._replace(designs=self.designs, differences=self.differences).rows())

    def as_json(self) -> dict[str, Any]:
        """Write the estimates as plain values, by design and place; what is not known is left out."""
        found: dict[str, Any] = {"level": self.level, "fewest_women": FEWEST_WOMEN}
        for what, comparisons in (("designs", self.designs), ("differences", self.differences)):
            found[what] = {
                name: {key: _told(part.estimates, place) for place, key in enumerate(self.keys)}
                for name, part in comparisons.items()
            }
        return found


def count_homes(  # noqa: PLR0913 - what is played, and how it is computed
    scenario: Scenario,
    level: str,
    *,
    replications: int | None = None,
    cores: int | None = None,
    memory: Memory | None = None,
    engine: str = "kernel",
    on_progress: Progress | None = None,
) -> Homes:
    """Count the women of every design by home."""
    designs, keys, places = build_designs(scenario), Keys(scenario), home_places(level, scenario.regions)
    memory, n_places = memory or Memory(most_bytes=0), len(places.keys)
    wanted = most_replications(scenario) if replications is None else replications
    count = partial(_count_block, scenario, designs, place_of=places.place_of, engine=engine, memory=memory, keys=keys)
    names = [design.name for design in designs]
    against = names.index(scenario.measures.against or names[0])
    gatherings = [Gathering(n_places, _IS_SHARE) for _ in designs]
    differences = {
        number: Difference(own, gatherings[against], n_scopes=n_places)
        for number, own in enumerate(gatherings)
        if number != against
    }
    for blocks in in_blocks(count, wanted, cores=cores or available_cores(), on_progress=on_progress):
        summaries = [summarise(parts) for parts in blocks]
        for gathering, parts, summary in zip(gatherings, blocks, summaries, strict=True):
            gathering.add(parts, summary)
        for number, difference in differences.items():
            pair = summaries[number], summaries[against]
            difference.add(summarise_together(blocks[number], blocks[against], pair, n_scopes=n_places))
    scopes = tuple(Scope(level, key) for key in places.keys)
    is_told = [_is_told(own) for own in gatherings]
    return Homes(
        level,
        places.keys,
        places.place_of,
        wanted,
        {
            name: Comparison(scopes, _widened(own.estimate(), told))
            for name, own, told in zip(names, gatherings, is_told, strict=True)
        },
        {
            f"{names[number]} - {names[against]}": Comparison(
                scopes, _widened(own.estimate(), is_told[number] & is_told[against])
            )
            for number, own in differences.items()
        },
    )


def _count_block(  # noqa: PLR0913 - what is played, and what is known already
    scenario: Scenario,
    designs: tuple[BuiltDesign, ...],
    block: int,
    n_replications: int,
    *,
    place_of: Ints,
    engine: str,
    memory: Memory,
    keys: Keys,
) -> tuple[Parts, ...]:
    cohort = recall_cohort(scenario, keys, block=block, memory=memory)
    women = cohort.replications(0, n_replications)

    def parts_of(design: BuiltDesign) -> Parts:
        ledger = play_design(
            design, cohort, scenario, block=block, engine=engine, n_replications=n_replications, memory=memory
        )
        n_places = int(place_of.max()) + 1
        return home_parts(ledger, women, design, scenario, place_of=place_of, n_places=n_places)

    return tuple(map(parts_of, designs))


def _is_told(gathering: Gathering) -> Bools:
    """Which estimates rest on enough women, of shape (n_places, n_measures)."""
    told: Bools = _IS_COUNT | (gathering.sums.means[1] >= FEWEST_WOMEN)
    return told


def _widened(estimates: Estimates, is_told: Bools) -> Estimates:
    """The same with a column for every measure there is, and no value where there are too few women."""
    arrays: list[Any] = []
    for own in estimates:
        nothing = 0 if own.dtype.kind == "i" else np.nan
        wide = np.full((len(own), len(ALL_MEASURES)), nothing, dtype=own.dtype)
        wide[:, _COLUMNS] = np.where(is_told, own, nothing)
        arrays.append(wide)
    return Estimates._make(arrays)


def _told(estimates: Estimates, place: int) -> dict[str, dict[str, object]]:
    """The estimates of a place that have a value."""
    told = {}
    for measure, column in zip(HOME_MEASURES, _COLUMNS, strict=True):
        values = {word: array[place, column].item() for word, array in estimates._asdict().items()}
        if values["n"]:
            told[measure.name] = {word: None if math.isnan(value) else value for word, value in values.items()}
    return told
