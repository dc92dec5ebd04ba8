"""Results: what an experiment found, as estimates and as plain values that can be written down."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cohort import Funnel
from sim.economics import BreakEven, RatioEstimate
from sim.experiment.findings import Finding
from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.measures import Estimates, Scope
from sim.scenario import Precision, Scenario

Floats = npt.NDArray[np.float64]

RULES_VERSION = 2
"""Counts up when the same scenario would give other numbers; part of what identifies a result."""


class Comparison(NamedTuple):
    """Estimates of every measure for every scope of a design, or of the difference between two.

    Attributes
    ----------
    scopes : tuple of Scope
        What the rows are about.
    estimates : Estimates
        Arrays of shape (n_scopes, n_measures).
    """

    scopes: tuple[Scope, ...]
    estimates: Estimates


class Row(NamedTuple):
    """One estimate: a line of the tidy tables, with stable English columns.

    Attributes
    ----------
    design : str
        The design, or ``"one - other"`` for a difference.
    by, key : str
        The scope: ``all``, ``region``, ``year`` or ``pool``, and which.
    measure, unit : str
        As in `sim.measures.MEASURES`.
    n : int
        Replications that have a value.
    mean, low, high, p05, p95 : float
        As in `Estimates`.
    """

    design: str
    by: str
    key: str
    measure: str
    unit: str
    n: int
    mean: float
    low: float
    high: float
    p05: float
    p95: float


class Results(NamedTuple):
    """What an experiment found.

    Attributes
    ----------
    scenario : Scenario
        What was asked.
    hash : str
        Of its content.
    engine : str
        Which engine played.
    replications : int
        How many were played.
    is_partial : bool
        Whether it was stopped before it had all it was asked for.
    funnel : Funnel
        How the estimate became a need.
    designs : dict of str to Comparison
        By design, in the scenario's order.
    differences : dict of str to Comparison
        By ``"one - other"``: every other design against the chosen one, replication by replication.
    findings : dict of str to Finding
        By the same pairs: what the one costs against the other.
    paying_occupancy : dict of str to BreakEven
        By design with places: the occupancy from which they cost no more than places bought elsewhere.
    """

    scenario: Scenario
    hash: str
    engine: str
    replications: int
    is_partial: bool
    funnel: Funnel
    designs: dict[str, Comparison]
    differences: dict[str, Comparison]
    findings: dict[str, Finding]
    paying_occupancy: dict[str, BreakEven]

    @property
    def precision(self) -> float | None:
        """How well the measures asked for are known in the worst design, see `precision_of`; none if none was asked."""
        wanted = self.scenario.replications
        if not isinstance(wanted, Precision):
            return None
        estimates = (comparison.estimates for comparison in self.designs.values())
        return max(precision_of(own.mean, own.low, own.high, wanted=wanted) for own in estimates)

    def rows(self) -> Iterator[Row]:
        """Go through all estimates of designs, then of differences.

        Yields
        ------
        Row
            Only where a measure has a meaning for the scope and some replication has a value.
        """
        for name, comparison in (*self.designs.items(), *self.differences.items()):
            for number, scope in enumerate(comparison.scopes):
                for column, measure in enumerate(ALL_MEASURES):
                    row = _estimate(comparison.estimates, number, column)
                    if row["n"]:
                        yield Row(name, scope.by, scope.key, measure.name, measure.unit, **row)

    def _told_precision(self) -> dict[str, Any] | None:
        wanted, reached = self.scenario.replications, self.precision
        if not isinstance(wanted, Precision) or reached is None:
            return None
        is_reached = reached <= wanted.precision
        return {"of": list(wanted.of), "wanted": wanted.precision, "reached": reached, "is_reached": is_reached}

    def as_json(self) -> dict[str, Any]:
        """Write the results as plain values.

        Returns
        -------
        dict
            Ready for ``json.dumps``; ``None`` stands where nothing is known.
        """
        return {
            "scenario": self.scenario.name,
            "hash": self.hash,
            "rules_version": RULES_VERSION,
            "seed": self.scenario.seed,
            "replications": self.replications,
            "partial": self.is_partial,
            "precision": self._told_precision(),
            "engine": self.engine,
            "need": self.funnel._asdict(),
            "designs": {name: _divided(comparison) for name, comparison in self.designs.items()},
            "differences": {name: _measures(comparison, 0) for name, comparison in self.differences.items()},
            "economics": {
                "price_year": self.scenario.economics.price_year,
                "break_even_occupancy": {name: _plain_all(at) for name, at in self.paying_occupancy.items()},
                **{
                    name: {word: _plain_all(value) for word, value in finding._asdict().items()}
                    for name, finding in self.findings.items()
                },
            },
            "differences_by": {
                name: {by: part for by, part in _divided(comparison).items() if by in ("by_region", "by_year")}
                for name, comparison in self.differences.items()
            },
        }


def precision_of(mean: Floats, low: Floats, high: Floats, *, wanted: Precision) -> float:
    """Find how well the measures asked for are known."""
    columns = [MEASURE_NUMBER[name] for name in wanted.of]
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = (high[0, columns] - low[0, columns]) / (2.0 * mean[0, columns])
    return float(np.nan_to_num(shares).max(initial=0.0))


def _divided(comparison: Comparison) -> dict[str, Any]:
    """All estimates of a comparison, by what they are about."""
    numbered = list(enumerate(comparison.scopes))
    return {
        "measures": _measures(comparison, 0),
        "by_region": {scope.key: _measures(comparison, i) for i, scope in numbered if scope.by == "region"},
        "by_year": [
            {"year": int(scope.key), **_measures(comparison, i)} for i, scope in numbered if scope.by == "year"
        ],
        "by_pool": {
            scope.key: measures
            for i, scope in numbered
            if scope.by == "pool" and (measures := _known(_measures(comparison, i)))
        },
    }


def _measures(comparison: Comparison, scope: int) -> dict[str, dict[str, Any]]:
    return {
        measure.name: {word: _plain(value) for word, value in _estimate(comparison.estimates, scope, column).items()}
        for column, measure in enumerate(ALL_MEASURES)
    }


def _plain_all(values: RatioEstimate | BreakEven) -> dict[str, object]:
    return {word: _plain(value) for word, value in values._asdict().items()}


def _plain(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def _known(measures: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: estimate for name, estimate in measures.items() if estimate["n"]}


def _estimate(estimates: Estimates, scope: int, column: int) -> dict[str, Any]:
    return {word: np.asarray(values)[scope, column].item() for word, values in estimates._asdict().items()}
