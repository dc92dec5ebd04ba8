"""What designs are made of: pools, their plans and flexible rules, and places bought elsewhere."""

import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StrictBool, model_validator

from sim.faults import Flaw, all_broken, broken
from sim.geography import MAX_MINUTES
from sim.scenario.words.economics import Price, WhoPays
from sim.scenario.words.ground import REGION, SERVED, SITE
from sim.scenario.words.group import Words
from sim.scenario.words.rules import Day, ListOf, MappingOf, Number, Rule, Slug, Whole
from sim.texts import say

PLACES = Whole(0, 1000, "places", say("remedy.use_0_for"))
PlacesInPool = Annotated[int, PLACES]
Days = Annotated[float, Number(0, 36_525, "days")]
ADDED_TO_UNITS = ("ramp_up", "closing_notice_days", "may_detain")
_PLACES_AT_SITES = MappingOf(SITE, Whole(1, 1000, "places"), "{AAR: 4, ODE: 3}")


class Flexible(Words):
    """Places that open when women wait and close when they stand idle."""

    added = ("staffing",)

    lead_days: Days = Field(28.0, description="From ordering a place until it opens [days].")
    open_at_waiting: Annotated[int, Whole(1, 1000, "women")] = Field(
        1, description="Waiting women, less places on order, at which a place is ordered."
    )
    keep_free: Annotated[int, Whole(0, 1000, "places")] = Field(0, description="Free places that do not count as idle.")
    close_after_idle_days: Days = Field(30.0, description="Idle time before a place closes [days].")
    min_open_days: Days = Field(90.0, description="Shortest time a place stays open [days].")
    failure_probability: Annotated[float, Number(0, 1)] = Field(
        0.15, description="Probability that an ordered place cannot be staffed."
    )
    staffing: Literal["standby", "released"] = Field(
        "standby",
        description="Staff who stand by while places are closed, or are bought free from like work when needed.",
    )
    released_at_most: Annotated[int, Whole(1, 1000, "places")] | None = Field(
        None,
        description="Most flexible places of a unit open or on order at once, with released; no limit if left out.",
    )

    @model_validator(mode="after")
    def _check_released(self) -> "Flexible":
        if self.released_at_most is not None and self.staffing != "released":
            remedy = say("remedy.write_released_or")
            raise broken(say("allowed.only_with_released"), self.released_at_most, remedy, path=("released_at_most",))
        return self


class PoolFlexible(Flexible):
    """A flexible rule of one pool."""

    max_places: PlacesInPool = Field(description="Most places open at once, the fixed ones among them [places].")


class External(Words):
    """Places that municipalities buy elsewhere when a woman has waited."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["places", "sites"]}})
    added = ("variation",)

    after_days: Days = Field(
        42.0, description="From the end of visitation to a place bought elsewhere, on average [days]."
    )
    variation: Annotated[float, Number(0, 3)] = Field(
        0.0, description="Coefficient of variation of these days (lognormal); 0: the same for all."
    )
    minutes: Annotated[float, Number(0, MAX_MINUTES, "minutes")] = Field(
        120.0, description="Travel to a place bought elsewhere, one way; not used with sites [minutes]."
    )
    places: PlacesInPool | None = Field(
        None, description="Places that can be bought at once, in all; no limit if left out. Not with sites [places]."
    )
    sites: Annotated[dict[str, int], _PLACES_AT_SITES] = Field(
        {}, description="Existing providers: places at each site, each at its own distance [places]."
    )
    base: Annotated[float, Number(0, 1)] | None = Field(
        None, description="Probability that she accepts it, travel apart; acceptance.base if left out."
    )
    family_places: StrictBool = Field(True, description="Whether partner and children can live in.")
    price: Price | None = Field(
        None, description="Price of an occupied place: as economics.external_price, which holds if left out [DKK/day]."
    )
    financing: WhoPays | None = Field(
        None, description="Who pays for these places; who pays for the design's if left out."
    )

    @model_validator(mode="after")
    def _check_one_limit(self) -> "External":
        if self.places is not None and self.sites:
            allowed = say("allowed.either_or_not", one="places", other="sites")
            raise broken(allowed, self.places, say("remedy.delete_one_of_the"), path=("places",))
        return self


class RampUp(Words):
    """How a unit becomes known: women are asked about it in a straight line to all."""

    start: Annotated[float, Number(0, 1)] = Field(
        1.0, description="Share of the women who are asked about the unit on its opening day."
    )
    years: Annotated[float, Number(0, 20, "years")] = Field(
        0.0, description="From its opening until all are asked [years]."
    )


def flaws_of_closing(closes_on: datetime.date | None, last: datetime.date | None) -> list[Flaw]:
    """Find whether units close before the last day on which they open or grow."""
    if closes_on is None or last is None or closes_on > last:
        return []
    remedy = say("remedy.close_later")
    return [Flaw(("closes_on",), say("allowed.a_day_after", day=last), str(closes_on), remedy)]


class PlanStep(Words):
    """From a day on, a pool has more places."""

    on: Annotated[datetime.date, Day()] = Field(description="From this day.")
    places: PlacesInPool = Field(description="Places from then on, at least as many as before [places].")


class Pool(Words):
    """Places at one site that are staffed and opened together."""

    added = ADDED_TO_UNITS

    id: Annotated[str, Slug()] = Field(description="Name of the pool, its own within the design.")
    site: Annotated[str, SITE] = Field(description="Where it is.")
    serves: Annotated[tuple[str, ...], ListOf(SERVED, allows_single=True)] = Field(
        (), description="Regions or municipality codes whose women it is offered to; all if left out."
    )
    places: PlacesInPool = Field(6, description="Places always open from opens_on [places].")
    opens_on: Annotated[datetime.date, Day()] | None = Field(None, description="Opening day; start if left out.")
    plan: tuple[PlanStep, ...] = Field(
        (), max_length=100, description="Later days and numbers of places; only growing."
    )
    family_places: StrictBool = Field(True, description="Whether partner and children can live in.")
    turnaround_days: Days = Field(3.0, description="Between two stays in a place [days].")
    flexible: PoolFlexible | None = Field(None, description="Places that open and close with need; none if left out.")
    ramp_up: RampUp = Field(RampUp(), description="How the unit becomes known.")
    closes_on: Annotated[datetime.date, Day()] | None = Field(
        None, description="Day it closes for good; never if left out."
    )
    closing_notice_days: Days = Field(180.0, description="So long before closes_on nobody is admitted any more [days].")
    may_detain: StrictBool = Field(False, description="Whether it is approved for detention with consent.")
    home_regions: Annotated[tuple[str, ...], ListOf(REGION, allows_single=True)] | None = Field(
        None, description="Regions that come first with home_first; the site's own if left out."
    )

    @property
    def last_places(self) -> int:
        """Places after the last step of the plan [places]."""
        return self.plan[-1].places if self.plan else self.places

    @model_validator(mode="after")
    def _check_plan(self) -> "Pool":
        flaws: list[Flaw] = []
        day, places = self.opens_on, self.places
        for number, step in enumerate(self.plan):
            if day is not None and step.on <= day:
                remedy = say("remedy.put_the_steps")
                flaws.append(Flaw(("plan", number, "on"), say("allowed.a_day_after", day=day), str(step.on), remedy))
            if step.places < places:
                allowed = say("allowed.a_plan_that", n=places)
                flaws.append(Flaw(("plan", number, "places"), allowed, str(step.places), say("remedy.use_a_flexible")))
            day, places = step.on, step.places
        flaws += flaws_of_closing(self.closes_on, day)
        if self.flexible and self.flexible.max_places < self.last_places:
            allowed = say("allowed.at_least_the_places", n=self.last_places)
            path = ("flexible", "max_places")
            flaws.append(Flaw(path, allowed, str(self.flexible.max_places), say("remedy.raise_max_places")))
        if flaws:
            raise all_broken(flaws)
        return self


class DayOrNever(Rule):
    """A date, or the word `never`."""

    def check(self, value: object) -> object:  # noqa: D102 - said by Rule
        if value == "never":
            return value
        try:
            return Day().check(value)
        except ValueError:
            raise broken(
                say("allowed.a_date_or"), value, say("remedy.write_year_month", example="2030-01-01")
            ) from None

    def json(self) -> dict[str, object]:  # noqa: D102 - said by Rule
        return {"anyOf": [Day().json(), {"const": "never"}]}
