"""When it turns: rules found again where they were put, roots where the sign changes, and regret by hand."""

from pathlib import Path

import numpy as np
import pytest
from small_doubts import SMALL, small

from sim.doubt import explore, worth
from sim.doubt.plays import ask
from sim.doubt.regret import Empty, Tip, regret_from, why_empty
from sim.doubt.rules import discover_rule
from sim.doubt.turning import one_by_one
from sim.scenario import read_scenario, with_values

PRICED = """
name: priced
horizon_years: 2
demand: {need_per_year: 30, awareness: {start: 1, ramp_up_years: 0}}
doubt: {parameters: {acceptance.base: plausible, economics.place_price: {uniform: {low: 300, high: 9000}}}}
economics: {place_price: 5500}
designs:
  - {name: places, kind: national, sites: [AAR], places: 5}
  - {name: elsewhere, kind: external}
"""


@pytest.mark.unit
def test_a_rule_is_found_again() -> None:
    values = np.random.default_rng(1).random((1000, 5))
    is_true = (values[:, 1] < 0.3) & (values[:, 3] > 0.5)
    rule = discover_rule(values, ("a", "b", "c", "d", "e"), is_true)
    assert rule is not None
    found = {condition.parameter: condition for condition in rule.conditions}
    assert set(found) == {"b", "d"}
    assert found["b"].is_below
    assert found["b"].value == pytest.approx(0.3, abs=0.02)
    assert not found["d"].is_below
    assert found["d"].value == pytest.approx(0.5, abs=0.02)
    assert rule.true_inside > 0.95
    assert rule.true_outside < 0.02


@pytest.mark.unit
@pytest.mark.parametrize("share", [0.0, 0.01, 1.0])
def test_what_is_nearly_always_so_needs_no_rule(share: float) -> None:
    values = np.random.default_rng(1).random((500, 2))
    assert discover_rule(values, ("a", "b"), values[:, 0] < share) is None


@pytest.mark.theory
def test_chance_makes_few_rules() -> None:
    # 40 sets of draws that no parameter tells anything of: a rule passes in about one in forty.
    found = 0
    for seed in range(40):
        generator = np.random.default_rng(seed)
        found += (
            discover_rule(generator.random((256, 10)), tuple("abcdefghij"), generator.random(256) < 0.3) is not None
        )
    assert found <= 4


@pytest.mark.unit
def test_the_root_is_where_the_sign_changes() -> None:
    question = ask(read_scenario(PRICED), replications=10, seed=2)
    measure = "cost_per_admitted"
    found = one_by_one(question, [measure], replications=20, cores=1)
    (turn,) = [one for one in found.turns if one.parameter == "economics.place_price"]
    for value, sign in ((turn.value * 0.9, turn.lower), (turn.value * 1.1, turn.higher)):
        moved = with_values(question.scenario, {"economics.place_price": value})
        own = one_by_one(question._replace(scenario=moved), [measure], replications=20, cores=1)
        assert np.sign(own.stated[measure, turn.pair]) == sign


@pytest.mark.unit
def test_swings_are_longest_first_and_go_through_what_is_stated() -> None:
    question = ask(small(), replications=5, seed=2)
    found = one_by_one(question, ["admitted_per_year"], replications=20, cores=2)
    own = [swing for swing in found.swings if swing.of == "many"]
    assert [swing.parameter for swing in own] == ["acceptance.base", "demand.found_share"]
    assert own[0].low < own[0].stated < own[0].high
    assert own[0].stated == found.stated["admitted_per_year", "many"]


@pytest.mark.unit
def test_money_moves_no_woman() -> None:
    found = explore(read_scenario(PRICED), draws=16, replications=2, seed=1, cores=1)
    assert found.features("admitted_per_year", "places") == [0]
    assert found.features("cost_per_year", "places") == [0, 1]


@pytest.mark.unit
def test_regret_by_hand() -> None:
    values = {"low": {"a": 10.0, "b": 8.0, "c": 9.0}, "high": {"a": 10.0, "b": 20.0, "c": 15.0}}
    found = regret_from(values, 1, {"low": 20.0, "high": 60.0})
    assert found.regrets == {"low": {"a": 0.0, "b": 2.0, "c": 1.0}, "high": {"a": 10.0, "b": 0.0, "c": 5.0}}
    assert found.largest == {"a": 10.0, "b": 2.0, "c": 5.0}
    assert found.least == "b"
    assert found.tips == (Tip(("low", "high"), ("a", "b"), pytest.approx(20 + 40 * 2 / 12)),)
    assert regret_from(values, -1, {"low": 20.0, "high": 60.0}).least == "a"
    assert regret_from(values, 1, {"low": 20.0}).tips == ()


@pytest.mark.unit
def test_designs_without_a_value_are_not_compared() -> None:
    found = regret_from({"low": {"a": 1.0, "b": float("nan")}, "high": {"a": 2.0, "b": 3.0}}, 1, {"low": 1, "high": 2})
    assert found.least == "a"
    assert "b" not in found.largest


@pytest.mark.unit
def test_views_that_run_in_a_circle_are_empty() -> None:
    scenario = small()
    assert why_empty(scenario, "need_muni_16") is None
    assert why_empty(scenario, "visited_res_2017") is None
    assert why_empty(scenario, "res_drug_21") == Empty("circular", "acceptance_base")
    assert why_empty(scenario, "need_83_sbst2024") == Empty("circular", "acceptance_base")
    nobody = with_values(scenario, {"demand.offered_share.municipal": 0})
    assert why_empty(nobody, "visited_res_2017") == Empty("impossible")


@pytest.mark.unit
def test_more_places_are_better_in_all_draws(tmp_path: Path) -> None:
    found = explore(small(), draws=32, replications=10, seed=1, folder=tmp_path, cores=1)
    pair = found.pair("admitted_per_year", "many", "few")
    assert pair.better_in is not None
    assert pair.better_in + pair.same_in == 1.0
    assert pair.turned == ()
    assert found.rule("admitted_per_year", "many", "few") is None
    assert worth(found).everything == pytest.approx(0.0, abs=1e-9)
    assert found.pairs_frame(["admitted_per_year"])["pair"].tolist() == [
        "many - few",
        "elsewhere - few",
        "elsewhere - many",
    ]


@pytest.mark.unit
def test_designs_that_are_the_same() -> None:
    text = SMALL + "  - {name: again, kind: national, sites: [AAR], places: 4}\n"
    found = explore(
        read_scenario(text + "doubt: {parameters: {acceptance.base: plausible}}\n"), draws=8, replications=3, cores=1
    )
    pair = found.pair("admitted_per_year", "again", "few")
    assert (pair.same_in, pair.better_in, pair.split.mean) == (1.0, 0.0, 0.0)
