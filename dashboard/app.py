"""The dashboard: takes the state from the link, speaks its language, and shows the page that is asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import streamlit as st
from streamlit.errors import StreamlitAPIException

from dashboard.frame.failing import say_if_it_fails
from dashboard.frame.look import render_frame
from dashboard.frame.messages import render_messages
from dashboard.frame.sign_in import demand_sign_in
from dashboard.page.batch import render_batch
from dashboard.page.compare import render_compare
from dashboard.page.estimates import render_whose_estimate
from dashboard.page.evidence import render_evidence
from dashboard.page.future import render_possible_future
from dashboard.page.many import render_how_many
from dashboard.page.plan import render_plan
from dashboard.page.sure import render_how_sure
from dashboard.widgets.session import begin_session, current_texts, follow_link
from sim.texts import Texts

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

SIDEBAR = 340  # wide enough for most labels on one line [px]; hidden at first on a phone
ICON = Path(__file__).parent / "frame" / "icon.svg"

# Pages by the last part of their address, in the order of the menu.
PAGES = {
    "plan": render_plan,
    "compare": render_compare,
    "estimates": render_whose_estimate,
    "many": render_how_many,
    "sure": render_how_sure,
    "future": render_possible_future,
    "evidence": render_evidence,
    "batch": render_batch,
}
BEGIN = "plan"  # stands at the root of the address, and answers to its name, too


def main() -> None:
    """Draw the page that is asked for."""
    st.set_page_config(page_icon=str(ICON), layout="wide", initial_sidebar_state=SIDEBAR)
    begin_session()
    texts = current_texts()
    demand_sign_in(texts)
    pages = [
        st.Page(render, title=texts(f"{name}.menu"), url_path="" if name == BEGIN else name, default=name == BEGIN)
        for name, render in PAGES.items()
    ]
    by_name = st.Page(PAGES[BEGIN], title=texts(f"{BEGIN}.menu"), url_path=BEGIN, visibility="hidden")
    page = st.navigation([*pages, by_name, *_unknown_page(texts)], position="top")
    st.set_page_config(page_title=f"{page.title} · {texts('common.app.name')}")
    render_frame(texts)
    if page.url_path not in ("", BEGIN):  # which says it beside its numbers
        render_messages(texts)
    say_if_it_fails(page.run)()
    follow_link()


def _unknown_page(texts: Texts) -> "list[Page]":
    """A page for an address there is none at: Streamlit would say so in English."""
    name = urlparse(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    if name in ("", *PAGES) or not name.isprintable():
        return []
    try:
        return [st.Page(_render_unknown, title=texts("common.no_page"), url_path=name, visibility="hidden")]
    except StreamlitAPIException:  # the server's own path is no page
        return []


def _render_unknown() -> None:
    texts = current_texts()
    st.title(texts("common.no_page"))
    st.markdown(texts("common.no_page_help"))


def serve_app(options: Mapping[str, object], *, address: str = "") -> None:
    """Serve the dashboard until it is stopped; a browser is opened at the address, if there is one."""
    from starlette.middleware import Middleware  # noqa: PLC0415 - only who serves needs the server

    from dashboard.frame.guard import Guard, opening  # noqa: PLC0415

    app = st.App(Path(__file__), middleware=[Middleware(Guard)], lifespan=opening(address))
    app.run(config=dict(options))


if __name__ == "__main__":
    main()
