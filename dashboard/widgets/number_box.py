"""Boxes for numbers: typed with either decimal sign, written back with the language's, refused beside the box.

The browser's own boxes for numbers follow the machine's language, not the page's, and the mouse wheel turns them.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import streamlit as st

from dashboard.ask.typed_numbers import read_number, write_number
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain
from sim.personal_numbers import holds_personal_number
from sim.texts import Texts

_LONGEST = 40


class NumberBox(NamedTuple):
    """A box for a number."""

    label: str  # of the box
    key: str  # of the widget
    help_text: str = ""  # more about it
    is_beside: bool = False  # whether it stands beside another widget that shows its label
    parts: tuple[str, ...] = ()  # keys of what is drawn again; empty for the whole page


def render_number_box(box: NumberBox, number: float, take: Callable[[float], str], texts: Texts) -> None:
    """Draw a box for a number."""
    key = box.key
    typed, refusal = st.session_state[Key.TYPED].get(key, (write_number(number, texts), ""))
    st.session_state[key] = typed
    st.text_input(
        plain(box.label),
        key=key,
        max_chars=_LONGEST,
        help=plain(box.help_text) or None,
        label_visibility="collapsed" if box.is_beside else "visible",
        on_change=partial(_take, box, take, texts),
        width=88 if box.is_beside else 140,
        autocomplete="off",
    )
    if refusal:
        st.error(plain(refusal))


def render_whole_box(
    box: NumberBox, number: int, take: Callable[[int], None], texts: Texts, *, most: int, least: int = 0
) -> None:
    """Draw a box for a whole number."""

    def take_whole(typed: float) -> str:
        if not isinstance(typed, int) or not least <= typed <= most:
            return texts("common.typed.whole", low=texts.number(least), high=texts.number(most))
        take(typed)
        return ""

    render_number_box(box, number, take_whole, texts)


def _take(box: NumberBox, take: Callable[[float], str], texts: Texts) -> None:
    """Take what is in a box; what cannot be used stays in it, with the reason, and nothing else changes."""
    typed: str = st.session_state[box.key]
    refusals = st.session_state[Key.TYPED]
    refusals.pop(box.key, None)
    if typed.strip():  # else the number comes back
        number = read_number(typed, texts)
        refusal = texts("common.typed.no_number") if number is None else take(number)
        if refusal:
            refusals[box.key] = ("" if holds_personal_number(typed) else typed, refusal)
    if box.parts:
        st.rerun(box.parts)
