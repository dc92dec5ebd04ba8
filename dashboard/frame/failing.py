"""What is said when the program itself fails: plain words for the user, the whole story in the server's log."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from dashboard.widgets.plain import plain
from dashboard.widgets.session import current_texts

Parameters = ParamSpec("Parameters")


def say_if_it_fails(render: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Say in the user's language that something went wrong, where Streamlit would say it in English."""

    @wraps(render)
    def draw(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            render(*args, **kwargs)
        except Exception:
            st.error(plain(current_texts()("common.failure")), icon=":material/report:")
            raise

    return draw
