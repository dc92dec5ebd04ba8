"""Text from outside is shown as it stands: one function, and no way past it."""

import ast
from pathlib import Path

import pytest
from doors import PAYLOADS

import dashboard
from dashboard.widgets.plain import bold, listed, plain, plain_table, stacked
from sim.texts import LANGUAGES, load_texts

READS_MARKDOWN = (
    "markdown caption info warning error success title header subheader write button download_button popover expander "
    "form_submit_button text_input text_area selectbox select_slider slider pills segmented_control radio toggle table "
    "checkbox file_uploader date_input number_input multiselect progress spinner toast metric badge tabs"
)
OPTIONS_READ_MARKDOWN = {"pills", "segmented_control", "radio"}
WAYS = {one.__name__ for one in (plain, bold, listed, stacked, plain_table)}
HOUSE = Path(dashboard.__file__).parent


def is_safe(words: ast.expr) -> bool:
    """Whether an expression is words of the program, or has gone through the one way."""
    match words:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            is_catalogue = (
                name == "texts" and not keywords and isinstance(args[0], ast.Constant | ast.JoinedStr | ast.IfExp)
            )
            return name in WAYS or is_catalogue
        case ast.IfExp(body=body, orelse=orelse):
            return is_safe(body) and is_safe(orelse)
        case ast.BoolOp(values=values):
            return all(map(is_safe, values))
        case ast.Lambda(body=body):
            return is_safe(body)
        case _:
            return False


@pytest.mark.unit
def test_no_text_comes_onto_a_page_by_another_way() -> None:
    loose = []
    for file in sorted(path for room in ("page", "frame", "widgets") for path in (HOUSE / room).rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            name = call.func.attr
            if name not in READS_MARKDOWN.split():
                continue
            words = {"label", "body", "help"} | ({"format_func"} if name in OPTIONS_READ_MARKDOWN else set())
            number = 1 if name == "progress" else 0
            said = [*call.args[number : number + 1], *(one.value for one in call.keywords if one.arg in words)]
            loose += [f"{file.relative_to(HOUSE)}:{one.lineno}: {ast.unparse(one)}" for one in said if not is_safe(one)]
    assert loose == []


@pytest.mark.unit
@pytest.mark.parametrize("text", PAYLOADS)
def test_a_payload_keeps_its_words(text: str) -> None:
    written = plain(text).replace("\u2060", "")
    assert written.replace("\\", "") == " ".join(text.splitlines()).replace("\\", "")
    assert "](" not in written.replace(r"\](", "")
    assert "://" not in plain(text)
    assert "\n" not in plain(text)


@pytest.mark.unit
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_no_marks_of_markdown(language: str) -> None:
    """So what it says may come onto a page as it is."""
    texts, elsewhere = (
        load_texts(language),
        ("figures", "evidence.figure", "batch.archive"),
    )  # no Markdown is read there
    themes = sorted({path.stem for path in (HOUSE / "texts" / language).glob("*.yaml")} | {"common", "measures"})
    said = {key: text for theme in themes for key, text in texts.theme(theme).items() if not key.startswith(elsewhere)}
    marked = {key: text for key, text in said.items() if "\\" in plain(text)}
    assert marked.keys() <= {"evidence.page.learning.missing", "parameters.trend_per_year.source"}
