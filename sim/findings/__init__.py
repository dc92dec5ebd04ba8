"""What may be called a finding: the one source of what `run` and the page Compare say of differences.

Takes results, and where the ends of the assumptions' ranges were played, these. Gives a verdict on each difference
between two designs, and its sentence in either language. A difference is a finding if it is larger than what the
scenario says must be passed (`measures.least_difference`) and goes the same way at both ends of the plausible range of
every assumption, one at a time. Leaves out what to do about it.
"""

from sim.findings.ends import RangeEnd, RangeEnds, ends_of
from sim.findings.fields import (
    ACCESS,
    BUDGET,
    FIELD_MEASURES,
    count_places,
    equal_measure,
    unequal_designs,
    volume_measures,
)
from sim.findings.near_far import NEAR_FAR_MEASURES, near_and_far
from sim.findings.sensitivity import Played, Sensitivity, load_sensitivity, play_ends, save_sensitivity
from sim.findings.sentences import (
    MOST_NAMED,
    tell,
    tell_field,
    tell_unequal,
    write_difference,
    write_number,
    write_value,
)
from sim.findings.verdicts import Verdict, VerdictKind, judge, judge_all

__all__ = [
    "ACCESS",
    "BUDGET",
    "FIELD_MEASURES",
    "MOST_NAMED",
    "NEAR_FAR_MEASURES",
    "Played",
    "RangeEnd",
    "RangeEnds",
    "Sensitivity",
    "Verdict",
    "VerdictKind",
    "count_places",
    "ends_of",
    "equal_measure",
    "judge",
    "judge_all",
    "load_sensitivity",
    "near_and_far",
    "play_ends",
    "save_sensitivity",
    "tell",
    "tell_field",
    "tell_unequal",
    "unequal_designs",
    "volume_measures",
    "write_difference",
    "write_number",
    "write_value",
]
