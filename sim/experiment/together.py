"""Designs together: what is gathered of each, and of its differences from the chosen one."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.experiment.cores import in_order
from sim.experiment.findings import KEPT_COLUMNS, Finding, Kept, find
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.experiment.results import Comparison
from sim.measures import Estimates, Gathering, Scope, Summary, scopes_of, summarise
from sim.scenario import Precision, Scenario

Floats = npt.NDArray[np.float64]


class Block(NamedTuple):
    """A block of replications, measured and compared.

    Attributes
    ----------
    values : tuple of ndarray of float of shape (n_scopes, n_measures, n_replications)
        Of each design.
    summaries : tuple of Summary
        Of the same.
    differences : dict of int to ndarray of float of shape (n_common_scopes, n_measures, n_replications)
        Of each other design from the chosen one, by its number.
    difference_summaries : dict of int to Summary
        Of the same.
    """

    values: tuple[Floats, ...]
    summaries: tuple[Summary, ...]
    differences: dict[int, Floats]
    difference_summaries: dict[int, Summary]

    @property
    def n_replications(self) -> int:
        """Replications in the block."""
        return int(self.values[0].shape[2])


class Together:
    """What has been gathered of each design, and of its differences from the chosen one.

    Parameters
    ----------
    designs : tuple of BuiltDesign
        What is compared.
    scenario : Scenario
        For what they are compared with.
    """

    def __init__(self, designs: tuple[BuiltDesign, ...], scenario: Scenario) -> None:
        self._scenario = scenario
        self._names = [design.name for design in designs]
        self._against = self._names.index(scenario.measures.against or self._names[0])
        self._scopes = [scopes_of(design, scenario) for design in designs]
        # Pools differ between designs; all else can be compared.
        self._n_common = sum(scope.by != "pool" for scope in self._scopes[0])
        self._values = [Gathering((len(scopes), len(ALL_MEASURES))) for scopes in self._scopes]
        self._kept: list[list[Floats]] = [[] for _ in designs]
        self._differences = {
            number: Gathering((self._n_common, len(ALL_MEASURES)))
            for number in range(len(designs))
            if number != self._against
        }

    def compare(self, values: tuple[Floats, ...]) -> Block:
        """Take differences within a block and sum it up; changes nothing here, so it may be done on any core."""
        chosen = values[self._against][: self._n_common]
        differences = {number: values[number][: self._n_common] - chosen for number in self._differences}
        return Block(
            values,
            tuple(summarise(own) for own in values),
            differences,
            {number: summarise(own) for number, own in differences.items()},
        )

    def add(self, block: Block) -> None:
        """Add a block."""
        for gathering, kept, values, summary in zip(
            self._values, self._kept, block.values, block.summaries, strict=True
        ):
            gathering.add(values, summary)
            kept.append(values[0, KEPT_COLUMNS])
        for number, gathering in self._differences.items():
            gathering.add(block.differences[number], block.difference_summaries[number])

    def is_precise(self, wanted: Precision, done: int) -> bool:
        """Tell whether every design's interval of every measure asked for is narrow enough."""
        if done < wanted.at_least:
            return False
        columns = [MEASURE_NUMBER[name] for name in wanted.of]
        for gathering in self._values:
            mean, half_width = gathering.interval()
            if (half_width[0, columns] > wanted.precision * np.abs(mean[0, columns])).any():
                return False
        return True

    def estimate(
        self, *, cores: int, recall: Callable[[int, int | None, Callable[[], Estimates]], Estimates]
    ) -> tuple[dict[str, Comparison], dict[str, Comparison]]:
        """Estimates of each design, and of each other design against the chosen one.

        Parameters
        ----------
        cores : int
            How many are estimated at the same time.
        recall : callable
            Given the numbers of a design and of the chosen one, if it is compared, and what estimates them: gives
            their estimates, perhaps from memory.
        """
        common: tuple[Scope, ...] = self._scopes[self._against][: self._n_common]
        alone = [partial(recall, number, None, own.estimate) for number, own in enumerate(self._values)]
        compared = [partial(recall, number, self._against, own.estimate) for number, own in self._differences.items()]
        estimates = list(in_order((*alone, *compared), cores))
        designs = map(Comparison, self._scopes, estimates)
        differences = (Comparison(common, own) for own in estimates[len(alone) :])
        pairs = map(self._pair, self._differences)
        return dict(zip(self._names, designs, strict=False)), dict(zip(pairs, differences, strict=True))

    def findings(self) -> dict[str, Finding]:
        """What each other design costs against the chosen one."""
        series = [Kept(*np.concatenate(kept, axis=1)) for kept in self._kept]
        chosen = series[self._against]
        return {self._pair(number): find(series[number], chosen, self._scenario) for number in self._differences}

    def _pair(self, number: int) -> str:
        return f"{self._names[number]} - {self._names[self._against]}"
