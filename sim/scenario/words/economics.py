"""What things cost, in which year's prices, and who pays.

An amount with a year of its own is moved to the prices of `price_year`; one without is in these prices already.
"""

import numbers
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag, model_validator

from sim.faults import broken, did_you_mean
from sim.scenario.parameters import price_years
from sim.scenario.words.financing import AGREEMENTS, Agreement, completed_agreement, is_agreement
from sim.scenario.words.group import Words, check_sum
from sim.scenario.words.rules import AlsoWritten, Choice, ListOf, Number, Rule, Whole
from sim.texts import say

Payer = Literal["municipal", "regional", "state"]
FINANCINGS = get_args(Payer)
"""Who can pay alone, in the order of `PAYERS`."""
PLACE_PRICES = ("ordinary", "specialised")
Share = Annotated[float, Number(0, 1)]
Amount = Annotated[float, Number(0, 1e9, "DKK")]


class PayerShares(Words):
    """The share of the cost each pays; the three sum to 1."""

    municipality: Annotated[float, Number(0, 1)] = Field(0.0, description="Share of the municipality.")
    region: Annotated[float, Number(0, 1)] = Field(0.0, description="Share of the region.")
    state: Annotated[float, Number(0, 1)] = Field(0.0, description="Share of the state.")

    @model_validator(mode="after")
    def _check_sum(self) -> "PayerShares":
        check_sum({payer: getattr(self, payer) for payer in PAYERS}, "allowed.shares_of_the")
        return self


PAYERS = tuple(PayerShares.model_fields)
"""Who pays: municipality, region and state."""

_ALONE = {word: PayerShares(**{payer: 1.0}) for word, payer in zip(FINANCINGS, PAYERS, strict=True)}


def payers_of(financing: PayerShares | Agreement | Payer) -> PayerShares:
    """Find the share of the cost that each pays.

    Parameters
    ----------
    financing : PayerShares, Agreement or {"municipal", "regional", "state"}
        Shares, who pays alone, or an agreement, by which the municipalities pay all.

    Returns
    -------
    PayerShares
        They sum to 1.
    """
    if isinstance(financing, Agreement):
        return _ALONE["municipal"]
    return _ALONE[financing] if isinstance(financing, str) else financing


def _check_payers(value: object) -> object:
    if isinstance(value, Mapping | PayerShares) or (isinstance(value, str) and value in FINANCINGS):
        return value
    remedy = did_you_mean(value, FINANCINGS, say("remedy.write_one_of"))
    raise broken(say("allowed.who_pays_or", known=", ".join(FINANCINGS)), value, remedy)


def _check_financing(value: object) -> object:
    value = completed_agreement(value)
    if isinstance(value, Mapping | PayerShares | Agreement) or (isinstance(value, str) and value in FINANCINGS):
        return value
    remedy = did_you_mean(value, (*FINANCINGS, *AGREEMENTS), say("remedy.write_one_of"))
    raise broken(say("allowed.who_pays_how", known=FINANCINGS, agreements=AGREEMENTS), value, remedy)


def _kind_of_financing(value: object) -> str:
    if isinstance(value, str):
        return "~word"
    return "~agreement" if is_agreement(value) else "~shares"


WhoPays = Annotated[
    Annotated[Payer, Tag("~word")] | Annotated[PayerShares, Tag("~shares")],
    Discriminator(lambda value: "~word" if isinstance(value, str) else "~shares"),
    BeforeValidator(_check_payers),
]
"""Who pays: one of them, or shares."""

Financing = Annotated[
    Annotated[Payer, Tag("~word")] | Annotated[PayerShares, Tag("~shares")] | Annotated[Agreement, Tag("~agreement")],
    Discriminator(_kind_of_financing),
    BeforeValidator(_check_financing),
    AlsoWritten(Choice("allowed.one_agreement", lambda: AGREEMENTS)),
]
"""Who pays for stays: one of them, shares, or the municipalities by an agreement."""


class PlacePrice(Rule):
    """A preset, or the price of an occupied place a day."""

    def check(self, value: object) -> str | float:  # noqa: D102 - said by Rule
        if isinstance(value, str):
            if value in PLACE_PRICES:
                return value
        elif isinstance(value, numbers.Real):
            return float(Number(0, 100_000, "DKK a day").check(value))
        remedy = did_you_mean(value, PLACE_PRICES, say("remedy.write_a_preset"))
        raise broken(say("allowed.a_price_of"), value, remedy)

    def json(self) -> dict[str, object]:  # noqa: D102 - said by Rule
        return {"anyOf": [{"enum": list(PLACE_PRICES)}, Number(0, 100_000).json()]}


class PriceYear(Rule):
    """A year whose prices can be compared with those of others."""

    def check(self, value: object) -> int:  # noqa: D102 - said by Rule
        first, last = price_years()
        try:
            return Whole(first, last).check(value)
        except ValueError:
            remedy = say("remedy.choose_one_of")
            raise broken(say("allowed.a_year_that", first=first, last=last), value, remedy) from None

    def json(self) -> dict[str, object]:  # noqa: D102 - said by Rule
        return Whole(*price_years()).json()


Year = Annotated[int, PriceYear()]
Price = Annotated[Literal["ordinary", "specialised"] | float, PlacePrice()]


class Reference(Words):
    """The unit whose average cost of an occupied place is the place price."""

    places: Annotated[int, Whole(1, 1000, "places")] = Field(6, description="Its places, all open [places].")
    occupancy: Annotated[float, Number(0, 1, is_above=True)] = Field(
        0.85, description="Share of its open place-days that are occupied."
    )


class Running(Words):
    """How the cost of a unit follows what happens in it."""

    added = (
        "closed_building_part",
        "released_premium",
        "left_work_share",
        "released_readiness_share",
        "rota_awake",
        "posts_per_awake",
        "closing_months",
    )

    fixed_share: Share = Field(0.7, description="Share of a full reference unit's cost that does not follow occupancy.")
    unit_share: Share = Field(
        0.3, description="Share of that which the unit costs whatever its size; the rest follows open places."
    )
    closed_place_share: Share = Field(
        0.2, description="Cost of a place that is closed and may open again, as a share of a full place's."
    )
    closed_building_part: Share = Field(
        0.3, description="Share of that which is the building; the rest is readiness, which released staff do not cost."
    )
    startup_months: Annotated[float, Number(0, 60, "months")] = Field(
        3.0, description="Full staffing before the first woman [months]."
    )
    opening_days: Annotated[float, Number(0, 366, "days")] = Field(
        7.0, description="Days of a full place that opening a flexible place costs [days]."
    )
    flexible_premium: Annotated[float, Number(0, 1)] = Field(
        0.15, description="Extra cost of a flexible place while it is open, where staff stand by."
    )
    released_premium: Share = Field(
        0.15, description="Extra cost of a flexible place while it is open, where staff are bought free."
    )
    left_work_share: Share = Field(
        0.1, description="Cost of the work that staff bought free leave, as a share of an open place's staff."
    )
    released_readiness_share: Share = Field(
        0.05, description="Readiness a year of a unit with released staff, as a share of a full place's cost."
    )
    staff_per_place: Annotated[float, Number(0, 100, "posts")] = Field(
        2.5, description="Full-time posts of an open place [posts]."
    )
    rota_awake: Annotated[float, Number(0, 50)] = Field(
        0.0, description="Least number of staff awake round the clock in a unit with open places; 0 for none."
    )
    posts_per_awake: Annotated[float, Number(0, 50, "posts")] = Field(
        5.0, description="Full-time posts that keep one awake round the clock [posts]."
    )
    closing_months: Annotated[float, Number(0, 60, "months")] = Field(
        0.0, description="Full staffing paid for when a unit closes for good [months]."
    )

    @model_validator(mode="after")
    def _check_rota(self) -> "Running":
        if self.rota_awake and not self.staff_per_place:
            remedy = say("remedy.raise_staff_per")
            raise broken(say("allowed.above_0_with_a_rota"), 0, remedy, path=("staff_per_place",))
        return self


class Capital(Words):
    """What a place costs to build, spread over its life."""

    per_place: Amount = Field(2_000_000.0, description="Investment a place [DKK].")
    price_year: Year = Field(2025, description="Year of its prices.")
    years: Annotated[float, Number(0, 200, "years", is_above=True)] = Field(
        30.0, description="Life over which it is paid back, with interest at discount_rate [years]."
    )
    counted: Literal["inside", "on_top"] = Field(
        "inside", description="Whether the place price holds it, or it comes on top."
    )


class UnitPrices(Words):
    """Care outside a place, for a full year."""

    ambulatory: Amount = Field(51_818.0, description="Ambulatory substance-use treatment [DKK/year].")
    home_support: Amount = Field(132_086.0, description="Practical and pedagogical support at home [DKK/year].")
    family_treatment: Amount = Field(111_765.0, description="Family treatment [DKK/year].")
    price_year: Year = Field(2021, description="Year of their prices.")


class Completion(Words):
    """How likely it is that treatment is completed, by the care she got."""

    residential: Share = Field(0.67, description="After a stay that was completed.")
    otherwise: Share = Field(0.4, description="After leaving early, or without a stay.")


class LaterCost(Words):
    """Consequences in the child's years 3 to 12, present value at pregnancy."""

    completed: Amount = Field(2_000_000.0, description="If treatment was completed [DKK].")
    not_completed: Amount = Field(3_000_000.0, description="If it was not [DKK].")
    price_year: Year = Field(2021, description="Year of their prices.")


class LaterShare(Words):
    """The municipality's share of later consequences."""

    completed: Share = Field(0.86, description="If treatment was completed.")
    not_completed: Share = Field(0.88, description="If it was not.")


class Refund(Words):
    """The state's refund of expensive single cases (Barnets Lov § 198): a share above each of three amounts a year."""

    counted: StrictBool = Field(False, description="Whether the state refunds what a woman's days cost above these.")
    above: Annotated[tuple[float, ...], ListOf(Number(0, 1e9, "DKK"), at_least=3, at_most=3, is_distinct=False)] = (
        Field((860_000.0, 1_680_000.0, 2_120_000.0), description="What one woman costs in a year, from which on [DKK].")
    )
    price_year: Year = Field(2022, description="Year of these amounts.")
    shares: Annotated[tuple[float, ...], ListOf(Number(0, 1), at_least=3, at_most=3, is_distinct=False)] = Field(
        (0.25, 0.5, 0.75), description="Share that the state pays above each, until the next."
    )

    @model_validator(mode="after")
    def _check_order(self) -> "Refund":
        if list(self.above) != sorted(self.above):
            raise broken(say("allowed.amounts_in_order"), list(self.above), say("remedy.swap_them"), path=("above",))
        return self


class Economics(Words):
    """What things cost and who pays."""

    added = ("refund",)

    financing: Financing = Field("state", description="Who pays for the stays, where a design does not say.")
    care_financing: WhoPays = Field("municipal", description="Who pays for care outside a place.")
    price_year: Year = Field(2026, description="Year whose prices are used.")
    discount_rate: Annotated[float, Number(0, 0.5, "per year")] = Field(
        0.035, description="Real rate at which later money weighs less [per year]."
    )
    place_price: Price = Field(
        "specialised", description="Price of an occupied place: ordinary, specialised, or a number [DKK/day]."
    )
    external_price: Price = Field(
        "ordinary", description="Price of a place bought elsewhere, in the same words [DKK/day]."
    )
    reference: Reference = Field(Reference(), description="The unit for which the place price holds.")
    running: Running = Field(Running(), description="How a unit's cost follows what happens in it.")
    capital: Capital = Field(Capital(), description="What a place costs to build.")
    unit_prices: UnitPrices = Field(UnitPrices(), description="Care outside a place.")
    ambulatory_in_stay: StrictBool | None = Field(
        None,
        description="Whether ambulatory treatment is paid beside the stay; "
        "if left out, only where the price of the place is ordinary.",
    )
    coordinated_share: Share = Field(
        0.5, description="Share of the women outside a place whose ambulatory care is coordinated."
    )
    completion: Completion = Field(Completion(), description="How likely treatment is completed.")
    later_cost: LaterCost = Field(LaterCost(), description="Consequences in the child's years 3 to 12.")
    municipal_share_later: LaterShare = Field(LaterShare(), description="The municipality's share of them.")
    region_share_of_rest: Share = Field(
        0.5, description="The region's share of what the municipality does not pay of them; the state has the rest."
    )
    refund: Refund = Field(Refund(), description="The state's refund of expensive single cases.")
