"""The rule in a sentence, for whoever pays, and what it rests on."""

import math

from sim.scenario import Abonnement, Agreement, Delt, Objektiv, PayerShares, Solidarisk, Takst
from sim.texts import Texts


def rule_sentence(
    financing: PayerShares | Agreement | str, price_dkk: float, texts: Texts, *, has_units: bool = True
) -> str:
    """Say who pays for what.

    Parameters
    ----------
    financing : PayerShares, Agreement or str
        Of a design.
    price_dkk : float
        Full price of a day in the design's units, as it is on average; not a number if there is none [DKK/day].
    texts : Texts
        The language.
    has_units : bool, optional
        Whether the design has units, rather than only places bought elsewhere.

    Returns
    -------
    str
        One or two sentences.
    """
    if not has_units and isinstance(financing, Agreement) and not isinstance(financing.rule, Solidarisk):
        return texts("financing.rule.bought")
    if isinstance(financing, str):
        return texts(f"financing.rule.{financing}", price=_price(price_dkk, texts))
    if isinstance(financing, PayerShares):
        paid = {payer: share for payer, share in vars(financing).items() if share}
        said = (
            texts("financing.rule.part", share=texts.percent(share), payer=texts(f"financing.payer.{payer}"))
            for payer, share in paid.items()
        )
        return texts("financing.rule.shares", parts=", ".join(said))
    rule = financing.rule
    values = {"price": _price(price_dkk, texts)}
    if isinstance(rule, Takst):
        return texts("financing.rule.takst", **values, carried=_carried(rule, texts))
    values["key"] = texts(f"financing.key.{rule.key}")
    if isinstance(rule, Delt):
        values["price"] = _price(rule.takst_share * price_dkk, texts)
    if isinstance(rule, Abonnement):
        values["share"] = texts.percent(rule.bought_share)
        values["beyond"] = _price(rule.price_beyond * price_dkk, texts)
        values["carried"] = _carried(rule, texts)
    if isinstance(rule, Objektiv):
        return texts("financing.rule.objektiv", **values)
    return texts(f"financing.rule.{rule.kind}", **values)


def rests_on(financing: PayerShares | Agreement | str, texts: Texts) -> str:
    """Say what of the rule is law's, agreements' or documents', and what is assumption.

    Parameters
    ----------
    financing : PayerShares, Agreement or str
        Of a design.
    texts : Texts
        The language.

    Returns
    -------
    str
        In short; ``docs/financing.md`` has the whole.
    """
    return texts(f"financing.rests.{financing.rule.kind if isinstance(financing, Agreement) else 'who'}")


def _price(price_dkk: float, texts: Texts) -> str:
    """A price as in a price list, to the nearest ten kroner."""
    digits = 0 if math.isfinite(price_dkk) and abs(price_dkk) < 1000 else -1
    return texts.number(round(price_dkk, digits) if math.isfinite(price_dkk) else price_dkk)


def _carried(rule: Takst | Abonnement, texts: Texts) -> str:
    """What becomes of a surplus or deficit."""
    if not rule.carried_share:
        return texts("financing.carried.not")
    return texts.counted("financing.carried.after", rule.accounts_after)
