"""Distributions, everywhere in a scenario the same words: `{normal: {mean: 22, sd: 7, low: 8, high: 38}}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from sim.faults import Flaw, all_broken, broken, nearest
from sim.scenario.words.group import Words
from sim.scenario.words.rules import ListOf, Number
from sim.texts import Sayable, say

_LARGEST = 1e6
Amount = Annotated[float, Number(0, _LARGEST)]
Above = Annotated[float, Number(0, _LARGEST, is_above=True)]


class Constant(Words):
    """Always the same value."""

    kind: ClassVar[str] = "constant"
    value: Amount = Field(description="The value, in the unit of the word it stands for.")


class Uniform(Words):
    """Every value between two ends equally likely."""

    kind: ClassVar[str] = "uniform"
    low: Amount = Field(description="Lowest value.")
    high: Amount = Field(description="Highest value.")

    @model_validator(mode="after")
    def _check_order(self) -> "Uniform":
        if self.low > self.high:
            raise _disorder(say("allowed.low_not_above"), {"low": self.low, "high": self.high})
        return self


class Triangular(Words):
    """Likeliest at the mode, less and less likely toward both ends."""

    kind: ClassVar[str] = "triangular"
    low: Amount = Field(description="Lowest value.")
    mode: Amount = Field(description="Likeliest value.")
    high: Amount = Field(description="Highest value.")

    @model_validator(mode="after")
    def _check_order(self) -> "Triangular":
        if not (self.low <= self.mode <= self.high and self.low < self.high):
            values = {"low": self.low, "mode": self.mode, "high": self.high}
            raise _disorder(say("allowed.low_below_high_and"), values)
        return self


class Exponential(Words):
    """The same chance of ending every day."""

    kind: ClassVar[str] = "exponential"
    mean: Above = Field(description="Mean.")


class Normal(Words):
    """The bell curve, cut at both ends: values outside are not drawn."""

    kind: ClassVar[str] = "normal"
    mean: Amount = Field(description="Mean before the cut.")
    sd: Above = Field(description="Standard deviation before the cut.")
    low: Amount = Field(description="Lowest value.")
    high: Amount = Field(description="Highest value.")

    @model_validator(mode="after")
    def _check_order(self) -> "Normal":
        values = {"mean": self.mean, "sd": self.sd, "low": self.low, "high": self.high}
        if self.low >= self.high:
            raise _disorder(say("allowed.low_below_high"), values)
        if self.mean + 8 * self.sd < self.low or self.mean - 8 * self.sd > self.high:
            raise _disorder(say("allowed.low_and_high", n=8), values)
        return self


class Lognormal(Words):
    """Skewed to the right: its logarithm is normal."""

    kind: ClassVar[str] = "lognormal"
    mean: Above = Field(description="Mean of the values themselves, not of their logarithms.")
    sd: Above = Field(description="Standard deviation of the values themselves.")


class Gamma(Words):
    """Skewed to the right, with a thinner tail than the lognormal."""

    kind: ClassVar[str] = "gamma"
    mean: Above = Field(description="Mean.")
    sd: Above = Field(description="Standard deviation.")


class Weibull(Words):
    """Chance of ending falls (shape below 1) or rises (above 1) with time."""

    kind: ClassVar[str] = "weibull"
    shape: Annotated[float, Number(0.05, 100)] = Field(description="Shape, without unit.")
    scale: Above = Field(description="Scale: 63 % have ended by then.")


class Empirical(Words):
    """Observed values, each as likely as the others."""

    kind: ClassVar[str] = "empirical"
    values: Annotated[tuple[float, ...], ListOf(Number(0, _LARGEST), at_most=5000, is_distinct=False)] = Field(
        description="The values, in the unit of the word they stand for."
    )


class Never(Words):
    """Something that never happens; written `none`."""

    kind: ClassVar[str] = "none"


Distribution = Constant | Uniform | Triangular | Exponential | Normal | Lognormal | Gamma | Weibull | Empirical
"""A distribution of a time or a week of pregnancy."""

DISTRIBUTIONS: Mapping[str, type[Words]] = {kind.kind: kind for kind in get_args(Distribution)}
"""Class of each distribution by its word. Not to be changed."""


@dataclass(frozen=True)
class WrittenAs:
    """Describe how a distribution is written: a mapping with its word alone, or `none`."""

    kind: str  # word of the distribution

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        if self.kind == Never.kind:
            return {"const": self.kind}
        described = {"type": "object", "properties": {self.kind: handler(schema)}}
        return described | {"required": [self.kind], "additionalProperties": False}


def _word_of(value: object) -> str:
    if isinstance(value, Words):
        return str(getattr(value, "kind", ""))
    return str(next(iter(value))) if isinstance(value, Mapping) and value else Never.kind


def _unwrap(value: object) -> object:
    if isinstance(value, Mapping):
        return next(iter(value.values()))
    return {} if value == Never.kind else value


def _check_written(value: object, known: tuple[str, ...]) -> object:
    if isinstance(value, Words):
        word: object = _word_of(value)
    elif isinstance(value, Mapping):
        word = next(iter(value)) if len(value) == 1 else None
        word = None if word == Never.kind else word
    else:
        word = value if value == Never.kind else None
    if word in known:
        return value
    written = next(iter(value)) if isinstance(value, Mapping) and len(value) == 1 else value
    near = nearest(written, known) if isinstance(written, str) else None
    remedy = (
        say("remedy.did_you_mean", word=near)
        if near
        else say("remedy.write_as", example="{uniform: {low: 183, high: 365}}")
    )
    raise broken(say("allowed.a_distribution_one", known=", ".join(known)), value, remedy)


def _check_distribution(value: object) -> object:
    return _check_written(value, tuple(DISTRIBUTIONS))


def _check_distribution_or_never(value: object) -> object:
    return _check_written(value, (*DISTRIBUTIONS, Never.kind))


def _disorder(allowed: Sayable, values: Mapping[str, float]) -> PydanticCustomError:
    got = ", ".join(f"{word} {value:g}" for word, value in values.items())
    return all_broken([Flaw((), allowed, got, say("remedy.put_the_numbers"))])


_OPEN = BeforeValidator(_unwrap)

_Kinds = (
    Annotated[Constant, _OPEN, WrittenAs("constant"), Tag("constant")]
    | Annotated[Uniform, _OPEN, WrittenAs("uniform"), Tag("uniform")]
    | Annotated[Triangular, _OPEN, WrittenAs("triangular"), Tag("triangular")]
    | Annotated[Exponential, _OPEN, WrittenAs("exponential"), Tag("exponential")]
    | Annotated[Normal, _OPEN, WrittenAs("normal"), Tag("normal")]
    | Annotated[Lognormal, _OPEN, WrittenAs("lognormal"), Tag("lognormal")]
    | Annotated[Gamma, _OPEN, WrittenAs("gamma"), Tag("gamma")]
    | Annotated[Weibull, _OPEN, WrittenAs("weibull"), Tag("weibull")]
    | Annotated[Empirical, _OPEN, WrittenAs("empirical"), Tag("empirical")]
)
_Never = Annotated[Never, _OPEN, WrittenAs("none"), Tag("none")]

Spread = Annotated[_Kinds, Discriminator(_word_of), BeforeValidator(_check_distribution)]
"""A distribution as a word of a scenario."""

SpreadOrNever = Annotated[_Kinds | _Never, Discriminator(_word_of), BeforeValidator(_check_distribution_or_never)]
"""A distribution as a word of a scenario, or `none`."""
