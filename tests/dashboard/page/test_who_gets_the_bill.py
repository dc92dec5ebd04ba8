"""Who gets the bill, on the page Compare: asked for by a button, open where municipalities share by an agreement."""

import json

import pytest
from dashboard_app import open_page

from dashboard.ask.question import own_question
from dashboard.ask.state import State
from dashboard.widgets.keys import Key
from sim.scenario import read_scenario

WORDS = """\
name: agreed
horizon_years: 3
replications: 10
designs:
  - {name: shared, kind: shared, financing: AGREED, places: {hovedstaden: 6, midtjylland: 6}}
  - {name: state, kind: shared, financing: state, places: {hovedstaden: 6, midtjylland: 6}}
"""
TITLE = "Hvem får regningen"


def state_of_page(financing: str, **choices: str) -> State:
    state = State(language="da", question=own_question(read_scenario(WORDS.replace("AGREED", financing))))
    for name, choice in choices.items():
        state = state.with_choice(f"compare.{name}", choice)
    return state


@pytest.mark.ui
def test_rule_table_and_map_are_drawn_when_asked_for() -> None:
    app = open_page("compare", state_of_page("takst", bill_measure="sd"))
    assert not app.exception
    assert TITLE in [header.value for header in app.header]
    assert not app.table
    app.button(key=Key.SEND_BILLS).click().run()
    assert not app.exception
    said = " ".join(block.value for block in app.markdown)
    assert "- Fælles: Kommunen betaler" in said
    table = app.table[0].value
    assert list(table.columns)[1:] == ["Takst pr. døgn", "Udgift pr. år", "Betalt pr. år", "Underskud i alt efter 3 år"]
    assert table.iloc[0, 1].endswith("kr.")
    layouts = [json.loads(chart.proto.spec)["layout"] for chart in app.get("plotly_chart")]
    assert any("Udsving mellem år pr. indbygger: Fælles" in layout["title"]["text"] for layout in layouts)


@pytest.mark.ui
def test_it_is_folded_where_nobody_has_an_agreement() -> None:
    app = open_page("compare", state_of_page("municipal"))
    assert not app.exception
    assert TITLE not in [header.value for header in app.header]
    (folded,) = [block for block in app.expander if block.label == TITLE]
    assert not folded.proto.expanded
    app.button(key=Key.SEND_BILLS).click().run()
    assert not app.exception
    assert len(app.table) == 1
