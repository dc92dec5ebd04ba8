"""Choices of a page: each stands in the link, so that it is the same in another browser."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.answer.estimates import ALL_IN_ORDER
from dashboard.say.measure_words import measure_label
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain
from dashboard.widgets.session import change_state, current_state
from sim.scenario import Scenario
from sim.texts import Texts, design_label


def chosen(name: str, options: Sequence[str]) -> str:
    """Look up what was chosen."""
    choice = str(current_state().choice(name, options[0]))
    return choice if choice in options else options[0]


def render_choice(
    label: str, options: Sequence[str], *, name: str, key: Key | str, format_func: Callable[[str], str]
) -> str:
    """Draw a choice among many."""
    choice = chosen(name, options)
    st.session_state[key] = choice
    st.selectbox(plain(label), options, format_func=format_func, key=key, on_change=partial(_choose, name, key))
    return choice


def render_choice_of_measure(label: str, *, name: str, key: Key | str, texts: Texts) -> str:
    """Draw a choice among all measures."""
    return render_choice(
        label, ALL_IN_ORDER, name=name, key=key, format_func=lambda measure: measure_label(measure, texts)
    )


def render_few(
    label: str, options: Sequence[str], *, name: str, key: Key | str, format_func: Callable[[str], str]
) -> str:
    """Draw a choice among few, side by side."""
    choice = chosen(name, options)
    st.session_state[key] = choice
    st.segmented_control(
        plain(label),
        options,
        format_func=lambda option: plain(format_func(option)),
        key=key,
        required=True,
        on_change=partial(_choose, name, key),
    )
    return choice


def render_choice_of_design(label: str, scenario: Scenario, *, name: str, key: Key, texts: Texts) -> str:
    """Draw a choice among the designs of a scenario."""
    designs = [design.name for design in scenario.designs]
    return render_few(label, designs, name=name, key=key, format_func=lambda design: design_label(design, texts))


def render_few_words(words: Sequence[str], key_of_texts: str, *, name: str, key: Key, texts: Texts) -> str:
    """Draw a choice among few words, whose label and names stand together in the texts."""
    label = texts(f"{key_of_texts}.label")
    return render_few(label, words, name=name, key=key, format_func=lambda word: texts(f"{key_of_texts}.{word}"))


def _choose(name: str, key: Key | str) -> None:
    choice = st.session_state[key]
    if choice is not None:
        change_state(lambda state: state.with_choice(name, choice))
