"""A link holds all of the state, and nothing in a link can break the dashboard."""

import base64
import json
import string
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ask.question import Question, own_question, with_changes
from dashboard.ask.state import LONGEST_LINK, MOST_KEPT, KeptQuestion, LinkError, State, read_link, write_link
from sim.scenario import load_views, read_scenario, ready_scenarios, scenario_from

NAMES = st.text(alphabet=string.ascii_letters + "æøåÆØÅ -%&?#»", min_size=1, max_size=40).filter(str.isprintable)
CHOICES = st.one_of(NAMES, st.integers(-(10**9), 10**9), st.booleans(), st.floats(-1e9, 1e9))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "acceptance.base": st.floats(0, 1),
        "demand.view": st.sampled_from([view.id for view in load_views().values() if view.step == "need"]),
        "horizon_years": st.integers(1, 30),
        "stay.anchor": st.sampled_from(["birth", "admission"]),
        "designs.regional.places.midtjylland": st.integers(0, 200),
        "designs.shared.groups": st.sampled_from(
            [(("hovedstaden", "sjaelland"), ("syddanmark", "midtjylland", "nordjylland"))]
        ),
        "designs.shared.home_first": st.booleans(),
    },
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    question = Question(
        base="today-regions",
        added=draw(st.sampled_from([(), ("national",), ("local", "none")])),
        off=draw(st.sampled_from([(), ("shared",), ("external", "flexible")])),
        replications=draw(st.integers(1, 5000)),
    )
    return with_changes(question, draw(CHANGES))


@st.composite
def states(draw: st.DrawFn) -> State:
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    return State(
        language=draw(st.sampled_from(["da", "en"])),
        question=draw(questions()),
        kept=tuple(KeptQuestion(name, draw(questions())) for name in names),
        compared=draw(st.sampled_from(["", *names])),
        choices=tuple(
            draw(
                st.dictionaries(
                    NAMES,
                    st.one_of(NAMES, st.integers(-(10**9), 10**9), st.booleans(), st.floats(-1e9, 1e9)),
                    max_size=4,
                )
            ).items()
        ),
    )


@pytest.mark.law
@settings(max_examples=60, deadline=None)
@given(states())
def test_another_browser_sees_the_same(state: State) -> None:
    assert read_link(write_link(state)) == state


@pytest.mark.unit
def test_the_beginning_needs_no_link() -> None:
    assert write_link(State()) == {}
    assert write_link(State(language="en")) == {"lang": "en"}
    assert read_link({}) == State()
    assert read_link({"lang": "sv", "of_others": "x"}) == State()


@pytest.mark.unit
def test_a_scenario_of_ones_own_travels_with_the_link() -> None:
    scenario = read_scenario("name: mine\nacceptance: {base: 0.3}\ndesigns: [{name: a, kind: regional}]\n")
    state = State(question=with_changes(own_question(scenario), {"acceptance.base": 0.5}))
    assert read_link(write_link(state)) == state


@pytest.mark.unit
def test_who_lives_in_today_never_stands_in_a_link() -> None:
    dates = {"referred": "2027-01-04", "admitted": "2027-01-05", "birth": "2027-05-01"}
    women = [{"municipality": "0751", "site": "AAR", **dates}]
    words = {"name": "mine", "start": "2027-06-01", "today": women, "designs": [{"name": "a", "kind": "regional"}]}
    own = own_question(scenario_from(words))
    for state in (State(question=own), State(kept=(KeptQuestion("mine", own),))):
        with pytest.raises(LinkError, match="link: women"):
            write_link(state)
    with pytest.raises(LinkError, match="link: women"):
        read_link(asking(o=words))
    ready = State(question=Question(base="from-today"))  # invented, and only named
    assert read_link(write_link(ready)) == ready


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(ready_scenarios()))
def test_every_ready_scenario_travels_with_the_link(name: str) -> None:
    state = State(question=Question(base=name))
    assert read_link(write_link(state)) == state


def packed(content: object, *, raw: bytes | None = None) -> dict[str, str]:
    text = json.dumps(content).encode() if raw is None else raw
    return {"s": base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")}


def asking(**question: Any) -> dict[str, str]:
    return packed({"v": 1, "q": question})


BROKEN = {
    "not base64": ({"s": "æ%%"}, "unreadable"),
    "not packed": ({"s": "aGVq"}, "unreadable"),
    "cut short": ({"s": write_link(State(question=Question(replications=7)))["s"][:-6]}, "unreadable"),
    "too long": ({"s": "A" * (LONGEST_LINK + 1)}, "long"),
    "a bomb": (packed(None, raw=b" " * 5_000_000), "long"),
    "deep": (packed(None, raw=b"[" * 100_000 + b"]" * 100_000), "unreadable"),
    "deep inside": (packed(None, raw=b'{"v":1,"q":{"c":{"a":' + b"[" * 900 + b"]" * 900 + b"}}}"), "unreadable"),
    "lists in lists": (asking(c={"designs.shared.groups": [[[[["hovedstaden"]]]]]}), "unreadable"),
    "not a mapping": (packed([1]), "unreadable"),
    "no version": (packed({"q": {}}), "version"),
    "later version": (packed({"v": 2}), "version"),
    "unknown word": (packed({"v": 1, "z": 1}), "unreadable"),
    "unknown word below": (asking(z=1), "unreadable"),
    "not a number": (packed(None, raw=b'{"v":1,"q":{"c":{"acceptance.base":NaN}}}'), "unreadable"),
    "infinite": (packed(None, raw=b'{"v":1,"q":{"c":{"acceptance.base":1e999}}}'), "unreadable"),
    "huge": (packed(None, raw=b'{"v":1,"q":{"c":{"seed":' + b"9" * 400 + b"}}}"), "unreadable"),
    "too many digits": (packed(None, raw=b'{"v":1,"q":{"c":{"seed":' + b"9" * 5000 + b"}}}"), "unreadable"),
    "mapping for a value": (asking(c={"acceptance": {"base": 1}}), "unreadable"),
    "nothing for a value": (asking(c={"acceptance.base": None}), "unreadable"),
    "no replications": (asking(n=0), "unreadable"),
    "truth for a number": (asking(n=True), "unreadable"),
    "endless replications": (asking(n=10**9), "unreadable"),
    "unknown scenario": (asking(b="nonsense"), "scenario"),
    "a path for a scenario": (asking(b="../../etc/passwd"), "scenario"),
    "unknown design to add": (asking(a=["castle"]), "unreadable"),
    "design added twice": (asking(a=["local", "local"]), "unreadable"),
    "unknown path": (asking(c={"acceptance.nonsense": 1}), "values"),
    "impossible value": (asking(c={"acceptance.base": 7}), "values"),
    "impossible together": (
        asking(b="today-regions", c={"designs.flexible.flexible.max_places.nordjylland": 0}),
        "values",
    ),
    "no design left": (asking(b="today-regions", f=["regional", "shared", "flexible", "external"]), "values"),
    "more women than there is room for": (asking(c={"demand.need_per_year": 10_000}), "values"),
    "growth without end": (asking(c={"demand.trend_per_year": 1, "horizon_years": 50}), "values"),
    "own without designs": (asking(o={"name": "x"}), "values"),
    "own as text": (asking(o="x"), "unreadable"),
    "control characters": (packed({"v": 1, "k": [["a\u0007b", {}]]}), "unreadable"),
    "kept without a question": (packed({"v": 1, "k": [["a"]]}), "unreadable"),
    "kept as a word": (packed({"v": 1, "k": "abc"}), "unreadable"),
    "kept twice": (packed({"v": 1, "k": [["a", {}], ["a", {}]]}), "unreadable"),
    "too many kept": (packed({"v": 1, "k": [[str(n), {}] for n in range(MOST_KEPT + 1)]}), "unreadable"),
    "compared with nobody": (packed({"v": 1, "w": "nobody"}), "unreadable"),
    "choice of a kind that is none": (packed({"v": 1, "x": {"a": [1]}}), "unreadable"),
}


@pytest.mark.unit
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_link_is_refused_and_says_why(name: str) -> None:
    parameters, code = BROKEN[name]
    with pytest.raises(LinkError, match=f"link: {code}") as caught:
        read_link(parameters)
    assert caught.value.code == code


@pytest.mark.law
@settings(max_examples=200, deadline=None)
@given(st.recursive(st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=5)), lambda inner: st.one_of(
    st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["v", "q", "k", "w", "x", "c", "o", "b", "n"]), inner)
)))  # fmt: skip
def test_whatever_a_link_says_it_is_read_or_refused(content: object) -> None:
    content = content | {"v": 1} if isinstance(content, dict) else content
    try:
        state = read_link(packed(content))
    except LinkError:
        return
    assert read_link(write_link(state)) == state


@pytest.mark.unit
def test_too_much_for_a_link_is_said() -> None:
    pools = [{"id": f"p{n}", "site": "AAR", "places": n % 7 + 1, "turnaround_days": n * 0.37} for n in range(150)]
    scenario = read_scenario(json.dumps({"name": "x", "designs": [{"name": "a", "kind": "pools", "pools": pools}]}))
    kept = tuple(KeptQuestion(f"{n}", own_question(scenario)._replace(replications=n + 1)) for n in range(MOST_KEPT))
    state = State(kept=kept, choices=tuple((f"{n}", hash(str(n)) % 10**9) for n in range(399)))
    noise = tuple((f"{n}", zlib.crc32(str(n).encode()) ** 2 % 10**14) for n in range(399))
    with pytest.raises(LinkError, match="link: long"):
        write_link(state._replace(choices=tuple((name + str(value) * 9, value) for name, value in noise)))


@pytest.mark.unit
def test_a_choice_of_another_kind_than_expected_is_not_taken() -> None:
    state = State(choices=(("view.number", "text"), ("view.share", 1)))
    assert state.choice("view.number", 3) == 3
    assert state.choice("view.share", 0.5) == 1
    assert state.choice("view.none", "x") == "x"
    assert dict(state.with_choice("view.number", 4).choices) == {"view.number": 4, "view.share": 1}
