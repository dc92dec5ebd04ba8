"""What surrounds every page: its look, its language, and what the browser is told about both."""

from functools import lru_cache
from importlib import resources

import streamlit as st

from dashboard.widgets.keys import Key
from dashboard.widgets.session import change_state, room_theme
from sim.texts import LANGUAGES, Texts

_WORDS = ("primary", "text", "muted", "grid", "axis", "surface", "background")
_TELL_BROWSER = "<script>document.documentElement.lang = '{language}';</script>"
# Streamlit leaves out what the address says when its user turns to another page, and has the server write it again: two
# steps in the browser's history for one. Kept in the address, it is one.
_KEEP_ADDRESS = """<script>
window.dpPush ||= history.pushState.bind(history);
history.pushState = (state, title, url) => {
  const to = new URL(url, location);
  if (to.pathname !== location.pathname && !to.search) to.search = location.search;
  window.dpPush(state, title, to);
};
</script>"""


@lru_cache(maxsize=1)
def _look() -> str:
    return (resources.files("dashboard.frame") / "look.css").read_text(encoding="utf-8")


def render_frame(texts: Texts) -> None:
    """Draw the look and the choice of language."""
    look = room_theme()
    colors = "".join(f"--dp-{word}: {getattr(look, word)};" for word in _WORDS)
    words = f"--dp-choose-file: '{texts('common.choose_file')}';"
    style = f"<style>:root {{{colors}{words}}}{_look()}</style>"
    st.html(style + _TELL_BROWSER.format(language=texts.language) + _KEEP_ADDRESS, unsafe_allow_javascript=True)
    st.session_state[Key.LANGUAGE] = texts.language
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            texts("common.language.label"),
            LANGUAGES,
            format_func=lambda language: texts(f"common.language.{language}"),
            key=Key.LANGUAGE,
            label_visibility="collapsed",
            required=True,
            on_change=_choose_language,
        )


def _choose_language() -> None:
    language = st.session_state[Key.LANGUAGE]
    if language in LANGUAGES:
        change_state(lambda state: state._replace(language=language))
