"""The scenario: all words together, and what must hold between them."""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator

from sim.faults import Flaw, Path, all_broken, broken, did_you_mean, shown, shown_text
from sim.geography import REGION_MAPS
from sim.scenario.words.demand import Acceptance, Demand, Stay, Waiting
from sim.scenario.words.designs import AnyDesign, PoolsDesign, SharedDesign, UnitsDesign, completed_design, repeated
from sim.scenario.words.doubt import Doubt
from sim.scenario.words.economics import Economics
from sim.scenario.words.fields import FIXED, Fields
from sim.scenario.words.group import Same, Words
from sim.scenario.words.rules import AlsoWritten, Choice, Day, ListOf, MappingOf, Number, Slug, Text, Whole
from sim.scenario.words.supply import flaws_of_closing
from sim.scenario.words.today import MOST_WOMEN, TodayWoman
from sim.scenario.words.travel import Travel
from sim.texts import say

MOST_REPLICATIONS = 1_000_000
MOST_DESIGNS = 50
_REMEMBERED = 256
"""Designs whose regions are kept: scenarios of a sweep have most of them in common."""
_Count = Annotated[int, Whole(1, MOST_REPLICATIONS)]


class Title(Words):
    """The scenario's name for people, in both languages of the program; the plain name where empty."""

    da: Annotated[str, Text()] = Field("", description="Danish title.")
    en: Annotated[str, Text()] = Field("", description="English title.")


class Precision(Words):
    """As many replications as it takes to know some measures well enough."""

    precision: Annotated[float, Number(0, 1, is_above=True)] = Field(
        0.02, description="Half width of the 95 % confidence interval wanted, as a share of the mean."
    )
    of: Annotated[tuple[str, ...], ListOf(Slug(), allows_single=True)] = Field(
        ("admitted_per_year",), description="Measures that must be known so well."
    )
    at_least: Annotated[int, Whole(2, MOST_REPLICATIONS)] = Field(100, description="Fewest replications.")
    at_most: Annotated[int, Whole(2, MOST_REPLICATIONS)] = Field(5000, description="Most replications.")

    @model_validator(mode="after")
    def _check_order(self) -> "Precision":
        if self.at_least > self.at_most:
            raise broken(
                say("allowed.at_least_the", n=self.at_least), self.at_most, say("remedy.raise_it"), path=("at_most",)
            )
        return self


LEAST_DIFFERENCES: Mapping[str, float] = {
    "admitted_per_year": 1.0,
    "admitted_within_14_days": 0.03,
    "refused_share": 0.03,
    "wait_days_mean": 3.0,
    "travel_minutes_mean": 10.0,
    "occupancy": 0.03,
    "admissions_per_pool_year": 1.0,
    "below_minimum_volume_share": 0.03,
    "worst_region_within_14_days": 0.03,
    "worst_region_travel_minutes": 10.0,
    "cost_per_year": 1_000_000.0,
    "public_cost_per_year": 1_000_000.0,
}
"""Difference between two designs that must be passed before it counts, by measure; assumptions. Not to be changed."""


class MeasureWords(Words):
    """How results are judged and compared."""

    minimum_volume: Annotated[float, Number(0, 10_000, "women/year")] = Field(
        10.0,
        description="Admissions a unit and year below which expertise is thought to suffer [women/year].",
    )
    against: Annotated[str, Slug()] | None = Field(
        None, description="Design that others are compared with; the first if left out."
    )
    least_difference: Annotated[
        dict[str, float],
        MappingOf(
            Choice("allowed.a_measure_judged", lambda: tuple(LEAST_DIFFERENCES)),
            Number(0, 1e10),
            "{admitted_per_year: 1}",
        ),
    ] = Field({}, description="By measure, the difference that must be passed before it counts.")

    def least(self, measure: str) -> float | None:
        """Give the difference that must be passed; none for a measure that is not judged."""
        return self.least_difference.get(measure, LEAST_DIFFERENCES.get(measure))


def _check_replications(value: object) -> object:
    if isinstance(value, Mapping | Precision):
        return value
    try:
        return Whole(1, MOST_REPLICATIONS).check(value)
    except ValueError:
        remedy = say("remedy.write_a_number_or")
        raise broken(say("allowed.a_whole_number_from_to", low=1, high=MOST_REPLICATIONS), value, remedy) from None


def _both_languages(value: object) -> object:
    return {"da": value, "en": value} if isinstance(value, str) else value


def _refuse_file(value: object) -> object:
    if isinstance(value, str):
        remedy = say("remedy.save_the_scenario_as")
        raise broken(say("allowed.no_file_where_there"), value, remedy)
    return value


Replications = Annotated[
    Annotated[_Count, Tag("~number")] | Annotated[Precision, Tag("~precision")],
    Discriminator(lambda value: "~number" if isinstance(value, int) else "~precision"),
    BeforeValidator(_check_replications),
]
"""How often each design is played."""


class Scenario(Words):
    """Everything a run needs to know, in human units; the same content always gives the same results."""

    name: Annotated[str, Slug()] = Field(description="Name of the scenario, for files and lists.")
    title: Annotated[Title, BeforeValidator(_both_languages), AlsoWritten(Text())] = Field(
        Title(), description="Its name for people."
    )
    start: Annotated[datetime.date, Day()] = Field(datetime.date(2027, 1, 1), description="Opening day, day 0.")
    horizon_years: Annotated[int, Whole(1, 50, "years")] = Field(10, description="Time simulated [years].")
    measure_from_year: Annotated[int, Whole(1, 50)] = Field(1, description="First year counted in the measures.")
    seed: Annotated[int, Whole(0, 2**63 - 1)] = Field(20270101, description="Start of all random streams.")
    replications: Replications = Field(400, description="How often each design is played, or the precision wanted.")
    regions: Literal["five", "four"] = Field("five", description="Map of regions: five to the end of 2026, four after.")
    demand: Demand = Field(default_factory=Demand, description="The women.")
    acceptance: Acceptance = Field(Acceptance(), description="How likely she says yes.")
    waiting: Waiting = Field(Waiting(), description="How long she waits.")
    stay: Stay = Field(Stay(), description="How long she stays.")
    travel: Travel = Field(Travel(), description="How travel time is reckoned.")
    today: Annotated[tuple[TodayWoman, ...], BeforeValidator(_refuse_file), AlsoWritten(Text())] = Field(
        (),
        max_length=MOST_WOMEN,
        description="Women who live in or wait on the opening day, or a CSV file of them; nobody if left out.",
    )
    designs: tuple[AnyDesign, ...] = Field(
        min_length=1, max_length=MOST_DESIGNS, description="Ways to organise the places, to be compared."
    )
    fields: Fields | None = Field(None, description="Numbers of places that give the same access, or cost the same.")
    economics: Economics = Field(Economics(), description="What things cost and who pays.")
    measures: MeasureWords = Field(MeasureWords(), description="How results are judged and compared.")
    doubt: Doubt | None = Field(
        None, description="Which numbers are unsure, and how; every one with a plausible range if left out."
    )

    added = ("doubt",)

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, values: object) -> object:
        if not isinstance(values, Mapping):
            return values
        region_map, designs = values.get("regions", "five"), values.get("designs")
        if not isinstance(region_map, str) or region_map not in REGION_MAPS or not isinstance(designs, list | tuple):
            return values
        return dict(values) | {"designs": [completed_design(design, region_map) for design in designs]}

    @field_validator("measure_from_year", "demand", "designs", "fields", "measures")
    @classmethod
    def _check_beside(cls, value: Any, info: ValidationInfo) -> Any:
        check_beside(str(info.field_name), {**info.data, str(info.field_name): value})
        return value


def check_beside(word: str, said: Mapping[str, Any]) -> None:
    """Check what must hold between a word of the scenario and those before it, where these are sound."""
    flaws = BESIDE[word](said[word], said)
    if flaws:
        raise all_broken(flaws)


def _flaws_of_year(year: int, said: Mapping[str, Any]) -> list[Flaw]:
    horizon = said.get("horizon_years", year)
    if year <= horizon:
        return []
    return [Flaw((), say("allowed.a_year_within", n=horizon), str(year), say("remedy.lower_it_or"))]


def _flaws_of_shares(demand: Demand, said: Mapping[str, Any]) -> list[Flaw]:
    shares = demand.regional_shares
    if isinstance(shares, str) or "regions" not in said:
        return []
    path: Path = ("regional_shares",)
    named = [((*path, region), region) for region in shares]
    return _missing(shares, REGION_MAPS[said["regions"]], path) + _foreign(named, said["regions"])


def _flaws_of_designs(designs: tuple[AnyDesign, ...], said: Mapping[str, Any]) -> list[Flaw]:
    flaws = repeated([design.name for design in designs], "name")
    for number, design in enumerate(designs if "regions" in said else ()):
        flaws += [flaw._replace(path=(number, *flaw.path)) for flaw in _flaws_of_map(Same(design), said["regions"])]
    for number, design in enumerate(designs if "start" in said else ()):
        flaws += [flaw._replace(path=(number, *flaw.path)) for flaw in _flaws_of_start(design, said["start"])]
    return flaws


def _flaws_of_start(design: AnyDesign, start: datetime.date) -> list[Flaw]:
    """Units that would have closed before the play begins."""
    if isinstance(design, PoolsDesign):
        return [
            flaw._replace(path=("pools", number, *flaw.path))
            for number, pool in enumerate(design.pools)
            for flaw in flaws_of_closing(pool.closes_on, start)
        ]
    return flaws_of_closing(design.closes_on, start) if isinstance(design, UnitsDesign) else []


def _flaws_of_fields(fields: Fields | None, said: Mapping[str, Any]) -> list[Flaw]:
    """Designs that are not there, and words that no field may change; the designs with theirs are built elsewhere."""
    if fields is None or "designs" not in said:
        return []
    names = [design.name for design in said["designs"]]
    flaws = []
    for field, words in fields.given():
        for name, differing in words.designs.items():
            path: Path = (field, "designs", name)
            if name not in names:
                remedy = did_you_mean(name, names, say("remedy.name_one_of"))
                flaws.append(Flaw(path, say("allowed.a_design_one", known=_listed(names)), shown(name), remedy))
            flaws += [
                Flaw((*path, word), say("allowed.words_that_differ"), shown(word), say("remedy.remove_this"))
                for word in FIXED
                if word in differing
            ]
    return flaws


def _flaws_of_measures(measures: MeasureWords, said: Mapping[str, Any]) -> list[Flaw]:
    against, names = measures.against, [design.name for design in said.get("designs", ())]
    if against is None or not names or against in names:
        return []
    remedy = did_you_mean(against, names, say("remedy.name_one_of"))
    return [Flaw(("against",), say("allowed.a_design_one", known=_listed(names)), shown(against), remedy)]


BESIDE: Mapping[str, Callable[[Any, Mapping[str, Any]], list[Flaw]]] = {
    "measure_from_year": _flaws_of_year,
    "demand": _flaws_of_shares,
    "designs": _flaws_of_designs,
    "fields": _flaws_of_fields,
    "measures": _flaws_of_measures,
}
"""What must hold between a word and those before it. Not to be changed."""


@lru_cache(maxsize=_REMEMBERED)
def _flaws_of_map(same: Same, region_map: str) -> list[Flaw]:
    """What a design lacks of a map, and the regions it names that are not on it."""
    design: AnyDesign = same.words
    missing: list[Flaw] = []
    if isinstance(design, SharedDesign):
        grouped = [region for group in design.groups for region in group]
        missing = _missing(grouped, REGION_MAPS[region_map], ("groups",))
    return missing + _foreign(design.regions_named(), region_map)


def _foreign(named: list[tuple[Path, str]], region_map: str) -> list[Flaw]:
    regions = REGION_MAPS[region_map]
    known = say("allowed.a_region_of", map=region_map, known=", ".join(regions))
    remedy = say("remedy.write_oestdanmark_or") if region_map == "four" else say("remedy.set_regions_four")
    return [Flaw(path, known, shown(region), remedy) for path, region in named if region not in regions]


def _missing(given: Any, regions: tuple[str, ...], path: Path) -> list[Flaw]:
    missing = [region for region in regions if region not in given]
    if not missing:
        return []
    return [
        Flaw(
            path,
            say("allowed.every_region_once", known=", ".join(regions)),
            say("got.none_for", known=", ".join(missing)),
            say("remedy.add_what_is"),
        )
    ]


def _listed(names: list[str]) -> str:
    return shown_text(", ".join(names), length=200)
