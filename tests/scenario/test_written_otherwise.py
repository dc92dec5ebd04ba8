"""What people write in other ways than the files do is either what they mean, or refused with what to write instead."""

import re
import unicodedata
from pathlib import Path

import pytest

from sim.scenario import (
    ScenarioError,
    find_scenario,
    load_cases,
    load_scenario,
    read_scenario,
    scenario_from,
    with_values,
)

FILES = Path(__file__).parent / "written_otherwise"
HEAD = "name: a\n"
DESIGNS = "designs: [{name: a, kind: regional}]\n"
NUMBERS = ("010203-1234", "010203‑1234", "010203  1234", "010203_1234", "0102031234", "102031234", "01 02 03 12 34")

OTHERWISE = [
    ("demand: {need_per_year: 1.000}", "got 1.000. Write 1000, or 1 without zeros at the end."),
    ("economics: {place_price: 5.500}", "got 5.500. Write 5500, or 5.5 without zeros at the end."),
    ("acceptance: {base: 40 %}", "got '40 %'. Write 0.4."),
    ("acceptance: {base: '40%'}", "got '40%'. Write 0.4."),
    ("acceptance: {base: 40}", "got 40. Write 0.4 for 40 %."),
    ("demand:\n  trend_per_year: 2,5 %", "got '2,5 %'. Write 0.025."),
    ("demand: {trend_per_year: 2}", "got 2. Write 0.02 for 2 %."),
    ("economics: {running: {flexible_premium: 15}}", "got 15. Write 0.15 for 15 %."),
    ("replications: {precision: 2}", "got 2. Write 0.02 for 2 %."),
    ("stay: {after_loss_days: 40 %}", "got '40 %'. Write the number alone; its unit is days."),
    ("demand: {trend_per_year: −0.02}", "it holds minus sign (U+2212)."),
    ("demand: {need_per_year: 1 000}", "got '1 000'. Write the number alone; its unit is women/year."),
    ("demand: {need_per_year: 1\u00a0000}", "it holds no-break space (U+00A0)."),
    ("demand: {need_per_year: 1\u202f000}", "it holds narrow no-break space (U+202F)."),
    ("acceptance: {free_minutes: ' 30 '}", "Write 30, without quotes."),
    ("travel: {base_minutes: 1:30}", "got '1:30'. Write the number alone; its unit is minutes."),
    ("start: 46388", "got 46388. Write year-month-day, such as 2027-01-01."),
    ("start: 31-12-2027", "got '31-12-2027'. Write year-month-day, such as 2027-12-31."),
]


def faults_of(text: str, source: str = "f.yaml") -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        read_scenario(text, source)
    return [str(fault) for fault in refused.value.faults]


# -- decimal commas --


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "faults"),
    [
        ("mapping-comma", ["line 4, acceptance.base: a decimal point, .*; got 0,4. Write 0.4."]),
        ("block-comma", ["line 5, acceptance.base: .*; got '0,4'. Use a point, not a comma, before the decimals."]),
        (
            "stays-comma",
            [rf"line 5, stay.days.empirical.values\[{at}\]: a decimal point, .*" for at in range(3)],
        ),
        (
            "sweep-comma",
            [rf"line 5, sweep\[0\].demand.need_per_year\[{at}\]: a decimal point, .*" for at in range(2)],
        ),
    ],
)
def test_a_decimal_comma_is_never_two_values_in_silence(name: str, faults: list[str]) -> None:
    with pytest.raises(ScenarioError) as refused:
        load_cases(FILES / f"{name}.yaml")
    assert len(refused.value.faults) == len(faults)
    for fault, message in zip(refused.value.faults, faults, strict=True):
        assert re.search(message, str(fault)), (str(fault), message)


@pytest.mark.unit
def test_a_sweep_with_decimal_points_has_two_points() -> None:
    found = load_cases(FILES / "sweep-point.yaml")
    assert [case.changes["demand.need_per_year"] for case in found.cases] == [37.5, 62.5]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("value", "got", "remedy"),
    [
        ("[37,5]", "37,5", "Write 37.5, or 37, 5 with a space if they are two values."),
        ("[50,75,100]", "50,75", "Write 50.75, or 50, 75 with a space if they are two values."),
        ("[1.000,5, 2]", "1.000,5", "Write 1000.5, or 1.000, 5 with a space if they are two values."),
        ("[37,5 %, 2]", "37,5 %", "Write 0.375, or 37, 5 % with a space if they are two values."),
    ],
)
def test_a_comma_without_a_space_between_digits_is_refused(value: str, got: str, remedy: str) -> None:
    (fault,) = faults_of(f"{HEAD}stay: {{days: {{empirical: {{values: {value}}}}}}}\n{DESIGNS}")
    assert f"got {got}. {remedy}" in fault


@pytest.mark.unit
def test_compact_lists_that_can_be_read_in_one_way_only_are_read() -> None:
    scenario = read_scenario(f"{HEAD}stay: {{days: {{empirical: {{values: [0.5,1,1.5]}}}}}}\n{DESIGNS}")
    assert scenario.stay.days.values == (0.5, 1, 1.5)  # type: ignore[union-attr]


# -- references, words twice, several documents --


@pytest.mark.unit
def test_anchors_and_merge_keys_are_told_with_the_other_faults() -> None:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(FILES / "merge.yaml")
    told = [(fault.line, fault.path, str(fault.got)) for fault in refused.value.faults]
    assert told == [
        (5, "designs[0]", "an anchor or alias (& or *)"),
        (9, "designs[1]", "a merge key (<<)"),
        (12, "acceptence", "'acceptence'"),
    ]
    assert "without copying it, sweep a word of it, such as designs.north.kind" in str(refused.value.faults[1].remedy)


@pytest.mark.unit
def test_the_remedy_for_copied_designs_helps() -> None:
    text = f"{HEAD}sweep: [{{designs.north.kind: [regional, shared]}}]\n"
    values = {"name": "a", "designs": [{"name": "north", "kind": "regional", "places": {"nordjylland": 4}}]}
    north = scenario_from(values)
    shared = with_values(north, {"designs.north.kind": "shared"})
    assert (shared.designs[0].kind, shared.designs[0].places) == ("shared", north.designs[0].places)  # type: ignore[union-attr]
    assert "a sweep" in faults_of(text + "designs: [{name: north, kind: regional}]\n")[0]


@pytest.mark.unit
def test_words_that_come_twice_are_told_with_the_other_faults() -> None:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(FILES / "twice.yaml")
    assert [(fault.line, fault.path) for fault in refused.value.faults] == [(6, "acceptance"), (9, "designs[1].name")]


@pytest.mark.unit
def test_a_second_document_is_told_with_the_faults_of_the_first() -> None:
    with pytest.raises(ScenarioError, match=r"two-documents.yaml line 4: one scenario a file; got several"):
        load_scenario(FILES / "two-documents.yaml")
    faults = faults_of(f"{HEAD}acceptence: {{base: 0.4}}\n{DESIGNS}---\nname: b\n")
    assert [fault.split(":")[0] for fault in faults] == ["f.yaml line 2, acceptence", "f.yaml line 4"]


@pytest.mark.unit
def test_references_that_grow_are_refused() -> None:
    laughs = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert "at most 8000 words and values; got more" in faults_of(f"a0: &a0 [x, y]\n{laughs}{DESIGNS}")[0]
    chain = "".join(f"a{n}: &a{n} {{a: *a{n - 1}}}\n" for n in range(1, 60))
    assert "got more" in faults_of(f"a0: &a0 {{a: x}}\n{chain}{DESIGNS}")[0]


@pytest.mark.unit
def test_a_word_that_refers_to_nothing_or_to_itself_is_told() -> None:
    assert "got an anchor or alias" in faults_of(f"{HEAD}title: *vigtigt\n{DESIGNS}")[0]
    assert "got an anchor or alias" in faults_of(f"{HEAD}title: &a [*a]\n{DESIGNS}")[0]


# -- per cent, dates, signs and spaces --


@pytest.mark.unit
@pytest.mark.parametrize(("words", "message"), OTHERWISE)
def test_what_is_written_otherwise_is_refused_with_what_to_write(words: str, message: str) -> None:
    (fault,) = faults_of(f"{HEAD}{words}\n{DESIGNS}")
    assert message in fault


@pytest.mark.unit
def test_spaces_after_a_number_are_forgiven() -> None:
    scenario = read_scenario(f"{HEAD}acceptance:\n  base\u00a0: 0.3\u00a0\n{DESIGNS}")
    assert scenario.acceptance.base == 0.3


# -- letters --


@pytest.mark.unit
def test_letters_taken_apart_are_the_letters_they_show(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "små-enheder")
    assert read_scenario(f"name: {apart}\n{DESIGNS}").name == "små-enheder"
    assert scenario_from({"name": apart, "designs": [{"name": apart, "kind": "none"}]}).name == "små-enheder"
    (tmp_path / f"{apart}.yaml").write_text(f"name: {apart}\ntitle: {apart}\n{DESIGNS}", encoding="utf-8")
    found = load_scenario(find_scenario(tmp_path / "små-enheder.yaml"))
    assert (found.name, found.title.da) == ("små-enheder", "små-enheder")
    with pytest.raises(ScenarioError, match=r"designs\[1\].name: a name that no other has"):
        read_scenario(
            f"{HEAD}designs: [{{name: på, kind: none}}, {{name: {unicodedata.normalize('NFD', 'på')}, kind: none}}]"
        )


@pytest.mark.unit
def test_files_beside_a_scenario_are_found_by_the_letters_they_show(tmp_path: Path) -> None:
    on_disk = unicodedata.normalize("NFD", "rejsetid-på-vej.csv")
    (tmp_path / on_disk).write_text("municipality,site,minutes\n0751,AAR,12\n", encoding="utf-8")
    file = tmp_path / "s.yaml"
    file.write_text(f"{HEAD}travel: {{table: rejsetid-på-vej.csv}}\n{DESIGNS}", encoding="utf-8")
    assert load_scenario(file).travel.minutes == {"0751": {"AAR": 12}}
    today = unicodedata.normalize("NFD", "beboere-på-vej.csv")
    (tmp_path / today).write_text("kommune,henvist,graviditetsuge\nAarhus,2026-12-01,22\n", encoding="utf-8")
    file.write_text(f"{HEAD}today: beboere-på-vej.csv\n{DESIGNS}", encoding="utf-8")
    assert [woman.municipality for woman in load_scenario(file).today] == ["0751"]


@pytest.mark.unit
@pytest.mark.parametrize("name", ["aux", "con.x", "NUL", "lpt1", "a."])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    (fault,) = faults_of(f"name: {name}\n{DESIGNS}")
    assert f"name: a name that a file can have; got '{name}'. Choose another" in fault


@pytest.mark.unit
@pytest.mark.parametrize("name", ["konsol", "auxilia", "com", "a.b"])
def test_names_like_those_are_taken(name: str) -> None:
    assert read_scenario(f"name: {name}\n{DESIGNS}").name == name


# -- personal numbers --


@pytest.mark.unit
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "text",
    [
        "name: 'NUMBER'\n" + DESIGNS,
        HEAD + "title: Hansen NUMBER\n" + DESIGNS,
        HEAD + "title: {da: NUMBER}\n" + DESIGNS,
        HEAD + "'NUMBER': 3\n" + DESIGNS,
        HEAD + "demand: {need_per_year: NUMBER}\n" + DESIGNS,
        HEAD + "today: NUMBER.csv\n" + DESIGNS,
        HEAD + "today: [{municipality: Aarhus, referred: NUMBER}]\n" + DESIGNS,
        HEAD + "designs: [{name: x NUMBER, kind: regional}]\n",
        HEAD + "sweep: [{'designs.NUMBER.kind': [regional]}]\n" + DESIGNS,
    ],
)
def test_a_personal_number_is_refused_at_every_place_and_never_shown(text: str, number: str) -> None:
    faults = faults_of(text.replace("NUMBER", number))
    assert any("no personal numbers; got ten digits shaped like a CPR number" in fault for fault in faults)
    assert "1234" not in " ".join(faults)


@pytest.mark.unit
def test_a_personal_number_in_the_name_of_the_file_is_refused_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "010203-1234.yaml"
    file.write_text(HEAD + DESIGNS, encoding="utf-8")
    with pytest.raises(ScenarioError, match="the file's name: no personal numbers") as refused:
        load_scenario(file)
    assert "1234" not in str(refused.value)


@pytest.mark.unit
def test_a_seed_may_have_as_many_digits_as_it_likes() -> None:
    assert read_scenario(f"{HEAD}seed: 101000000\n{DESIGNS}").seed == 101_000_000


@pytest.mark.unit
def test_a_personal_number_in_plain_values_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"title.da: no personal numbers"):
        scenario_from({"name": "a", "title": {"da": "010203-1234"}, "designs": [{"name": "a", "kind": "none"}]})
