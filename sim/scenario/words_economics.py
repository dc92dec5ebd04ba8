"""Who pays, in which year's prices, and at which price of a place."""

import numbers
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from .faults import broken, nearest
from .rules import Number, Rule, Whole
from .words import Words, check_sum

PAYERS = ("municipal", "state", "regional")
PLACE_PRICES = ("ordinary", "specialised")


class PayerShares(Words):
    """The share of the cost each pays; the three sum to 1."""

    municipality: Annotated[float, Number(0, 1)] = Field(0.0, description="Share of the municipality.")
    region: Annotated[float, Number(0, 1)] = Field(0.0, description="Share of the region.")
    state: Annotated[float, Number(0, 1)] = Field(0.0, description="Share of the state.")

    @model_validator(mode="after")
    def _check_sum(self) -> "PayerShares":
        check_sum(
            {"municipality": self.municipality, "region": self.region, "state": self.state},
            "shares of the payers",
        )
        return self


def _check_financing(value: object) -> object:
    if isinstance(value, Mapping | PayerShares) or (isinstance(value, str) and value in PAYERS):
        return value
    near = nearest(value, PAYERS) if isinstance(value, str) else None
    remedy = (
        f"Did you mean {near}?" if near else "Write one of the words, or {municipality: 0.5, state: 0.5}."
    )
    raise broken(f"who pays: {', '.join(PAYERS)} or shares that sum to 1", value, remedy)


Financing = Annotated[
    Annotated[Literal["municipal", "state", "regional"], Tag("~word")]
    | Annotated[PayerShares, Tag("~shares")],
    Discriminator(lambda value: "~word" if isinstance(value, str) else "~shares"),
    BeforeValidator(_check_financing),
]
"""Who pays: one of them, or shares."""


class PlacePrice(Rule):
    """A preset, or the price of an occupied place a day."""

    def check(self, value: object) -> str | float:  # noqa: D102 - said by Rule
        if isinstance(value, str):
            if value in PLACE_PRICES:
                return value
        elif isinstance(value, numbers.Real):
            return float(Number(0, 100_000, "DKK a day").check(value))
        near = nearest(value, PLACE_PRICES) if isinstance(value, str) else None
        remedy = f"Did you mean {near}?" if near else "Write a preset, or the price of a place in DKK a day."
        raise broken("a price of a place: ordinary, specialised or DKK a day", value, remedy)

    def json(self) -> dict[str, object]:  # noqa: D102 - said by Rule
        return {"anyOf": [{"enum": list(PLACE_PRICES)}, Number(0, 100_000).json()]}


class Economics(Words):
    """What things cost and who pays."""

    financing: Financing = Field("state", description="Who pays for the stays, where a design does not say.")
    price_year: Annotated[int, Whole(2018, 2035)] = Field(2026, description="Year whose prices are used.")
    place_price: Annotated[Literal["ordinary", "specialised"] | float, PlacePrice()] = Field(
        "specialised", description="Price of an occupied place: ordinary, specialised, or a number [DKK/day]."
    )
