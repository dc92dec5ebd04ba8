"""Whatever is written where, there is a scenario or a plain message, and never anything else."""

import contextlib
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenarios_by_chance import scenario_words

from sim.scenario import ScenarioError, read_scenario, scenario_from, with_values

MANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FOREIGN = re.compile(
    r"pydantic|ruamel|Input should|Field required|Extra inputs|validation error|Traceback|object at 0x"
)
JUNK = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.binary(max_size=3),
        st.sampled_from(["none", "never", "AAR", "nordjylland", "state", "fifo", "", "~word", 10**400, "x" * 999]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner), st.dictionaries(st.text(max_size=5), inner, max_size=3),
        st.dictionaries(st.sampled_from(["uniform", "low", "kind", "name", "places"]), inner, max_size=3),
    ),
    max_leaves=6,
)  # fmt: skip


@st.composite
def spoilt_words(draw: st.DrawFn) -> dict[str, Any]:
    words = draw(scenario_words())
    for _ in range(draw(st.integers(1, 4))):
        inside: Any = words
        while True:
            keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
            key = draw(st.sampled_from(keys))
            if isinstance(inside[key], dict | list) and inside[key] and draw(st.integers(0, 3)):
                inside = inside[key]
                continue
            if isinstance(inside, dict) and draw(st.booleans()):
                key = draw(st.sampled_from([key, "nonsense", "sites", "flexible", "external", "kind", 5]))
            inside[key] = draw(JUNK)
            break
    return words


def check_plain(error: ScenarioError) -> None:
    assert error.faults
    for fault in error.faults:
        assert str(fault).isprintable()
        assert not FOREIGN.search(str(fault))
        assert str(fault.allowed)
        assert str(fault.got)
        assert str(fault.remedy)
        assert len(str(fault.got)) <= 100


@pytest.mark.law
@MANY
@given(spoilt_words())
def test_spoilt_values_give_a_scenario_or_plain_faults(words: dict[str, Any]) -> None:
    try:
        scenario_from(words)
    except ScenarioError as error:
        check_plain(error)


@pytest.mark.law
@MANY
@given(st.one_of(st.text(max_size=80), st.binary(max_size=80), st.text("ab:-[]{}?,'\"|>&*!%@# \n", max_size=60)))
def test_any_text_gives_plain_faults(text: str | bytes) -> None:
    with pytest.raises(ScenarioError) as error:
        read_scenario(text)
    check_plain(error.value)


@pytest.mark.law
@MANY
@given(
    st.text("ab.[]0 ", max_size=9)
    | st.from_regex(r"(demand|designs|designs\[0\]|waiting)(\.[a-z_]{1,9}){0,3}", fullmatch=True),
    JUNK,
)
def test_any_change_gives_a_scenario_or_plain_faults(path: str, value: object) -> None:
    scenario = scenario_from({"name": "a", "designs": [{"name": "a", "kind": "regional"}]})
    with contextlib.suppress(ScenarioError):
        with_values(scenario, {path: value})
