"""The ends of the assumptions' ranges, played when somebody asks for them."""

import streamlit as st

from dashboard.answer.long_answers import long_cores, recall_long
from dashboard.widgets.keys import Key
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_state
from sim.findings import Sensitivity, play_ends
from sim.scenario import Scenario, scenario_hash
from sim.texts import Texts

REPLICATIONS = 100
"""Played at each end: there are a hundred of these."""


def ask_to_try(texts: Texts) -> None:
    """Let the ends be asked for, of what is on screen now."""
    st.button(texts("compare.try"), key=Key.TRY_ENDS, help=texts("compare.try_help"), on_click=_try)


def _try() -> None:
    st.session_state[Key.TRIED] = current_state().question


def tried_ends(scenario: Scenario, texts: Texts) -> Sensitivity | None:
    """Give what was played at the ends of a scenario, if it was asked for."""
    if st.session_state.get(Key.TRIED) != current_state().question:
        return None
    with told_progress(texts, "compare") as tell:
        found: Sensitivity = recall_long(
            ("ends", scenario_hash(scenario)),
            lambda: play_ends(scenario, replications=REPLICATIONS, cores=long_cores(), on_progress=tell)[0],
            lambda: tell(0, 1),
        )
    return found
