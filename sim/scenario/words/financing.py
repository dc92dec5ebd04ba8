"""How municipalities share what places cost: by tariff, by a key, by subscription, or together.

A rule says what a day costs the municipality that decides on a woman, and who carries the places nobody lives in. What
the rules do with a year's days and cost is `sim.financing`; what of them is documents' and what is assumption stands in
``docs/financing.md``.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from sim.faults import broken
from sim.scenario.words.group import Words
from sim.scenario.words.rules import ListOf, Number, Whole
from sim.texts import say

Key = Literal["population", "births", "women"]
"""A column of the municipalities' table by which cost is shared."""
_Share = Annotated[float, Number(0, 1)]
_Occupancy = Number(0, 1, is_above=True)
_KEY = "What cost is shared by: population, births, or women aged 15-49."


class Tariff(Words):
    """How the price of a day is set: the cost at a budgeted occupancy, over the days of that occupancy."""

    budgeted_occupancy: Annotated[float, _Occupancy] = Field(
        0.95, description="Occupancy the price of a day is set for, as a share of open place-days."
    )
    mean_of_years: Annotated[int, Whole(0, 10, "years")] = Field(
        0,
        description="Instead the mean occupancy of so many years with known accounts, as soon as there is one; "
        "0: always budgeted_occupancy.",
    )
    bounds: Annotated[tuple[float, ...], ListOf(_Occupancy, at_least=2, at_most=2, is_distinct=False)] = Field(
        (0.9, 1.0), description="Lowest and highest occupancy that mean_of_years may lead to."
    )
    accounts_after: Annotated[int, Whole(1, 10, "years")] = Field(
        2, description="From a year to the first whose price its accounts count in [years]."
    )

    @model_validator(mode="after")
    def _check_bounds(self) -> "Tariff":
        if self.bounds[0] > self.bounds[1]:
            raise broken(
                say("allowed.the_lower_bound_first"), list(self.bounds), say("remedy.swap_them"), path=("bounds",)
            )
        return self


class CarriedTariff(Tariff):
    """A tariff whose surplus or deficit goes into those of later years."""

    carried_share: _Share = Field(
        1.0, description="Share of a year's surplus or deficit that goes into a later price; the operator has the rest."
    )
    kept_within: _Share = Field(
        0.0, description="Surplus or deficit that the operator keeps first, as a share of the year's budget."
    )


class Takst(CarriedTariff):
    """A price for each day used, set beforehand; empty places are in it as far as they were budgeted."""

    kind: ClassVar[str] = "takst"

    @property
    def marginal_share(self) -> float:
        """What a further day costs the municipality that decides, as a share of the full price."""
        return 1.0


class Objektiv(Words):
    """The whole cost by a key, used or not, among the municipalities that the units serve."""

    kind: ClassVar[str] = "objektiv"
    key: Key = Field("population", description=_KEY)

    @property
    def marginal_share(self) -> float:
        """Nothing: the place is paid for already."""
        return 0.0


class Delt(Tariff):
    """Part of the price for each day used; all the rest, empty places with it, by a key."""

    kind: ClassVar[str] = "delt"
    takst_share: _Share = Field(0.5, description="Share of the full price that is paid for each day used.")
    key: Key = Field("population", description=_KEY)

    @property
    def marginal_share(self) -> float:
        """The part that is paid by use."""
        return self.takst_share


class Abonnement(CarriedTariff):
    """Days bought beforehand together, shared by a key and paid for used or not; a price for days beyond them."""

    kind: ClassVar[str] = "abonnement"
    bought_share: _Share = Field(0.8, description="Share of the budgeted days that is bought beforehand.")
    price_beyond: Annotated[float, Number(0, 10)] = Field(
        1.0, description="Price of a day beyond those, as a share of the full price."
    )
    key: Key = Field("population", description=_KEY)

    @property
    def marginal_share(self) -> float:
        """The price beyond, for the share of the budgeted days that were not bought beforehand; at most full."""
        return min((1.0 - self.bought_share) * self.price_beyond, 1.0)


class Solidarisk(Words):
    """All cost by a key among all municipalities of the country, places bought elsewhere too."""

    kind: ClassVar[str] = "solidarisk"
    key: Key = Field("population", description=_KEY)

    @property
    def marginal_share(self) -> float:
        """Nothing: all pay alike, used or not."""
        return 0.0


class Agreement(Words):
    """How municipalities share what places cost: one of the rules, with its settings."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    takst: Takst | None = Field(None, description="A price for each day used.")
    objektiv: Objektiv | None = Field(None, description="The whole cost by a key, used or not.")
    delt: Delt | None = Field(None, description="Part of the price by use, the rest by a key.")
    abonnement: Abonnement | None = Field(None, description="Days bought beforehand, and a price beyond.")
    solidarisk: Solidarisk | None = Field(None, description="All cost by a key among all municipalities.")

    @model_validator(mode="after")
    def _check_one(self) -> "Agreement":
        given = [word for word in AGREEMENTS if getattr(self, word) is not None]
        if len(given) != 1:
            raise broken(say("allowed.one_agreement", known=AGREEMENTS), given, say("remedy.keep_one_of_them"))
        return self

    @property
    def rule(self) -> "AnyRule":
        """The one that is set."""
        rules: tuple[AnyRule | None, ...] = (
            self.takst,
            self.objektiv,
            self.delt,
            self.abonnement,
            self.solidarisk,
        )
        return next(rule for rule in rules if rule is not None)


AnyRule = Takst | Objektiv | Delt | Abonnement | Solidarisk
"""A rule of any kind."""

AGREEMENTS = tuple(Agreement.model_fields)
"""Words of the rules."""


def completed_agreement(value: object) -> object:
    """Write out an agreement of one word; everything else is as it was."""
    return {value: {}} if isinstance(value, str) and value in AGREEMENTS else value


def is_agreement(value: object) -> bool:
    """Tell whether a value is meant to be an agreement."""
    if isinstance(value, Agreement):
        return True
    return isinstance(value, Mapping) and any(word in AGREEMENTS for word in value)
