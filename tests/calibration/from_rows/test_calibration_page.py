"""The page on learning says what the program does: columns, reasons, options, words, priors and recovery."""

import re
from pathlib import Path

import pytest
from invented_files import LEARNT
from recovering_truths import FIXED_TRUTH

from calibration.commands.calibrate import calibrate
from calibration.from_rows.file.columns import COLUMNS, REASON_WORDS, REASONS, plain_word
from calibration.parts import PARTS
from calibration.priors.early_leaving import SHAPE_AND_SCALE, leaving_prior
from calibration.priors.parameters import parameter_prior

PAGE = Path("docs/calibration.md").read_text(encoding="utf-8")


def rows_of(word: str) -> list[list[str]]:
    """Cells of the table rows that begin with a word in code."""
    lines = [line for line in PAGE.splitlines() if line.startswith(f"| `{word}")]
    return [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines]


@pytest.mark.unit
@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_column_is_explained_with_the_danish_name_of_the_empty_file(column: object) -> None:
    (row,) = rows_of(f"{column.name}`")  # type: ignore[attr-defined]
    assert row[1] == column.danish[0]  # type: ignore[attr-defined]


@pytest.mark.unit
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_explained_with_a_danish_word_that_is_understood(reason: str) -> None:
    (row,) = rows_of(f"{reason}`")
    assert REASONS[REASON_WORDS[plain_word(row[1])]] == reason


@pytest.mark.unit
def test_every_option_and_part_is_explained() -> None:
    for parameter in calibrate.params:
        for option in parameter.opts:
            assert f"`{option}`" in PAGE or not option.startswith("--"), option
    for part in PARTS:
        assert f"`{part}`" in PAGE, part


@pytest.mark.unit
def test_every_word_that_is_learnt_is_explained_and_recovered() -> None:
    for path in FIXED_TRUTH:
        word = ".".join(path.split(".")[:2])
        assert f"`{word}`" in PAGE, word
        assert any("%" in cell for row in rows_of(f"{path}`") for cell in row[1:]), path


@pytest.mark.unit
@pytest.mark.parametrize("parameter", [*LEARNT, *SHAPE_AND_SCALE])
def test_every_prior_stands_with_its_mean_and_interval(parameter: str) -> None:
    (row,) = rows_of(f"{parameter}`")
    prior = leaving_prior(parameter) if parameter in SHAPE_AND_SCALE else parameter_prior(parameter)
    written = [float(number.replace(",", "")) for number in re.findall(r"-?[\d,]*\.?\d+", row[3].replace("95 %", ""))]
    assert written == pytest.approx([float(prior.distribution.mean()), *prior.interval()], rel=0.01)


@pytest.mark.unit
def test_what_is_said_of_the_table_of_recovery_is_in_it() -> None:
    rows = [row for path in FIXED_TRUTH for row in rows_of(f"{path}`") if len(row) == 10]
    drawn, corners, wide = ([float(row[place].rstrip(" %")) for row in rows] for place in (1, 4, 7))
    assert len(drawn) == 26
    assert f"all 26 lie between {min(drawn):.0f} and {max(drawn):.0f} %" in PAGE
    assert f"shape is held in {corners[-2]:.0f} % of the records and the scale in\n{corners[-1]:.0f} %" in PAGE
    assert f"they lie from {min(wide):.0f} % up" in PAGE


@pytest.mark.unit
def test_the_front_page_shows_rows_of_this_page() -> None:
    front = Path("README.md").read_text(encoding="utf-8").split("$ doegnplads calibrate")[1].split("```")[0]
    rows = [" ".join(line.split()) for line in front.splitlines() if re.match(r"[a-z_]+\.\S+  ", line)]
    assert len(rows) == 4
    assert set(rows) <= {" ".join(line.split()) for line in PAGE.splitlines()}
