"""The question of a fit: what was observed, in which period, and which parameters are free."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from calibration.evidence import Circular
from sim.measures import MEASURES, Measure
from sim.scenario import Distribution, Scenario
from sim.scenario.plausible import Plausible

MEASURE_OF = {measure.name: measure for measure in MEASURES}
"""Measures by name."""


FEW = 5
"""Women below which a number may tell of single persons."""


class Target(NamedTuple):
    """One number that was observed.

    Attributes
    ----------
    measure : str
        Name of the measure.
    by : {"all", "region", "year", "pool"}
        What the numbers are divided by.
    key : str
        Region, calendar year or pool; empty for everything.
    value : float
        What was observed, in the measure's unit.
    sd : float
        Standard deviation of the error of observation, in the same unit; 0 where there is none.
    rounding : float
        Step the number was rounded to, in the same unit; 0 where it is exact.
    source : str
        Id of the evidence it comes from; empty where none is named.
    """

    measure: str
    by: str
    key: str
    value: float
    sd: float
    rounding: float
    source: str

    @property
    def name(self) -> str:
        """Measure and scope, such as ``admitted_per_year year 2017``."""
        return f"{self.measure} {self.by} {self.key}" if self.key else self.measure

    @property
    def unit(self) -> str:
        """Unit of the measure."""
        return self.definition.unit

    @property
    def definition(self) -> Measure:
        """The measure."""
        return MEASURE_OF[self.measure]


class Free(NamedTuple):
    """A parameter that is to be learnt."""

    path: str  # word of the scenario
    prior: Distribution | Plausible  # what is thought of it before

    @property
    def is_stated(self) -> bool:
        """Whether the prior is the plausible range of the program's table of parameters."""
        return isinstance(self.prior, Plausible)


class ObservedPeriod(NamedTuple):
    """The years observed."""

    start: dt.date  # first day
    years: int  # how many
    warm_up_years: int  # years played before, with the units open already

    def year_of(self, key: str) -> int | None:
        """Find the number of a calendar year within the period, from 0; None if it lies outside."""
        number = int(key) - self.start.year if key.isdigit() else -1
        return number if 0 <= number < self.years else None


class FitQuestion(NamedTuple):
    """What is asked of a fit.

    Attributes
    ----------
    name : str
        For files.
    base : Scenario
        What the fitted parameters are put into.
    observed : Scenario
        The base as it was in the period: one design, the period's years, other words.
    period : ObservedPeriod
        The years observed.
    targets : tuple of Target
        What was observed.
    free : tuple of Free
        What is learnt.
    views : tuple of str
        Ids of estimates of need, for each of which everything is fitted again; empty to use the scenario's need.
    circles : tuple of Circular
        Evidence of the targets, and free parameters that are not independent of it.
    base_file : Path or None
        Where the base was read from; None if it stands in the question itself.
    """

    name: str
    base: Scenario
    observed: Scenario
    period: ObservedPeriod
    targets: tuple[Target, ...]
    free: tuple[Free, ...]
    views: tuple[str, ...]
    circles: tuple[Circular, ...]
    base_file: Path | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of the free parameters."""
        return tuple(free.path for free in self.free)

    @property
    def unpublished_few(self) -> tuple[Target, ...]:
        """Targets that count fewer than five women and name no source: perhaps not for others' eyes."""
        return tuple(
            target
            for target in self.targets
            if target.unit == "women/year" and not target.source and 0 < target.value < FEW
        )
