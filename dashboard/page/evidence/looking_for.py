"""A field for words to look for, which stand in the link."""

from functools import partial

import streamlit as st

from dashboard.ask.file_names import one_spelling
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain
from dashboard.widgets.session import change_state, current_state, current_texts
from sim.personal_numbers import holds_personal_number

_LONGEST = 100


def render_looking_for(label: str, *, name: str, key: Key, placeholder: str = "") -> str:
    """Draw a field for words."""
    written = str(current_state().choice(name, ""))
    st.session_state[key] = written
    st.text_input(
        plain(label), key=key, placeholder=placeholder, max_chars=_LONGEST, on_change=partial(_keep, name, key)
    )
    refusal = st.session_state[Key.TYPED].get(key)
    if refusal:
        st.error(plain(refusal[1]))
    return written


def _keep(name: str, key: Key) -> None:
    written = "".join(letter for letter in one_spelling(st.session_state[key]) if letter.isprintable())
    st.session_state[Key.TYPED].pop(key, None)
    if holds_personal_number(written):
        st.session_state[Key.TYPED][key] = ("", current_texts()("common.typed.personal"))
        return
    change_state(lambda state: state.with_choice(name, written))
