"""A scenario file of one's own: the last one given is on screen, and it is said which file the numbers are from."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.ask.file_names import one_spelling, personal_faults
from dashboard.ask.question import Question, own_question, scenario_of
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain
from dashboard.widgets.session import ask, current_draft, current_fault, current_state
from dashboard.widgets.uploads import render_upload
from sim.faults import shown_text
from sim.scenario import ScenarioError, read_scenario
from sim.texts import Texts


class Opened(NamedTuple):
    """A file the numbers could be taken from."""

    before: Question  # what was asked before any file
    name: str  # of the file
    own: str  # what it says, as in a question


class Refused(NamedTuple):
    """A file that could not be used."""

    name: str  # of the file; empty if it is not to be shown
    fault: ScenarioError  # what is wrong with it


def render_own_file(texts: Texts) -> None:
    """Draw the field for a file, and say which file the numbers are from."""
    label, more = texts("plan.base.upload"), texts("plan.base.upload_help")
    render_upload(label, ("yaml", "yml"), Key.OWN, _take, help=more, max_upload_size=1)
    opened = _opened()
    said = about_refused(texts) or (texts("plan.own_file.used", name=shown_text(opened.name)) if opened else "")
    if said:
        st.caption(plain(said))
    if opened:
        st.button(
            texts("plan.own_file.take_out"),
            key=Key.TAKE_OUT,
            on_click=ask,
            args=(opened.before,),
            icon=":material/close:",
        )


def about_refused(texts: Texts) -> str:
    """Say which file could not be used, while what is wrong with it is shown, and which one the numbers are from."""
    refused: Refused | None = st.session_state.get(Key.REFUSED)
    if refused is None or refused.fault is not current_fault():
        return ""
    name, opened = shown_text(refused.name), _opened()
    if opened is None:
        return texts("plan.own_file.refused", name=name)
    return texts("plan.own_file.refused_since", name=name, used=shown_text(opened.name))


def _opened() -> Opened | None:
    """The file that the numbers are from, if they are from one that was given."""
    opened: Opened | None = st.session_state.get(Key.OPENED)
    return opened if opened and opened.own == current_draft().own else None


def _take(files: Sequence[UploadedFile]) -> None:
    """Open the file that was given; one that cannot be used leaves the numbers as they are."""
    session, opened, shown = st.session_state, _opened(), current_state().question
    name = one_spelling(files[0].name)
    personal = personal_faults(name)
    try:
        if personal:
            raise ScenarioError(personal)
        question = own_question(read_scenario(files[0].getvalue(), name))
        scenario_of(question)
    except ScenarioError as error:
        session[Key.REFUSED] = Refused("" if personal else name, error)
        session[Key.DRAFT], session[Key.FAULT] = shown, error
        return
    session[Key.OPENED] = Opened(opened.before if opened else shown, name, question.own)
    ask(question)
