"""Progress of what a page waits for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.widgets.keys import Key
from sim.texts import Texts


@contextmanager
def tell_progress_in(prefix: str, texts: Texts) -> Iterator[Callable[[int, int], None]]:
    """Show how far a computation is, while it lasts."""
    place = st.empty()

    def tell(done: int, most: int) -> None:
        _ = st.session_state[Key.STATE]
        words = texts(f"{prefix}.waiting")
        if done:
            words = texts(f"{prefix}.progress", done=texts.number(done), most=texts.number(most))
        place.progress(done / most, words)

    try:
        yield tell
    finally:
        place.empty()
