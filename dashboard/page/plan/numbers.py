"""The headline numbers of the page Plan, and what has been moved."""

import html

import streamlit as st

from dashboard.answer.answers import Moved, shared_answers
from dashboard.ask.question import Question, scenario_of
from dashboard.ask.state import State
from dashboard.say.control_words import describe_moves
from dashboard.say.number_table import build_number_table
from dashboard.widgets.plain import plain
from dashboard.widgets.progress import told_progress
from sim.experiment import Results
from sim.experiment.measured import HEADLINES
from sim.scenario import Scenario
from sim.texts import Texts


def render_plan_numbers(results: Results, state: State, texts: Texts) -> None:
    """Draw the table of numbers, and below it what has been moved."""
    question = state.question
    since = state.compared_question or Question(question.base, question.own, replications=question.replications)
    name = state.compared or texts("plan.numbers.start")
    moved = _moved(results.scenario, scenario_of(since), texts)
    st.header(texts("plan.numbers.heading"))
    places = shared_answers().places(results.scenario)
    st.html(build_number_table(results, moved, texts, since=name, places=places))
    simulations = texts.counted("common.simulations", results.replications)
    years = texts.counted("common.years", results.scenario.horizon_years)
    caption = texts("plan.numbers.caption", simulations=simulations, years=years)
    st.caption(plain(caption if moved is None else f"{caption} {texts('plan.numbers.legend', since=name)}"))
    moves = describe_moves(question, since, texts)
    heading = texts("plan.changes.since" if moves else "plan.changes.none", since=name)
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in moves)
    st.html(f'<p>{html.escape(heading)}</p><ul class="dp-moves">{lines}</ul>')


def _moved(scenario: Scenario, since: Scenario, texts: Texts) -> Moved | None:
    if scenario == since:
        return None
    with told_progress(texts) as tell:
        return shared_answers().moved(scenario, since, measures=HEADLINES, on_progress=tell)
