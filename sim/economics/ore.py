"""Øre: amounts as whole numbers of øre, shared out without losing one.

A float holds whole numbers exactly up to 2**53, which is 90 thousand billion kroner in øre. Sums of whole øre are
therefore exact in any order: payers add up to the total, pools to the design and years to the horizon.
"""

from sim.scenario import PayerShares

ORE_PER_KRONE = 100.0


def cuts_of(payers: PayerShares) -> tuple[float, float]:
    """Say where an amount is cut."""
    whole = payers.municipality + payers.region + payers.state
    both = 1.0 if payers.state == 0 else (payers.municipality + payers.region) / whole
    return payers.municipality / whole, both
