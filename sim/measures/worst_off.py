"""The region that is worst off, measure by measure: what is known there, and how two designs differ in it.

Which region it is follows from all replications together, so that chance in a single one does not choose it; intervals
take it as given. Two designs may each have a worst-off region of their own.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.measures.definitions import Measure
from sim.measures.parts import Parts
from sim.measures.statistics import Difference, Estimates, Gathering, summarise, summarise_together
from sim.measures.values import Scope

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class WorstOff:
    """Where measures of the region that is worst off are found.

    Parameters
    ----------
    measures : sequence of Measure
        All that are measured.
    scopes : sequence of Scope
        What they are measured for.
    """

    def __init__(self, measures: Sequence[Measure], scopes: Sequence[Scope]) -> None:
        names = [measure.name for measure in measures]
        self.columns = np.array([number for number, own in enumerate(measures) if own.worst_of], dtype=np.int64)
        self.sources = np.array([names.index(measures[number].worst_of) for number in self.columns], dtype=np.int64)
        self.regions = np.array([number for number, scope in enumerate(scopes) if scope.by == "region"], dtype=np.int64)
        self._signs = np.array([measures[number].direction for number in self.columns])

    def rows(self, mean: Floats) -> Ints:
        """Find the row of the worst-off region for each of these measures.

        Parameters
        ----------
        mean : ndarray of float of shape (n_scopes, n_measures)
            Of all replications.

        Returns
        -------
        ndarray of int of shape (n_worst,)
            The first region where none has a value, or several are alike.
        """
        badness = -self._signs * mean[np.ix_(self.regions, self.sources)]
        rows: Ints = self.regions[np.argmax(np.where(np.isnan(badness), -np.inf, badness), axis=0)]
        return rows

    def fill(self, rows: Ints, *values: npt.NDArray[np.generic]) -> None:
        """Write what is known of these regions where everything is told.

        Parameters
        ----------
        rows : ndarray of int of shape (n_worst,)
            As from `rows`.
        *values : ndarray of shape (n_scopes, n_measures)
            Changed in place.
        """
        for array in values:
            array[0, self.columns] = array[rows, self.sources]


class WorstOffDifference:
    """How two designs differ in their worst-off regions, replication by replication.

    Every pair of regions is gathered: which of them is wanted is known at last.

    Parameters
    ----------
    worst : WorstOff
        Where they are found, in both.
    is_share : ndarray of bool of shape (n_measures,)
        Which measures cannot be above 1.
    """

    def __init__(self, worst: WorstOff, is_share: Bools) -> None:
        self._worst, self._n = worst, len(worst.regions)
        self._gatherings = tuple(Gathering(self._n**2, is_share[worst.sources]) for _ in range(2))
        self._difference = Difference(*self._gatherings, n_scopes=self._n**2)

    def add(self, one: Parts, other: Parts) -> None:
        """Add a block.

        Parameters
        ----------
        one, other : Parts
            Of the two designs.
        """
        regions = self._worst.regions
        paired = self._part(one, np.repeat(regions, self._n)), self._part(other, np.tile(regions, self._n))
        summaries = summarise(paired[0]), summarise(paired[1])
        for gathering, parts, summary in zip(self._gatherings, paired, summaries, strict=True):
            gathering.add(parts, summary)
        self._difference.add(summarise_together(*paired, summaries, n_scopes=self._n**2))

    def fill(self, rows: Ints, other_rows: Ints, estimates: Estimates) -> None:
        """Write the difference where everything is told.

        Parameters
        ----------
        rows, other_rows : ndarray of int of shape (n_worst,)
            The worst-off regions of the two.
        estimates : Estimates
            Changed in place.
        """
        first = self._worst.regions[0]
        pair = (rows - first) * self._n + other_rows - first
        for array, found in zip(estimates, self._difference.estimate(), strict=True):
            array[0, self._worst.columns] = found[pair, np.arange(len(pair))]

    def _part(self, parts: Parts, rows: Ints) -> Parts:
        sources = self._worst.sources
        bottoms = parts.bottoms[np.ix_(rows, parts.per[sources])]
        return Parts(parts.tops[np.ix_(rows, sources)], bottoms, np.arange(len(sources)))
