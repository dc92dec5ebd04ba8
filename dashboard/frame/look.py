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
# The server draws in the colours of the room, and is told when the room has become dark or light.
_FOLLOW_ROOM = """<script>
clearInterval(window.dpRoom);
window.dpRoom = setInterval(() => {
  const app = document.querySelector(".stApp"), own = document.querySelector(".dp-ground");
  if (!app || !own) return;
  const room = getComputedStyle(app).backgroundColor;
  if (room === getComputedStyle(own).backgroundColor) window.dpTold = "";
  else if (window.dpTold !== room) {
    window.dpTold = room;
    document.querySelector(".st-key-room button")?.click();
  }
}, 300);
</script>"""


# A chart is as wide as the screen made it: on paper it is made smaller as a whole, so that nothing of it is cut.
_FIT_PAPER = """<script>{
window.dpPaper?.abort();
window.dpPaper = new AbortController();
const paper = {signal: window.dpPaper.signal}, WIDE = 700;
const charts = () => document.querySelectorAll(".js-plotly-plot");
addEventListener("beforeprint", () => {
  document.documentElement.classList.toggle("dp-dark", !!document.querySelector(".dp-ground.dp-is-dark"));
  for (const chart of charts()) {
    const wide = chart.querySelector(".svg-container")?.offsetWidth || chart.offsetWidth;
    chart.style.zoom = Math.min(1, WIDE / wide);
  }
}, paper);
addEventListener("afterprint", () => { for (const chart of charts()) chart.style.zoom = ""; }, paper);
}</script>"""


@lru_cache(maxsize=1)
def _look() -> str:
    here = resources.files("dashboard.frame")
    return "".join((here / name).read_text(encoding="utf-8") for name in ("look.css", "paper.css"))


def render_frame(texts: Texts) -> None:
    """Draw the look and the choice of language."""
    look = room_theme()
    colors = "".join(f"--dp-{word}: {getattr(look, word)};" for word in _WORDS)
    words = f"--dp-choose-file: '{texts('common.choose_file')}';"
    style = f"<style>:root {{{colors}{words}}}{_look()}</style>"
    scripts = _TELL_BROWSER.format(language=texts.language) + _KEEP_ADDRESS + _FOLLOW_ROOM + _FIT_PAPER
    room = "dp-ground dp-is-dark" if look.is_dark else "dp-ground"
    st.html(f'{style}<i class="{room}" hidden></i>{scripts}', unsafe_allow_javascript=True)
    st.button(texts("common.room"), key=Key.ROOM)  # is pressed by the page itself
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
