"""The page about the evidence says what the registry says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from calibration.checks import load_checks
from calibration.evidence import funnel_table, list_who, load_evidence, load_parameter_sources
from calibration.statements import load_statements

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")


@pytest.mark.unit
def test_counts_on_the_page_are_those_of_the_registry() -> None:
    assert f"{len(load_evidence())} rows from seventeen documents" in PAGE
    assert len({row.document for row in load_evidence().values()}) == 17
    assert f"Each of the {len(load_parameter_sources())} parameters" in PAGE
    for basis, count in Counter(source.basis for source in load_parameter_sources().values()).items():
        assert re.search(rf"\| {basis} \|[^|]+\| {count} \|", PAGE), basis
    readme = (ROOT / "calibration" / "data" / "README.md").read_text(encoding="utf-8")
    assert len(list_who()) == 15
    assert "the fifteen voices" in readme


@pytest.mark.unit
def test_every_published_number_of_the_funnel_is_on_the_page() -> None:
    section = PAGE.split("\n## The funnel of published numbers")[1]
    for row in funnel_table():
        low, high = row.women_per_year or (0.0, 0.0)
        written = {f"{end:,.1f}".removesuffix(".0") for end in (low, high)}
        assert all(re.search(rf"(?<![\d.,]){re.escape(end)}(?![\d])", section) for end in written), row.row.id


@pytest.mark.unit
def test_fits_on_the_page_are_those_of_the_statements() -> None:
    for statement in load_statements().values():
        for value in next(iter(statement.fit().word().values())).values():
            assert f"{value:,g}" in PAGE or f"{value:g}" in PAGE, (statement.id, value)


@pytest.mark.unit
def test_every_check_has_its_row() -> None:
    rows = re.findall(r"^\| .* \| (at most )?(\d+) \| [^|]*\|[^|]*\|[^|]*\|[^|]*\|[^|]*\|$", PAGE, flags=re.MULTILINE)
    assert [(bool(bound), float(number)) for bound, number in rows] == [
        (check.comparison == "at_most", check.observed) for check in load_checks()
    ]
