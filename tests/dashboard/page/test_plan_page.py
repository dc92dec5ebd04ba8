"""The page Plan, driven by the keys of its widgets."""

import pytest
from dashboard_app import QUICK, link_of, move, numbers, open_app, slider, state_of
from streamlit.testing.v1 import AppTest

from dashboard.ask.question import Question, scenario_of, with_changes
from dashboard.ask.state import KeptQuestion, State, write_link
from dashboard.widgets.keys import Key
from sim.texts import LANGUAGES

BASE = "acceptance.base"


@pytest.mark.ui
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_opens_in_both_languages(language: str) -> None:
    app = open_app(State(language=language, question=Question(replications=50)))
    assert not app.exception
    assert app.title[0].value == {"da": "Planlæg døgnpladser", "en": "Plan residential places"}[language]
    assert "dp-numbers" in numbers(app)


@pytest.mark.ui
def test_a_slider_moves_the_numbers_and_the_link() -> None:
    app = open_app()
    before, link = numbers(app), link_of(app)
    move(app, BASE, 0.5)
    assert not app.exception
    assert state_of(app).question.changes == ((BASE, 0.5),)
    assert numbers(app) != before
    assert link_of(app) != link
    other = open_app(**link_of(app))
    assert numbers(other) == numbers(app)
    assert slider(other, BASE).value == 0.5


@pytest.mark.ui
def test_undo_and_reset_lead_back() -> None:
    app = open_app()
    begin = numbers(app)
    move(app, BASE, 0.5)
    move(app, BASE, 0.6)
    app.button(key=Key.UNDO).click().run()
    assert slider(app, BASE).value == 0.5
    move(app, BASE, 0.7)
    app.button(key=Key.RESET).click().run()
    assert slider(app, BASE).value == 0.4
    assert state_of(app).question == Question("today-regions")
    app.button(key=Key.UNDO).click().run()
    app.button(key=Key.UNDO).click().run()
    app.button(key=Key.UNDO).click().run()
    assert state_of(app).question == QUICK.question
    assert numbers(app) == begin
    assert app.button(key=Key.UNDO).disabled


@pytest.mark.ui
def test_what_is_kept_is_compared_with_brought_back_and_forgotten() -> None:
    app = open_app()
    move(app, BASE, 0.5)
    app.text_input(key=Key.KEEP_NAME).set_value("flere <ja>").run()
    app.button(key=Key.KEEP).click().run()
    assert state_of(app).kept[0].name == "flere <ja>"
    assert "▲" not in numbers(app)
    move(app, BASE, 0.6)
    assert "»flere &lt;ja&gt;«" in numbers(app)
    assert "▲" in numbers(app)
    app.selectbox(key=Key.COMPARED).set_value("").run()
    assert "»Udgangspunktet«" in numbers(app)
    app.button(key=f"{Key.RECALL}:flere <ja>").click().run()
    assert slider(app, BASE).value == 0.5
    app.button(key=f"{Key.FORGET}:flere <ja>").click().run()
    assert state_of(app).kept == ()
    assert not app.exception


@pytest.mark.ui
def test_the_language_can_be_changed_and_nothing_else_changes() -> None:
    app = open_app()
    move(app, BASE, 0.5)
    app.button_group(key=Key.LANGUAGE).set_value("en").run()
    assert not app.exception
    assert app.title[0].value == "Plan residential places"
    assert link_of(app)["lang"] == "en"
    assert state_of(app).question.changes == ((BASE, 0.5),)
    assert slider(app, BASE).value == 0.5


@pytest.mark.ui
@pytest.mark.parametrize("link", ["nonsense", "A" * 20_000])
def test_a_bad_link_says_so_and_shows_the_beginning(link: str) -> None:
    app = open_app(QUICK, s=link)
    assert not app.exception
    assert len(app.warning) == 1
    assert state_of(app).question == Question()


@pytest.mark.ui
def test_what_cannot_be_is_said_and_the_last_numbers_stay() -> None:
    app = open_app(QUICK.with_choice("plan.places_of", "flexible"))
    before = numbers(app)
    move(app, "designs.flexible.places.nordjylland", 6)
    assert not app.exception
    assert "Nordjylland" in app.error[0].value
    assert numbers(app) == before
    assert state_of(app).question == QUICK.question
    move(app, "designs.flexible.flexible.max_places.nordjylland", 8)
    assert not app.error
    assert dict(state_of(app).question.changes) == {
        "designs.flexible.places.nordjylland": 6,
        "designs.flexible.flexible.max_places.nordjylland": 8,
    }
    move(app, "designs.flexible.places.nordjylland", 9)
    app.button(key=Key.UNDO).click().run()
    assert not app.error
    assert slider(app, "designs.flexible.places.nordjylland").value == 6


@pytest.mark.ui
def test_designs_can_be_left_out_and_added() -> None:
    app = open_app()
    app.button_group(key=Key.DESIGNS).set_value(["regional", "shared"]).run()
    assert numbers(app).count('scope="col"') == 3
    app.selectbox(key=Key.ADD_DESIGN).set_value("national").run()
    assert not app.exception
    assert numbers(app).count('scope="col"') == 4
    assert state_of(app).question.added == ("national",)
    move(app, "designs.national.places.ODE", 20)
    assert not app.exception
    app.button_group(key=Key.DESIGNS).set_value([]).run()
    assert numbers(app).count('scope="col"') == 4


@pytest.mark.ui
def test_an_estimate_can_be_chosen_by_whose_it_is() -> None:
    app = open_app()
    app.selectbox(key=Key.ESTIMATE).set_value("visited_res_2019").run()
    assert not app.exception
    assert dict(state_of(app).question.changes) == {"demand.view": "visited_res_2019"}
    app.selectbox(key=Key.ESTIMATE).set_value("own").run()
    need = slider(app, "demand.need_per_year").value
    assert dict(state_of(app).question.changes) == {"demand.need_per_year": need}
    move(app, "demand.need_per_year", 40)
    assert dict(state_of(app).question.changes) == {"demand.need_per_year": 40}


@pytest.mark.ui
@pytest.mark.parametrize(
    "name",
    ["reform-2027", "pilot", "small-units", "near-and-far", "hidden-number", "from-today-to-own-units", "from-today"],
)
def test_the_page_opens_for_ready_scenarios_of_every_kind(name: str) -> None:
    app = open_app(State(question=Question(base=name, replications=10)))
    assert not app.exception
    assert not app.error
    for group in app.selectbox(key=Key.PLACES_OF).options:
        assert group


@pytest.mark.ui
def test_another_ready_scenario_begins_anew() -> None:
    app = open_app()
    move(app, BASE, 0.5)
    app.selectbox(key=Key.BASE).set_value("small-units").run()
    assert not app.exception
    assert state_of(app).question == Question(base="small-units", replications=50)


@pytest.mark.ui
def test_a_file_of_ones_own_can_be_opened_and_a_bad_one_is_refused() -> None:
    app = open_app()
    before = numbers(app)
    app.file_uploader[0].set_value(("bad.yaml", b"name: x\nacceptance: {base: 7}\n", "text/yaml")).run()
    assert not app.exception
    assert "linje 2" in app.error[0].value
    assert numbers(app) == before
    good = b"name: x\nreplications: 60\nacceptance: {base: 0.3}\ndesigns: [{name: alone, kind: regional}]\n"
    app.file_uploader[0].set_value(("good.yaml", good, "text/yaml")).run()
    assert not app.exception
    assert not app.error
    assert "alone" in numbers(app)
    assert slider(app, BASE).value == 0.3
    assert numbers(open_app(**link_of(app))) == numbers(app)


@pytest.mark.ui
def test_a_scenario_that_says_who_lives_in_stays_out_of_the_address() -> None:
    app = open_app()
    woman = "{municipality: '0751', referred: 2027-01-04, admitted: 2027-01-05, birth: 2027-05-01, site: AAR}"
    text = f"name: x\nreplications: 10\nstart: 2027-06-01\ntoday: [{woman}]\ndesigns: [{{name: a, kind: regional}}]\n"
    app.file_uploader[0].set_value(("today.yaml", text.encode(), "text/yaml")).run()
    assert not app.exception
    assert not app.error
    assert "aldrig i et link" in app.warning[0].value
    assert link_of(app) == {}
    assert state_of(app).question.own
    app.selectbox(key=Key.BASE).set_value("small-units").run()
    assert not app.warning
    assert link_of(app)


@pytest.mark.ui
def test_the_whole_state_comes_with_the_link() -> None:
    question = with_changes(QUICK.question, {BASE: 0.55, "designs.regional.places.midtjylland": 9})
    state = State(
        language="en",
        question=question._replace(off=("external",)),
        kept=(KeptQuestion("before", QUICK.question),),
        compared="before",
        choices=(("plan.design", "shared"), ("plan.places_of", "regional")),
    )
    app = open_app(state)
    assert not app.exception
    assert state_of(app) == state
    assert link_of(app) == write_link(state)
    assert app.button_group(key=Key.DESIGN_SHOWN).value == "shared"
    assert slider(app, "designs.regional.places.midtjylland").value == 9
    assert "“before”" in numbers(app)


@pytest.mark.ui
def test_sessions_know_nothing_of_each_other() -> None:
    one, other = open_app(), open_app()
    move(one, BASE, 0.5)
    other.run()
    assert state_of(other) == QUICK
    assert slider(other, BASE).value == 0.4


@pytest.mark.ui
def test_a_failure_of_the_program_is_said_in_plain_words() -> None:
    def fail() -> None:
        from dashboard.frame.failing import say_if_it_fails  # noqa: PLC0415 - it runs as a script of its own
        from dashboard.widgets.session import begin_session  # noqa: PLC0415

        begin_session()
        say_if_it_fails(lambda: 1 / 0)()

    app = AppTest.from_function(fail).run()
    assert app.error[0].value.startswith("Noget gik galt i programmet.")
    assert "division by zero" in app.exception[0].message


@pytest.mark.ui
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("base", ["today-regions", "baseline"])
def test_names_of_sliders_and_boxes_are_plain_and_each_its_own(base: str, language: str) -> None:
    question = Question(base, replications=5)
    if base == "baseline":
        question = question._replace(added=("flexible",)) if not has_flexible(question) else question
    state = State(language=language, question=question).with_choice("plan.places_of", "flexible")
    app = open_app(state)
    assert not app.exception
    names = [widget.label for widget in [*app.select_slider, *app.text_input, *app.selectbox]]
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)
    assert not [name for name in names if "*" in name or "\n" in name or "\\" in name]


def has_flexible(question: Question) -> bool:
    return "flexible" in {design.name for design in scenario_of(question).designs}
