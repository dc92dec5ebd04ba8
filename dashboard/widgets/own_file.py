"""A scenario file of one's own: the last one given is on screen, and it is said which file the numbers are from."""

from typing import NamedTuple

import streamlit as st

from dashboard.file_names import one_spelling, personal_faults
from dashboard.question import Question, own_question, scenario_of
from dashboard.texts import Texts
from dashboard.widgets.keys import Key
from dashboard.widgets.session import ask, current_draft, current_state, keep_fault
from sim.faults import shown_text
from sim.scenario import ScenarioError, read_scenario


class Opened(NamedTuple):
    """What came of the files that were given."""

    before: Question  # what was asked before any file
    name: str = ""  # of the last file that could be used; empty if none could
    own: str = ""  # what it says, as in a question
    refused: str = ""  # name of the file given since that could not be used; empty if there is none
    taken_out: Question | None = None  # what was asked when the file was taken out of the field; None if it is there


def render_own_file(texts: Texts) -> None:
    """Draw the field for a file, and say which file the numbers are from."""
    key = st.session_state.setdefault(Key.OWN_FIELD, Key.OWN.value)
    st.file_uploader(
        texts("plan.base.upload"),
        type=["yaml", "yml"],
        key=key,
        help=texts("plan.base.upload_help"),
        max_upload_size=1,
        on_change=_take,
        args=(key,),
    )
    said = about_opened(texts)
    if said:
        st.caption(said)


def about_opened(texts: Texts) -> str:
    """Say which file the numbers are from."""
    opened: Opened | None = st.session_state.get(Key.OPENED)
    if opened is None or opened.taken_out is not None:
        return ""
    is_on_screen = bool(opened.own) and current_draft().own == opened.own
    if not opened.refused:
        return texts("plan.own_file.used", name=_quoted(opened.name)) if is_on_screen else ""
    if not is_on_screen:
        return texts("plan.own_file.refused", name=_quoted(opened.refused))
    return texts("plan.own_file.refused_since", name=_quoted(opened.refused), used=_quoted(opened.name))


def _take(key: str) -> None:
    """Open the file that was given; without one, go back to where one began."""
    session = st.session_state
    session[Key.MOVED], session[Key.TAKEN] = Key.OWN, _given(key)
    opened: Opened = session.get(Key.OPENED) or Opened(current_state().question)
    is_on_screen = bool(opened.own) and current_draft().own == opened.own
    file = session[key]
    if file is None:
        session[Key.OPENED] = opened._replace(refused="", taken_out=current_state().question) if is_on_screen else None
        ask(opened.before if is_on_screen else current_state().question)
        return
    last = opened
    if not is_on_screen:
        opened = Opened(current_state().question)
    name = one_spelling(file.name)
    try:
        refused = personal_faults(name)
        if refused:
            session[Key.OWN_FIELD] = f"{key}+"  # the field shows the name, so it is emptied
            name = ""
            raise ScenarioError(refused)
        question = own_question(read_scenario(file.getvalue(), name))
        scenario_of(question)
    except ScenarioError as error:
        if (
            name and name == last.name and last.taken_out is not None
        ):  # given again: the browser takes the old out first
            opened = last._replace(taken_out=None)
            ask(last.taken_out)
        session[Key.OPENED] = opened._replace(refused=name)
        session[Key.DRAFT] = current_state().question
        keep_fault(error)
        return
    session[Key.OPENED] = Opened(opened.before, name, question.own)
    ask(question)


def is_being_taken() -> bool:
    """Whether a file has just been given or taken away: what else a browser says with it is of before."""
    session = st.session_state
    key = session.get(Key.OWN_FIELD, Key.OWN.value)
    return bool(session.get(Key.MOVED) == Key.OWN or _given(key) != session.get(Key.TAKEN))


def _given(key: str) -> str | None:
    """The number that Streamlit gives to the file in the field."""
    file = st.session_state.get(key)
    return None if file is None else str(file.file_id)


def _quoted(name: str) -> str:
    """A name as it stands, whatever marks of Markdown are in it."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>~$" else one for one in shown_text(name))
