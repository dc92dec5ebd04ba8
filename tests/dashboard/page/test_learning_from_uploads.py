"""Learning from what somebody puts in: nothing of it is kept, and personal numbers are never given back."""

import csv
import io
import tempfile
from pathlib import Path

import openpyxl
import pytest

from calibration.checks import OWN_DATA, run_checks
from calibration.from_rows.file.columns import COLUMNS, REASONS
from calibration.parts import PARTS
from dashboard.answer.learning import (
    DRAWS,
    Lesson,
    Settings,
    example_file,
    faults_file,
    is_refused,
    lesson_draws,
    lesson_estimates,
    lesson_file,
    lesson_file_name,
    posterior_frame,
    read_upload,
    take_lesson,
)
from dashboard.ask.question import Question, own_question, scenario_of
from dashboard.ask.state import State, read_link, write_link
from dashboard.batches.files import Files, add_file
from dashboard.batches.limits import BatchLimits
from dashboard.batches.reading import read_files
from dashboard.page.evidence.learning_tables import (
    MOST_FAULTS,
    build_estimates_table,
    build_left_out_table,
    estimates_frame,
    outside_names,
    reading_lines,
)
from sim.scenario import ScenarioError, read_scenario
from sim.texts import Said, load_texts

DANISH, ENGLISH = load_texts("da"), load_texts("en")
NUMBER = "010190-1234"
MESSY = (
    "løbenummer;henvist;kommune;tilbudt;tilsagn;indskrevet;udskrevet;årsag;graviditetsuge;farve\n"
    + "\n".join(
        f"R{row};{1 + row % 28:02d}-{1 + row % 12:02d}-202{3 + row % 3};Aarhus;ja;ja;;;;22;rød" for row in range(40)
    )
    + "\nA;31-02-2025;Aarhuus;måske;ja;;;;99;\nR1;01-01-2024;Aarhus;ja;ja;;;;;\n"
    + "B;01-05-2024;Aarhus;nej;ja;01-04-2024;;;;\nC;01-05-2024;Aarhus;ja;ja;;;sprængt;;\n"
)


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return take_lesson(read_upload("referrals.csv", example_file("referrals.csv")), scenario_of(Question()), Settings())


def workbook_of(*rows: tuple[str, ...]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"id,referred\n{NUMBER},2025-01-01\n".encode()),
        ("a.csv", f"id,{NUMBER}\n1,2025-01-01\n".encode()),
        (f"{NUMBER}.csv", b"id,referred\n1,2025-01-01\n"),
        ("a.xlsx", workbook_of(("id", "referred"), (NUMBER, "2025-01-01"))),
    ],
    ids=["cell", "column", "file name", "workbook"],
)
def test_personal_numbers_are_refused_and_never_given_back(
    name: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ScenarioError, match="no personal numbers") as error:
        read_upload(name, content)
    assert is_refused(error.value)
    for texts in (DANISH, ENGLISH):
        shown = str(error.value) + build_left_out_table(error.value.faults, texts)
        assert not any(part in shown for part in (NUMBER, NUMBER[:6], NUMBER[-4:]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
def test_nothing_of_a_file_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sheet = read_upload("../../etc/referrals.csv", example_file("referrals.csv"))
    assert sheet.source.endswith("referrals.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "a row for each referral"),
        ("a.pdf", b"x", "a file ending in"),
        ("a", b"x", "a file ending in"),
        ("a.xlsx", b"no workbook", "an Excel workbook"),
    ],
)
def test_what_is_no_table_is_told_apart_from_what_is_refused(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ScenarioError, match=message) as error:
        read_upload(name, content)
    assert not is_refused(error.value)
    assert all(isinstance(said, Said) for fault in error.value.faults for said in (fault.allowed, fault.remedy))


@pytest.mark.unit
def test_what_is_left_out_of_a_messy_file_is_said_in_danish() -> None:
    found = take_lesson(read_upload("rodet.csv", MESSY.encode()), scenario_of(Question()), Settings())
    faults = found.read.faults
    assert len(faults) >= 6
    for fault in faults:
        assert isinstance(fault.allowed, Said), fault
        assert isinstance(fault.remedy, Said), fault
        assert fault.row
    shown = build_left_out_table(faults, DANISH)
    assert "række 42, kommune" in shown
    assert "Mente du Aarhus? Feltet er udeladt." in shown
    assert "en dato, der ikke ligger før henvist" in shown
    lines = " ".join(reading_lines(found, DANISH))
    assert "43 af 44 rækker bruges" in lines
    assert "farve" in lines
    rows = list(csv.reader(io.StringIO(faults_file(faults, "da").decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(faults)
    assert build_left_out_table(faults * MOST_FAULTS, DANISH).count("<tr>") == MOST_FAULTS + 1


@pytest.mark.unit
def test_columns_and_reasons_have_danish_words() -> None:
    for column in COLUMNS:
        assert f"faults.column.{column.name}" in DANISH
    for reason in REASONS:
        assert f"faults.reason.{reason}" in DANISH
    for texts in (DANISH, ENGLISH):
        for part in PARTS:
            assert texts(f"evidence.page.learning.part.{part}")


@pytest.mark.unit
def test_nothing_that_can_be_used_is_an_error() -> None:
    with pytest.raises(ScenarioError) as error:
        take_lesson(read_upload("a.csv", b"referred\nyesterday\n"), scenario_of(Question()), Settings())
    assert error.value.faults


@pytest.mark.unit
def test_what_was_learnt_goes_into_a_scenario_a_link_and_a_run(lesson: Lesson) -> None:
    text = lesson_file(lesson)
    assert read_scenario(text, "fitted.yaml") == lesson.fitted
    question = own_question(lesson.fitted)
    assert scenario_of(question) == lesson.fitted
    assert read_link(write_link(State(question=question))).question == question
    files, _ = add_file(add_file(Files(), lesson_file_name(lesson), text)[0], "draws.csv", lesson_draws(lesson))
    found = read_files(files, BatchLimits())
    assert len(found.cases) == 1 + DRAWS
    assert found.faults == ()


@pytest.mark.unit
def test_parts_can_be_left_as_they_are(lesson: Lesson) -> None:
    sheet = read_upload("referrals.csv", example_file("referrals.csv"))
    found = take_lesson(sheet, lesson.asked, Settings(without=("need", "patience")))
    assert found.fitted.demand.need_per_year == lesson.asked.demand.need_per_year
    assert found.fitted.waiting.patience_days == lesson.asked.waiting.patience_days
    assert found.fitted.acceptance != lesson.asked.acceptance
    assert not any(path.startswith("waiting.patience") for path in posterior_frame(found).columns)


@pytest.mark.unit
@pytest.mark.parametrize("texts", [DANISH, ENGLISH], ids=["da", "en"])
def test_the_tables_have_a_line_an_assumption(lesson: Lesson, texts: object) -> None:
    shown = build_estimates_table(lesson, texts)  # type: ignore[arg-type]
    assert shown.count("<tr>") == 1 + len(lesson.learnt.estimates)
    assert len(estimates_frame(lesson, texts)) == len(lesson.learnt.estimates)  # type: ignore[arg-type]
    assert set(outside_names(lesson, texts)) <= set(estimates_frame(lesson, texts).iloc[:, 0])  # type: ignore[arg-type]
    assert lesson_estimates(lesson).count(b"\n") == 1 + len(lesson.learnt.estimates)


@pytest.mark.unit
def test_what_was_learnt_can_be_held_against_the_published_numbers(lesson: Lesson) -> None:
    checks = run_checks(3, posterior=posterior_frame(lesson), fitted_to=(OWN_DATA,), cores=1)
    assert checks.fitted_to == (OWN_DATA,)
    assert len(checks.rows) > 5


@pytest.mark.unit
def test_the_template_has_the_columns_that_are_read() -> None:
    header = example_file("template.csv").decode("utf-8-sig").strip().split(",")
    assert header == [column.name for column in COLUMNS]
