"""The fields of a fair comparison: the same access, what it costs; the same budget, whom it reaches; volume."""

from collections.abc import Sequence

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.ask.question import fields_of_base, scenarios_in_fields
from dashboard.page.compare.tried import tried_ends
from dashboard.say.number_table import build_number_table
from dashboard.widgets.plain import listed, plain
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_state
from sim.experiment import Results
from sim.findings import (
    ACCESS,
    FIELD_MEASURES,
    Sensitivity,
    equal_measure,
    judge_all,
    tell_field,
    volume_measures,
    write_value,
)
from sim.scenario import Fields
from sim.texts import Texts


def render_fields(texts: Texts) -> bool:
    """Draw the same access, the same budget, and volume at the same access; say whether the scenario has them."""
    question = current_state().question
    scenarios, fields = scenarios_in_fields(question), fields_of_base(question)
    if not scenarios or fields is None:
        return False
    st.markdown(texts("compare.field_intro"))
    shown = {}
    for field, scenario in scenarios.items():
        with told_progress(texts) as tell_progress:
            results = shared_answers().results(scenario, tell_progress)
        tried = tried_ends(scenario, texts)
        shown[field] = results, tried
        measure, target, _ = equal_measure(fields, field) or ("", 0.0, 0.0)
        said = {"target": write_value(target, measure, texts), "label": texts(f"measures.{measure}.label")}
        st.header(plain(texts(f"table.field.{field}", **said)))
        worst = () if field == ACCESS else volume_measures()[2:]
        measures = (*dict.fromkeys((measure, *FIELD_MEASURES[field], "cost_per_year")), *worst)
        _render_field(results, fields, field, measures, tried=tried, texts=texts)
    if ACCESS in shown:
        results, tried = shown[ACCESS]
        st.header(texts("table.field.volume"))
        _render_field(results, fields, ACCESS, volume_measures(), tried=tried, texts=texts)
    return True


def _render_field(
    results: Results,
    fields: Fields,
    field: str,
    measures: Sequence[str],
    *,
    tried: Sensitivity | None,
    texts: Texts,
) -> None:
    """A table, and what may be said of the differences that count."""
    places = shared_answers().places(results.scenario)
    st.html(build_number_table(results, None, texts, since="", places=places, measures=measures))
    equal = equal_measure(fields, field)
    compared = [measure for measure in measures if equal is None or measure != equal[0]]
    said = tell_field(results, fields, field, judge_all(results, compared, tried), texts)
    st.markdown(listed(said))
