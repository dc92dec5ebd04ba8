"""No default stands without the arithmetic to it, the source it is printed in, or the word assumption."""

import ast
import re
from pathlib import Path

import pytest

import sim.geography
from calibration.data import read_table
from calibration.evidence import load_evidence, load_parameter_sources
from calibration.evidence.arithmetic import FUNCTIONS, evaluate
from calibration.evidence.sources import ENDS
from sim.scenario import load_parameters

SOURCES = load_parameter_sources()
REGION_COLUMNS = set(
    (Path(sim.geography.__file__).parent / "data" / "regions.csv")
    .read_text(encoding="utf-8")
    .splitlines()[0]
    .split(",")
)


def ids_in(expression: str) -> frozenset[str]:
    """Find the rows an expression uses."""
    nodes = ast.walk(ast.parse(expression or "0", mode="eval"))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name)) - set(FUNCTIONS)


def ids_named(text: str) -> set[str]:
    """Ids that a text names; ``ga_*`` and ``muni_share_case1..3`` are written out."""
    found = set()
    for word in re.findall(r"[a-z]+[0-9]*(?:_[a-z0-9]+)+(?:\.\.\d)?|[a-z]+_\*", text):
        many = re.fullmatch(r"(\w+?)(\d)\.\.(\d)", word)
        if many:
            found |= {f"{many[1]}{number}" for number in range(int(many[2]), int(many[3]) + 1)}
        elif word.endswith("*"):
            found.add(word)
        else:
            found.add(word)
    return found - REGION_COLUMNS


@pytest.mark.unit
def test_every_parameter_has_its_row_and_no_other() -> None:
    assert [row["parameter"] for row in read_table("parameter_sources")] == list(load_parameters())


@pytest.mark.unit
@pytest.mark.parametrize("name", list(SOURCES))
def test_no_default_stands_alone(name: str) -> None:
    source = SOURCES[name]
    assert source.meaning_da
    assert source.basis in ("evidence", "outside", "assumption")
    if source.basis == "evidence":
        assert source.used
        assert "default" in source.expressions
    elif source.basis == "assumption":
        assert re.search(r"\b[Aa]ssumption\b", source.arithmetic["en"]), name
        assert re.search(r"\b[Aa]ntagelse\b", source.arithmetic["da"]), name
    else:
        assert not source.parameter.strength.startswith("assumption")
    if source.parameter.strength.startswith("assumption"):
        assert source.basis == "assumption"


@pytest.mark.unit
@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.expressions])
def test_the_arithmetic_gives_the_number_in_use(name: str) -> None:
    source = SOURCES[name]
    for end in ENDS:
        computed, used = source.computed(end), getattr(source.parameter, end)
        if computed is not None:
            assert used is not None
            assert computed == pytest.approx(used, abs=source.tolerance + 1e-12), end


@pytest.mark.unit
def test_tolerances_are_those_of_rounding() -> None:
    for name, source in SOURCES.items():
        assert source.tolerance <= 0.07 * abs(source.parameter.default) or name in (
            "trend_per_year",
            "patience_daily_loss",
        )


@pytest.mark.unit
@pytest.mark.parametrize("name", list(SOURCES))
def test_every_id_exists_and_every_row_of_the_arithmetic_is_named(name: str) -> None:
    source = SOURCES[name]
    rows = load_evidence()
    assert set(source.used) | set(source.see_also) <= set(rows)
    assert not set(source.used) & set(source.see_also)
    for expression in source.expressions.values():
        assert ids_in(expression) <= set(source.used)


@pytest.mark.unit
@pytest.mark.parametrize("name", list(SOURCES))
def test_ids_named_by_the_table_of_parameters_exist_and_are_linked(name: str) -> None:
    source = SOURCES[name]
    linked = {*source.used, *source.see_also}
    for row_id in ids_named(source.parameter.why):
        if row_id.endswith("*"):
            assert any(one.startswith(row_id[:-1]) for one in linked), row_id
        else:
            assert row_id in load_evidence(), row_id
            assert row_id in linked, row_id


@pytest.mark.unit
def test_expressions_are_worked_out() -> None:
    assert evaluate("(need_dr_2023_70_80.low + need_dr_2023_70_80.high) / 2") == 75.0
    assert evaluate("2 ** 3 - 1") == 7.0
    assert evaluate("median(3, 1, 2)") == 2.0
    assert evaluate('parameter("need_per_year")') == 75.0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("expression", "got"),
    [
        ("__import__('os').getcwd()", "__import__"),
        ("need_dr_2022_80.low", "need_dr_2022_80.low"),
        ("need_dr_2022_80.source", "need_dr_2022_80.source"),
        ("no_such_row", "no_such_row.value"),
        ("[1, 2]", r"\[1, 2\]"),
        ("'text'", "'text'"),
        ("1 if 2 else 3", "1 if 2 else 3"),
    ],
)
def test_nothing_but_arithmetic_is_worked_out(expression: str, got: str) -> None:
    with pytest.raises(ValueError, match=f"expression: .*got {got}"):
        evaluate(expression)
