"""The page Runs: many scenarios in one run, in the background, with progress and an end at once when wanted."""

import streamlit as st

from dashboard.batches.desk import shared_room
from dashboard.page.batch.files import current_desk, render_files
from dashboard.page.batch.jobs import render_jobs, render_start
from dashboard.widgets.lists import render_look
from dashboard.widgets.plain import plain
from dashboard.widgets.session import current_texts


def render_batch() -> None:
    """Draw the page."""
    texts = current_texts()
    render_look()
    st.title(texts("batch.title"))
    st.markdown(texts("batch.intro"))
    hours = texts.counted("batch.time.hours", shared_room().limits.hours)
    st.caption(plain(texts("batch.private", hours=hours)))
    desk = current_desk()
    reading = render_files(texts)
    if reading.checks:
        render_start(desk, reading, texts)
    render_jobs(desk, texts)
