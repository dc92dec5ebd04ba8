"""A field for words to look for, which stand in the link."""

from functools import partial

import streamlit as st

from dashboard.widgets.keys import Key
from dashboard.widgets.session import change_state, current_state

_LONGEST = 100


def render_looking_for(label: str, *, name: str, key: Key, placeholder: str = "") -> str:
    """Draw a field for words.

    Parameters
    ----------
    label : str
        Of the field.
    name : str
        Of the words in the link.
    key : Key
        Of the widget.
    placeholder : str
        An example.

    Returns
    -------
    str
        What is written.
    """
    written = str(current_state().choice(name, ""))
    st.session_state[key] = written
    st.text_input(label, key=key, placeholder=placeholder, max_chars=_LONGEST, on_change=partial(_keep, name, key))
    return written


def _keep(name: str, key: Key) -> None:
    written = "".join(letter for letter in st.session_state[key] if letter.isprintable())
    change_state(lambda state: state.with_choice(name, written))
