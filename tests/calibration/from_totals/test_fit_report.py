"""Figures and the report of a fit show what was found, in both languages, and ask nothing of any other machine."""

import re

import numpy as np
import pytest
from small_fits import LIGHT, ROOM_FOR_ALL, a_question

from calibration.evidence import Circular
from calibration.from_totals import Fit, Target
from calibration.from_totals.findings import sum_up
from calibration.from_totals.fitting import draw_posterior

pytest.importorskip("plotly")

from dashboard.draw.fit.convergence import draw_convergence
from dashboard.draw.fit.foretold import draw_foretold
from dashboard.draw.fit.pairs import draw_pairs
from dashboard.draw.fit.prior_posterior import draw_prior_posterior
from dashboard.draw.theme import DARK
from dashboard.draw.theme import LIGHT as LIGHT_THEME
from dashboard.reports.fit import build_fit_page, what_is_known
from dashboard.say.fit_words import parameter_label, target_label, write_interval, write_number
from sim.texts import load_texts

pytestmark = pytest.mark.unit

DA, EN = load_texts("da"), load_texts("en")


@pytest.fixture(scope="module")
def fit(tmp_path_factory: pytest.TempPathFactory) -> Fit:
    question = a_question(
        tmp_path_factory.mktemp("report"),
        scenario=ROOM_FOR_ALL,
        targets=[
            {"measure": "admitted_per_year", "by": "year", "value": {"2020": 20, "2021": 25, "2022": 3}},
            {"measure": "offered_share", "value": 0.6},
        ],
        free={"demand.offered_share.state": "stated", "demand.need_per_year": "stated"},
    )
    return sum_up(draw_posterior(question, effort=LIGHT._replace(most_rounds=1)))


def test_before_and_after(fit: Fit) -> None:
    figure = draw_prior_posterior(fit, DA, LIGHT_THEME).figure
    assert [trace.name for trace in figure.data] == ["Før", "Efter"] * 2
    before, after = figure.data[0], figure.data[1]
    width = after.x[1] - after.x[0]
    assert np.sum(after.y) * width == pytest.approx(1.0, abs=0.01)
    assert (after.x * after.y).sum() * width == pytest.approx(100 * fit.learnt[0].mean, rel=0.02)
    assert (before.x * before.y).sum() * width == pytest.approx(100 * fit.learnt[0].prior_mean, rel=0.02)
    assert figure.layout.xaxis.ticksuffix == "\u00a0%"
    assert draw_prior_posterior(fit, EN, DARK).figure.layout.xaxis.ticksuffix == "%"
    assert figure.layout.xaxis2.ticksuffix == ""


def test_two_at_a_time(fit: Fit) -> None:
    figure = draw_pairs(fit, DA, LIGHT_THEME).figure
    before, after = figure.data
    assert np.array_equal(after.x, 100 * fit.draws(1000)[:, 0])
    assert np.array_equal(after.y, fit.draws(1000)[:, 1])
    assert len(before.x) == 1000


def test_observed_and_foretold(fit: Fit) -> None:
    figure = draw_foretold(fit, DA, LIGHT_THEME).figure
    traces = {(trace.name, trace.xaxis): trace for trace in figure.data}
    band, outside = traces["90\u00a0%-bånd", "x"], traces["Observeret, uden for båndet", "x"]
    assert list(band.x[:2]) == list(fit.foretold[0].band)
    assert 3 in outside.x
    assert "2022" in outside.y
    assert traces["Median", "x2"].x == (100 * fit.foretold[3].median,)
    assert [note.text for note in figure.layout.annotations] == [
        "Indskrevne kvinder om året",
        "Andel, der visiteres til en plads",
    ]


def test_convergence(fit: Fit) -> None:
    figure = draw_convergence(fit, DA, LIGHT_THEME).figure
    by_name = {trace.name: trace for trace in figure.data}
    assert by_name["Fladens fejl"].y == (fit.drawn.rounds[0].surface_error,)
    assert by_name["Svarets flytning"].y == (None,)
    assert set(by_name["Grænse for fejl"].y) == {0.15}
    assert len([trace for trace in figure.data if trace.name == "Kæde 4"]) == 2


@pytest.mark.parametrize("texts", [DA, EN], ids=["da", "en"])
def test_the_report_says_all_and_asks_nothing_of_others(fit: Fit, texts: object) -> None:
    assert texts in (DA, EN)
    language = DA if texts is DA else EN
    page = build_fit_page([fit], language)
    words = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert language("fit.verdict.not_converged") in words
    assert language("fit.fault.unsettled") in words
    assert not re.search(r"(src|href)=", words)
    assert not re.search(r"\{[a-z]+\}", re.sub(r"<style.*?</style>", "", words, flags=re.DOTALL))
    for one in fit.learnt:
        assert parameter_label(one.free.path, language) in words


def test_several_views_are_set_side_by_side(fit: Fit) -> None:
    seen = [fit._replace(drawn=fit.drawn._replace(view=view)) for view in ("need_muni_16", "need_sbst_80_100")]
    page = build_fit_page(seen, DA)
    assert "Under hver vurdering af behovet" in page
    assert "<td>Kommunerne, 16 kvinder</td>" in page
    assert page.count("<h2>Vurdering af behovet: ") == 2
    assert page.count("plotly.js v") == build_fit_page([fit], DA).count("plotly.js v")


def test_what_the_numbers_know_is_said_plainly(fit: Fit) -> None:
    told = fit._replace(n_combinations=1, correlation=np.array([[1.0, -0.8], [-0.8, 1.0]]), surprise=0.001)
    lines = what_is_known(told, DA)
    assert lines[0].startswith("Tallene kender kun 1 ud af 2 uafhængige sammenhænge")
    assert "rangkorrelation -0,80" in lines[1]
    assert any("0,1\u00a0%" in line and "Tvivl på vurderingen" in line for line in lines)
    assert what_is_known(told._replace(n_combinations=0), EN)[0].startswith("The numbers say next to nothing")
    assert what_is_known(told._replace(n_combinations=2), EN)[0].startswith("The numbers say something about each")
    ended = tuple(one._replace(end="low", sd_ratio=0.95) for one in fit.learnt)
    assert sum("trækkes mod den lave ende" in line for line in what_is_known(told._replace(learnt=ended), DA)) == 2
    assert sum("lærer tallene os næsten intet" in line for line in what_is_known(told._replace(learnt=ended), DA)) == 2


def test_caveats_stand_in_the_report(fit: Fit) -> None:
    circle = Circular("res_drug_21", "acceptance_base", "res_drug_21")
    question = fit.drawn.question._replace(circles=(circle,))
    page = build_fit_page([fit._replace(drawn=fit.drawn._replace(question=question))], DA)
    assert "Delvis cirkulært: res_drug_21 indgår i grundlaget for intervallet for »Andel, der siger ja" in page
    assert "Færre end 5 kvinder: Indskrevne kvinder om året, 2022" in page


def test_markup_in_a_file_stays_text(fit: Fit) -> None:
    question = fit.drawn.question._replace(name="<b onload=x>")
    page = build_fit_page([fit._replace(drawn=fit.drawn._replace(question=question))], DA)
    assert "<b onload" not in page


def test_numbers_and_names() -> None:
    assert write_number(0.4321, DA, as_share=True) == "43\u00a0%"
    assert write_number(0.0321, DA, as_share=True) == "3,2\u00a0%"
    assert write_number(49.153, DA, as_share=False) == "49,2"
    assert write_number(1234.5, EN, as_share=False) == "1,234"
    assert write_number(6.0, DA, as_share=False) == "6"
    assert write_number(float("nan"), DA, as_share=False) == "–"
    assert write_interval(0.5, (0.2, 0.9), EN, as_share=True) == "50% (20% to 90%)"
    assert parameter_label("waiting.patience_days.exponential.mean", DA) == "waiting.patience_days.exponential.mean"
    target = Target("occupancy", "region", "sjaelland", 0.8, 0, 0, "")
    assert target_label(target, DA).endswith(", Sjælland")
