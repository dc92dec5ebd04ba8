"""Tables of words and lists, with their look, page by page."""

from functools import lru_cache, partial
from importlib import resources

import streamlit as st

from dashboard.widgets.number_box import NumberBox, render_whole_box
from dashboard.widgets.plain import plain
from sim.texts import Texts


def render_look() -> None:
    """Give the page the look of tables and lists; to be called once, before any."""
    st.html(f"<style>{_look()}</style>")


def render_list(content: str) -> None:
    """Draw a table or list."""
    st.html(content)


def render_pages(key: str, n_lines: int, per_page: int, texts: Texts) -> int:
    """Draw the choice of a page, where there are several."""
    pages = max(1, -(-n_lines // per_page))
    if pages == 1:
        return 0
    at = f"{key}:at"
    page = min(st.session_state.get(at, 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        box = NumberBox(texts("evidence.page.search.page"), key)
        render_whole_box(box, page, partial(_turn_to, at), texts, least=1, most=pages)
        said = texts("evidence.page.search.page_of", page=texts.number(page), pages=texts.number(pages))
        st.caption(plain(said))
    return (page - 1) * per_page


def _turn_to(at: str, page: int) -> None:
    st.session_state[at] = page


@lru_cache(maxsize=1)
def _look() -> str:
    return (resources.files("dashboard.widgets") / "lists.css").read_text(encoding="utf-8")
