"""No personal number comes in by a door of the dashboard, and names that look the same are the same."""

import unicodedata

import pytest
from dashboard_app import QUICK, box, link_of, open_app, state_of

from dashboard.ask.question import Question
from dashboard.ask.state import KeptQuestion, LinkError, State, read_link, write_link
from dashboard.ask.typed_numbers import read_number, write_number
from dashboard.batches.files import Files, add_file, add_text
from dashboard.widgets.keys import Key, typed_key
from sim.texts import design_label, load_texts

WOMAN = "010203‑1234"  # with a hyphen that does not break
SPELT_APART = unicodedata.normalize("NFD", "få på Ærø å")


@pytest.mark.unit
def test_a_link_with_a_personal_number_is_neither_written_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    state = State(kept=(KeptQuestion(f"Hansen {WOMAN}", Question()),))
    with pytest.raises(LinkError, match="link: personal"):
        write_link(state)
    with monkeypatch.context() as unguarded:
        unguarded.setattr("dashboard.ask.state.holds_personal_number", lambda _: False)
        link = write_link(state)
    with pytest.raises(LinkError, match="link: personal"):
        read_link(link)


@pytest.mark.unit
def test_names_in_a_link_are_spelt_in_one_way() -> None:
    state = State(kept=(KeptQuestion(SPELT_APART, Question()),), compared=SPELT_APART)
    assert read_link(write_link(state)).compared == unicodedata.normalize("NFC", SPELT_APART)


@pytest.mark.unit
@pytest.mark.parametrize("name", [f"{WOMAN}.yaml", "010203 1234.csv", "Hansen 010203-1234.zip"])
def test_the_name_of_a_file_with_a_personal_number_is_refused_and_not_shown(name: str) -> None:
    for files, faults in (add_file(Files(), name, b"x"), add_text(Files(), name, "x")):
        assert files == Files()
        assert len(faults) == 1
        assert "1234" not in str(faults)


@pytest.mark.unit
def test_files_that_look_the_same_are_one() -> None:
    files, _ = add_file(Files(), "små.yaml", b"1")
    files, _ = add_file(files, unicodedata.normalize("NFD", "små.yaml"), b"2")
    assert dict(files.contents) == {"små.yaml": b"2"}


@pytest.mark.unit
def test_a_design_called_like_anothers_common_word_is_told_apart() -> None:
    texts = load_texts("da")
    labels = [design_label(name, texts) for name in ("shared", "Fælles", "regional", "Regional", "vest")]
    assert labels == ["Fælles", "»Fælles«", "Regional", "»Regional«", "vest"]


@pytest.mark.ui
def test_names_that_are_typed() -> None:
    app = open_app()
    app.text_input(key=Key.KEEP_NAME).set_value(f"Hansen {WOMAN}").run()
    app.button(key=Key.KEEP).click().run()
    assert not app.exception
    assert state_of(app).kept == ()
    assert "personnummer" in app.error[0].value
    assert "1234" not in app.error[0].value
    app.text_input(key=Key.KEEP_NAME).set_value(f"  {SPELT_APART}  x").run()
    app.button(key=Key.KEEP).click().run()
    assert [kept.name for kept in state_of(app).kept] == ["få på Ærø å x"]
    app.text_input(key=Key.KEEP_NAME).set_value("udgangspunktet").run()
    app.button(key=Key.KEEP).click().run()
    assert state_of(app).compared == "udgangspunktet 2"
    assert read_link(link_of(app)) == state_of(app)


@pytest.mark.ui
def test_a_number_that_was_refused_is_taken_back_first() -> None:
    app = open_app(QUICK)
    key = typed_key("acceptance.base")
    box(app, key).set_value("140").run()
    app.run()
    assert "fra 0 % til 100 %" in app.error[0].value
    assert box(app, key).value == "140"
    app.button(key=Key.UNDO).click().run()
    assert not app.error
    assert box(app, key).value == "40"
    box(app, key).set_value("40.5").run()
    assert dict(state_of(app).question.changes) == {"acceptance.base": 0.405}


NUMBERS = {
    "da": {"0,35": 0.35, "0.35": 0.35, "1,09": 1.09, "1.000": 1000, "1,000": 1, "1 000": 1000, "1.234,5": 1234.5},
    "en": {"0.35": 0.35, "0,35": 0.35, "1.09": 1.09, "1,000": 1000, "1.000": 1, "1 000": 1000, "1,234.5": 1234.5},
}


@pytest.mark.unit
@pytest.mark.parametrize("language", NUMBERS)
def test_numbers_are_read_as_the_language_writes_them_or_with_the_other_sign(language: str) -> None:
    texts = load_texts(language)
    both = {"75,": 75, ",5": 0.5, "75 ": 75, "-1": -1, "−3": -3, "0,333333333": 0.333333333, "999999": 999999}
    for typed, number in (NUMBERS[language] | both).items():
        assert read_number(typed, texts) == number, typed
        assert read_number(write_number(number, texts), texts) == number, typed
    for typed in (
        "",
        "1e2",
        "abc",
        "1.2.3",
        "1 00",
        "nan",
        "inf",
        "9" * 60,
        {"da": "1,234.5", "en": "1.234,5"}[language],
    ):
        assert read_number(typed, texts) is None, typed
