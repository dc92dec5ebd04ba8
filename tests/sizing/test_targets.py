"""Targets and budgets as a planner writes them."""

import pytest

from sim.experiment.measured import MEASURE_NUMBER
from sim.scenario import ScenarioError
from sim.sizing import ALIASES, SizingTarget, read_budget, read_target

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("admitted_within_14_days >= 0.9", SizingTarget("admitted_within_14_days", ">=", 0.9)),
        ("admitted_within_14_days>=90%", SizingTarget("admitted_within_14_days", ">=", 0.9)),
        ("refused_share ≤ 1 %", SizingTarget("refused_share", "<=", 0.01)),
        ("accepted_not_admitted_share <= 1e-2", SizingTarget("refused_share", "<=", 0.01)),
        ("wait_days <= 7", SizingTarget("wait_days_mean", "<=", 7)),
    ],
)
def test_a_target_is_read(text: str, target: SizingTarget) -> None:
    assert read_target(text) == target


def test_a_target_is_written_as_it_is_read() -> None:
    assert str(read_target("refused_share<=1%")) == "refused_share <= 0.01"


@pytest.mark.parametrize("text", ["cost_per_year <= 40e6", "cost <= 40_000_000", "40e6"])
def test_a_budget_is_read(text: str) -> None:
    assert read_budget(text) == SizingTarget("cost_per_year", "<=", 40e6)


def test_other_names_stand_for_measures_and_hide_none() -> None:
    assert set(ALIASES.values()) <= set(MEASURE_NUMBER)
    assert not set(ALIASES) & set(MEASURE_NUMBER)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("admitted", 'a measure, >= or <=, and a number; got .* Write it as "admitted_within_14_days >= 0.9"'),
        ("refused_shar <= 0.1", "the name of a measure; got .*Did you mean refused_share"),
        ("refused_share >= 0.1", 'more places bring nearer.*Write it as "refused_share <= 0.1"'),
        ("refused_share <= 10", "a share from 0 to 1; got '10'"),
        ("cost_per_year <= 4e7", "Give a limit on cost as --budget"),
    ],
)
def test_what_is_no_target_is_told(text: str, match: str) -> None:
    with pytest.raises(ScenarioError, match=match):
        read_target(text)


@pytest.mark.parametrize("text", ["refused_share <= 0.1", "cost_per_year >= 4e7"])
def test_what_is_no_budget_is_told(text: str) -> None:
    with pytest.raises(ScenarioError, match="at most so many kroner"):
        read_budget(text)
