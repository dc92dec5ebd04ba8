"""The page Whose estimate: the same designs under every published estimate of need."""

import streamlit as st

from dashboard.draw.designs.whose_estimate import draw_estimates, view_estimates
from dashboard.frame.look import current_theme
from dashboard.pages.estimates.best_design import tell_best
from dashboard.pages.estimates.under_estimates import under_every_estimate
from dashboard.say.labels import view_label
from dashboard.say.measure_words import measure_label
from dashboard.widgets.answering_pages import cached_under_estimates
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice
from dashboard.widgets.keys import Key
from dashboard.widgets.session import current_state, current_texts
from sim.experiment.measured import ALL_MEASURES, HEADLINES
from sim.texts import Texts

MEASURES = (*HEADLINES, *(measure.name for measure in ALL_MEASURES if measure.name not in HEADLINES))
"""What a steering group asks first, then all else."""


def render_whose_estimate() -> None:
    """Draw the page."""
    texts = current_texts()
    st.title(texts("estimates.title"))
    st.markdown(texts("estimates.intro"))
    measure = render_choice(
        texts("estimates.measure"),
        MEASURES,
        name="estimates.measure",
        key=Key.ESTIMATES_MEASURE,
        format_func=lambda name: measure_label(name, texts),
    )
    st.caption(texts(f"measures.{measure}.definition"))
    scenarios, impossible = under_every_estimate(current_state().question)
    results = cached_under_estimates(scenarios, texts)
    frame = view_estimates(results, measure=measure)
    st.header(texts("estimates.best.heading"))
    st.markdown("\n".join(f"- {sentence}" for sentence in tell_best(frame, texts, measure=measure)))
    st.header(texts("estimates.all.heading"))
    render_chart(draw_estimates(frame, texts, current_theme(), measure=measure), texts)
    _render_notes(impossible, max((found.replications for found in results.values()), default=0), texts)


def _render_notes(impossible: tuple[str, ...], replications: int, texts: Texts) -> None:
    st.caption(texts("estimates.replications", replications=texts.number(replications)))
    if impossible:
        names = "; ".join(view_label(view, texts) for view in impossible)
        st.warning(texts("estimates.impossible", names=names))
