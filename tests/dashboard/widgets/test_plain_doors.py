"""Whatever comes in by a door of the dashboard is on the page as text, and as nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from dashboard_app import open_app, open_page
from doors import LONG, PAYLOADS
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from dashboard.ask.question import Question, own_question
from dashboard.ask.state import KeptQuestion, LinkError, State
from dashboard.widgets.keys import Key
from sim.scenario import scenario_from

PLACES = {"hovedstaden": 4, "sjaelland": 2, "syddanmark": 2, "midtjylland": 3, "nordjylland": 1}
WORDS: dict[str, Any] = {
    "name": "www.evil.example",
    "horizon_years": 3,
    "replications": 5,
    "designs": [
        {"name": "www.evil.example", "kind": "regional", "places": PLACES},
        {"name": "a_b_", "kind": "shared", "places": PLACES},
    ],
}
AS_THEY_STAND = {
    "alt",
    "raw_value",
    "value",
    "raw_values",
    "options",
    "placeholder",
    "id",
    "element_id",
    "form_id",
    "key",
    "default",
}
READ = re.compile(r"(?<!\\)\]\(|://|www\.\w|@evil|(?<!\\)<(?:a|img|script)\b|(?<!\\)\*\*fed|:smile:|\$x\^2\$")


def words_of(message: Message) -> Iterator[tuple[str, str]]:
    """Texts of an element that a page reads as Markdown."""
    for word, value in message.ListFields():
        if word.name in AS_THEY_STAND or word.name in ("alert_type", "spec", "config", "figure", "arrow_data"):
            continue
        values = value if word.is_repeated else [value]
        for one in values:
            if isinstance(one, Message):
                yield from words_of(one)
            elif isinstance(one, str):
                yield word.name, one


def shown(app: AppTest) -> list[tuple[str, str]]:
    assert not app.exception
    elements = (element for element in [*app.main, *app.sidebar] if element.type != "html")
    protos = (getattr(element, "proto", None) for element in elements)
    return [said for proto in protos if isinstance(proto, Message) for said in words_of(proto)]


def assert_plain(app: AppTest) -> None:
    read = [(word, text) for word, text in shown(app) if READ.search(text)]
    assert read == []
    for block in app.get("html"):
        assert not re.search(r"<(?:a|img) ", block.proto.body)


def titled(payload: str) -> str:
    """A title is printable, and no longer than this."""
    return "".join(one for one in payload if one.isprintable())[:200]


def asked(payload: str) -> State:
    question = own_question(scenario_from(WORDS | {"title": {"da": titled(payload), "en": titled(payload)}}))
    kept = (KeptQuestion(titled(payload)[:60].strip(), Question("today-regions", replications=5)),)
    return State(question=question, kept=kept, compared=titled(payload)[:60].strip())


@pytest.mark.ui
@pytest.mark.parametrize("payload", [*PAYLOADS, LONG])
def test_names_and_titles_of_a_link(payload: str) -> None:
    assert_plain(open_app(asked(payload)))


@pytest.mark.ui
@pytest.mark.parametrize("page", ["compare", "estimates", "future", "batch"])
def test_names_of_designs_on_other_pages(page: str) -> None:
    assert_plain(open_page(page, asked(PAYLOADS[0])))


@pytest.mark.ui
@pytest.mark.parametrize("payload", [*PAYLOADS, LONG])
def test_a_link_that_names_a_scenario(payload: str) -> None:
    app = open_app(State(question=Question(base="today-regions", replications=5)))
    app.session_state[Key.NOTICE] = LinkError("scenario", payload)
    app.run()
    assert app.warning
    assert_plain(app)
