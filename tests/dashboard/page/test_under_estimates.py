"""The same question under every estimate of need."""

import pandas as pd
import pytest

from dashboard.ask.question import Question, scenario_of, with_changes
from dashboard.draw.designs.whose_estimate import VIEW_COLUMNS
from dashboard.page.estimates.best_design import tell_best
from dashboard.page.estimates.under_estimates import under_every_estimate
from sim.cohort import funnel_of
from sim.scenario import load_views, scenario_values
from sim.texts import load_texts


@pytest.mark.unit
def test_every_estimate_is_asked_with_all_else_as_on_screen() -> None:
    question = with_changes(Question(replications=30), {"acceptance.base": 0.5, "demand.need_per_year": 40.0})
    scenarios, impossible = under_every_estimate(question)
    assert set(scenarios) == set(load_views())
    assert impossible == ()
    on_screen = scenario_values(scenario_of(question))
    for view, scenario in scenarios.items():
        words = scenario_values(scenario)
        assert words["demand"].pop("view") == view
        expected = {word: value for word, value in on_screen["demand"].items() if word != "need_per_year"}
        assert {word: value for word, value in words["demand"].items() if value is not None} == expected
        assert {**words, "demand": 0} == {**on_screen, "demand": 0}


@pytest.mark.unit
def test_estimates_stand_in_order_of_need() -> None:
    scenarios, _ = under_every_estimate(Question())
    needs = [funnel_of(scenario).need_per_year for scenario in scenarios.values()]
    assert needs == sorted(needs)
    assert all(scenario.replications == Question().replications for scenario in scenarios.values())


@pytest.mark.unit
def test_an_estimate_that_no_need_can_give_is_named() -> None:
    scenarios, impossible = under_every_estimate(with_changes(Question(), {"demand.offered_share.municipal": 0.0}))
    measured_later = {view.id for view in load_views().values() if view.step == "admitted"}
    assert set(impossible) == measured_later
    assert not measured_later & set(scenarios)


def frame(*rows: tuple[str, str, bool, bool]) -> pd.DataFrame:
    filled = [(view, 10.0, design, 5, 1.0, 0.9, 1.1, 0.5, 1.5, best, tied) for view, design, best, tied in rows]
    return pd.DataFrame(filled, columns=list(VIEW_COLUMNS))


@pytest.mark.unit
def test_the_sentences_say_who_is_best_where() -> None:
    told = tell_best(
        frame(
            ("low", "regional", True, False),
            ("low", "shared", False, True),
            ("middle", "regional", False, False),
            ("middle", "shared", True, False),
            ("high", "regional", False, False),
            ("high", "shared", True, False),
        ),
        load_texts("en"),
        measure="admitted_per_year",
    )
    assert told == (
        "“Shared” does best under 2 of 3 estimates: middle; high.",
        "“Regional” does best under 1 of 3 estimates: low.",
        "The lead over the next is not sure under these estimates: low.",
    )


@pytest.mark.unit
def test_one_that_is_best_everywhere_is_said_to_be() -> None:
    told = tell_best(
        frame(("low", "shared", True, False), ("low", "regional", False, False)),
        load_texts("da"),
        measure="admitted_per_year",
    )
    assert told == ("Modellen »Fælles« klarer sig bedst ved alle vurderinger.",)


@pytest.mark.unit
def test_a_measure_that_is_neither_good_nor_bad_has_no_best() -> None:
    told = tell_best(frame(("low", "shared", False, False)), load_texts("da"), measure="openings_per_year")
    assert len(told) == 1
    assert "hverken godt eller dårligt" in told[0]
