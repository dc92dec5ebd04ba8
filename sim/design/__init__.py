"""Supply: from the words of a design to a plan that can be played.

Takes a scenario and its designs. Gives, for each, its pools written out in full and a `Plan`: the same as arrays, in
days and pool numbers, with travel and the probability that a woman of each municipality accepts each pool. Leaves out
what happens: that is play.
"""

from sim.cohort import scenario_minutes
from sim.design.build import BuiltDesign, build_designs, offered_share_of
from sim.design.plan import NO_LIMIT, Plan
from sim.design.pools import write_out_pools

__all__ = [
    "NO_LIMIT",
    "BuiltDesign",
    "Plan",
    "build_designs",
    "offered_share_of",
    "scenario_minutes",
    "write_out_pools",
]
