"""Where nothing happens every page stands, shows no number that is none, and calls no design better."""

import re
from pathlib import Path

import pytest
from dashboard_app import open_page

from dashboard.ask.question import own_question
from dashboard.ask.state import State
from dashboard.draw.designs.whose_estimate import view_estimates
from dashboard.page.estimates.best_design import tell_best
from dashboard.page.estimates.under_estimates import under_every_estimate
from dashboard.say.findings import MATTERS, write_findings
from sim.experiment import run_experiment
from sim.scenario import load_scenario
from sim.texts import load_texts

FOLDER = Path(__file__).parent / "nothing_happens"
FILES = sorted(FOLDER.glob("*.yaml"))
SAID = {"lead", "unequal", "payers", "paying_occupancy", "cost_per_year", "public_cost_per_year"}
"""Places that stand empty cost what they cost."""
PAGES = ("plan", "compare", "estimates", "many", "sure", "future")
NOT_A_NUMBER = re.compile(r"(?<![a-zæøå])(nan|inf|infinity|none)(?![a-zæøå])", re.IGNORECASE)


@pytest.mark.ui
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_page_stands(file: Path, page: str) -> None:
    app = open_page(page, State(question=own_question(load_scenario(file))))
    assert not app.exception
    assert not app.error
    said = [block.proto.body for block in app.get("html")] + [block.value for block in (*app.markdown, *app.caption)]
    shown = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", " ", " ".join(said), flags=re.DOTALL)
    assert NOT_A_NUMBER.search(shown) is None, shown[max(0, NOT_A_NUMBER.search(shown).start() - 80) :][:200]


@pytest.mark.unit
@pytest.mark.parametrize("name", ["none-accept", "none-offered", "tiny-need", "zero-need"])
def test_no_design_is_called_better_for_women_who_are_not_there(name: str) -> None:
    results = run_experiment(load_scenario(FOLDER / f"{name}.yaml"), cores=1)
    for language in ("da", "en"):
        for finding in write_findings(results, load_texts(language)):
            assert finding.level < MATTERS or finding.topic in SAID, finding


@pytest.mark.unit
def test_all_alike_is_no_best() -> None:
    scenarios, _ = under_every_estimate(own_question(load_scenario(FOLDER / "none-accept.yaml")))
    view, scenario = next(iter(scenarios.items()))
    frame = view_estimates({view: run_experiment(scenario, cores=1)}, measure="admitted_per_year")
    for language, alike in (("da", "ingen kaldes bedst"), ("en", "none is called best")):
        (said,) = tell_best(frame, load_texts(language), measure="admitted_per_year")
        assert alike in said
