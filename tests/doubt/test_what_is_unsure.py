"""The word `doubt`, and what it makes unsure."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_doubts import SMALL, small

from sim.doubt import find_unsure
from sim.doubt.unsure import DRAWS, Unsure, changes_of, n_features, values_at
from sim.scenario import (
    ScenarioError,
    find_scenario,
    load_parameters,
    load_scenario,
    read_scenario,
    scenario_from,
    scenario_hash,
    scenario_text,
    scenario_values,
    with_values,
)


def changes_at(unsure: tuple[Unsure, ...], point: Any) -> dict[str, Any]:
    return changes_of(unsure, values_at(unsure, point))


def middle(scenario_doubt: str) -> dict[str, object]:
    unsure, _ = find_unsure(small(scenario_doubt))
    return changes_at(unsure, np.full(n_features(unsure), 0.5))


@pytest.mark.unit
def test_every_parameter_with_a_range_but_need() -> None:
    baseline = load_scenario(find_scenario("baseline"))
    unsure, held = find_unsure(baseline)
    names = [one.name for one in unsure]
    assert "acceptance.base" in names
    assert "demand.need_per_year" not in names
    assert not held
    for one in unsure:
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.high


@pytest.mark.unit
def test_ends_are_those_of_the_table_and_the_middle_is_the_scenario() -> None:
    unsure, _ = find_unsure(load_scenario(find_scenario("baseline")))
    base = next(one for one in unsure if one.name == "acceptance.base")
    row = load_parameters()["acceptance_base"]
    assert (base.low, base.high) == pytest.approx((row.low, row.high))
    assert base.at(np.array([0.5])) == pytest.approx(0.4)


@pytest.mark.unit
def test_a_number_of_the_scenarios_own_is_its_median() -> None:
    unsure, _ = find_unsure(with_values(small(""), {"acceptance.base": 0.3}))
    assert next(one for one in unsure if one.name == "acceptance.base").at(np.array([0.5])) == pytest.approx(0.3)


@pytest.mark.unit
def test_a_number_outside_its_range_is_held() -> None:
    _, held = find_unsure(with_values(small(""), {"acceptance.base": 0.9}))
    assert ("acceptance.base", "outside") in held


@pytest.mark.unit
def test_one_parameter_is_the_same_in_all_designs() -> None:
    unsure, _ = find_unsure(small(""))
    own = next(one for one in unsure if one.name == "designs.*.turnaround_days")
    assert own.paths == ("designs.few.turnaround_days", "designs.many.turnaround_days")
    assert len(set(own.changes(own.at(np.array([0.3]))).values())) == 1


@pytest.mark.unit
def test_households_are_shares_of_one() -> None:
    unsure, _ = find_unsure(small(""))
    changes = changes_at(unsure, np.random.default_rng(1).random(n_features(unsure)))
    assert sum(
        float(changes[f"demand.household.{word}"]) for word in ("alone", "partner", "children")
    ) == pytest.approx(1)


@pytest.mark.unit
def test_shape_and_scale_of_leaving_go_together() -> None:
    unsure, _ = find_unsure(small(""))
    own = [one for one in unsure if one.name.startswith("stay.early_leaving_days")]
    assert len(own) == 1
    low, high = (own[0].changes(own[0].at(np.array([share]))) for share in (0.05, 0.95))
    assert list(low.values()) == pytest.approx([326, 0.43], rel=1e-3)
    assert list(high.values()) == pytest.approx([4510, 0.50], rel=1e-3)


@pytest.mark.unit
def test_patience_and_stays_are_moved_as_wholes() -> None:
    unsure, _ = find_unsure(small(""))
    patience = next(one for one in unsure if one.name == "waiting.patience_days")
    assert patience.changes(0.05) == {"waiting.patience_days.exponential.mean": pytest.approx(-1 / np.log(0.95))}
    stay = next(one for one in unsure if one.name == "stay.days")
    assert stay.changes(137.0) == {
        "stay.days.uniform.low": pytest.approx(91.5),
        "stay.days.uniform.high": pytest.approx(182.5),
    }


@pytest.mark.law
@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_every_corner_can_be_played(share: float) -> None:
    for scenario in (small(""), load_scenario(find_scenario("baseline"))):
        unsure, _ = find_unsure(scenario)
        with_values(scenario, changes_at(unsure, np.full(n_features(unsure), share)))


@pytest.mark.unit
def test_only_those_named_and_ones_own_distributions() -> None:
    own = (
        "doubt: {parameters: {acceptance.base: {triangular: {low: 0.1, mode: 0.2, high: 0.3}}, "
        "seed: {low: 1, high: 9}, economics.capital.per_place: {low: 1e6, high: 3e6}}}\n"
    )
    unsure, _ = find_unsure(small(own))
    assert {one.name for one in unsure} == {"acceptance.base", "seed", "economics.capital.per_place"}
    capital = next(one for one in unsure if one.name == "economics.capital.per_place")
    assert (capital.low, capital.high) == pytest.approx((1e6, 3e6))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("known", "gone"), [("economics", "economics.discount_rate"), ("acceptance.base", "acceptance.base")]
)
def test_what_is_known_is_held(known: str, gone: str) -> None:
    unsure, held = find_unsure(small(f"doubt: {{known: [{known}]}}\n"))
    assert gone not in {one.name for one in unsure}
    assert (gone, "known") in held


@pytest.mark.unit
def test_draws_keep_together(tmp_path: Path) -> None:
    (tmp_path / "draws.csv").write_text("acceptance.base,demand.found_share\n0.2,0.9\n0.3,0.8\n0.4,0.7\n")
    scenario = read_scenario(SMALL + "doubt: {draws: draws.csv, known: all}\n", folder=tmp_path)
    unsure, _ = find_unsure(scenario)
    assert [one.name for one in unsure] == [DRAWS]
    pairs = {tuple(changes_at(unsure, np.array([share])).values()) for share in np.linspace(0, 1, 50)}
    assert pairs == {(0.2, 0.9), (0.3, 0.8), (0.4, 0.7)}
    assert read_scenario(scenario_text(scenario)) == scenario


@pytest.mark.unit
def test_draws_take_the_place_of_ranges_and_the_rest_stays_unsure() -> None:
    unsure, _ = find_unsure(small("doubt: {draws: {acceptance.base: [0.2, 0.3]}}\n"))
    names = [one.name for one in unsure]
    assert "acceptance.base" not in names
    assert names[-1] == DRAWS
    assert "demand.found_share" in names


@pytest.mark.unit
def test_rows_of_other_views_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(
        "demand.view,acceptance.base\nneed_muni_16,0.2\nneed_muni_30,0.3\nneed_muni_16,0.4\n"
    )
    text = SMALL.replace("need_per_year: 40", "view: need_muni_16") + "doubt: {draws: d.csv}\n"
    scenario = read_scenario(text, folder=tmp_path)
    assert scenario.doubt is not None
    assert scenario.doubt.draws == {"acceptance.base": (0.2, 0.4)}


@pytest.mark.unit
def test_nothing_unsure_is_written_as_nothing_unsure() -> None:
    nothing = small("doubt: {parameters: {}}")
    assert scenario_from(scenario_values(nothing)) == nothing


@pytest.mark.unit
def test_hashes_from_before_the_word_stand() -> None:
    assert "doubt" not in scenario_values(small(""))
    assert scenario_hash(load_scenario(find_scenario("baseline"))) == scenario_hash(
        load_scenario(find_scenario("baseline")).model_copy(update={"doubt": None})
    )
    assert scenario_hash(small()) != scenario_hash(small(""))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("doubt", "said"),
    [
        ("{parameters: {acceptance.bas: plausible}}", "Did you mean acceptance.base"),
        ("{parameters: {demand.regional_shares: plausible}}", "a number of the scenario with a plausible range"),
        ("{parameters: {acceptance.base: {low: 3, high: 1}}}", "low below high"),
        ("{parameters: {acceptance.base: certain}}", "a distribution, one of"),
        ("{known: all}", "at least one number that is unsure"),
        ("{draws: {acceptance.base: [0.2, 0.3], demand.found_share: [1]}}", "the same number of draws"),
        ("{draws: draws.csv}", "no file where there is no scenario file"),
        ("{unsure: all}", "a known word"),
    ],
)
def test_what_cannot_be_is_said(doubt: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        find_unsure(small(f"doubt: {doubt}\n"))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "which is not there"),
        ("../up.csv", None, "own folder"),
        ("d.csv", "acceptance.base\nmany\n0.2\n", "a number"),
    ],
)
def test_what_is_wrong_with_a_table_of_draws(tmp_path: Path, name: str, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(ScenarioError, match=said):
        read_scenario(SMALL + f"doubt: {{draws: {name}}}\n", folder=tmp_path)
