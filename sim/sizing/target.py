"""Targets and budgets: a measure, a direction and a number, as a planner writes them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.experiment.measured import ALL_MEASURES, MEASURE_NUMBER
from sim.faults import Fault, ScenarioError, did_you_mean, shown
from sim.measures import LESS, MORE, Measure
from sim.texts import Said, Sayable, say

Floats = npt.NDArray[np.float64]

ALIASES: Mapping[str, str] = {
    "accepted_not_admitted_share": "refused_share",
    "admitted_share": "admitted_share_of_accepted",
    "admitted_within_7_days_share": "admitted_within_7_days",
    "admitted_within_14_days_share": "admitted_within_14_days",
    "admitted_within_30_days_share": "admitted_within_30_days",
    "cost": "cost_per_year",
    "public_cost": "public_cost_per_year",
    "wait_days": "wait_days_mean",
}
"""Other names of measures. Not to be changed."""

AT_LEAST, AT_MOST = ">=", "<="
_WRITTEN = re.compile(r"\s*(\w+)\s*(>=|<=|≥|≤)\s*([-+]?\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(%?)\s*\Z", re.ASCII)
_SIGNS = {"≥": AT_LEAST, "≤": AT_MOST}


class SizingTarget(NamedTuple):
    """What a measure must come to.

    Attributes
    ----------
    measure : str
        Its name.
    sign : str
        `>=` or `<=`.
    value : float
        The number, in the measure's unit.
    """

    measure: str
    sign: str
    value: float

    def __str__(self) -> str:
        return f"{self.measure} {self.sign} {self.value:.10g}"

    @property
    def column(self) -> int:
        """Where the measure stands among all."""
        return MEASURE_NUMBER[self.measure]

    @property
    def defined(self) -> Measure:
        """The measure."""
        return ALL_MEASURES[self.column]

    @property
    def looked_at(self) -> Measure:
        """The measure of every region, where the target is about the worst off of them; else the measure itself."""
        return ALL_MEASURES[MEASURE_NUMBER[self.defined.worst_of or self.measure]]

    def is_met(self, values: Floats | float) -> npt.NDArray[np.bool_]:
        """Tell whether values meet it.

        Parameters
        ----------
        values : ndarray of float
            Of the measure.

        Returns
        -------
        ndarray of bool
            False where there is no value.
        """
        with np.errstate(invalid="ignore"):
            return np.asarray(values) >= self.value if self.sign == AT_LEAST else np.asarray(values) <= self.value

    def margins(self, tops: Floats, bottoms: Floats) -> Floats:
        """Say by how much each replication exceeds it, above the line of the measure.

        Parameters
        ----------
        tops, bottoms : ndarray of float
            Above and below the line of the measure, replication by replication.

        Returns
        -------
        ndarray of float
            The ratio of the sums meets the target if the sum of these is not negative.
        """
        margins = tops - self.value * bottoms
        return margins if self.sign == AT_LEAST else -margins


def read_target(text: str) -> SizingTarget:
    """Read a target.

    Parameters
    ----------
    text : str
        Such as ``admitted_within_14_days >= 0.9`` or ``refused_share <= 1 %``.

    Returns
    -------
    SizingTarget
        With the measure's own name.

    Raises
    ------
    ScenarioError
        If it is none, or one that places cannot be sought for.
    """
    target = _read(text, "--target")
    better = {MORE: AT_LEAST, LESS: AT_MOST}.get(target.defined.direction)
    if better != target.sign:
        allowed = say("allowed.a_target_in_its_direction", known=_sought())
        remedy = say("remedy.write_the_target", example=f"{target.measure} {better or AT_MOST} {target.value:g}")
        raise _refused("--target", allowed, text, remedy if better else say("remedy.cost_is_a_budget"))
    return target


def read_budget(text: str) -> SizingTarget:
    """Read a budget.

    Parameters
    ----------
    text : str
        Such as ``cost_per_year <= 40e6``, or the number alone.

    Returns
    -------
    SizingTarget
        At most so many kroner.

    Raises
    ------
    ScenarioError
        If it is none.
    """
    budget = _read(text if re.search("[<>≤≥]", text) else f"cost_per_year <= {text}", "--budget")
    if budget.sign != AT_MOST or not budget.defined.unit.startswith("DKK"):
        raise _refused("--budget", say("allowed.a_budget"), text, say("remedy.write_as", example='"40e6"'))
    return budget


def _read(text: str, option: str) -> SizingTarget:
    match = _WRITTEN.match(text)
    if match is None:
        example = "admitted_within_14_days >= 0.9" if option == "--target" else "cost_per_year <= 40e6"
        raise _refused(option, say("allowed.a_target"), text, say("remedy.write_the_target", example=example))
    name, sign, number, per_cent = match.groups()
    name = ALIASES.get(name, name)
    if name not in MEASURE_NUMBER:
        remedy = did_you_mean(name, sorted({*MEASURE_NUMBER, *ALIASES}), say("remedy.the_measures_are"))
        raise _refused(option, say("allowed.the_name_of"), name, remedy)
    value = float(number) / (100.0 if per_cent else 1.0)
    if ALL_MEASURES[MEASURE_NUMBER[name]].unit == "share" and not 0 <= value <= 1:
        raise _refused(
            option, say("allowed.a_share_of_all"), number, say("remedy.write_the_target", example=f"{name} {sign} 0.9")
        )
    return SizingTarget(name, _SIGNS.get(sign, sign), value)


def _sought() -> list[str]:
    return ["admitted_within_14_days >=", "admitted_share_of_accepted >=", "refused_share <=", "wait_days_mean <="]


def _refused(option: str, allowed: Said, got: str, remedy: Sayable) -> ScenarioError:
    return ScenarioError((Fault(option, None, "", allowed, shown(got), remedy),))
