"""Near and far: regional and shared beside each other, for both ends of what distance may do."""

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.say.number_table import build_number_table
from dashboard.widgets.session import current_scenario
from sim.findings import NEAR_FAR_MEASURES
from sim.texts import Texts, design_label


def render_near_and_far(texts: Texts) -> None:
    """Draw the table, where regional and shared meet."""
    found = shared_answers().near_and_far(current_scenario())
    if found is None:
        return
    first = next(iter(found.values()))
    columns = {
        texts("compare.with_k", design=design_label(name, texts), k=texts.plain(decay)): results.designs[name]
        for name in first.designs
        for decay, results in found.items()
    }
    st.header(texts("compare.near_and_far"))
    st.markdown(texts("compare.near_and_far_intro"))
    both = first._replace(designs=columns, differences={})
    st.html(build_number_table(both, None, texts, since="", measures=NEAR_FAR_MEASURES))
