"""Prices: every amount of a scenario moved to one year's prices, the place price taken apart, and who pays.

Amounts are added up as whole numbers of øre, shared out without losing one. A float holds whole numbers exactly up to
2**53, which is 90 thousand billion kroner in øre. Sums of whole øre are therefore exact in any order: payers add up to
the total, pools to the design and years to the horizon.

The price index is the general price and wage rise that Økonomistyrelsen publishes for fixed-price calculations
(Fastprisberegninger, oes.dk); its rows stand in the table of parameters, each with its source.
"""

from typing import NamedTuple

import numpy as np

from sim.cohort import DAYS_PER_YEAR
from sim.economics.discounting import annuity
from sim.scenario import Economics, External, PayerShares, load_parameters

ORE_PER_KRONE = 100.0
ORDINARY_PRICE_YEAR = 2021
SPECIALISED_PRICE_YEAR = 2026


class PlaceParts(NamedTuple):
    """What a place price is made of [DKK/year], in the prices of the scenario's price year.

    Attributes
    ----------
    unit : float
        A unit, whatever its size.
    open_place : float
        An open place, capital apart.
    occupied_place : float
        An occupied place, on top of that.
    capital : float
        The building, for each place.
    full_place : float
        A place of the reference unit with every place occupied: what shares of a full place are taken of.
    """

    unit: float
    open_place: float
    occupied_place: float
    capital: float
    full_place: float


class Prices(NamedTuple):
    """All prices of a scenario, in the prices of its price year.

    Attributes
    ----------
    place : float
        An occupied place of the reference unit [DKK/year].
    external : float
        A place bought elsewhere [DKK/year].
    parts : PlaceParts
        What the place price is made of.
    ambulatory, home_support, family_treatment : float
        Care outside a place [DKK/year].
    later_completed, later_not_completed : float
        Consequences in the child's years 3 to 12 [DKK].
    is_treated_beside, is_treated_beside_external : bool
        Whether ambulatory treatment is paid beside a stay in a design's own place, and in one bought elsewhere.
    """

    place: float
    external: float
    parts: PlaceParts
    ambulatory: float
    home_support: float
    family_treatment: float
    later_completed: float
    later_not_completed: float
    is_treated_beside: bool
    is_treated_beside_external: bool


def price_factor(*, amounts_of: int, to: int) -> float:
    """Say what a krone of one year's prices is in another's.

    Parameters
    ----------
    amounts_of : int
        Year of the prices an amount is stated in.
    to : int
        Year whose prices are wanted.

    Returns
    -------
    float
        What to multiply the amount by.

    Raises
    ------
    KeyError
        If the index has no row for a year between them.
    """
    rises = load_parameters()
    first, last = sorted((amounts_of, to))
    factor = float(np.prod([1.0 + rises[f"price_index_{year}"].default for year in range(first + 1, last + 1)]))
    return factor if to >= amounts_of else 1.0 / factor


def prices_of(economics: Economics) -> Prices:
    """Move all amounts to the scenario's price year.

    Parameters
    ----------
    economics : Economics
        The words of a scenario.

    Returns
    -------
    Prices
        In the prices of `economics.price_year`.
    """
    to = economics.price_year
    care, later = economics.unit_prices, economics.later_cost
    care_factor = price_factor(amounts_of=care.price_year, to=to)
    later_factor = price_factor(amounts_of=later.price_year, to=to)
    return Prices(
        place=_place_price(economics.place_price, to),
        external=_place_price(economics.external_price, to),
        parts=_place_parts(economics),
        ambulatory=care.ambulatory * care_factor,
        home_support=care.home_support * care_factor,
        family_treatment=care.family_treatment * care_factor,
        later_completed=later.completed * later_factor,
        later_not_completed=later.not_completed * later_factor,
        is_treated_beside=_is_treated_beside(economics.place_price, economics),
        is_treated_beside_external=_is_treated_beside(economics.external_price, economics),
    )


def with_price_of(external: External | None, prices: Prices, economics: Economics) -> Prices:
    """Let a design's places elsewhere cost what the design says, if it says so."""
    if external is None or external.price is None:
        return prices
    return prices._replace(
        external=_place_price(external.price, economics.price_year),
        is_treated_beside_external=_is_treated_beside(external.price, economics),
    )


def later_payers(economics: Economics, *, is_completed: bool) -> PayerShares:
    """Find who pays for later consequences."""
    shares = economics.municipal_share_later
    municipality = shares.completed if is_completed else shares.not_completed
    rest = 1.0 - municipality
    region = rest * economics.region_share_of_rest
    return PayerShares(municipality=municipality, region=region, state=rest - region)


def cuts_of(payers: PayerShares) -> tuple[float, float]:
    """Say where an amount is cut."""
    whole = payers.municipality + payers.region + payers.state
    both = 1.0 if payers.state == 0 else (payers.municipality + payers.region) / whole
    return payers.municipality / whole, both


def _is_treated_beside(price: str | float, economics: Economics) -> bool:
    """Whether ambulatory treatment is paid beside a stay at a price."""
    return price == "ordinary" if economics.ambulatory_in_stay is None else economics.ambulatory_in_stay


def _place_price(words: str | float, to: int) -> float:
    """Price of an occupied place [DKK/year]."""
    parameters = load_parameters()
    if words == "ordinary":
        return parameters["place_year_ordinary"].default * price_factor(amounts_of=ORDINARY_PRICE_YEAR, to=to)
    if words == "specialised":
        a_day = parameters["place_day_specialised"].default
        return a_day * DAYS_PER_YEAR * price_factor(amounts_of=SPECIALISED_PRICE_YEAR, to=to)
    return float(words) * DAYS_PER_YEAR


def _place_parts(economics: Economics) -> PlaceParts:
    """Take the place price apart so that the reference unit costs exactly that for each occupied place.

    A full place costs c, of which a share f does not follow occupancy. Of n places at occupancy q the cost is
    n c (f + (1 - f) q), and the price is that over n q.
    """
    reference, running, capital = economics.reference, economics.running, economics.capital
    price = _place_price(economics.place_price, economics.price_year)
    fixed, q = running.fixed_share, reference.occupancy
    full_place = price * q / (fixed + (1.0 - fixed) * q)
    per_open_place = full_place * fixed * (1.0 - running.unit_share)
    a_year = capital.per_place * price_factor(amounts_of=capital.price_year, to=economics.price_year)
    a_year *= annuity(capital.years, rate=economics.discount_rate)
    if capital.counted == "inside":
        a_year = min(a_year, per_open_place)
        per_open_place -= a_year
    return PlaceParts(
        unit=full_place * fixed * running.unit_share * reference.places,
        open_place=per_open_place,
        occupied_place=full_place * (1.0 - fixed),
        capital=a_year,
        full_place=full_place,
    )
