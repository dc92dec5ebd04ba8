"""The command ``evidence``: what it prints in both languages, what it gives programs, and how it refuses."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from calibration.checks import load_checks
from calibration.commands.evidence import evidence
from calibration.evidence import list_who, load_evidence, load_parameter_sources
from calibration.statements import load_statements
from sim.scenario import scenario_from


def asked(*words: str) -> Result:
    result = CliRunner().invoke(evidence, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.unit
def test_a_parameter_comes_with_default_range_arithmetic_and_rows() -> None:
    result = asked("--parameter", "demand.need_per_year")
    assert result.exit_code == 0
    assert result.stderr == ""
    said = flat(result.stdout)
    for words in (
        "need_per_year: women a year who need a residential place (Denmark)",
        "Default: 75 women a year",
        "Range: 16 to 100",
        "Rests on: documents (worked out from the rows)",
        "Worked out again: default 75 (in use: 75)",
        "They may not be used to check it:",
        "need_dr_2023_70_80",
        "Value is the midpoint. Sum over the regions",
        "“sammenlagt er 70-80 gravide med",
    ):
        assert words in said, words
    assert max(map(len, result.stdout.splitlines())) <= 130


@pytest.mark.unit
def test_danish_is_danish() -> None:
    said = flat(asked("--parameter", "place_year_ordinary", "--lang", "da").stdout)
    assert "Standard: 1.103.428 kr. pr. år i 2021-priser" in said
    assert "Regnet efter: standard 1.103.428 (i brug: 1.103.428)" in said
    assert "Gennemsnit for ALLE familieophold" in said
    for command in (["--funnel"], ["--list", "parameters"], ["--search", "Kamille"], ["fit"]):
        said = flat(asked(*command, "--lang", "da").stdout)
        assert not re.search(r"\b(the|and|women|year|share|assumption|rests)\b", said), command


@pytest.mark.unit
def test_rows_are_narrowed_down_together() -> None:
    rows = json.loads(asked("--view", "municipalities", "--step", "admitted", "--period", "2019", "--json").stdout)[
        "rows"
    ]
    assert [row["id"] for row in rows] == ["visited_res_2019", "visited_res_range", "visited_res_sbst_8"]
    assert {row["who"] for row in rows} == {"municipalities"}
    assert [row["role"] for row in rows] == ["estimate", "repeat", "repeat"]
    assert "No row fits all of that" in asked("--step", "need", "--search", "zzz").stdout


@pytest.mark.unit
def test_programs_get_every_row_in_the_language_asked_for() -> None:
    rows = json.loads(asked("--json").stdout)["rows"]
    assert [row["id"] for row in rows] == list(load_evidence())
    danish = json.loads(asked("--json", "--lang", "da").stdout)["rows"]
    assert danish[0]["unit"] == "kvinder om året"
    assert danish[0]["locator"] == rows[0]["locator"]


@pytest.mark.unit
def test_lists_name_all_parameters_and_all_views() -> None:
    parameters = json.loads(asked("--list", "parameters", "--json").stdout)
    assert [parameter["id"] for parameter in parameters] == list(load_parameter_sources())
    views = json.loads(asked("--list", "views", "--json").stdout)
    assert [view["view"] for view in views] == list(list_who())
    assert sum(view["rows"] for view in views) == len(load_evidence())
    printed = asked("--list", "parameters").stdout
    assert all(name in printed for name in load_parameter_sources())


@pytest.mark.unit
def test_the_funnel_says_what_contradicts_what_and_what_may_not_check_what(tmp_path: Path) -> None:
    picture = tmp_path / "new" / "funnel.html"
    result = asked("--funnel", "--lang", "da", "--out", str(picture))
    said = flat(result.stdout)
    for words in ("Opsporet Intet tal for kvinder om året", "Siger noget forskelligt om det samme", "acceptance_base"):
        assert words in said, words
    assert "Hvad er talt, og p" in picture.read_text(encoding="utf-8")
    found = json.loads(asked("--funnel", "--json").stdout)
    assert {"row_id": "res_drug_21", "parameter": "acceptance_base", "through": "res_drug_21"} in found["circular"]
    assert {row["step"] for row in found["funnel"]} == {"wider", "need", "admitted"}


@pytest.mark.unit
def test_a_fit_is_a_word_of_a_scenario(tmp_path: Path) -> None:
    picture = tmp_path / "fit.html"
    words = ("fit", "--kind", "weibull", "--gone", "0.15", "30", "--gone", "0.40", "365")
    result = asked(*words, "--out", str(picture))
    assert "{weibull: {shape: 0.4583, scale: 1580.0}}" in result.stdout
    assert "15.0% gone by day 30" in result.stdout
    assert picture.stat().st_size > 100_000
    found = json.loads(asked(*words, "--json").stdout)
    assert found["is_met"]
    designs = [{"name": "a", "kind": "none"}]
    loaded = scenario_from({"name": "x", "designs": designs, "stay": {"early_leaving_days": found["distribution"]}})
    assert loaded.stay.early_leaving_days.kind == "weibull"


@pytest.mark.unit
def test_what_cannot_be_met_is_said() -> None:
    said = asked("fit", "--kind", "exponential", "--gone", "0.15", "30", "--gone", "0.40", "365", "--lang", "da").stdout
    assert "Ingen fordeling af den slags siger det hele" in said
    ends = ("--low", "8", "--high", "38")
    ranged = json.loads(
        asked("fit", "--kind", "normal", "--range", "14", "27", "--holding", "0.5", *ends, "--json").stdout
    )
    assert [statement["probability"] for statement in ranged["statements"]] == [0.25, 0.75]


@pytest.mark.unit
def test_statements_of_the_documents_are_listed_with_their_fits() -> None:
    found = json.loads(asked("fit", "--json").stdout)
    assert [statement["id"] for statement in found] == list(load_statements())
    assert "stay.days: {uniform: {low: 183.0, high: 365.0}}" in asked("fit").stdout


@pytest.mark.unit
def test_checks_are_printed_drawn_and_given(tmp_path: Path) -> None:
    picture = tmp_path / "checks.html"
    result = asked("checks", "--draws", "30", "--lang", "da", "--out", str(picture))
    said = flat(result.stdout)
    assert "Døgnophold for familien, 2020 højst 83" in said
    assert "Ikke sammenlignet, det ville være cirkulært" in said
    assert "30 simulationer af fortiden" in said
    assert "Rammer modellen de offentliggjorte tal?" in picture.read_text(encoding="utf-8")
    found = json.loads(asked("checks", "--draws", "30", "--json").stdout)
    assert [check["check"] for check in found["checks"]] == [check.id for check in load_checks()]
    by_id = {check["check"]: check for check in found["checks"]}
    assert by_id["family_2020"]["median"] is None
    assert by_id["residential_2019"]["circular"][0]["parameter"] == "acceptance_base"
    assert asked("checks", "--draws", "30", "--json").stdout == json.dumps(found, ensure_ascii=False) + "\n"


@pytest.mark.unit
def test_draws_of_a_fit_are_read_and_their_origin_demanded(tmp_path: Path) -> None:
    file = tmp_path / "posterior.csv"
    pd.DataFrame({"draw": [1, 2], "acceptance.base": [0.4, 0.5], "note": ["a", "b"]}).to_csv(file, index=False)
    refused = asked("checks", "--draws", "20", "--posterior", str(file))
    assert refused.exit_code == 2
    assert refused.stderr.startswith("fitted_to: ids of the rows that the draws were fitted to; got nothing.")
    found = json.loads(
        asked("checks", "--draws", "20", "--posterior", str(file), "--fitted-to", "res_drug_21", "--json").stdout
    )
    verdicts = {check["check"]: check["verdict"] for check in found["checks"]}
    assert verdicts["drug_2020"] == "refused"
    assert verdicts["residential_2019"] != "refused"
    file.write_text("", encoding="utf-8")
    empty = asked("checks", "--posterior", str(file), "--fitted-to", "own-data")
    assert (empty.exit_code, "a row for each draw below the paths; got none" in empty.stderr) == (2, True)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--parameter", "need_pr_year"], "parameter: a parameter of the model; got 'need_pr_year'. Did you mean"),
        (["--view", "Dansk Regioner"], "view: who says it; got 'Dansk Regioner'. Did you mean Danske Regioner?"),
        (["fit", "--kind", "weibul"], "Did you mean weibull?"),
        (["fit", "--gone", "15", "30"], "got nothing. Say which distribution it is: --kind weibull."),
        (["fit", "--gone", "15", "30"], "statements: a share above 0 and below 1; got '15 gone by 30'. Write 0.15."),
        (["fit", "--range", "9", "18"], "got nothing. Say which distribution it is"),
        (["--list", "views", "--out", "x.html"], "--out: a picture of the funnel; got no --funnel. Add --funnel."),
    ],
)
def test_what_is_not_known_is_refused_with_the_nearest(words: list[str], message: str) -> None:
    result = asked(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
