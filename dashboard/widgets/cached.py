"""Answers for the session on screen: with progress, and given up when something else is asked meanwhile."""

import time
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers import Moved, shared_answers
from dashboard.draw.designs.side_by_side import HEADLINES
from dashboard.widgets.keys import Key
from sim.experiment import Results
from sim.looks.catchments import Catchments
from sim.looks.over_time import OverTime
from sim.scenario import Scenario
from sim.texts import Texts

SHOW_AFTER_SECONDS = 0.6
"""Quick answers show no progress: it would only flicker [seconds]."""


def cached_results(scenario: Scenario, texts: Texts) -> Results:
    """Answer a scenario, showing how far it has come if that takes long."""
    place = st.empty()
    results = shared_answers().results(scenario, tell_progress(place, texts))
    place.empty()
    return results


def cached_moved(scenario: Scenario, since: Scenario, texts: Texts) -> Moved | None:
    """Say what moved between two scenarios, of the headline measures."""
    if scenario == since:
        return None
    place = st.empty()
    told = tell_progress(place, texts)
    moved = shared_answers().moved(scenario, since, measures=HEADLINES, on_progress=told)
    place.empty()
    return moved


def tell_progress(place: DeltaGenerator, texts: Texts) -> Callable[[int, int], None]:
    """Make what shows progress."""
    begin = time.monotonic()

    def tell(done: int, most: int) -> None:
        _ = st.session_state[Key.STATE]
        if time.monotonic() - begin > SHOW_AFTER_SECONDS:
            words = texts("plan.waiting_turn")
            if done:
                words = texts("plan.progress", done=texts.number(done), most=texts.number(most))
            place.progress(done / most, words)

    return tell


def cached_over_time(scenario: Scenario, design: str, texts: Texts) -> OverTime:
    """Follow the places of a design over time."""
    place = st.empty()
    over_time = shared_answers().over_time(scenario, design, tell_progress(place, texts))
    place.empty()
    return over_time


def cached_catchments(scenario: Scenario, design: str) -> Catchments:
    """Find which pools of a design serve which municipalities."""
    return shared_answers().catchments(scenario, design)


def cached_places(scenario: Scenario) -> dict[str, tuple[int, int]]:
    """Count the places of each design of a scenario."""
    return shared_answers().places(scenario)
