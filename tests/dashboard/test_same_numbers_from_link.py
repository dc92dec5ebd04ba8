"""The dashboard joins file, sweep, table and values: a link has the same hash and the same numbers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.answer.answers import Answers
from dashboard.ask.question import Question, scenario_of, with_changes
from dashboard.ask.state import State, read_link, write_link
from sim.cli import main
from sim.scenario import find_scenario, load_scenario, scenario_hash, scenario_text, with_values

CHANGES = {"demand.need_per_year": 40, "acceptance.base": 0.35, "designs.regional.places.nordjylland": 2}


@pytest.mark.e2e
def test_what_is_on_screen_is_what_the_command_line_says(tmp_path: Path) -> None:
    state = State(
        question=with_changes(Question("today-regions", replications=60), CHANGES)._replace(off=("external",))
    )
    asked = scenario_of(read_link(write_link(state)).question)
    file = tmp_path / "from-the-dashboard.yaml"
    file.write_text(scenario_text(asked), encoding="utf-8")
    printed = CliRunner().invoke(main, ["run", str(file), "--json"])
    assert printed.exit_code == 0, printed.output
    shown = json.dumps(Answers().results(asked).as_json(), ensure_ascii=False, allow_nan=False)
    assert json.loads(printed.stdout) == json.loads(shown)


@pytest.mark.unit
def test_a_link_has_the_hash_of_the_same_changes_by_values() -> None:
    question = with_changes(Question("today-regions", replications=60), CHANGES)
    wanted = with_values(load_scenario(find_scenario("today-regions")), CHANGES | {"replications": 60})
    assert scenario_hash(scenario_of(read_link(write_link(State(question=question))).question)) == scenario_hash(wanted)
