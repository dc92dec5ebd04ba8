"""Playing many parameter sets, on several cores, with the same numbers on any number of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from calibration.from_totals.observing import REPLICATIONS, Plays, observe_set
from calibration.from_totals.points import parameter_values
from calibration.from_totals.question import FitQuestion
from sim.experiment import available_cores
from sim.experiment.cores import in_order

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called with the replications done and the most there will be."""


class Player:
    """Plays parameter sets, each with women of its own, and counts them."""

    def __init__(
        self,
        question: FitQuestion,
        view: str = "",
        *,
        cores: int | None = None,
        most: int = 0,
        on_progress: Progress | None = None,
    ) -> None:
        self.question, self.view = question, view
        self._cores, self._most, self._on_progress = cores or available_cores(), most, on_progress
        self.n_played = 0

    def play(self, z: Floats) -> Plays:
        """Play some sets; each takes the next block of replications, so the order of cores changes nothing."""
        first = self.n_played
        values: list[Floats] = []
        scaled: list[Floats] = []
        for one_values, one_scaled in in_order(self._pieces(z, first), self._cores):
            values.append(one_values)
            scaled.append(one_scaled)
            self.n_played += 1
            if self._on_progress is not None:
                self._on_progress(REPLICATIONS * self.n_played, self._most)
        return Plays(z, np.stack(values), np.stack(scaled))

    def _pieces(self, z: Floats, first: int) -> Iterator[Callable[[], tuple[Floats, Floats]]]:
        for number, changes in enumerate(changes_of(self.question, parameter_values(self.question.free, z))):
            with_view = {"demand.view": self.view} | changes if self.view else changes
            yield partial(observe_set, self.question, with_view, block=first + number)


def changes_of(question: FitQuestion, values: Iterable[Floats]) -> Iterator[dict[str, float]]:
    """Name the values of parameter sets by their paths."""
    for row in values:
        yield dict(zip(question.paths, (float(value) for value in row), strict=True))
