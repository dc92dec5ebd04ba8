"""Doubt: what the answer comes to whichever assumptions are right.

Takes a scenario, and what is unsure in it. Gives, over draws of the assumptions, the spread that chance and the
assumptions give each measure, which design is better and how often, what decides it and when it turns, and what it
would be worth to know. Leaves out how likely the views of need are: they stay apart.
"""

from sim.doubt.explored import Explored, Pair
from sim.doubt.exploring import explore
from sim.doubt.knowing import Knowing, worth_of_knowing
from sim.doubt.told import explored_as_json
from sim.doubt.trial import TrialWorth, worth_of_trial
from sim.doubt.unsure import Held, Unsure, find_unsure
from sim.doubt.worth import worth

__all__ = [
    "Explored",
    "Held",
    "Knowing",
    "Pair",
    "TrialWorth",
    "Unsure",
    "explore",
    "explored_as_json",
    "find_unsure",
    "worth",
    "worth_of_knowing",
    "worth_of_trial",
]
