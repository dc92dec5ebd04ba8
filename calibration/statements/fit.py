"""From what documents say of a distribution to the word a scenario has for it.

"15 % gone by day 30, 40 % by day 365" becomes ``{weibull: {shape: 0.4583, scale: 1581}}``. As many statements as the
distribution has free numbers are met exactly, if they can be; more are met as nearly as possible, by least squares in
probability: a statement that is out by two per cent of the women weighs the same wherever it stands.
"""

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import least_squares

from calibration.faults import CalibrationError, fault, unknown
from calibration.statements.families import FAMILIES, Ends, Family
from sim.cohort.distributions import probability_below
from sim.scenario import Distribution, Fault, Uniform
from sim.texts import say

Floats = npt.NDArray[np.float64]

TOLERANCE = 0.005
"""A statement is met when the share gone differs by at most this: documents print whole per cents."""

_WHERE = "statements"


class Residual(NamedTuple):
    """One statement and how far the distribution is from it.

    Attributes
    ----------
    probability : float
        Share gone, as stated.
    at : float
        By when, in the unit of the word.
    fitted : float
        Share gone by then under the distribution.
    """

    probability: float
    at: float
    fitted: float

    @property
    def difference(self) -> float:
        """Fitted less stated share."""
        return self.fitted - self.probability


class StatementFit(NamedTuple):
    """A distribution and how well it keeps to the statements.

    Attributes
    ----------
    distribution : Distribution
        A word of a scenario.
    residuals : tuple of Residual
        One a statement, in order of time.
    """

    distribution: Distribution
    residuals: tuple[Residual, ...]

    @property
    def is_met(self) -> bool:
        """Whether every statement is met within `TOLERANCE`."""
        return all(abs(residual.difference) <= TOLERANCE for residual in self.residuals)

    def word(self, *, digits: int = 4) -> dict[str, dict[str, float]]:
        """Write the distribution as in a scenario.

        Parameters
        ----------
        digits : int
            Significant digits.

        Returns
        -------
        dict
            Such as ``{"weibull": {"shape": 0.4583, "scale": 1581.0}}``.
        """
        values: dict[str, Any] = self.distribution.model_dump()
        return {
            self.distribution.kind: {name: round(float(f"{value:.{digits}g}"), 9) for name, value in values.items()}
        }


def range_statements(low: float, high: float, *, holding: float = 0.9) -> tuple[tuple[float, float], ...]:
    """Read a printed range as two statements.

    Parameters
    ----------
    low, high : float
        The range, such as 9 and 18 [months].
    holding : float
        Share of the women inside it; the rest is divided evenly between both sides.

    Returns
    -------
    tuple of (float, float)
        Share gone, and by when.
    """
    outside = (1.0 - holding) / 2.0
    return (outside, low), (1.0 - outside, high)


def fit_statement(
    kind: str,
    quantiles: Sequence[tuple[float, float]] = (),
    *,
    low: float | None = None,
    high: float | None = None,
) -> StatementFit:
    """Find the distribution that says what the statements say.

    Parameters
    ----------
    kind : str
        Word of the distribution: a key of `FAMILIES`.
    quantiles : sequence of (float, float)
        Statements: share gone, and by when, such as ``(0.15, 30)``.
    low, high : float, optional
        Lowest and highest value. The normal is cut at them and the triangular begins and ends at them; a uniform of
        which both are given needs no statement.

    Returns
    -------
    StatementFit
        The nearest there is; `StatementFit.is_met` says whether it does what was stated.

    Raises
    ------
    CalibrationError
        With everything that is wrong with the statements.
    """
    stated = sorted((float(at), float(probability)) for probability, at in quantiles)
    if kind not in FAMILIES:
        raise CalibrationError([_kind_fault(kind), *_statement_faults(kind, stated, 0)])
    family = FAMILIES[kind]
    ends_only = kind == "uniform" and low is not None and high is not None
    faults = [
        *_end_faults(kind, family, low, high),
        *_statement_faults(kind, stated, 0 if ends_only else family.n_free),
    ]
    if faults:
        raise CalibrationError(faults)
    probabilities = np.array([probability for _, probability in stated])
    values = np.array([at for at, _ in stated])
    if ends_only and low is not None and high is not None:
        return _with_residuals(Uniform(low=low, high=high), probabilities, values)
    ends = (0.0 if low is None else low, 1e6 if high is None else high)
    return _with_residuals(_search(family, probabilities, values, ends), probabilities, values)


def _search(family: Family, probabilities: Floats, values: Floats, ends: Ends) -> Distribution:
    low, high = np.array(family.limits).T
    inside = 1e-9 * (high - low)
    start = np.clip(family.start(probabilities, values, ends), low + inside, high - inside)

    def misses(at: Floats) -> Floats:
        return probability_below(family.build(at, ends), values) - probabilities

    scales = np.maximum(np.abs(start), 1e-3)
    found = least_squares(misses, start, bounds=(low, high), xtol=1e-15, ftol=1e-15, gtol=1e-15, x_scale=scales)
    return family.build(found.x, ends)


def _with_residuals(distribution: Distribution, probabilities: Floats, values: Floats) -> StatementFit:
    fitted = probability_below(distribution, values)
    rows = zip(probabilities.tolist(), values.tolist(), fitted.tolist(), strict=True)
    return StatementFit(distribution, tuple(Residual(*row) for row in rows))


def _kind_fault(kind: str) -> Fault:
    noun = f"one of {', '.join(FAMILIES)}"
    if not kind:
        return fault("kind", noun, got=None, remedy=say("remedy.say_which_distribution_it"))
    return unknown("kind", kind, FAMILIES, noun=noun, listed=say("remedy.choose_one_of_them")).faults[0]


def _end_faults(kind: str, family: Family, low: float | None, high: float | None) -> list[Fault]:
    found = []
    for name, value in (("low", low), ("high", high)):
        if family.needs_ends and value is None:
            remedy = say("remedy.say_where_the_is", kind=kind)
            found.append(fault(name, say("allowed.the_end_which_the", name=name, kind=kind), got=None, remedy=remedy))
        elif value is not None and not 0 <= value <= 1e6:
            found.append(
                fault(
                    name,
                    say("allowed.a_number_from_to", low=0, high="1,000,000"),
                    got=value,
                    remedy=say("remedy.correct_it"),
                )
            )
        elif value is not None and not (family.needs_ends or kind == "uniform"):
            found.append(
                fault(name, say("allowed.nothing_the_has_no", kind=kind), got=value, remedy=say("remedy.leave_it_out"))
            )
    if low is not None and high is not None and low >= high:
        found.append(
            fault(
                "low",
                say("allowed.below_the_high_end"),
                got=say("got.and", low=low, high=high),
                remedy=say("remedy.put_them_in_order"),
            )
        )
    return found


def _statement_faults(kind: str, stated: Sequence[tuple[float, float]], n_needed: int) -> list[Fault]:
    found = []
    if len(stated) < n_needed:
        allowed = say("allowed.at_least_for_the", n_needed=n_needed, kind=kind)
        found.append(fault(_WHERE, allowed, got=len(stated), remedy=say("remedy.add_a_statement_or")))
    for at, probability in stated:
        words = f"{probability:g} gone by {at:g}"
        if not 0 < probability < 1:
            remedy = say("remedy.write_value", value=probability / 100) if 1 < probability < 100 else "40 % is 0.40."
            found.append(fault(_WHERE, say("allowed.a_share_above_and"), got=words, remedy=remedy))
        if not 0 < at <= 1e6:
            found.append(
                fault(_WHERE, say("allowed.a_time_above_at"), got=words, remedy=say("remedy.correct_the_time"))
            )
    for (earlier, less), (later, more) in itertools.pairwise(stated):
        if later == earlier or more <= less:
            got = say("got.by_and_by", less=less, earlier=earlier, more=more, later=later)
            found.append(
                fault(_WHERE, say("allowed.more_women_gone_the"), got=got, remedy=say("remedy.correct_one_of_the"))
            )
    return found
