"""A parameter is not fitted to the number it was derived from."""

from pathlib import Path
from typing import Any

import pytest
from small_fits import a_question

from calibration.from_totals.circularity import find_circles
from calibration.from_totals.points import stated_prior
from calibration.from_totals.question import Circle, Free
from sim.scenario import ScenarioError, Uniform

pytestmark = pytest.mark.unit

PATH = "acceptance.base"
TARGET: dict[str, Any] = {"measure": "admitted_per_year", "value": 21}


def acceptance(*, is_stated: bool) -> Free:
    prior = stated_prior(PATH, 0.4) if is_stated else Uniform(low=0.0, high=1.0)
    assert prior is not None
    return Free(PATH, prior)


@pytest.mark.parametrize(
    ("source", "is_stated", "circles"),
    [
        ("res_drug_21", True, (Circle("res_drug_21", "acceptance_base", True),)),
        ("res_drug_21", False, (Circle("res_drug_21", "acceptance_base", False),)),
        ("visited_res_2019", True, (Circle("visited_res_2019", "acceptance_base", False),)),
        ("reg_1460", True, ()),
    ],
)
def test_circles(source: str, is_stated: bool, circles: tuple[Circle, ...]) -> None:
    assert find_circles([source], [acceptance(is_stated=is_stated)]) == circles


def test_a_circle_is_refused_and_said(tmp_path: Path) -> None:
    message = "a target that the range of acceptance_base was not taken from; got res_drug_21. Leave it out, or write"
    with pytest.raises(ScenarioError, match=message):
        a_question(tmp_path, targets=[TARGET | {"source": "res_drug_21"}], free={PATH: "stated"})


def test_a_need_that_was_taken_from_the_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="a target that the need was not taken from; got visited_res_2019"):
        a_question(
            tmp_path,
            scenario="view-municipal-visits-2019",
            design="external",
            targets=[TARGET | {"source": "visited_res_2019"}],
            free={PATH: {"uniform": {"low": 0.1, "high": 0.9}}},
        )
