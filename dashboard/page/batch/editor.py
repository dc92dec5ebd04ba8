"""The editor of a scenario file: a name, a text, and a check when it is saved."""

import streamlit as st

from dashboard.batches.desk import Desk
from dashboard.batches.files import add_text
from dashboard.batches.reading import Reading
from dashboard.batches.tables import build_fault_table
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list
from dashboard.widgets.plain import plain
from sim.texts import Texts

_LONGEST_NAME = 100
_LONGEST_TEXT = 200_000
_HEIGHT = 420


def open_editor(name: str, text: str) -> None:
    """Open a file in the editor; to be called from a callback."""
    session = st.session_state
    session[Key.EDITED], session[Key.EDITOR_NAME], session[Key.EDITOR_TEXT] = name, name, text


def render_editor(desk: Desk, reading: Reading, texts: Texts) -> None:
    """Draw the editor, if a file is open in it, and what is wrong with the file as it was saved."""
    name = st.session_state.get(Key.EDITED)
    if name is None:
        return
    is_new = name not in desk.files.contents
    with st.form("editor", enter_to_submit=False):
        st.subheader(
            plain(texts("batch.editor.new") if is_new else texts("batch.editor.heading", name=name)), anchor=False
        )
        st.text_input(texts("batch.editor.name"), key=Key.EDITOR_NAME, max_chars=_LONGEST_NAME, persist_state="session")
        st.text_area(
            texts("batch.editor.text"),
            key=Key.EDITOR_TEXT,
            height=_HEIGHT,
            max_chars=_LONGEST_TEXT,
            help=texts("batch.editor.text_help"),
            persist_state="session",
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                texts("batch.editor.save"), key=Key.EDITOR_SAVE, on_click=_save, args=(desk,), type="primary"
            )
            st.form_submit_button(texts("batch.editor.close"), key=Key.EDITOR_CLOSE, on_click=_close)
        faults = reading.faults_of(name)
        if faults:
            render_list(build_fault_table(faults, texts, about=name))
        elif not is_new:
            st.caption(texts("batch.editor.sound"))


def _save(desk: Desk) -> None:
    """Take the text as the file; what is wrong with it is told below, and the editor stays open for it."""
    session = st.session_state
    name = session[Key.EDITOR_NAME].strip()
    desk.files, faults = add_text(desk.files, name, session[Key.EDITOR_TEXT])
    session[Key.EDITOR_FAULT] = faults
    if not faults:
        session[Key.EDITED] = name


def _close() -> None:
    st.session_state[Key.EDITED] = None
