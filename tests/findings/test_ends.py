"""Ends of ranges: one assumption at a time, at either end of its range, in whatever words the scenario says it."""

import math

import pytest

from sim.findings import ends_of
from sim.findings.ends import RangeEnd
from sim.scenario import Scenario, load_parameters, read_scenario, scenario_values, with_values

SCENARIO = read_scenario("""\
name: ends
designs:
  - {name: regional, kind: regional}
  - {name: as-today, kind: external}
""")


def end_of(parameter: str, side: str, scenario: Scenario = SCENARIO) -> RangeEnd:
    (found,) = (end for end in ends_of(scenario).ends if (end.parameter, end.side) == (parameter, side))
    return found


@pytest.mark.unit
def test_each_end_changes_one_assumption() -> None:
    found = ends_of(SCENARIO)
    assert found.not_tried == ()
    own = scenario_values(SCENARIO)
    for end in found.ends:
        changed = scenario_values(end.scenario)
        assert {word for word in own if changed[word] != own[word]} <= {"demand", "acceptance", "waiting", "stay",
                                                                        "designs", "economics", "measures"}  # fmt: skip
        assert end.value in {getattr(load_parameters()[end.parameter], side) for side in ("low", "high")}
        assert end.scenario != SCENARIO


@pytest.mark.unit
def test_an_assumption_is_put_into_the_word_the_scenario_has_for_it() -> None:
    assert end_of("acceptance_base", "low").scenario.acceptance.base == 0.1
    assert end_of("turnaround_days", "high").scenario.designs[0].turnaround_days == 14  # type: ignore[union-attr]
    assert end_of("external_after_days", "low").scenario.designs[1].external.after_days == 14  # type: ignore[union-attr]
    patience = end_of("patience_daily_loss", "high").scenario.waiting.patience_days
    assert patience.mean == pytest.approx(-1 / math.log1p(-0.05))  # type: ignore[union-attr]
    stay = end_of("stay_after_birth", "low").scenario.stay.days
    assert (stay.low + stay.high) / 2 == pytest.approx(183)  # type: ignore[union-attr]
    leaving = end_of("early_leaving_scale", "high").scenario.stay.early_leaving_days
    assert (leaving.shape, leaving.scale) == (0.5, 4510)  # type: ignore[union-attr]
    household = end_of("household_alone", "high").scenario.demand.household
    assert household.alone == 0.6
    assert household.partner / household.children == pytest.approx(0.35 / 0.2)


@pytest.mark.unit
def test_where_the_scenario_is_at_an_end_already_it_is_not_played_again() -> None:
    assert [end.side for end in ends_of(SCENARIO).ends if end.parameter == "found_share"] == [
        "low"
    ]  # 1 is the high one


@pytest.mark.unit
def test_an_assumption_on_designs_that_are_not_there_is_left_out() -> None:
    tried = {end.parameter for end in ends_of(SCENARIO).ends}
    assert "lead_days" not in tried  # nothing is flexible


@pytest.mark.unit
def test_an_assumption_said_in_other_words_is_told() -> None:
    other = with_values(SCENARIO, {"waiting.patience_days": "none", "economics.place_price": "ordinary"})
    assert ends_of(other).not_tried == ("patience_daily_loss", "place_day_specialised")


@pytest.mark.unit
def test_a_need_from_a_view_is_tried_as_a_number() -> None:
    viewed = with_values(SCENARIO, {"demand.view": "need_muni_16"})
    assert [end.scenario.demand.need_per_year for end in ends_of(viewed).ends if end.parameter == "need_per_year"] == [
        16,
        100,
    ]
