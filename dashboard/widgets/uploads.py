"""A field for files that is empty again once they are taken: another never comes in place of one that is there."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain


def render_upload(
    label: str, endings: Sequence[str], key: Key, take: Callable[[Sequence[UploadedFile]], None], **more: Any
) -> None:
    """Draw a field for files."""
    session = st.session_state
    number = session.setdefault(Key.UPLOADS, 0)
    field = f"{key}:{number}"

    def take_given() -> None:
        given = session[field]
        if given:
            session[Key.UPLOADS] = number + 1
            take(given if isinstance(given, list) else [given])

    st.file_uploader(plain(label), list(endings), key=field, on_change=take_given, **more)
