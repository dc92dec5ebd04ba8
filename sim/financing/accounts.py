"""The account of a cooperation, year by year: the price of a day, what is paid, and what is carried forward.

All amounts are in øre; totals are whole. Replications lie side by side, years one after another, because the price of a
year follows from the accounts of earlier ones.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.scenario import Abonnement, AnyRule, CarriedTariff, Delt, Takst, Tariff

Floats = npt.NDArray[np.float64]


class Account(NamedTuple):
    """The account of a cooperation; arrays of shape (n_replications, n_years).

    Attributes
    ----------
    cost : ndarray of float
        What its units really cost [øre].
    occupancy : ndarray of float
        Occupancy the price is set for; not a number where there is no price.
    price : ndarray of float
        Full price of a day [øre]; not a number where there is none.
    by_use, by_key : ndarray of float
        What the municipalities pay for days used, and by a key [øre].
    carried_in : ndarray of float
        Surplus of earlier years in the price, negative for a deficit [øre].
    balance : ndarray of float
        What is paid less cost [øre]. All years together it is what is not in a price yet, or stays with the operator.
    bought_days : ndarray of float
        Days bought beforehand [days].
    """

    cost: Floats
    occupancy: Floats
    price: Floats
    by_use: Floats
    by_key: Floats
    carried_in: Floats
    balance: Floats
    bought_days: Floats


def tariff_of(budget: npt.ArrayLike, budgeted_days: npt.ArrayLike) -> Floats:
    """Set the price of a day.

    Parameters
    ----------
    budget : array_like of float
        What is to be earned in a year.
    budgeted_days : array_like of float
        Days in which it is to be earned.

    Returns
    -------
    ndarray of float
        Budget a day, in its unit; 0 where no day is budgeted.
    """
    days = np.asarray(budgeted_days, dtype=np.float64)
    price: Floats = np.divide(budget, days, out=np.zeros(np.broadcast(budget, days).shape), where=days > 0)
    return price


def keep_account(rule: AnyRule, *, cost: Floats, occupied_cost: Floats, a_day: float, days: Floats) -> Account:
    """Keep the account of a cooperation.

    Parameters
    ----------
    rule : AnyRule
        How municipalities share.
    cost : ndarray of float of shape (n_replications, n_years)
        What the units really cost [øre].
    occupied_cost : ndarray of float of shape (n_replications, n_years)
        The part of it that followed the days lived there [øre].
    a_day : float
        That part a day [øre].
    days : ndarray of float of shape (2, n_replications, n_years)
        Place-days open, and days lived there [days].

    Returns
    -------
    Account
        Of all years.

    Notes
    -----
    A budget foresees everything but occupancy: which places are open, and what they cost. At occupancy q of O open
    place-days it is cost - occupied_cost + a_day q O, and the price of a day is that, less what is carried in, over
    q O. So whoever lives there exactly q O days pays exactly what the units cost.
    """
    open_days, used_days = days
    nothing = np.zeros_like(cost)
    if not isinstance(rule, Takst | Delt | Abonnement):  # the whole cost by a key
        none = np.full_like(cost, np.nan)
        return Account(cost, none, none, nothing, cost, nothing, nothing, nothing)
    account = Account(cost, *(np.zeros_like(cost) for _ in Account._fields[1:]))
    to_carry = np.zeros_like(cost)
    for year in range(cost.shape[1]):
        before = year - rule.accounts_after
        occupancy = _budgeted_occupancy(rule, open_days, used_days, before)
        budgeted_days = occupancy * open_days[:, year]
        planned = cost[:, year] - occupied_cost[:, year] + a_day * budgeted_days
        carried_in = to_carry[:, before] if before >= 0 else nothing[:, year]
        price = tariff_of(np.maximum(planned - carried_in, 0.0), budgeted_days)
        by_use, by_key, bought_days = _paid(rule, price, cost[:, year], budgeted_days, used_days[:, year])
        balance = by_use + by_key - cost[:, year]
        if isinstance(rule, CarriedTariff):
            to_carry[:, year] = _to_carry(rule, balance + carried_in, planned)
        for column, own in zip(
            account[1:], (occupancy, price, by_use, by_key, carried_in, balance, bought_days), strict=True
        ):
            column[:, year] = own
    return account


def _budgeted_occupancy(rule: Tariff, open_days: Floats, used_days: Floats, last: int) -> Floats:
    """Occupancy a price is set for, where accounts are known to a year."""
    fixed = np.full(len(open_days), rule.budgeted_occupancy)
    known = slice(max(last - rule.mean_of_years + 1, 0), last + 1)
    if not rule.mean_of_years or last < 0:
        return fixed
    is_open = open_days[:, known] > 0
    of_each = np.divide(used_days[:, known], open_days[:, known], out=np.zeros_like(open_days[:, known]), where=is_open)
    n = is_open.sum(axis=1)
    mean = np.divide(of_each.sum(axis=1), n, out=np.zeros(len(n)), where=n > 0)
    return np.where(n > 0, np.clip(mean, rule.bounds[0], rule.bounds[1]), fixed)


def _paid(
    rule: Takst | Delt | Abonnement, price: Floats, cost: Floats, budgeted_days: Floats, used_days: Floats
) -> tuple[Floats, Floats, Floats]:
    """What is paid by use and by a key in a year, and the days bought beforehand."""
    if isinstance(rule, Takst):
        return np.rint(price * used_days), np.zeros_like(cost), np.zeros_like(cost)
    if isinstance(rule, Delt):
        by_use = np.rint(rule.takst_share * price * used_days)
        return by_use, cost - by_use, np.zeros_like(cost)
    bought_days = rule.bought_share * budgeted_days
    beyond = np.maximum(used_days - bought_days, 0.0)
    return np.rint(rule.price_beyond * price * beyond), np.rint(price * bought_days), bought_days


def _to_carry(rule: CarriedTariff, result: Floats, planned: Floats) -> Floats:
    """What of a year's result goes into a later price, in whole øre."""
    beyond = np.maximum(np.abs(result) - rule.kept_within * planned, 0.0)
    carried: Floats = np.rint(np.sign(result) * rule.carried_share * beyond)
    return carried
