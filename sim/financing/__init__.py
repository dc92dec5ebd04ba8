"""Financing: who pays what a design's places cost, municipality by municipality, in whole øre.

Takes a ledger, its money and the financing of a design. Gives each municipality's bill by year, what regions and state
pay, the account of each cooperation with its price of a day and what is carried forward, and the state's refund of
expensive single cases. Leaves out what places cost: that is `sim.economics`; and over replications: `sim.looks`.
The rules and their sources: ``docs/financing.md``.
"""

from sim.financing.accounts import Account, keep_account, tariff_of
from sim.financing.bills import Bills, bill_design, financing_of, join_bills
from sim.financing.cooperations import Cooperation, cooperations_of, key_weights
from sim.financing.days import days_of_stays, month_starts
from sim.financing.refund import refund_amounts, refund_of
from sim.financing.sentences import rests_on, rule_sentence
from sim.financing.sharing import share_out

__all__ = [
    "Account",
    "Bills",
    "Cooperation",
    "bill_design",
    "cooperations_of",
    "days_of_stays",
    "financing_of",
    "join_bills",
    "keep_account",
    "key_weights",
    "month_starts",
    "refund_amounts",
    "refund_of",
    "rests_on",
    "rule_sentence",
    "share_out",
    "tariff_of",
]
