"""The words of a file of targets that are read one by one, each with its own check."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError, model_validator

from calibration.from_totals.question import MEASURE_OF
from sim.faults import Flaw, broken, nearest, shown
from sim.scenario.words.distributions import DISTRIBUTIONS, Distribution, Spread
from sim.scenario.words.group import Words
from sim.scenario.words.rules import Choice, Day, Number, Text, Whole
from sim.texts import say

MEASURES_NOT_COUNTED = ("exposure_days_per_year", *(name for name, own in MEASURE_OF.items() if own.worst_of))
"""Measures that no statistics hold, or that one play has not, so that no target can be one."""

_OBSERVABLE = tuple(name for name in MEASURE_OF if name not in MEASURES_NOT_COUNTED)
_LARGEST = 1e6
SCOPES = ("all", "region", "year", "pool")

PRIOR_KINDS = ("uniform", "triangular", "normal", "lognormal", "gamma", "exponential", "weibull")
"""Distributions that can be a prior: those without jumps."""


def _check_value(value: object) -> float | dict[str, float]:
    number = Number(-_LARGEST, _LARGEST)
    if isinstance(value, Mapping):
        return {str(key): number.check(item) for key, item in value.items()}
    return number.check(value)


def _check_source(value: object) -> str | dict[str, str]:
    if isinstance(value, Mapping):
        return {str(key): Text().check(item) for key, item in value.items()}
    text: str = Text().check(value)
    return text


class TargetWords(Words):
    """One measure that was observed: in all, or by region, year or pool."""

    measure: Annotated[str, Choice("allowed.a_measure_one", lambda: _OBSERVABLE)]
    by: Annotated[str, Choice("allowed.a_scope_one", lambda: SCOPES)] = "all"
    value: Annotated[Any, BeforeValidator(_check_value)]
    sd: Annotated[float, Number(0, _LARGEST)] = 0.0
    rounding: Annotated[float, Number(0, _LARGEST)] = 0.0
    source: Annotated[Any, BeforeValidator(_check_source)] = ""

    @model_validator(mode="after")
    def _check_together(self) -> "TargetWords":
        unit = MEASURE_OF[self.measure].unit
        if self.by == "all" and isinstance(self.value, dict):
            raise broken(
                say("allowed.one_number_for_by"), self.value, say("remedy.add_by_year_region"), path=("value",)
            )
        if self.by != "all" and not isinstance(self.value, dict):
            example = {"year": "{2017: 6, 2018: 6}", "region": "{nordjylland: 1.5}", "pool": "{aarhus: 4}"}[self.by]
            raise broken(
                say("allowed.a_number_for_each", by=self.by),
                self.value,
                say("remedy.write_value", value=example),
                path=("value",),
            )
        highest = 1.0 if unit == "share" else _LARGEST
        for key, value in self.by_key().items():
            if not 0 <= value <= highest:
                allowed = say("allowed.a_number_from", low=0, high=highest, unit=unit)
                is_in_per_cent = unit == "share" and 1 < value <= 100
                remedy = (
                    say("remedy.write_value", value=f"a share, such as {value / 100:g} for {value:g} %")
                    if is_in_per_cent
                    else say("remedy.correct_it")
                )
                raise broken(allowed, value, remedy, path=("value", key) if key else ("value",))
        return self

    def by_key(self) -> dict[str, float]:
        """Values by key; the key is empty for everything."""
        found: dict[str, float] = self.value if isinstance(self.value, dict) else {"": self.value}
        return found

    def source_of(self, key: str) -> str:
        """Evidence of one of its numbers; empty where none is named."""
        return str(self.source.get(key, "")) if isinstance(self.source, dict) else str(self.source)


class PeriodWords(Words):
    """The years observed."""

    start: Annotated[Any, Day()]
    years: Annotated[int, Whole(1, 30, "years")]
    warm_up_years: Annotated[int, Whole(0, 15, "years")] | None = None


def _check_prior(value: object) -> object:
    if isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in set(DISTRIBUTIONS) - set(PRIOR_KINDS):
        raise broken(
            say("allowed.a_distribution_without_jumps", known=", ".join(PRIOR_KINDS)),
            value,
            say("remedy.choose_one_of_them"),
        )
    return value


_PRIOR: TypeAdapter[Any] = TypeAdapter(Annotated[Spread, BeforeValidator(_check_prior)])


def check_words(model: type[Words], value: object) -> tuple[Any, list[Flaw]]:
    """Check one part of a file."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        return None, list(_flaws(error, model))


def check_prior(value: object) -> tuple[Distribution | None, list[Flaw]]:
    """Check a prior that is written as a distribution."""
    try:
        return _PRIOR.validate_python(value), []
    except ValidationError as error:
        kind = next(iter(value)) if isinstance(value, Mapping) and value else ""
        return None, list(_flaws(error, DISTRIBUTIONS.get(kind)))


def _flaws(error: ValidationError, model: type[BaseModel] | None) -> Iterator[Flaw]:
    known = tuple(model.model_fields) if model else ()
    for found in error.errors(include_url=False):
        path, context = tuple(found["loc"]), found.get("ctx", {})
        if "flaws" in context:
            yield from (flaw._replace(path=path + flaw.path) for flaw in context["flaws"])
        elif found["type"] == "missing":
            yield Flaw(path, say("allowed.a_word_that"), say("got.nothing"), say("remedy.add_with_its", word=path[-1]))
        elif found["type"] == "extra_forbidden":
            yield Flaw(
                path, say("allowed.a_known_word", known=", ".join(known)), shown(path[-1]), _remedy(path[-1], known)
            )
        else:
            example = f"Write it indented below, with {', '.join(known)}."
            yield Flaw(path, say("allowed.any_words_with_values"), shown(found["input"]), example)


def _remedy(word: object, known: tuple[str, ...]) -> str:
    near = nearest(str(word), known)
    return say("remedy.did_you_mean", word=near) if near else say("remedy.remove_it_or_write")
