"""The women: how many need a place, how many are found and offered one, and what is drawn about each."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from sim.faults import broken
from sim.scenario.views import load_views
from sim.scenario.words.distributions import Constant, Exponential, Normal, Spread, SpreadOrNever, Uniform, Weibull
from sim.scenario.words.ground import REGION
from sim.scenario.words.group import Words, check_sum
from sim.scenario.words.rules import AlsoWritten, Choice, MappingOf, Number, OneOf, unknown_word
from sim.texts import say

Share = Annotated[float, Number(0, 1)]
Probability = Annotated[float, Number(0, 1)]
NEED_PER_YEAR = 75.0
REGIONAL_KEYS = ("women", "population", "births")


class OfferedShare(Words):
    """The share of the women found who are offered a place, by who pays."""

    municipal: Share = Field(0.5, description="When the municipality pays.")
    state: Share = Field(0.95, description="When the state pays.")
    regional: Share = Field(0.95, description="When the region pays.")


class Awareness(Words):
    """How the offer becomes known: referrals rise in a straight line to their full rate."""

    start: Share = Field(0.4, description="Share of the full referral rate on the opening day.")
    ramp_up_years: Annotated[float, Number(0, 20, "years")] = Field(2.0, description="Until the full rate [years].")


class Household(Words):
    """Whom the women live with; the three shares sum to 1."""

    alone: Share = Field(0.45, description="Share without partner or child at home.")
    partner: Share = Field(0.35, description="Share with a partner.")
    children: Share = Field(0.2, description="Share with a child at home.")

    @model_validator(mode="after")
    def _check_sum(self) -> "Household":
        check_sum(
            {"alone": self.alone, "partner": self.partner, "children": self.children}, "allowed.household_shares_that"
        )
        return self


def _by_payer(value: object) -> object:
    if isinstance(value, Mapping | OfferedShare):
        return value
    share = Number(0, 1).check(value)
    return dict.fromkeys(OfferedShare.model_fields, share)


class _RegionalKey(Choice):
    """What need follows: a column of the municipalities' table."""

    def check(self, value: object) -> str:
        if isinstance(value, str) and value in REGIONAL_KEYS:
            return value
        raise unknown_word(value, (*REGIONAL_KEYS, "{nordjylland: 0.2, ...}"), allowed="allowed.regional_shares_one")


_REGIONAL_SHARES = OneOf(
    _RegionalKey("regional shares", lambda: REGIONAL_KEYS),
    MappingOf(REGION, Number(0, 1), "{hovedstaden: 0.36, ...}"),
)


class Demand(Words):
    """Need, and the way from need to an offer; the women and their pregnancies."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["need_per_year", "view"]}})

    need_per_year: Annotated[float, Number(0, 10_000, "women/year")] | None = Field(
        None,
        description="Women a year who need a residential place; 75 if there is no view either [women/year].",
    )
    view: Annotated[str, Choice("allowed.an_estimate_of", lambda: tuple(load_views()))] | None = Field(
        None, description="Id of a published estimate to take the need from, in place of need_per_year."
    )
    regional_shares: Annotated[Literal["women", "population", "births"] | dict[str, float], _REGIONAL_SHARES] = Field(
        "women",
        description="What need follows: women of childbearing age, population, births, or shares by region.",
    )
    found_share: Share = Field(1.0, description="Share of the women in need who are found.")
    offered_share: Annotated[OfferedShare, BeforeValidator(_by_payer), AlsoWritten(Number(0, 1))] = Field(
        OfferedShare(),
        description="Share of those found who are offered a place, by the design's payer, or one number.",
    )
    awareness: Awareness = Field(Awareness(), description="How the offer becomes known.")
    trend_per_year: Annotated[float, Number(-0.5, 1, "per year")] = Field(
        0.0, description="Growth of need [per year]: 0.02 is two per cent."
    )
    year_variation: Annotated[float, Number(0, 3)] = Field(
        0.0, description="Coefficient of variation of the yearly factor; 0 is pure chance (Poisson)."
    )
    gestation_at_referral_weeks: Spread = Field(
        Normal(mean=22, sd=7, low=8, high=38), description="Week of pregnancy at referral [weeks]."
    )
    birth_week: Spread = Field(
        Normal(mean=38.5, sd=2, low=26, high=42), description="Week of pregnancy at birth [weeks]."
    )
    loss_probability: Probability = Field(
        0.15,
        description="Probability that the pregnancy ends between referral and week 22, if referred before.",
    )
    household: Household = Field(Household(), description="Whom the women live with.")

    @model_validator(mode="before")
    @classmethod
    def _set_need(cls, values: object) -> object:
        if not isinstance(values, Mapping):
            return values
        if "view" in values and "need_per_year" in values:
            raise broken(
                say("allowed.either_or_not", one="need_per_year", other="view"),
                values["view"],
                say("remedy.delete_one_of_the"),
                path=("view",),
            )
        return values if "view" in values else {"need_per_year": NEED_PER_YEAR} | dict(values)

    @model_validator(mode="after")
    def _check_regional_shares(self) -> "Demand":
        if not isinstance(self.regional_shares, str):
            check_sum(self.regional_shares, "allowed.shares_of_the_regions", path=("regional_shares",))
        return self


class AskedAgain(Words):
    """Women who said no and are asked once more."""

    share: Share = Field(0.0, description="Share of those who said no who are asked once more.")
    after_days: Annotated[float, Number(0, 36_525, "days")] = Field(
        90.0, description="From her first no until she is asked again [days]."
    )


class Acceptance(Words):
    """How likely she says yes, by travel time and whether her family can come."""

    added = ("asked_again",)

    base: Probability = Field(0.4, description="Probability that she accepts a place near by.")
    free_minutes: Annotated[float, Number(0, 1000, "minutes")] = Field(
        30.0, description="Travel without effect on acceptance, one way [minutes]."
    )
    decay_per_hour: Annotated[float, Number(0, 20, "per hour")] = Field(
        0.25, description="Loss of acceptance per further hour of travel (exponential) [per hour]."
    )
    family_odds_ratio: Annotated[float, Number(0, 1000)] = Field(
        1.5, description="Odds of yes when partner and children can live in, against when they cannot."
    )
    asked_again: AskedAgain = Field(AskedAgain(), description="Women who said no and are asked once more.")


class Waiting(Words):
    """How long she waits: for a decision, and then for a place."""

    added = ("visitation_days",)

    visitation_days: Spread = Field(
        Constant(value=0),
        description="Days from referral to the decision to offer a place, own or bought [days].",
    )
    patience_days: SpreadOrNever = Field(
        Exponential(mean=66),
        description="Days she stays willing while waiting; none: she never gives up [days].",
    )
    past_birth_share: Share = Field(0.5, description="Share who stay on the list if birth comes first.")


class Stay(Words):
    """How long she stays once admitted."""

    added = ("detention_share", "housing_days")

    anchor: Literal["birth", "admission"] = Field(
        "birth",
        description="birth: days count from the end of pregnancy; admission: days are the whole stay.",
    )
    days: SpreadOrNever = Field(
        Uniform(low=183, high=365), description="Planned days from the anchor; none: no planned end [days]."
    )
    early_leaving_days: SpreadOrNever = Field(
        Weibull(shape=0.46, scale=1580),
        description="Days from admission until she leaves of her own accord; none: she never does [days].",
    )
    after_loss_days: Annotated[float, Number(0, 36_525, "days")] = Field(
        14.0, description="Days she stays after a lost pregnancy [days]."
    )
    detention_share: Share = Field(
        0.0,
        description="Share who sign a contract on detention with consent; it binds only in a unit that may detain.",
    )
    housing_days: Spread = Field(
        Constant(value=0), description="Days she stays on after a completed stay, waiting for housing [days]."
    )
