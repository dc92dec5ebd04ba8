"""The page Whose estimate: the same designs under every published estimate of need."""

from collections.abc import Mapping

import streamlit as st

from dashboard.answer.answers import shared_answers
from dashboard.draw.designs.whose_estimate import draw_estimates, view_estimates
from dashboard.page.estimates.best_design import tell_best
from dashboard.page.estimates.under_estimates import under_every_estimate
from dashboard.say.labels import view_label
from dashboard.widgets.charts import render_chart
from dashboard.widgets.choices import render_choice_of_measure
from dashboard.widgets.keys import Key
from dashboard.widgets.plain import listed, plain
from dashboard.widgets.progress import told_progress
from dashboard.widgets.session import current_state, current_texts, current_theme
from sim.experiment import Results
from sim.scenario import Scenario
from sim.texts import Texts


def render_whose_estimate() -> None:
    """Draw the page."""
    texts = current_texts()
    st.title(texts("estimates.title"))
    st.markdown(texts("estimates.intro"))
    measure = render_choice_of_measure(
        texts("estimates.measure"), name="estimates.measure", key=Key.ESTIMATES_MEASURE, texts=texts
    )
    st.caption(texts(f"measures.{measure}.definition"))
    scenarios, impossible = under_every_estimate(current_state().question)
    results = _results(scenarios, texts)
    frame = view_estimates(results, measure=measure)
    st.header(texts("estimates.best.heading"))
    st.markdown(listed(tell_best(frame, texts, measure=measure)))
    st.header(texts("estimates.all.heading"))
    render_chart(draw_estimates(frame, texts, current_theme(), measure=measure), texts, says_need=False)
    _render_notes(impossible, max((found.replications for found in results.values()), default=0), texts)


def _results(scenarios: Mapping[str, Scenario], texts: Texts) -> dict[str, Results]:
    """Answers under every estimate of need, with one progress for all of them."""
    results: dict[str, Results] = {}
    with told_progress(texts) as tell:

        def tell_of_all(done: int, most: int) -> None:
            tell(len(results) * most + done, len(scenarios) * most)

        for view, scenario in scenarios.items():
            results[view] = shared_answers().results(scenario, tell_of_all)
    return results


def _render_notes(impossible: tuple[str, ...], replications: int, texts: Texts) -> None:
    st.caption(plain(texts("estimates.replications", simulations=texts.counted("common.simulations", replications))))
    if impossible:
        names = "; ".join(view_label(view, texts) for view in impossible)
        st.warning(plain(texts("estimates.impossible", names=names)))
