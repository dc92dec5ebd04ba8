"""Fields: designs with other numbers of places, checked as any other, and the scenarios they stand for."""

import pytest

from sim.experiment.memory import Keys
from sim.runnable import check_scenario
from sim.scenario import (
    ScenarioError,
    fields_of,
    in_field,
    read_scenario,
    scenario_hash,
    scenario_text,
)

PLAIN = """\
name: three
designs:
  - {name: regional, kind: regional}
  - {name: flexible, kind: regional, places: {hovedstaden: 6}, flexible: {max_places: {hovedstaden: 9}, lead_days: 14}}
  - {name: two, kind: pools, pools: [{id: a, site: AAR, places: 9}, {id: b, site: HVI, places: 8}]}
  - {name: nation, kind: national, places: 12}
"""
FIELDS = """\
fields:
  access:
    target: 0.72
    designs:
      regional: {places: {hovedstaden: 10}}
      flexible: {flexible: {max_places: {hovedstaden: 12}}}
      two: {pools: {b: {places: 5}}}
      nation: {places: 20}
  budget: {target: 30e6, designs: {regional: {places: {hovedstaden: 5}}}}
"""
SCENARIO = read_scenario(PLAIN + FIELDS)


@pytest.mark.unit
def test_fields_come_in_their_order_and_places_last() -> None:
    assert fields_of(SCENARIO) == ("access", "budget", "places")
    assert fields_of(read_scenario(PLAIN)) == ("places",)


@pytest.mark.unit
def test_words_are_laid_over_the_design_and_all_else_stays() -> None:
    own, sized = SCENARIO.designs, in_field(SCENARIO, "access").designs
    assert sized[0].places == own[0].places | {"hovedstaden": 10}  # type: ignore[union-attr]
    assert sized[1].flexible.max_places == own[1].flexible.max_places | {"hovedstaden": 12}  # type: ignore[union-attr]
    assert sized[1].flexible.lead_days == 14  # type: ignore[union-attr]
    assert [pool.places for pool in sized[2].pools] == [9, 5]  # type: ignore[union-attr]
    assert sized[3].places == {"ODE": 20}  # type: ignore[union-attr]
    assert in_field(SCENARIO, "budget").designs[1:] == own[1:]


@pytest.mark.unit
def test_a_scenario_in_a_field_is_an_ordinary_one() -> None:
    plain = read_scenario(PLAIN)
    assert in_field(SCENARIO, "places") == plain
    assert in_field(plain, "places") is plain
    access = in_field(SCENARIO, "access")
    assert (access.name, access.fields) == ("three-access", None)
    assert Keys(in_field(SCENARIO, "budget")).designs[1:] == Keys(plain).designs[1:] == Keys(SCENARIO).designs[1:]


@pytest.mark.unit
def test_fields_are_written_as_they_were_said() -> None:
    assert read_scenario(scenario_text(SCENARIO)) == SCENARIO
    assert "fields" not in scenario_text(read_scenario(PLAIN))
    assert scenario_hash(SCENARIO) != scenario_hash(read_scenario(PLAIN))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("hovedstaden: 10", "hovedstaden: -1", r"line 11, fields.access.designs.regional.places.hovedstaden: a whole"),
        ("hovedstaden: 12", "hovedstaden: 3", r"fields.access.designs.flexible.*: at least the places always open, 6"),
        ("{b: {places: 5}}", "{c: {places: 5}}", r"fields.access.designs.two.pools: a list"),
        ("nation: {", "natoin: {", r"fields.access.designs.natoin: a design: .* Did you mean nation\?"),
        ("{places: 20}", "{kind: local}", r"designs.nation.kind: words of the design that may differ, .* Remove it."),
        ("{places: 20}", "{plces: 20}", r"designs.nation.plces: a known word: .* Did you mean places\?"),
        ("{places: 20}", "20", r"fields.access.designs.nation: words with values, such as|a mapping"),
        ("budget:", "budgt:", r"fields.budgt: a known word: access, budget; .* Did you mean budget\?"),
        ("0.72", "72", r"fields.access.target: a number from 0 to 1; got 72. Write 0.72 for 72 %."),
    ],
)
def test_what_is_wrong_in_a_field_is_said_where_it_stands(was: str, now: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        read_scenario(PLAIN + FIELDS.replace(was, now))


@pytest.mark.unit
def test_a_field_that_is_not_there_is_told() -> None:
    with pytest.raises(ScenarioError, match=r"one of access, budget, places; got acces. Did you mean access\?"):
        in_field(SCENARIO, "acces")
    with pytest.raises(ScenarioError, match=r"one of places; got budget. Say with fields:"):
        in_field(read_scenario(PLAIN), "budget")


@pytest.mark.unit
def test_the_measure_of_access_must_be_one() -> None:
    with pytest.raises(ScenarioError, match=r"fields.access.of: the name of a measure; got admitted_within_15_days"):
        check_scenario(read_scenario(PLAIN + FIELDS.replace("0.72", "0.72\n    of: admitted_within_15_days")))


@pytest.mark.unit
def test_what_must_be_passed_is_the_default_unless_said() -> None:
    own = read_scenario(f"{PLAIN}measures: {{least_difference: {{admitted_per_year: 3}}}}\n").measures
    assert (own.least("admitted_per_year"), own.least("cost_per_year")) == (3, 1e6)
    assert own.least("referrals_per_year") is None
    with pytest.raises(ScenarioError, match="a measure by which designs are judged"):
        read_scenario(f"{PLAIN}measures: {{least_difference: {{referrals_per_year: 3}}}}\n")
