"""From a text in YAML 1.2 to plain values with the line of each, within limits that no scenario comes near.

The events of the reader are counted as they come, so that a hostile text is refused before it costs anything.
Words are taken as YAML 1.2 says: `on` and `no` are words, `0751` is a decimal number. Dates stay text until a
rule reads them.

What is wrong is noted and read on, so that everything in a file is told at once: a reference is followed, the first of
two words that are the same is kept, of several documents the first is read, and a number cut by a decimal comma is put
together again.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.faults import Fault, Path, ScenarioError, dotted, name_character, one_fault, shown, shown_text, shown_words
from sim.personal_numbers import PERSONAL_NUMBER, holds_personal_number
from sim.texts import Sayable, say

MOST_BYTES = 100_000
MOST_EVENTS = 8_000
DEEPEST = 12
LONGEST_LINE = 20_000
TABLE_BESIDE = say("remedy.put_travel_times")
"""What to do with a scenario that is too large."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_INT = re.compile(r"[-+]?[0-9]+\Z", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z", re.ASCII)
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = {"", "~", "null", "Null", "NULL"}
_CUT_BY_COMMA = re.compile(
    r"(?P<whole>[-+−]?(?:\d{1,3}(?:\.\d{3})+|\d+)),(?P<decimals>\d+)\s*%?|[-+−]?\d{1,3},\d{3}\.\d+", re.ASCII
)
_LIKE_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d\d0", re.ASCII)
"""A number that nobody writes so, unless the point marks thousands."""
_PLAIN = say("allowed.plain_words_and")
_WRITTEN_OUT = say("remedy.write_the_value", example="designs.north.kind: [regional, shared]")


def read_values(text: str | bytes, source: str) -> tuple[Any, dict[Path, int], tuple[Fault, ...]]:
    """Read the values of a text."""
    is_named_so = holds_personal_number(source)
    source = shown_text(source)
    plain = _decoded(text, source)
    composer = _Composer(source, plain)
    if is_named_so:
        composer.faults.append(Fault("the file's name", None, "", *PERSONAL_NUMBER))
    try:
        composer.compose(_events(plain, source))
    except MarkedYAMLError as error:
        raise _broken_yaml(error, plain, source) from None
    except ScenarioError:
        raise
    except (YAMLError, ValueError, RecursionError, AssertionError, AttributeError, LookupError, TypeError):
        raise one_fault(
            source, say("allowed.a_text_in"), got=say("got.something_else"), remedy=say("remedy.save_it_as_plain_text")
        ) from None
    if not composer.has_value:
        raise one_fault(
            source, say("allowed.a_scenario"), got=say("got.an_empty_file"), remedy=say("remedy.begin_with_name")
        )
    return composer.value, composer.lines, tuple(composer.faults)


def _decoded(text: str | bytes, source: str) -> str:
    raw = text if isinstance(text, bytes) else text[: MOST_BYTES + 1].encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        allowed = say("allowed.a_file_of_at_most", n=MOST_BYTES / 1e6)
        raise one_fault(source, allowed, got=say("got.a_larger_one"), remedy=TABLE_BESIDE)
    if raw.startswith(_UTF16) or b"\x00" in raw:
        remedy = say("remedy.save_it_as_plain")
        raise one_fault(source, say("allowed.text_in_utf"), got=say("got.something_else"), remedy=remedy)
    try:
        plain = raw.removeprefix(_BOM).decode("utf-8") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = say("remedy.save_the_file")
        raise one_fault(
            source, say("allowed.text_in_utf"), got=say("got.another_encoding"), remedy=remedy, line=line
        ) from None
    plain = unicodedata.normalize("NFC", plain.replace("\r\n", "\n").replace("\r", "\n"))
    for number, written in enumerate(plain.split("\n"), start=1):
        _check_line(written, number, source)
    return plain


def _check_line(line: str, number: int, source: str) -> None:
    if len(line) > LONGEST_LINE:
        got, remedy = say("got.characters", n=len(line)), say("remedy.break_the_line")
        raise one_fault(source, say("allowed.lines_of_at", n=LONGEST_LINE), got=got, remedy=remedy, line=number)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        remedy = say("remedy.put_spaces_in")
        raise one_fault(source, say("allowed.spaces_before_the"), got=say("got.a_tab"), remedy=remedy, line=number)
    odd = next(
        (one for one in line if not one.isprintable() and one != "\t" and unicodedata.category(one) != "Zs"), None
    )
    if odd is not None:
        got, remedy = say("got.the_character", code=name_character(odd)), say("remedy.remove_it_or_save")
        raise one_fault(source, say("allowed.printable_text"), got=got, remedy=remedy, line=number)


def _events(text: str, source: str) -> Iterator[Event]:
    depth = 0
    for number, event in enumerate(YAML(typ="safe", pure=True).parse(io.StringIO(text))):
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        if depth > DEEPEST:
            allowed, got = say("allowed.at_most_levels", n=DEEPEST), say("got.more")
            raise one_fault(
                source,
                allowed,
                got=got,
                remedy=say("remedy.check_brackets_and_indentation"),
                line=int(event.start_mark.line) + 1,
            )
        if number > MOST_EVENTS:
            raise one_fault(
                source,
                say("allowed.at_most_words", n=MOST_EVENTS),
                got=say("got.more"),
                remedy=TABLE_BESIDE,
                line=int(event.start_mark.line) + 1,
            )
        yield event


def _broken_yaml(error: MarkedYAMLError, text: str, source: str) -> ScenarioError:
    mark = error.problem_mark or error.context_mark
    number = int(mark.line) if mark is not None else 0
    lines = text.split("\n")
    got = shown(lines[number].strip()) if number < len(lines) and lines[number].strip() else say("got.the_end_of")
    problem = str(error.problem or "")
    if "'\\t'" in problem or "\t" in (lines[number] if number < len(lines) else ""):
        remedy = say("remedy.put_spaces_in")
    elif "mapping values" in problem:
        remedy = say("remedy.check_the_indentation")
    elif "undefined alias" in problem or "alias" in problem or "anchor" in problem:
        remedy = say("remedy.put_quotes_around_text")
    else:
        remedy = say("remedy.check_indentation_colons")
    return one_fault(source, say("allowed.a_text_in"), got=got, remedy=remedy, line=number + 1)


class _Composer:
    """Builds values from events, and notes where each stood and what is wrong."""

    def __init__(self, source: str, text: str) -> None:
        self.source, self.text = source, text
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.value: Any = None
        self.has_value = False
        self._anchored: dict[str, Any] = {}
        self._n_referred = 0

    def compose(self, events: Iterator[Event]) -> None:
        """Take the events of a text, up to the end of its first document."""
        for event in events:
            if isinstance(event, DocumentStartEvent) and self.has_value:
                self._add(event, (), say("allowed.one_scenario_a"), say("got.several"), say("remedy.put_each_scenario"))
                return
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.value = self._value(event, events, ())
                self.has_value = self.value is not None

    def _value(self, event: Event, events: Iterator[Event], path: Path) -> Any:
        if path:
            self.lines.setdefault(path, _line(event))
        if isinstance(event, AliasEvent):
            return self._referred(event, path)
        self._refuse_marks(event, path)
        if isinstance(event, MappingStartEvent):
            value: Any = self._mapping(events, path)
        elif isinstance(event, SequenceStartEvent):
            value = self._sequence(events, path)
        else:
            value = _resolved(event)
            if isinstance(event, ScalarEvent) and isinstance(value, float) and _LIKE_THOUSANDS.fullmatch(event.value):
                remedy = say("remedy.write_without_zeros", n=event.value.replace(".", ""), m=value)
                self._add(event, path, say("allowed.a_number_without"), event.value, remedy)
            if holds_personal_number(value) and not ("seed" in path and isinstance(value, int)):
                self._add(event, path, *PERSONAL_NUMBER)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._anchored[anchor] = value
        return value

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Any]:
        items: list[Any] = []
        last: Event | None = None
        while not isinstance(event := next(events), SequenceEndEvent):
            if self._is_cut(last, event):
                items[-1] = self._put_together(last, event, (*path, len(items) - 1))
                last = None
                continue
            items.append(self._value(event, events, (*path, len(items))))
            last = event
        return items

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        key, last = "", None
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._add(
                    event, path, say("allowed.a_word_before"), say("got.a_list_or"), say("remedy.check_brackets_and")
                )
                self._value(event, events, path)
                self._value(next(events), events, path)
                continue
            value = next(events)
            if self._is_cut(last, event) and isinstance(value, ScalarEvent) and value.value == "":
                found[key] = self._put_together(last, event, (*path, key))
                last = None
                continue
            if event.value == "<<" and event.style is None:
                self._add(event, path, _PLAIN, say("got.a_merge_key"), _WRITTEN_OUT)
                for part in _parts(self._value(value, events, path)):
                    merged = part | merged
                continue
            word = self._key(event, path)
            if word in found:
                got = say("got.again_first_in", word=shown(word), line=self.lines[*path, word])
                self._add(event, (*path, word), say("allowed.each_word_only"), got, say("remedy.delete_one_of_the"))
                self._value(value, events, (*path, word))
                continue
            key, last = word, value
            self.lines[*path, key] = _line(event)
            found[key] = self._value(value, events, (*path, key))
        return merged | found

    def _key(self, event: Any, path: Path) -> str:
        """A word before a colon."""
        key = str(event.value) if event.style is not None else str(event.value).strip()
        self._refuse_marks(event, (*path, key))
        if holds_personal_number(key):
            self._add(event, (*path, key), *PERSONAL_NUMBER)
        return key

    def _referred(self, event: Any, path: Path) -> Any:
        """What an alias stands for; its own text where it stands for nothing."""
        self._add(event, path, _PLAIN, say("got.an_anchor_or"), _WRITTEN_OUT)
        if event.anchor not in self._anchored:
            return f"*{event.anchor}"
        value = self._anchored[event.anchor]
        n_values, depth = _extent(value)
        self._n_referred += n_values
        if self._n_referred > MOST_EVENTS or len(path) + depth > DEEPEST:
            allowed = say("allowed.at_most_words", n=MOST_EVENTS)
            raise one_fault(
                self.source,
                allowed,
                got=say("got.more"),
                remedy=say("remedy.check_brackets_and_indentation"),
                line=_line(event),
            )
        return value

    def _refuse_marks(self, event: Any, path: Path) -> None:
        if getattr(event, "anchor", None):
            self._add(event, path, _PLAIN, say("got.an_anchor_or"), _WRITTEN_OUT)
        elif getattr(event, "tag", None) and str(event.tag) != "!":
            remedy = say("remedy.remove_it_or")
            self._add(event, path, _PLAIN, say("got.the_tag", tag=shown(str(event.tag))), remedy)

    def _is_cut(self, left: Any, right: Any) -> bool:
        """Whether a comma between two numbers in brackets may be one before decimals."""
        both = isinstance(left, ScalarEvent) and isinstance(right, ScalarEvent)
        if not both or left.style is not None or right.style is not None:
            return False
        return _CUT_BY_COMMA.fullmatch(self._text_of(left, right)) is not None

    def _put_together(self, left: Any, right: Any, path: Path) -> float:
        """Note a decimal comma, and give the number that may be meant."""
        written = self._text_of(left, right)
        found = _CUT_BY_COMMA.fullmatch(written)
        whole, decimals = found.group("whole", "decimals") if found and found["whole"] else (left.value, "0")
        number = f"{whole.replace('−', '-').replace('.', '')}.{decimals}"
        number = f"{float(number) / 100:g}" if written.endswith("%") else number
        if self.faults and self.faults[-1].path == dotted(path):
            self.faults.pop()  # what was said of its first part alone
        allowed = say("allowed.a_decimal_point")
        remedy = say("remedy.write_value", value=number)
        if isinstance(path[-1], int):
            remedy = say("remedy.write_number_or_two", n=number, low=left.value, high=right.value)
        self._add(left, path, allowed, written, remedy)
        return float(number)

    def _text_of(self, left: Any, right: Any) -> str:
        return self.text[left.start_mark.index : right.end_mark.index].strip()

    def _add(self, event: Event, path: Path, allowed: Sayable, got: Sayable, remedy: Sayable) -> None:
        line = _line(event)
        is_told = allowed == _PLAIN and any(fault.line == line and fault.allowed == _PLAIN for fault in self.faults)
        if not is_told:
            self.faults.append(Fault(self.source, line, dotted(path), allowed, shown_words(got), remedy))


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _parts(value: Any) -> list[dict[str, Any]]:
    """The mappings that a merge key names."""
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)]


def _extent(value: Any) -> tuple[int, int]:
    """How many values there are in a value, itself among them, and how deep they lie."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    extents = [_extent(item) for item in inside]
    return 1 + sum(n for n, _ in extents), 1 + max((depth for _, depth in extents), default=0)


def _resolved(event: Any) -> Any:
    text = str(event.value)
    if event.style is not None or not event.implicit[0]:
        return text
    text = text.strip()
    if text in _NOTHING:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) <= 100:
        return int(text)
    if _FLOAT.match(text) and len(text) <= 100:
        return float(text)
    return text
