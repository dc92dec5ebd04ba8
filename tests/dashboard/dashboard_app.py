"""The dashboard as its tests drive it: found by keys, with few replications so that it is quick."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest
from waiting import HANG_SECONDS

from dashboard.ask.question import Question
from dashboard.ask.state import State, write_link
from dashboard.widgets.keys import Key, control_key

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
QUICK = State(question=Question("today-regions", replications=50))


def open_app(state: State = QUICK, **parameters: str) -> AppTest:
    """Open a link in a new browser."""
    app = AppTest.from_file(str(APP), default_timeout=HANG_SECONDS)
    for name, value in (write_link(state) | parameters).items():
        app.query_params[name] = value
    return app.run()


def open_page(page: str, state: State) -> AppTest:
    """Open a page alone, by its address, in a session of its own."""
    script = f"""
from dashboard.app import PAGES
from dashboard.frame.look import render_frame
from dashboard.widgets.session import begin_session, current_texts, follow_link

begin_session()
render_frame(current_texts())
PAGES["{page}"]()
follow_link()
"""
    app = AppTest.from_string(script, default_timeout=HANG_SECONDS)
    for name, value in write_link(state).items():
        app.query_params[name] = value
    return app.run()


def state_of(app: AppTest) -> State:
    """What the session keeps."""
    state: State = app.session_state[Key.STATE]
    return state


def slider(app: AppTest, path: str) -> Any:
    """The slider of a word."""
    return app.select_slider(key=control_key(path))


def box(app: AppTest, key: str) -> Any:
    """A box for a number."""
    return app.text_input(key=key)


def move(app: AppTest, path: str, value: float) -> None:
    """Move a slider; only the answer is drawn again, so the whole page is drawn once more to be looked at."""
    slider(app, path).set_value(value).run()
    assert not app.exception
    app.run()


def numbers(app: AppTest) -> str:
    """The table of headline numbers, as HTML."""
    return next(block.proto.body for block in app.get("html") if '<table class="dp-numbers"' in block.proto.body)


def link_of(app: AppTest) -> dict[str, str]:
    """The address as it can be copied."""
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}
