"""The funnel of published numbers: each on its step, what contradicts what, and what may not check what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.data import read_table
from calibration.evidence import (
    STEPS,
    FunnelRow,
    circular_pairs,
    circular_parameters,
    find_contradictions,
    funnel_table,
    load_evidence,
    load_funnel,
    load_parameter_sources,
    same_women,
)
from sim.scenario import load_views

ROLES = {"estimate", "repeat", "derived", "part", "single", "share", "about"}
IDS = sorted(load_evidence())


@pytest.mark.unit
def test_every_row_of_women_is_on_a_step() -> None:
    funnel = load_funnel()
    assert len(funnel) == len(read_table("funnel"))
    for row in load_evidence().values():
        if "women" in row.unit or row.unit == "children/year":
            assert row.id in funnel, row.id


@pytest.mark.unit
def test_steps_roles_and_links_are_known() -> None:
    for row in load_funnel().values():
        assert row.step in STEPS
        assert row.role in ROLES
        assert set(row.made_from) <= set(load_evidence())
        if row.role in ("estimate", "derived"):
            assert row.definition
            assert row.from_year is not None
            assert row.to_year is not None
            assert row.from_year <= row.to_year


@pytest.mark.unit
def test_steps_agree_with_the_estimates_that_scenarios_can_name() -> None:
    shared = set(load_views()) & set(load_funnel())
    assert len(shared) == len(load_views()) - 1  # one end of a range has a name of its own
    for row_id in shared:
        assert load_funnel()[row_id].step == load_views()[row_id].step, row_id


@pytest.mark.unit
def test_numbers_are_women_a_year() -> None:
    rows = {row.row.id: row.women_per_year for row in funnel_table()}
    assert rows["need_sbst_80_100"] == (80.0, 100.0)
    assert rows["visited_res_2019"] == (8.0, 8.0)
    assert rows["syd_sum_low"] == pytest.approx((24 * 12 / 23, 35 * 12 / 23))
    assert "visited_res_sbst_8" not in rows
    assert "need_83_resume" not in rows


@pytest.mark.unit
def test_nobody_publishes_how_many_are_found_offered_or_accept() -> None:
    steps = [row.step for row in funnel_table()]
    assert set(steps) == {"wider", "need", "admitted"}
    assert steps == sorted(steps, key=STEPS.index)


@pytest.mark.unit
def test_what_contradicts_what() -> None:
    found = {(pair.kind, *sorted((pair.one.row.id, pair.other.row.id))) for pair in find_contradictions()}
    assert {pair[1:] for pair in found if pair[0] == "same"} == {
        ("need_muni_16", "need_muni_30"),
        ("need_83_r25", "need_muni_16"),
        ("need_83_r25", "need_muni_30"),
    }
    assert {pair[1:] for pair in found if pair[0] == "period"} == {
        ("need_cowi_2019_19_51", later)
        for later in ("need_dr_2022_80", "need_dr_2023_70_80", "need_dr_proposal_80", "need_sbst_80_100")
    }
    assert ("definition", "need_83_sbst2024", "visited_res_2019") in found
    assert ("definition", "need_muni_16", "need_sbst_80_100") in found
    agreeing = ("need_dr_2023_70_80", "need_sbst_80_100")  # both hold 80
    assert not [pair for pair in found if pair[1:] == agreeing]
    nearly = ("need_83_r25", "need_dr_2023_70_80")  # 83 and 80: one in thirty
    assert not [pair for pair in found if pair[1:] == nearly]


def judged(low: float, high: float, *years: int, definition: str = "judged_need", step: str = "need") -> FunnelRow:
    row = load_funnel()["need_sbst_80_100"]
    number = row.row._replace(value=None, low=low, high=high)
    return row._replace(row=number, from_year=years[0], to_year=years[-1], definition=definition, step=step)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (judged(10, 20, 2020), judged(30, 40, 2020), "same"),
        (judged(10, 20, 2018, 2020), judged(30, 40, 2020, 2022), "same"),
        (judged(10, 20, 2020), judged(30, 40, 2021), "period"),
        (judged(10, 20, 2020, step="admitted"), judged(30, 40, 2021, step="admitted"), None),
        (judged(10, 20, 2020), judged(30, 40, 2021, definition="other"), "definition"),
        (judged(10, 20, 2020), judged(30, 40, 2022, definition="other"), None),
        (judged(10, 20, 2020), judged(20, 40, 2020), None),
        (judged(10, 91, 2020), judged(100, 110, 2020), None),
        (judged(10, 89, 2020), judged(100, 110, 2020), "same"),
        (judged(10, 20, 2020), judged(30, 40, 2020, step="admitted"), None),
    ],
)
def test_contradictions_by_hand(one: FunnelRow, other: FunnelRow, kind: str | None) -> None:
    for pair in ((one, other), (other, one)):
        assert [found.kind for found in find_contradictions(pair)] == ([kind] if kind else [])


@pytest.mark.unit
def test_acceptance_may_not_be_checked_against_what_bounded_it() -> None:
    for row_id in ("visited_res_2017", "visited_res_2019", "visited_any_2018", "res_drug_21", "need_83_sbst2024"):
        assert "acceptance_base" in circular_parameters([row_id]), row_id
    through = circular_parameters(["visited_res_2018"])["acceptance_base"].through
    assert through == "share_res_of_known"
    assert circular_parameters(["need_83_sbst2024"])["need_per_year"].through == "need_muni_16"
    assert "need_per_year" not in circular_parameters(["res_drug_21"])
    assert "need_per_year" not in circular_parameters(["visited_res_2019"])


@pytest.mark.unit
def test_every_row_a_parameter_rests_on_is_circular_for_it() -> None:
    pairs = {(pair.row_id, pair.parameter): pair.through for pair in circular_pairs()}
    for name, source in load_parameter_sources().items():
        for row_id in source.used:
            assert pairs[row_id, name] == row_id


@pytest.mark.law
@given(one=st.sampled_from(IDS), other=st.sampled_from(IDS))
def test_counting_the_same_women_goes_both_ways(one: str, other: str) -> None:
    assert one in same_women(one)
    assert (other in same_women(one)) == (one in same_women(other))
