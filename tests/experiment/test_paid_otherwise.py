"""A design in several financings is played once, and comes to what it would alone."""

from typing import Any

import numpy as np
import pytest
from small_runs import PLACES, small, values_of

from sim.design import build_designs
from sim.experiment import ENGINES, Memory, play
from sim.experiment.memory import Keys
from sim.looks.bills import bill_scenario
from sim.scenario import Scenario, with_values

FINANCINGS: tuple[Any, ...] = (
    "state",
    "objektiv",
    "solidarisk",
    {"objektiv": {"key": "births"}},
    {"delt": {"takst_share": 0}},
    {"abonnement": {"bought_share": 1}},
    "municipal",
    "takst",
    {"takst": {"mean_of_years": 2}},
)


def in_several_financings() -> Scenario:
    designs = [
        {"name": f"d{number}", "kind": "shared", "places": PLACES, "financing": financing}
        for number, financing in enumerate(FINANCINGS)
    ]
    return small(designs=designs, replications=5)


@pytest.fixture
def plays(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The offered share of every play, as they are played."""
    played: list[float] = []

    def engine(plan: Any, women: Any, marks: Any) -> Any:
        played.append(plan.offered_share)
        return ENGINES["kernel"](plan, women, marks)

    monkeypatch.setattr(play, "ENGINES", {"kernel": engine})
    return played


@pytest.mark.unit
def test_designs_that_offer_alike_are_played_once(plays: list[float]) -> None:
    scenario = in_several_financings()
    values_of(scenario, 5)
    assert sorted(plays) == [0.5, 0.95]
    plays.clear()
    bill_scenario(scenario, replications=5, cores=1)
    assert sorted(plays) == [0.5, 0.95]


@pytest.mark.unit
def test_they_come_to_what_each_would_alone() -> None:
    scenario = in_several_financings()
    together = values_of(scenario, 5)
    for number, design in enumerate(scenario.designs):
        (alone,) = values_of(scenario.model_copy(update={"designs": (design,)}), 5)
        np.testing.assert_array_equal(alone, together[number])


@pytest.mark.unit
def test_another_price_or_payer_is_played_from_memory(plays: list[float]) -> None:
    scenario, memory = small(replications=5), Memory()
    bill_scenario(scenario, replications=5, cores=1, memory=memory)
    assert len(plays) == len(scenario.designs)
    for changes in (
        {"economics.financing": "objektiv"},
        {"economics.place_price": 4000},
        {"designs.as-today.external": {"price": 9000, "financing": "municipal"}},
    ):
        bill_scenario(with_values(scenario, changes), replications=5, cores=1, memory=memory)
    assert len(plays) == len(scenario.designs)
    bill_scenario(with_values(scenario, {"economics.financing": "takst"}), replications=5, cores=1, memory=memory)
    assert len(plays) == len(scenario.designs) + 2


@pytest.mark.unit
@pytest.mark.parametrize(
    "changes",
    [
        {"designs.regional.places.nordjylland": 2},
        {"designs.regional.financing": "takst"},
        {"demand.offered_share": 0.7},
        {"acceptance.base": 0.5},
        {"travel.detour": 1.4},
        {"seed": 8},
    ],
)
def test_what_is_played_otherwise_has_another_key(changes: dict[str, Any]) -> None:
    scenario = small()
    other = with_values(scenario, changes)
    assert Keys(scenario).plays[0] != Keys(other).plays[0]
    assert len(build_designs(other)) == len(Keys(other).plays)
