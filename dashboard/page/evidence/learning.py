"""Learning from a file of one's own: put in, read, learnt from, shown beside what was assumed, and used."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from operator import setitem

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from calibration.parts import PARTS
from dashboard.answer.learning import (
    ENDINGS,
    Lesson,
    Settings,
    example_file,
    faults_file,
    is_refused,
    lesson_draws,
    lesson_estimates,
    lesson_file,
    lesson_file_name,
    read_upload,
    take_lesson,
)
from dashboard.answer.long_answers import compute_long
from dashboard.ask.question import own_question
from dashboard.draw.learning.forest import draw_forest
from dashboard.page.evidence.learning_tables import (
    MOST_FAULTS,
    build_estimates_table,
    build_left_out_table,
    estimates_frame,
    outside_names,
    reading_lines,
)
from dashboard.page.plan import open_plan
from dashboard.reports.calibration import write_calibration_report
from dashboard.reports.calibration_words import forest_row, said_in_short
from dashboard.widgets.charts import render_chart
from dashboard.widgets.downloads import render_download
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list
from dashboard.widgets.number_box import NumberBox, render_whole_box
from dashboard.widgets.plain import bold, listed, plain, stacked
from dashboard.widgets.session import ask, current_scenario, current_theme
from dashboard.widgets.uploads import render_upload
from sim.scenario import FINANCINGS, Scenario, ScenarioError, scenario_hash
from sim.tables import Sheet
from sim.texts import Texts

_SETTLE_DAYS, _MOST_SETTLE_DAYS = 30, 365


def render_learning(texts: Texts) -> None:
    """Draw the way from a file to what it says."""
    st.markdown(texts("evidence.page.learning.intro"))
    st.caption(texts("evidence.page.learning.privacy"))
    sheet: Sheet | None = st.session_state.get(Key.REFERRALS_SHEET)
    if sheet is None:
        _render_ways_in(texts)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(bold(texts("evidence.page.learning.file", name=sheet.source)), width="stretch")
        st.button(
            texts("evidence.page.learning.remove"), key=Key.REFERRALS_REMOVE, on_click=_forget, icon=":material/close:"
        )
    settings = _render_settings(texts)
    try:
        lesson = _lesson(sheet, current_scenario(), settings, texts)
    except ScenarioError as error:
        st.session_state[Key.LESSON] = None
        st.error(bold(texts("evidence.page.learning.unusable")), icon=":material/block:")
        render_list(build_left_out_table(error.faults, texts))
        return
    _render_lesson(lesson, texts)


def _render_ways_in(texts: Texts) -> None:
    error: ScenarioError | None = st.session_state.get(Key.REFERRALS_FAULT)
    if error is not None:
        word = "refused" if is_refused(error) else "unusable"
        more = texts("evidence.page.learning.refused_personal") if is_refused(error) else ""
        st.error(stacked(bold(texts(f"evidence.page.learning.{word}")), plain(more)), icon=":material/block:")
        render_list(build_left_out_table(error.faults, texts))
    label, more = (texts(f"evidence.page.learning.{word}") for word in ("upload", "upload_help"))
    render_upload(label, ENDINGS, Key.REFERRALS, _take_upload, help=more)
    with st.container(horizontal=True):
        render_download(
            texts("evidence.page.learning.template"),
            lambda: example_file("template.csv"),
            "template.csv",
            key=Key.REFERRALS_TEMPLATE,
            help_text=texts("evidence.page.learning.template_help"),
        )
        st.button(
            texts("evidence.page.learning.example"),
            key=Key.REFERRALS_EXAMPLE,
            on_click=_take,
            args=("referrals.csv", None),
            help=texts("evidence.page.learning.example_help"),
            icon=":material/science:",
        )


def _take_upload(uploads: Sequence[UploadedFile]) -> None:
    _take(uploads[0].name, uploads[0].getvalue())


def _take(name: str, content: bytes | None) -> None:
    _forget()
    session = st.session_state
    try:
        session[Key.REFERRALS_SHEET] = read_upload(name, example_file(name) if content is None else content)
    except ScenarioError as error:
        session[Key.REFERRALS_FAULT] = error


def _forget() -> None:
    for key in (Key.REFERRALS_SHEET, Key.REFERRALS_FAULT, Key.LESSON):
        st.session_state[key] = None


def _render_settings(texts: Texts) -> Settings:
    with st.expander(texts("evidence.page.learning.settings")):
        scenario = current_scenario()
        title = getattr(scenario.title, texts.language) or scenario.name
        st.caption(plain(texts("evidence.page.learning.base", name=title)))
        left, right = st.columns(2)
        help_text = texts("evidence.page.learning.day_help")
        first = _render_day(left, Key.REFERRALS_FIRST, texts("evidence.page.learning.first"), help_text)
        last = _render_day(right, Key.REFERRALS_LAST, texts("evidence.page.learning.last"), help_text)
        payer = left.selectbox(
            texts("evidence.page.learning.payer"),
            FINANCINGS,
            format_func=lambda word: texts(f"calibration.payer.{word}"),
            key=Key.REFERRALS_PAYER,
            persist_state="session",
        )
        settle: int = st.session_state.setdefault(Key.SETTLE_DAYS, _SETTLE_DAYS)
        with right:
            label, more = (texts(f"evidence.page.learning.{word}") for word in ("settle", "settle_help"))
            take = partial(setitem, st.session_state, Key.SETTLE_DAYS)
            box = NumberBox(label, Key.REFERRALS_SETTLE, more)
            render_whole_box(box, settle, take, texts, most=_MOST_SETTLE_DAYS)
        without = st.pills(
            texts("evidence.page.learning.without"),
            PARTS,
            format_func=lambda part: texts(f"evidence.page.learning.part.{part}"),
            selection_mode="multi",
            key=Key.REFERRALS_WITHOUT,
            help=texts("evidence.page.learning.without_help"),
            persist_state="session",
        )
    return Settings(first, last, payer, settle, tuple(without or ()))


def _render_day(place: st.delta_generator.DeltaGenerator, key: Key, label: str, help_text: str) -> dt.date | None:
    day: dt.date | None = place.date_input(
        plain(label),
        None,
        min_value=dt.date(2000, 1, 1),
        max_value=dt.date(2099, 12, 31),
        key=key,
        help=plain(help_text),
        format="DD.MM.YYYY",
        persist_state="session",
    )
    return day


def _lesson(sheet: Sheet, asked: Scenario, settings: Settings, texts: Texts) -> Lesson:
    """Learn, unless that has been done with the same file, scenario and settings."""
    about = (sheet, scenario_hash(asked), asked.name, settings)
    known = st.session_state.get(Key.LESSON)
    if known is None or known[0][0] is not sheet or known[0][1:] != about[1:]:
        with st.spinner(texts("evidence.page.learning.learning")):
            lesson: Lesson = compute_long(lambda: take_lesson(sheet, asked, settings), lambda: None)
        known = st.session_state[Key.LESSON] = (about, lesson)
    found: Lesson = known[1]
    return found


def _render_lesson(lesson: Lesson, texts: Texts) -> None:
    for line in reading_lines(lesson, texts):
        st.markdown(plain(line))
    _render_left_out(lesson, texts)
    if not lesson.learnt.has_converged:
        st.warning(texts("evidence.page.learning.unconverged"), icon=":material/warning:")
    st.header(texts("evidence.page.learning.short"), anchor=False)
    st.markdown(listed(said_in_short(lesson.learnt, lesson.asked, texts)))
    _render_files(lesson, texts)
    st.header(texts("evidence.page.learning.estimates"), anchor=False)
    st.caption(texts("evidence.page.learning.estimates_note"))
    rows = [forest_row(estimate, texts) for estimate in lesson.learnt.estimates.values()]
    outside = ", ".join(outside_names(lesson, texts)) or texts("evidence.page.learning.picture_none")
    sentence = texts("evidence.page.learning.picture_sentence", n=len(rows), outside=outside)
    chart = draw_forest(rows, texts, current_theme())
    chart = chart._replace(name="learning", sentence=sentence, frame=lambda: estimates_frame(lesson, texts))
    render_chart(chart, texts, is_of_scenario=False)
    render_list(build_estimates_table(lesson, texts))


def _render_left_out(lesson: Lesson, texts: Texts) -> None:
    faults = lesson.read.faults
    if not faults:
        return
    with st.expander(texts("evidence.page.learning.faults")):
        render_list(build_left_out_table(faults, texts))
        if len(faults) > MOST_FAULTS:
            shown, n = texts.number(MOST_FAULTS), texts.number(len(faults))
            st.caption(plain(texts("evidence.page.learning.faults_more", shown=shown, n=n)))
        _render_file("faults", lambda: faults_file(faults, texts.language), "left-out.csv", texts)


def _render_files(lesson: Lesson, texts: Texts) -> None:
    with st.container(horizontal=True):
        if st.button(
            texts("evidence.page.learning.use"),
            key=Key.LESSON_USE,
            help=texts("evidence.page.learning.use_help"),
            type="primary",
        ):
            ask(own_question(lesson.fitted))
            open_plan()

        def report() -> bytes:
            return write_calibration_report(lesson.read, lesson.learnt, lesson.asked, texts).encode()

        _render_file("report", report, "report.html", texts)
        _render_file("scenario", lambda: lesson_file(lesson), lesson_file_name(lesson), texts)
        _render_file("draws", lambda: lesson_draws(lesson), "draws.csv", texts)
        _render_file("estimates", lambda: lesson_estimates(lesson), "estimates.csv", texts)


def _render_file(word: str, make: Callable[[], bytes], name: str, texts: Texts) -> None:
    label = texts(f"evidence.page.learning.download.{word}")
    render_download(label, make, name, key=f"{Key.LESSON_DOWNLOAD}:{word}")
