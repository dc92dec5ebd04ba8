"""Designs together: what is gathered of each, and of its differences from the chosen one."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design import BuiltDesign
from sim.experiment.cores import in_order
from sim.experiment.findings import KEPT_COLUMNS, Finding, Kept, find
from sim.experiment.measured import ALL_MEASURES, IS_SHARE
from sim.experiment.results import Comparison, precision_of
from sim.measures import (
    Difference,
    Estimates,
    Gathering,
    Parts,
    Scope,
    Summary,
    Together,
    WorstOff,
    WorstOffDifference,
    scopes_of,
    summarise,
    summarise_together,
)
from sim.scenario import Precision, Scenario

Floats = npt.NDArray[np.float64]


class Block(NamedTuple):
    """A block of replications, measured and compared."""

    parts: tuple[Parts, ...]  # of each design
    summaries: tuple[Summary, ...]  # of the same
    together: dict[int, Together]  # of each other design and the chosen one, by its number

    @property
    def n_replications(self) -> int:
        """Replications in the block."""
        return self.summaries[0].replications


class Gathered:
    """What has been gathered of each design, and of its differences from the chosen one."""

    def __init__(self, designs: tuple[BuiltDesign, ...], scenario: Scenario) -> None:
        self._scenario = scenario
        self._names = [design.name for design in designs]
        self._against = self._names.index(scenario.measures.against or self._names[0])
        self._scopes = [scopes_of(design, scenario) for design in designs]
        # Pools differ between designs; all else can be compared.
        self._n_common = sum(scope.by != "pool" for scope in self._scopes[0])
        self._designs = [Gathering(len(scopes), IS_SHARE) for scopes in self._scopes]
        self._kept: list[list[Floats]] = [[] for _ in designs]
        self._differences = {
            number: Difference(own, self._designs[self._against], n_scopes=self._n_common)
            for number, own in enumerate(self._designs)
            if number != self._against
        }
        self._worst = WorstOff(ALL_MEASURES, self._scopes[0])
        self._worst_differences = {number: WorstOffDifference(self._worst, IS_SHARE) for number in self._differences}

    def compare(self, parts: tuple[Parts, ...]) -> Block:
        """Sum up a block, each design by itself and with the chosen one; changes nothing here: any core may do it."""
        summaries, chosen = tuple(map(summarise, parts)), self._against
        together = {
            number: summarise_together(
                parts[number], parts[chosen], (summaries[number], summaries[chosen]), n_scopes=self._n_common
            )
            for number in self._differences
        }
        return Block(parts, summaries, together)

    def add(self, block: Block) -> None:
        """Add a block."""
        for gathering, kept, parts, summary in zip(
            self._designs, self._kept, block.parts, block.summaries, strict=True
        ):
            gathering.add(parts, summary)
            kept.append(parts.part(slice(1)).values[0, KEPT_COLUMNS])
        for number, difference in self._differences.items():
            difference.add(block.together[number])
        for number, worst in self._worst_differences.items():
            worst.add(block.parts[number], block.parts[self._against])

    def precision(self, wanted: Precision) -> float:
        """How well the measures asked for are known in the design where they are known worst."""
        return max(precision_of(*self._interval(own), wanted=wanted) for own in self._designs)

    def _interval(self, own: Gathering) -> tuple[Floats, Floats, Floats]:
        mean, low, high = own.interval()
        self._worst.fill(self._worst.rows(mean), mean, low, high)
        return mean, low, high

    def _estimate(self, number: int) -> Estimates:
        estimates = self._designs[number].estimate()
        self._worst.fill(self._worst.rows(estimates.mean), *estimates)
        return estimates

    def _estimate_difference(self, number: int) -> Estimates:
        estimates = self._differences[number].estimate()
        rows, other_rows = (self._worst.rows(self._designs[one].residual()[0]) for one in (number, self._against))
        self._worst_differences[number].fill(rows, other_rows, estimates)
        return estimates

    def estimate(
        self, *, cores: int, recall: Callable[[int, int | None, Callable[[], Estimates]], Estimates]
    ) -> tuple[dict[str, Comparison], dict[str, Comparison]]:
        """Estimates of each design, and of each other design against the chosen one."""
        common: tuple[Scope, ...] = self._scopes[self._against][: self._n_common]
        alone = [partial(recall, number, None, partial(self._estimate, number)) for number in range(len(self._designs))]
        compared = [
            partial(recall, number, self._against, partial(self._estimate_difference, number))
            for number in self._differences
        ]
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
