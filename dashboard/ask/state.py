"""The state of the dashboard, and the link that holds all of it.

Takes and gives query parameters: `lang`, and `s` with everything else as compressed JSON, so that another browser
shows exactly the same. A link comes from anybody: what is read is bounded before it is unpacked and checked before it
is used.
"""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboard.ask.file_names import one_spelling
from dashboard.ask.question import ADDABLE, BASELINE, REPLICATIONS, Question, scenario_of
from sim.personal_numbers import holds_personal_number
from sim.scenario import ScenarioError, ready_scenarios
from sim.texts import LANGUAGES

LINK_VERSION = 1
"""Counts up when older links can no longer be read."""

LONGEST_LINK = 12_000
"""Longest `s` that is written or read [characters]: servers and browsers take longer addresses, mail often does not."""

MOST_KEPT = 12
MOST_REPLICATIONS = 5000
_NOT_OF_LINK = re.compile("[^A-Za-z0-9_-]")
_MOST_UNPACKED = 400_000
_MOST_ENTRIES = 400
_LONGEST_TEXT = 200
_LONGEST_NAME = 60

Choice = str | int | float | bool


class KeptQuestion(NamedTuple):
    """A question kept under a name."""

    name: str  # given by whoever kept it
    question: Question  # what was asked


class State(NamedTuple):
    """Everything that decides what is on screen, the page apart."""

    language: str = LANGUAGES[0]  # one of `LANGUAGES`
    question: Question = Question()  # what is asked of the model
    kept: tuple[KeptQuestion, ...] = ()  # what has been kept, oldest first; names differ
    compared: str = ""  # name of the kept question that is compared with; empty for none
    choices: tuple[tuple[str, Choice], ...] = ()

    def choice(self, name: str, default: Choice) -> Choice:
        """Look up what was chosen."""
        chosen = dict(self.choices).get(name, default)
        is_kind = isinstance(chosen, type(default)) or (isinstance(default, float) and isinstance(chosen, int))
        return chosen if is_kind else default

    def with_choice(self, name: str, chosen: Choice) -> "State":
        """Choose something."""
        return self._replace(choices=tuple((dict(self.choices) | {name: chosen}).items()))

    @property
    def compared_question(self) -> Question | None:
        """The kept question that is compared with, if there is one."""
        return next((kept.question for kept in self.kept if kept.name == self.compared), None)


class LinkError(ValueError):
    """A link that cannot be read."""

    def __init__(self, code: str, detail: str = "", fault: ScenarioError | None = None) -> None:
        self.code = code
        self.detail = detail
        self.fault = fault  # what is wrong with what the link asks, if that is it
        super().__init__(f"link: {code}. {detail}".strip())


def write_link(state: State) -> dict[str, str]:
    """Write a state as query parameters."""
    if any(_says_who_lives_in(question) for question in _questions(state)):
        raise LinkError("women")
    parameters = {} if state.language == LANGUAGES[0] else {"lang": state.language}
    content = _state_values(state)
    if content:
        if _holds_personal_number(content):
            raise LinkError("personal")
        text = json.dumps({"v": LINK_VERSION, **content}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), level=9)).decode().rstrip("=")
        if len(packed) > LONGEST_LINK:
            raise LinkError("long")
        parameters["s"] = packed
    return parameters


def read_link(parameters: Mapping[str, str]) -> State:
    """Read a state from query parameters."""
    language = parameters.get("lang", LANGUAGES[0])
    state = State(language=language if language in LANGUAGES else LANGUAGES[0])
    packed = parameters.get("s", "")
    if not packed:
        return state
    content = _unpack(packed)
    try:
        if _holds_personal_number(content):
            raise LinkError("personal")
        if content.pop("v", None) != LINK_VERSION:
            raise LinkError("version")
        state = _state(content, state)
    except LinkError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise LinkError("unreadable") from error
    for question in _questions(state):
        if _says_who_lives_in(question):
            raise LinkError("women")
        _check(question)
    return state


def _questions(state: State) -> tuple[Question, ...]:
    return state.question, *(kept.question for kept in state.kept)


def _says_who_lives_in(question: Question) -> bool:
    """Whether a scenario of one's own has women of today; by the text, so that no spelling slips by."""
    return '"today"' in question.own


def _holds_personal_number(content: Any) -> bool:
    """Whether any text of a link, a name or a key, has the shape of one; numbers are what controls moved."""
    if isinstance(content, Mapping):
        return any(holds_personal_number(word) or _holds_personal_number(inside) for word, inside in content.items())
    if isinstance(content, list | tuple):
        return any(map(_holds_personal_number, content))
    return isinstance(content, str) and holds_personal_number(content)


def _unpack(packed: str) -> dict[str, Any]:
    if len(packed) > LONGEST_LINK:
        raise LinkError("long")
    packed = _NOT_OF_LINK.sub("", packed)  # line ends and full stops that mail programs put in
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), _MOST_UNPACKED)
        if not unpacking.eof:
            raise LinkError("long" if unpacking.unconsumed_tail else "unreadable")
        content = json.loads(one_spelling(text.decode()))
    except LinkError:
        raise
    except (ValueError, zlib.error, RecursionError) as error:
        raise LinkError("unreadable") from error
    if not isinstance(content, dict):
        raise LinkError("unreadable")
    return content


def _check(question: Question) -> None:
    try:
        scenario_of(question)
    except KeyError as error:
        raise LinkError("scenario", str(error.args[0])) from error
    except ScenarioError as error:
        raise LinkError("values", str(error), error) from error


def _state_values(state: State) -> dict[str, Any]:
    found = {
        "q": _question_values(state.question),
        "k": [[kept.name, _question_values(kept.question)] for kept in state.kept],
        "w": state.compared,
        "x": dict(state.choices),
    }
    return {word: value for word, value in found.items() if value}


def _question_values(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if question.own:
        found["o"] = json.loads(question.own)
    elif question.base != BASELINE:
        found["b"] = question.base
    if question.changes:
        found["c"] = dict(question.changes)
    if question.added:
        found["a"] = question.added
    if question.off:
        found["f"] = question.off
    if question.replications != REPLICATIONS:
        found["n"] = question.replications
    return found


def _state(content: Mapping[str, Any], state: State) -> State:
    _only(content, {"q", "k", "w", "x"})
    kept = tuple(
        KeptQuestion(_text(name, _LONGEST_NAME), _question(values)) for name, values in _listed(content.get("k", []))
    )
    _demand(len(kept) <= MOST_KEPT and len({name for name, _ in kept}) == len(kept))
    compared = _text(content.get("w", ""), _LONGEST_NAME)
    _demand(not compared or compared in {name for name, _ in kept})
    choices = _mapping(content.get("x", {}))
    return state._replace(
        question=_question(content.get("q", {})),
        kept=kept,
        compared=compared,
        choices=tuple((_text(name), _scalar(value)) for name, value in choices.items()),
    )


def _question(values: Mapping[str, Any]) -> Question:
    _only(values, {"o", "b", "c", "a", "f", "n"})
    replications = values.get("n", REPLICATIONS)
    _demand(type(replications) is int and 1 <= replications <= MOST_REPLICATIONS)
    own = json.dumps(_mapping(values["o"]), ensure_ascii=False, separators=(",", ":")) if "o" in values else ""
    base = "" if own else _text(values.get("b", BASELINE), _LONGEST_NAME)
    if not own and base not in ready_scenarios():
        raise LinkError("scenario", base)
    added = tuple(_text(name) for name in _listed(values.get("a", [])))
    _demand(set(added) <= set(ADDABLE) and len(set(added)) == len(added))
    return Question(
        base=base,
        own=own,
        changes=tuple((_text(path), _value(value)) for path, value in _mapping(values.get("c", {})).items()),
        added=added,
        off=tuple(_text(name) for name in _listed(values.get("f", []))),
        replications=replications,
    )


def _value(value: Any, depth: int = 0) -> Any:
    if isinstance(value, list):
        _demand(depth < 3 and len(value) <= _MOST_ENTRIES)
        return tuple(_value(item, depth + 1) for item in value)
    return _scalar(value)


def _scalar(value: Any) -> Choice:
    _demand(isinstance(value, str | bool | int | float))
    if isinstance(value, str):
        return _text(value)
    _demand(abs(value) < 1e15)  # and so neither infinite nor not a number
    return value  # type: ignore[no-any-return]


def _text(value: Any, longest: int = _LONGEST_TEXT) -> str:
    _demand(isinstance(value, str) and len(value) <= longest and (value == "" or value.isprintable()))
    return str(value)


def _listed(value: Any) -> list[Any]:
    _demand(isinstance(value, list) and len(value) <= _MOST_ENTRIES)
    return list(value)


def _mapping(value: Any) -> dict[str, Any]:
    _demand(isinstance(value, dict) and len(value) <= _MOST_ENTRIES)
    return dict(value)


def _only(values: Mapping[str, Any], known: set[str]) -> None:
    _demand(isinstance(values, dict) and set(values) <= known)


def _demand(is_so: object) -> None:
    if not is_so:
        raise ValueError("not as written by write_link")
