"""Answers that only one page asks for: under every estimate of need, and one possible future."""

from collections.abc import Mapping

import streamlit as st

from dashboard.answers import shared_answers
from dashboard.widgets.cached import tell_progress
from sim.experiment import Results
from sim.looks import trace_replication
from sim.looks.bed_board import BedBoard, bed_board_rows
from sim.looks.futures import Futures, choose_replications
from sim.scenario import Scenario, ScenarioError, scenario_hash
from sim.texts import Texts

FUTURES = 100
"""How many possible futures are looked through for a typical, a good and a bad one."""

WHAT_IS_GOOD = "admitted_share_of_accepted"
"""Measure by which a future is called good or bad."""

ALWAYS_KNOWN = "admitted_per_year"
"""Measure in its place where it has no value in any future."""


def cached_under_estimates(scenarios: Mapping[str, Scenario], texts: Texts) -> dict[str, Results]:
    """Answer a scenario under every estimate of need, showing how far it has come."""
    place, results = st.empty(), {}
    tell = tell_progress(place, texts)
    for number, (view, scenario) in enumerate(scenarios.items()):

        def tell_of_all(done: int, most: int, number: int = number) -> None:
            tell(number * most + done, len(scenarios) * most)

        results[view] = shared_answers().results(scenario, tell_of_all)
    place.empty()
    return results


def cached_futures(scenario: Scenario, design: str) -> Futures:
    """Find a typical, a good and a bad future of a design."""
    answers = shared_answers()

    def by(measure: str) -> Futures:
        return choose_replications(
            scenario, design=design, measure=measure, replications=FUTURES, memory=answers.memory
        )

    def find() -> Futures:
        try:
            return by(WHAT_IS_GOOD)
        except ScenarioError:  # nobody says yes in any of them
            return by(ALWAYS_KNOWN)

    found: Futures = answers.recall(("futures", design, scenario_hash(scenario)), find)
    return found


def cached_board(scenario: Scenario, design: str, replication: int) -> BedBoard:
    """Lay out one possible future of a design, place by place."""

    def lay_out() -> BedBoard:
        return bed_board_rows(trace_replication(scenario, design=design, replication=replication, engine="kernel"))

    board: BedBoard = shared_answers().recall(("board", design, replication, scenario_hash(scenario)), lay_out)
    return board
