"""Published numbers beside what the model says would have been counted; computed when it is asked for."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from calibration.checks import OWN_DATA, Checks, run_checks
from dashboard.answer.long_answers import compute_long, long_cores, recall_long
from dashboard.draw.evidence.checks import draw_checks
from dashboard.say.evidence_words import write_observed, write_why
from dashboard.say.line_table import build_line_table
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice
from dashboard.widgets.keys import Key
from dashboard.widgets.lists import render_list
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_theme
from sim.texts import Texts

if TYPE_CHECKING:
    from dashboard.answer.learning import Lesson

DRAWS = ("200", "500", "1000")


def render_checks(texts: Texts) -> None:
    """Draw the checks, once somebody has asked for them."""
    st.markdown(texts("evidence.page.checks.intro"))
    with st.container(horizontal=True, vertical_alignment="bottom", width=360):
        draws = render_choice(
            texts("evidence.page.checks.draws"),
            DRAWS,
            name="evidence.draws",
            key=Key.CHECK_DRAWS,
            format_func=lambda word: texts.number(int(word)),
        )
        is_asked = st.button(texts("evidence.page.checks.run"), key=Key.CHECK_RUN, type="primary")
    lesson = _lesson()
    is_learnt = lesson is not None and st.toggle(
        texts("evidence.page.checks.with_learnt"),
        key=Key.CHECK_LEARNT,
        help=texts("evidence.page.checks.with_learnt_help"),
    )
    asked = (int(draws), lesson if is_learnt else None)
    if is_asked:
        st.session_state[Key.CHECKED] = asked
    if st.session_state.get(Key.CHECKED) == asked:
        _render_answer(_checks(*asked, texts), texts)


def _lesson() -> "Lesson | None":
    """What this session has learnt from a file."""
    known = st.session_state.get(Key.LESSON)
    return known[1] if known is not None else None


def _checks(n_draws: int, lesson: "Lesson | None", texts: Texts) -> Checks:
    """What everybody may ask is kept for everybody; what rests on somebody's file is kept by her session."""
    with told_progress(texts, "evidence.page.checks") as tell:

        def on_wait() -> None:
            tell(0, 1)

        def make(**of: Any) -> Checks:
            return run_checks(n_draws, cores=long_cores(), on_progress=tell, **of)

        if lesson is None:
            found: Checks = recall_long(("checks", n_draws), make, on_wait)
            return found
        known = st.session_state.get(Key.CHECKS_LEARNT)
        if known is None or known[0] != n_draws or known[1] is not lesson:
            from dashboard.answer.learning import posterior_frame  # noqa: PLC0415 - slow to load

            about = {"posterior": posterior_frame(lesson), "fitted_to": (OWN_DATA,)}
            known = (n_draws, lesson, compute_long(lambda: make(**about), on_wait))
            st.session_state[Key.CHECKS_LEARNT] = known
        mine: Checks = known[2]
        return mine


def _render_answer(checks: Checks, texts: Texts) -> None:
    render_chart(draw_checks(checks, texts, current_theme()), texts, is_of_scenario=False)
    st.header(texts("evidence.page.checks.notes"), anchor=False)
    lines = [
        (
            texts(f"evidence.check.{row.check.id}"),
            write_observed(row, texts),
            texts(f"evidence.verdict.{row.verdict}"),
            " ".join(write_why(row, texts)),
        )
        for row in checks.rows
    ]
    head = [texts(f"evidence.heading.{word}") for word in ("check", "observed", "verdict")]
    head.append(texts("evidence.page.checks.about"))
    render_list(build_line_table(texts("evidence.page.checks.notes"), head, lines))
