"""What we want, beside what was measured."""

from typing import Any, NamedTuple


class Goal(NamedTuple):
    """A bound on one number of the results, found by its path; `unit` follows the number."""

    name: str
    path: tuple[str, ...]
    is_at_least: bool
    bound: float
    unit: str


GOALS = (
    Goal("end to end, all designs, against our SimPy reference", ("five_regions", "simpy_to_one_core"), True, 100, "x"),
    Goal("the same, one design alone", ("same_queue", "ratios", "reference_to_ours"), True, 100, "x"),
    Goal(
        "end to end, one design, against Ciw on the same queue", ("same_queue", "ratios", "ciw_to_ours"), True, 200, "x"
    ),
    Goal("kernel alone, against the C program", ("same_queue", "ratios", "kernel_to_c"), False, 2, "x"),
    Goal("all designs, one changed", ("five_regions", "one_changed_seconds"), False, 1 / 3, "s"),
    Goal("more memory at many replications than at few", ("memory", "more_megabytes"), False, 100, "MB"),
    Goal("two cores, against one", ("cores", "times_as_fast"), True, 1.8, "x"),
    Goal("cold run, against imports alone", ("cold_start", "run_to_imports"), False, 4, "x"),
)


def judge(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Hold each goal against the median of what was measured; no verdict where nothing was."""
    return [_judge(goal, results) for goal in GOALS]


def _judge(goal: Goal, results: dict[str, Any]) -> dict[str, Any]:
    found: Any = results
    for word in goal.path:
        found = found.get(word) if isinstance(found, dict) else None
    measured = found["median"] if isinstance(found, dict) else found
    is_met = None if measured is None else measured >= goal.bound if goal.is_at_least else measured <= goal.bound
    return {
        "name": goal.name,
        "bound": f"{'at least' if goal.is_at_least else 'at most'} {goal.bound:.3g} {goal.unit}",
        "measured": measured,
        "unit": goal.unit,
        "is_met": is_met,
    }
