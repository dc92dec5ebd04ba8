"""What was found by exploring the doubt of a scenario, as values, tables and JSON."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.doubt.plays import DoubtQuestion, PlaysFile, all_points, values_of_points
from sim.doubt.rules import FoundRule, discover_rule
from sim.doubt.split import AtPoints, Split, difference, points_from, shrunk_means, split_points
from sim.doubt.surrogate import Shares, fit_surrogate, shares_of
from sim.doubt.turning import OneByOne
from sim.doubt.unsure import Held
from sim.economics import MONEY_MEASURES
from sim.experiment.measured import ALL_MEASURES, HEADLINES, MEASURE_NUMBER
from sim.faults import did_you_mean, one_fault, shown
from sim.texts import say

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

MOST_FITTED = 4096
"""What decides it, rules and the worth of knowing are fitted to at most so many draws, the first ones."""
JUDGED = (*HEADLINES, "public_cost_per_year")
"""Measures of which it is asked what decides them, unless others are named."""


def check_measures(measures: Iterable[str]) -> None:
    """Refuse what is no measure."""
    for measure in measures:
        if measure not in MEASURE_NUMBER:
            remedy = did_you_mean(measure, sorted(MEASURE_NUMBER), say("remedy.the_measures_are"))
            raise one_fault("measure", say("allowed.the_name_of"), got=shown(measure), remedy=remedy)


_MONEY = {measure.name for measure in MONEY_MEASURES}
_OF_NORM = "below_minimum_volume_share"


class Pair(NamedTuple):
    """One design held against another.

    Attributes
    ----------
    split : Split
        Of the difference.
    better_in : float or None
        Share of the draws in which the one is better; None where it depends on whom one asks what is better.
    higher_in, same_in : float
        Share of the draws in which the one has the higher value, and in which both have the same.
    turned : tuple of int
        Numbers of the draws in which it is the other way than on average.
    """

    split: Split
    better_in: float | None
    higher_in: float
    same_in: float
    turned: tuple[int, ...]


class Explored:
    """What was found by exploring the doubt of a scenario.

    Parameters
    ----------
    question : DoubtQuestion
        What was asked.
    kept : PlaysFile
        What was played.
    n_draws : int
        How many points count.
    held : tuple of Held
        Parameters with a plausible range that were not drawn.
    measures : tuple of str
        Of which it is asked what decides them.
    one_by_one : OneByOne, optional
        What each parameter does alone.
    indices : mapping, optional
        Shares of variance from a design of their own, by measure, design and parameter, in place of those read off the
        draws.
    """

    def __init__(  # noqa: PLR0913 - what was asked, played and found besides
        self,
        question: DoubtQuestion,
        kept: PlaysFile,
        n_draws: int,
        *,
        held: tuple[Held, ...] = (),
        measures: tuple[str, ...] = JUDGED,
        one_by_one: OneByOne | None = None,
        indices: Mapping[str, Mapping[str, Mapping[str, Shares]]] | None = None,
    ) -> None:
        self.question, self.kept, self.n_draws = question, kept, n_draws
        self.held, self.measures, self.one_by_one = held, measures, one_by_one
        self._indices = indices
        self._points: dict[str, tuple[AtPoints, ...]] = {}

    def with_indices(self, indices: Mapping[str, Mapping[str, Mapping[str, Shares]]]) -> "Explored":
        """Take shares of variance from plays of their own in place of those read off the draws.

        Parameters
        ----------
        indices : mapping
            By measure, design (or ``one - other``) and parameter.

        Returns
        -------
        Explored
            The same otherwise.
        """
        own = {"held": self.held, "measures": self.measures, "one_by_one": self.one_by_one}
        return Explored(self.question, self.kept, self.n_draws, indices=indices, **own)  # type: ignore[arg-type]

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs."""
        return self.question.designs

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every design against every one before it."""
        return tuple((one, other) for other, one in combinations(self.designs, 2))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters that were drawn."""
        return tuple(one.name for one in self.question.unsure)

    @cached_property
    def u(self) -> Floats:
        """The points of the unit cube, of shape (n_draws, n_features)."""
        return all_points(self.question, self.n_draws)

    @cached_property
    def owners(self) -> list[int]:
        """Parameter of each feature."""
        return [number for number, one in enumerate(self.question.unsure) for _ in range(one.n_features)]

    @cached_property
    def draws(self) -> "pd.DataFrame":
        """Values of the parameters, a row a draw."""
        found: pd.DataFrame = values_of_points(self.question, self.n_draws)
        return found

    def points(self, measure: str) -> tuple[AtPoints, ...]:
        """Give a measure at each draw.

        Parameters
        ----------
        measure : str
            Name of it.

        Returns
        -------
        tuple of AtPoints
            By design.
        """
        check_measures((measure,))
        if measure in self._points:
            return self._points[measure]
        if self.n_draws > MOST_FITTED:  # memory does not grow with measures
            self._points.clear()
        tops, bottoms = self.kept.columns(MEASURE_NUMBER[measure], self.n_draws)
        found = tuple(points_from(top, bottom) for top, bottom in zip(tops, bottoms, strict=True))
        self._points[measure] = found
        return found

    def of(self, measure: str, name: str) -> AtPoints:
        """Give a measure of a design, or of ``one - other``, at each draw."""
        own = dict(zip(self.designs, self.points(measure), strict=True))
        if name in own:
            return own[name]
        one, other = next(pair for pair in self.pairs if " - ".join(pair) == name)
        return difference(own[one], own[other])

    def split(self, measure: str, design: str) -> Split:
        """Tell chance and doubt of a measure apart.

        Parameters
        ----------
        measure : str
            Name of it.
        design : str
            Name of the design.

        Returns
        -------
        Split
            Mean, bands and variances.
        """
        unit = ALL_MEASURES[MEASURE_NUMBER[measure]].unit
        return split_points(self.of(measure, design), low=0.0, high=1.0 if unit == "share" else np.inf)

    def pair(self, measure: str, one: str, other: str) -> Pair:
        """Hold one design against another.

        Parameters
        ----------
        measure : str
            Name of it.
        one, other : str
            Names of the designs.

        Returns
        -------
        Pair
            The difference, and in which draws it is which way.
        """
        points = self.of(measure, f"{one} - {other}")
        split = split_points(points)
        is_there = np.isfinite(points.mean)
        if not is_there.any():
            return Pair(split, None, float("nan"), float("nan"), ())
        gap = np.full(len(points.mean), np.nan)
        gap[is_there] = shrunk_means(points.mean[is_there], split.doubt_variance)
        is_same = is_there & (points.mean == 0) & (np.nan_to_num(points.deviation) == 0).all(axis=1)
        gap[is_same] = 0.0
        direction = ALL_MEASURES[MEASURE_NUMBER[measure]].direction
        n = int(is_there.sum())
        better = None if direction == 0 else float((gap * direction > 0).sum() / n)
        turned = np.flatnonzero(gap * split.mean < 0)
        return Pair(split, better, float((gap > 0).sum() / n), float(is_same.sum() / n), tuple(map(int, turned)))

    def shares(self, measure: str, name: str) -> dict[str, Shares]:
        """Find which shares of the variance of a measure the parameters have.

        Parameters
        ----------
        measure : str
            Name of it.
        name : str
            A design, or ``one - other``.

        Returns
        -------
        dict of str to Shares
            By parameter; empty where nothing varies.
        """
        if self._indices is not None:
            return dict(self._indices.get(measure, {}).get(name, {}))
        points = self.of(measure, name)
        is_there = np.isfinite(points.mean)
        split = split_points(points)
        if is_there.sum() < 8 or not split.doubt_variance > 0:
            return {}
        u, y = self.u[is_there][:MOST_FITTED], points.mean[is_there][:MOST_FITTED]
        surrogate = fit_surrogate(u, y, features=self.features(measure, name))
        found = shares_of(surrogate, u, y, self.owners, variance=split.doubt_variance, seed=self.question.seed)
        return dict(zip(self.parameters, found, strict=True))

    def features(self, measure: str, name: str) -> list[int]:
        """List the features that can have a part in a measure.

        Parameters
        ----------
        measure : str
            Name of it.
        name : str
            A design, or ``one - other``.

        Returns
        -------
        list of int
            Money moves no woman, a norm moves what is held against it alone, and a design only what is its own.
        """
        designs = set(name.split(" - ")) if name not in self.designs else {name}
        others = tuple(f"designs.{design}." for design in self.designs if design not in designs)
        left_out = () if measure in _MONEY else ("economics.",)
        left_out = left_out if measure == _OF_NORM else (*left_out, "measures.")
        return [
            feature
            for feature, owner in enumerate(self.owners)
            if not all(path.startswith((*others, *left_out)) for path in self.question.unsure[owner].paths)
        ]

    def rule(self, measure: str, one: str, other: str) -> FoundRule | None:
        """Find a short rule for when one design has the higher value.

        Parameters
        ----------
        measure : str
            Name of it.
        one, other : str
            Names of the designs.

        Returns
        -------
        FoundRule or None
            For when it is the other way than on average; None where it hardly ever is, or no parameter tells.
        """
        points, pair = self.of(measure, f"{one} - {other}"), self.pair(measure, one, other)
        is_there = np.isfinite(points.mean)
        is_turned = np.zeros(len(is_there), dtype=np.bool_)
        is_turned[list(pair.turned)] = True
        owners = {self.owners[feature] for feature in self.features(measure, f"{one} - {other}")}
        left_out = {name for number, name in enumerate(self.parameters) if number not in owners}
        draws = self.draws.drop(columns=list(left_out & set(self.draws.columns)))
        values, names = draws.to_numpy(dtype=np.float64), tuple(map(str, draws.columns))
        fitted = np.flatnonzero(is_there)[:MOST_FITTED]
        return discover_rule(values[fitted], names, is_turned[fitted], seed=self.question.seed)

    # -- as tables ---------------------------------------------------------------------------------------------------

    def designs_frame(self, measures: Iterable[str] = ()) -> "pd.DataFrame":
        """Give a row a design and measure.

        Parameters
        ----------
        measures : iterable of str
            Which; all if left out.

        Returns
        -------
        pandas.DataFrame
            Columns design, measure, unit, mean, the ends of the three bands, and the shares of the variance.
        """
        import pandas as pd  # noqa: PLC0415 - slow to load

        rows = []
        for measure in tuple(measures) or tuple(MEASURE_NUMBER):
            for design in self.designs:
                split = self.split(measure, design)
                bands = {
                    f"{word}_{end}": value
                    for word, band in (("chance", split.chance), ("doubt", split.doubt), ("all", split.together))
                    for end, value in zip(("p05", "p95"), band, strict=True)
                }
                unit = ALL_MEASURES[MEASURE_NUMBER[measure]].unit
                rows.append(
                    {"design": design, "measure": measure, "unit": unit, "mean": split.mean, **bands}
                    | {"doubt_share_of_variance": split.doubt_share, "draws": split.n_points}
                )
        return pd.DataFrame(rows)

    def pairs_frame(self, measures: Iterable[str] = ()) -> "pd.DataFrame":
        """Give a row a pair of designs and measure.

        Parameters
        ----------
        measures : iterable of str
            Which; all if left out.

        Returns
        -------
        pandas.DataFrame
            Columns pair, measure, mean, better_in, higher_in, same_in, doubt_p05 and doubt_p95.
        """
        import pandas as pd  # noqa: PLC0415 - slow to load

        rows = []
        for measure in tuple(measures) or tuple(MEASURE_NUMBER):
            for one, other in self.pairs:
                pair = self.pair(measure, one, other)
                low, high = pair.split.doubt
                row = {"pair": f"{one} - {other}", "measure": measure, "mean": pair.split.mean}
                row |= {"better_in": pair.better_in, "higher_in": pair.higher_in, "same_in": pair.same_in}
                rows.append(row | {"doubt_p05": low, "doubt_p95": high})
        return pd.DataFrame(rows)

    def indices_frame(self, measures: Iterable[str] = ()) -> "pd.DataFrame":
        """Give a row a measure, design or pair, and parameter.

        Parameters
        ----------
        measures : iterable of str
            Which; those that are judged if left out.

        Returns
        -------
        pandas.DataFrame
            Columns measure, of, parameter, first, first_low, first_high, total, total_low and total_high.
        """
        import pandas as pd  # noqa: PLC0415 - slow to load

        columns = ["measure", "of", "parameter", "first", "first_low", "first_high", "total", "total_low", "total_high"]
        return pd.DataFrame(
            [
                (measure, name, parameter, *shares.first, *shares.total)
                for measure, name, found in self.all_shares(tuple(measures))
                for parameter, shares in found.items()
            ],
            columns=columns,
        )

    def all_shares(self, measures: tuple[str, ...] = ()) -> Iterator[tuple[str, str, dict[str, Shares]]]:
        """Go through the shares of variance of designs, and of their differences from the first one."""
        import threadpoolctl  # noqa: PLC0415 - slow to load

        with threadpoolctl.threadpool_limits(1):  # small matrices gain nothing from more
            for measure in measures or self.measures:
                for name in (*self.designs, *(f"{one} - {self.designs[0]}" for one in self.designs[1:])):
                    found = self.shares(measure, name)
                    if found:
                        yield measure, name, found

    @property
    def n_played(self) -> int:
        """Draws that could be played."""
        return int(np.isfinite(self.points("referrals_per_year")[0].mean).sum())
