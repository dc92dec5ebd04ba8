"""The session: the state as one user sees it now, how it changes, and the link that follows it.

The state is the truth; widgets are set from it and change it through callbacks. What is asked while it cannot be
answered is the draft: it is what the controls show, and the last state that could be answered stays on screen.
"""

from collections import deque
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.ask.question import Question, scenario_of
from dashboard.ask.state import LinkError, State, read_link, write_link
from dashboard.draw.theme import DARK, LIGHT, Theme
from dashboard.widgets.keys import Key
from sim.scenario import Scenario, ScenarioError
from sim.texts import Texts, load_texts

MOST_STEPS_BACK = 50
"""Steps that can be undone."""

_MOST_LINKS = 100


def begin_session() -> None:
    """Take the state from the link, unless this session wrote the link itself and nobody went back to it."""
    session = st.session_state
    parameters = dict(st.query_params)
    link = parameters.get("s", "")
    before: State | None = session.get(Key.STATE)
    if before is not None and not _went_back() and (not link or link in session[Key.LINKS]):
        return
    try:
        state = read_link(parameters)
        session[Key.NOTICE] = None
    except LinkError as error:
        state = before or read_link({"lang": parameters.get("lang", "")})
        session[Key.NOTICE] = error
    if before is not None and before.question != state.question:
        session[Key.HISTORY].append(before.question)
    session[Key.STATE] = state
    session[Key.DRAFT] = state.question
    session[Key.FAULT] = None
    session.setdefault(Key.HISTORY, deque(maxlen=MOST_STEPS_BACK))
    session[Key.TYPED] = {}
    session.setdefault(Key.LINKS, deque(maxlen=_MOST_LINKS)).append(link)


def _went_back() -> bool:
    """Whether the user went back or forward: what an address says that was left long ago is meant then."""
    run = get_script_run_ctx(suppress_warning=True)
    return run is not None and bool(getattr(run, "is_history_navigation", False))


def current_state() -> State:
    """Give the state of this session."""
    state: State = st.session_state[Key.STATE]
    return state


def current_texts() -> Texts:
    """Give the texts of the language that is spoken."""
    return load_texts(current_state().language)


def current_theme() -> Theme:
    """Give the colours of the room the user sits in; designs have theirs by their place in the scenario on screen."""
    names = (design.name for design in scenario_of(current_state().question._replace(off=())).designs)
    return room_theme()._replace(order=tuple(names))


def room_theme() -> Theme:
    """Give the colours of the room for what is not about the scenario on screen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def current_draft() -> Question:
    """Give what the controls show."""
    draft: Question = st.session_state[Key.DRAFT]
    return draft


def current_fault() -> ScenarioError | None:
    """Give what keeps the draft from being answered."""
    fault: ScenarioError | None = st.session_state[Key.FAULT]
    return fault


def current_notice() -> LinkError | None:
    """Give what is to be said of the link."""
    notice: LinkError | None = st.session_state.get(Key.NOT_IN_LINK) or st.session_state[Key.NOTICE]
    return notice


def current_scenario() -> Scenario:
    """Give the scenario that is on screen."""
    return scenario_of(current_state().question)


def change_state(change: Callable[[State], State]) -> None:
    """Change the state, but for its question."""
    st.session_state[Key.STATE] = change(current_state())


def ask(question: Question, *, is_step: bool = True) -> bool:
    """Ask something else."""
    session = st.session_state
    session[Key.DRAFT] = question
    try:
        scenario_of(question)
    except ScenarioError as error:
        session[Key.FAULT] = error
        return False
    session[Key.FAULT] = None
    session[Key.TYPED].clear()
    before = current_state()
    if question != before.question:
        if is_step:
            session[Key.HISTORY].append(before.question)
        session[Key.STATE] = before._replace(question=question)
        session[Key.NOTICE] = None
    return True


def undo() -> None:
    """Take back the last step; one that could not be answered, or a number that could not be used, first."""
    session = st.session_state
    if session[Key.FAULT] is not None or session[Key.TYPED]:
        ask(current_state().question, is_step=False)
    elif session[Key.HISTORY]:
        ask(session[Key.HISTORY].pop(), is_step=False)


def can_undo() -> bool:
    """Tell whether there is a step to take back."""
    session = st.session_state
    return bool(session[Key.HISTORY] or session[Key.TYPED]) or session[Key.FAULT] is not None


def follow_link() -> None:
    """Write the state into the address, so that it can be copied."""
    state, session = current_state(), st.session_state
    try:
        parameters = write_link(state)
        session[Key.NOT_IN_LINK] = None
    except LinkError as error:
        session[Key.NOT_IN_LINK] = error
        parameters = write_link(State(language=state.language))
    link = parameters.get("s", "")
    if link not in session[Key.LINKS]:
        session[Key.LINKS].append(link)
    if dict(st.query_params) != parameters:
        st.query_params.from_dict(parameters)
