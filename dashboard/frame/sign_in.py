"""Signing in, where whoever runs the server has configured it."""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from dashboard.widgets.keys import Key
from sim.texts import Texts


def demand_sign_in(texts: Texts) -> None:
    """Let nobody further who has not signed in, if signing in is configured."""
    if not _is_configured():
        return
    if getattr(st.user, "is_logged_in", False):  # not there where the server knows of no signing in
        with st.sidebar:
            st.button(texts("common.sign_in.out"), key=Key.SIGN_OUT, on_click=st.logout, type="tertiary")
        return
    st.title(texts("common.app.title"))
    st.write(texts("common.sign_in.why"))
    st.button(texts("common.sign_in.in"), key=Key.SIGN_IN, on_click=st.login, type="primary")
    st.stop()


def _is_configured() -> bool:
    """Whether the server's secrets have a section on signing in."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False
