"""Sizing: how many places a design needs for a target, or can have for a budget.

Takes a scenario and a target such as ``admitted_within_14_days >= 0.9``. Gives, for each design, the fewest places pool
by pool with the probability that the number is the right one, what a little more or less would do, and the textbook's
number beside it. Leaves out doubt about the assumptions: chance alone is weighed here.
"""

from sim.sizing.all_designs import Sizing, ViewSized, size
from sim.sizing.change import Curve, Point
from sim.sizing.sized import Sized
from sim.sizing.target import ALIASES, SizingTarget, read_budget, read_target

__all__ = [
    "ALIASES",
    "Curve",
    "Point",
    "Sized",
    "Sizing",
    "SizingTarget",
    "ViewSized",
    "read_budget",
    "read_target",
    "size",
]
