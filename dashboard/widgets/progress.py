"""Progress of what a page waits for; the work is given up when something else is asked meanwhile."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.widgets.keys import Key
from dashboard.widgets.plain import plain
from sim.texts import Texts

SHOW_AFTER_SECONDS = 0.6
"""Quick answers show no progress: it would only flicker [seconds]."""


@contextmanager
def told_progress(texts: Texts, words: str = "plan") -> Iterator[Callable[[int, int], None]]:
    """Show how far a computation is, while it lasts, in the words of a page."""
    place, begin = st.empty(), time.monotonic()

    def tell(done: int, most: int) -> None:
        _ = st.session_state[Key.STATE]  # looked at, so that Streamlit can end what nobody waits for any more
        if time.monotonic() - begin > SHOW_AFTER_SECONDS:
            said = texts(f"{words}.waiting")
            if done:
                said = texts(f"{words}.progress", done=texts.number(done), most=texts.number(most))
            place.progress(done / most, plain(said))

    try:
        yield tell
    finally:
        place.empty()
