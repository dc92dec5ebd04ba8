"""A parameter is not fitted to the number it was derived from."""

from pathlib import Path
from typing import Any

import pytest
from small_fits import a_question

from calibration.evidence import Circular
from sim.scenario import ScenarioError

pytestmark = pytest.mark.unit

PATH = "acceptance.base"
TARGET: dict[str, Any] = {"measure": "admitted_per_year", "value": 21}


@pytest.mark.parametrize(
    ("source", "prior", "through"),
    [
        ("res_drug_21", {"uniform": {"low": 0.1, "high": 0.9}}, ["res_drug_21"]),
        ("visited_res_2019", "stated", ["share_res_of_known"]),
        ("reg_1460", "stated", []),
    ],
)
def test_what_is_not_independent_is_said(tmp_path: Path, source: str, prior: Any, through: list[str]) -> None:
    question = a_question(tmp_path, targets=[TARGET | {"source": source}], free={PATH: prior})
    assert question.circles == tuple(Circular(source, "acceptance_base", row_id) for row_id in through)


def test_a_circle_is_refused_and_said(tmp_path: Path) -> None:
    message = "a target that the range of acceptance_base was not taken from; got res_drug_21. Leave it out, or write"
    with pytest.raises(ScenarioError, match=message):
        a_question(tmp_path, targets=[TARGET | {"source": "res_drug_21"}], free={PATH: "stated"})


def test_a_need_that_was_taken_from_the_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="a target that the need was not taken from; got visited_res_2019"):
        a_question(
            tmp_path,
            scenario="view-municipal-visits-2019",
            design="existing",
            targets=[TARGET | {"source": "visited_res_2019"}],
            free={PATH: {"uniform": {"low": 0.1, "high": 0.9}}},
        )
