"""What is not known for sure: which numbers of the scenario, and what is believed of each."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from sim.faults import broken
from sim.scenario.words.distributions import Spread
from sim.scenario.words.group import Words
from sim.scenario.words.rules import AlsoWritten, ListOf, Number, Text
from sim.texts import say

PLAUSIBLE = "plausible"
ALL = "all"
MOST_DRAWS = 6000
"""Numbers of a table of draws that are kept, evenly thinned: what a scenario file has room for beside its words."""
_LARGEST = 1e12


class OwnRange(Words):
    """A plausible range of one's own: nine in ten that the truth lies in it, the scenario's number in its middle."""

    kind: ClassVar[str] = "range"
    low: Annotated[float, Number(-_LARGEST, _LARGEST)] = Field(description="One in twenty that it is lower.")
    high: Annotated[float, Number(-_LARGEST, _LARGEST)] = Field(description="One in twenty that it is higher.")

    @model_validator(mode="after")
    def _check_order(self) -> "OwnRange":
        if self.low >= self.high:
            raise broken(say("allowed.low_below_high"), f"{self.low:g}, {self.high:g}", say("remedy.put_the_numbers"))
        return self


def _kind_of(value: object) -> str:
    if value == PLAUSIBLE:
        return "~plausible"
    is_range = isinstance(value, OwnRange) or (isinstance(value, Mapping) and value.keys() & {"low", "high"})
    return "~range" if is_range else "~spread"


def _refuse_file(value: object) -> object:
    if isinstance(value, str):
        raise broken(say("allowed.no_file_where_there"), value, say("remedy.save_the_scenario_beside"))
    return value


Belief = Annotated[
    Annotated[Literal["plausible"], Tag("~plausible")]
    | Annotated[OwnRange, Tag("~range")]
    | Annotated[Spread, Tag("~spread")],
    Discriminator(_kind_of),
]
"""What is believed of a number: its plausible range, a range of one's own, or a distribution."""


class Doubt(Words):
    """Which numbers are unsure, and how; by default every one with a plausible range, but need and places."""

    parameters: dict[str, Belief] | None = Field(
        None, description="What is believed of each unsure number, by path; every plausible range if left out."
    )
    known: Annotated[tuple[str, ...], ListOf(Text(), at_least=0, allows_single=True)] = Field(
        (), description="Paths, or beginnings of paths, of numbers that are taken to be known; all for all others."
    )
    draws: Annotated[
        dict[str, tuple[Annotated[float, Number(-_LARGEST, _LARGEST)], ...]],
        BeforeValidator(_refuse_file),
        AlsoWritten(Text()),
    ] = Field(
        default_factory=dict, description="Draws of numbers that belong together, by path; or a CSV file of them."
    )

    @model_validator(mode="after")
    def _check_draws(self) -> "Doubt":
        lengths = {len(values) for values in self.draws.values()}
        if lengths and (len(lengths) > 1 or min(lengths) < 2):
            got = ", ".join(map(str, sorted(lengths)))
            raise broken(say("allowed.draws_as_many"), got, say("remedy.make_the_columns"), path=("draws",))
        return self
