"""From a text in YAML 1.2 to plain values with the line of each, within limits that no scenario comes near.

The events of the reader are counted as they come, so that a hostile text is refused before it costs anything.
Words are taken as YAML 1.2 says: `on` and `no` are words, `0751` is a decimal number. Dates stay text until a
rule reads them.
"""

import io
import re
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

from sim.faults import Fault, Path, ScenarioError, dotted, one_fault, shown, shown_text

MOST_BYTES = 100_000
MOST_EVENTS = 8_000
DEEPEST = 12
LONGEST_LINE = 20_000

_INT = re.compile(r"[-+]?[0-9]+\Z", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z", re.ASCII)
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = {"", "~", "null", "Null", "NULL"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def read_values(text: str | bytes, source: str) -> tuple[Any, dict[Path, int], tuple[Fault, ...]]:
    """Read the values of a text.

    Parameters
    ----------
    text : str or bytes
        YAML 1.2 in UTF-8.
    source : str
        What it came from, for messages.

    Returns
    -------
    values : object
        Mappings, lists, texts, numbers, true, false and None.
    lines : dict of path to int
        Line of each value, from 1.
    faults : tuple of Fault
        Keys that come twice and the like: what is wrong without keeping the rest from being read.

    Raises
    ------
    ScenarioError
        If it cannot be read at all.
    """
    source = shown_text(source)
    plain = _decoded(text, source)
    composer = _Composer(source)
    try:
        composer.compose(_events(plain, source))
    except MarkedYAMLError as error:
        raise _broken_yaml(error, plain, source) from None
    except YAMLError:
        raise one_fault(source, "a text in YAML 1.2", got="something else", remedy="Save it as plain text.") from None
    except (
        ValueError,
        RecursionError,
        AssertionError,
        AttributeError,
        IndexError,
        TypeError,
        KeyError,
    ) as error:
        if isinstance(error, ScenarioError):
            raise
        raise one_fault(source, "a text in YAML 1.2", got="something else", remedy="Save it as plain text.") from None
    if not composer.has_value:
        raise one_fault(source, "a scenario", got="an empty file", remedy="Begin with name: baseline.")
    return composer.value, composer.lines, tuple(composer.faults)


def _decoded(text: str | bytes, source: str) -> str:
    raw = text if isinstance(text, bytes) else text[: MOST_BYTES + 1].encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        raise too_large(source)
    if raw.startswith(_UTF16) or b"\x00" in raw:
        remedy = "Save it as plain text in UTF-8, not as UTF-16 or a document."
        raise one_fault(source, "text in UTF-8", got="something else", remedy=remedy)
    try:
        plain = raw.removeprefix(_BOM).decode("utf-8") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "Save the file with the encoding UTF-8."
        raise one_fault(source, "text in UTF-8", got="another encoding", remedy=remedy, line=line) from None
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    for number, written in enumerate(plain.split("\n"), start=1):
        _check_line(written, number, source)
    return plain


def _check_line(line: str, number: int, source: str) -> None:
    if len(line) > LONGEST_LINE:
        got, remedy = f"{len(line)} characters", "Break the line."
        raise one_fault(source, f"lines of at most {LONGEST_LINE} characters", got=got, remedy=remedy, line=number)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        remedy = "Put spaces in place of tabs."
        raise one_fault(source, "spaces before the words", got="a tab", remedy=remedy, line=number)
    odd = next((character for character in line if not character.isprintable() and character not in "\t\u00a0"), None)
    if odd is not None:
        got, remedy = (
            f"the character U+{ord(odd):04X}",
            "Remove it, or save the file as plain text in UTF-8.",
        )
        raise one_fault(source, "printable text", got=got, remedy=remedy, line=number)


def too_large(source: str) -> ScenarioError:
    """Build the error for a file that is too large.

    Parameters
    ----------
    source : str
        File name.

    Returns
    -------
    ScenarioError
        To be raised.
    """
    return one_fault(
        source,
        f"a scenario of at most {MOST_BYTES // 1000} kB",
        got="a larger one",
        remedy="Put travel times in a table beside it (travel.table).",
    )


def _events(text: str, source: str) -> Iterator[Event]:
    depth = 0
    for number, event in enumerate(YAML(typ="safe", pure=True).parse(io.StringIO(text))):
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        if depth > DEEPEST:
            allowed, got = f"at most {DEEPEST} levels of words within words", "more"
            raise one_fault(source, allowed, got=got, remedy="Check brackets and indentation.", line=_line(event))
        if number > MOST_EVENTS:
            remedy = "Put travel times in a table beside it (travel.table)."
            raise one_fault(
                source,
                f"at most {MOST_EVENTS} words and values",
                got="more",
                remedy=remedy,
                line=_line(event),
            )
        yield event


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


class _Composer:
    """Builds values from events, and notes where each stood."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.value: Any = None
        self.has_value = False

    def compose(self, events: Iterator[Event]) -> None:
        """Take all events of a text.

        Parameters
        ----------
        events : iterator of Event
            As the reader gives them.
        """
        for event in events:
            if isinstance(event, DocumentStartEvent) and self.has_value:
                remedy = "Put each scenario in a file of its own."
                raise one_fault(self.source, "one scenario a file", got="several", remedy=remedy, line=_line(event))
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                self.value = self._value(event, events, ())
                self.has_value = self.value is not None

    def _value(self, event: Event, events: Iterator[Event], path: Path) -> Any:
        self._refuse_references(event, path)
        if path:
            self.lines.setdefault(path, _line(event))
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), SequenceEndEvent):
                items.append(self._value(event, events, (*path, len(items))))
            return items
        return _resolved(event)

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            self._refuse_references(event, path)
            if not isinstance(event, ScalarEvent):
                allowed, got, remedy = (
                    "a word before the colon",
                    "a list or mapping",
                    "Check brackets and colons.",
                )
                raise one_fault(self.source, allowed, got=got, remedy=remedy, line=_line(event))
            key, line = str(event.value), _line(event)
            if key in found:
                got = f"{shown(key)} again (first in line {self.lines[*path, key]})"
                place = dotted((*path, key))
                fault = Fault(self.source, line, place, "each word only once", got, "Delete one of the two.")
                self.faults.append(fault)
                self._value(next(events), events, (*path, key))
                continue
            self.lines[*path, key] = line
            found[key] = self._value(next(events), events, (*path, key))
        return found

    def _refuse_references(self, event: Any, path: Path) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            got, remedy = "an anchor or alias (& or *)", "Write the value out, or put quotes around the text."
        elif getattr(event, "tag", None) and str(event.tag) != "!":
            got, remedy = f"the tag {shown(str(event.tag))}", "Remove it, or put quotes around the text."
        elif isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
            got, remedy = "a merge key (<<)", "Write the values out."
        else:
            return
        raise ScenarioError([Fault(self.source, _line(event), dotted(path), "plain words and values", got, remedy)])

    def _add(self, line: int, path: Path, allowed: str, got: str, remedy: str) -> None:
        self.faults.append(Fault(self.source, line, dotted(path), allowed, got, remedy))


def _resolved(event: Any) -> Any:
    text = str(event.value)
    if event.style is not None or not event.implicit[0]:
        return text
    if text in _NOTHING:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) <= 100:
        return int(text)
    if _FLOAT.match(text) and len(text) <= 100:
        return float(text)
    return text


def _broken_yaml(error: MarkedYAMLError, text: str, source: str) -> ScenarioError:
    mark = error.problem_mark or error.context_mark
    number = int(mark.line) if mark is not None else 0
    lines = text.split("\n")
    got = shown(lines[number].strip()) if number < len(lines) and lines[number].strip() else "the end of the text"
    problem = str(error.problem or "")
    if "'\\t'" in problem or "\t" in (lines[number] if number < len(lines) else ""):
        remedy = "Put spaces in place of tabs."
    elif "mapping values" in problem:
        remedy = "Check the indentation, and put quotes around text with a colon in it."
    elif "undefined alias" in problem or "alias" in problem or "anchor" in problem:
        remedy = "Put quotes around text that begins with * or &."
    else:
        remedy = "Check indentation, colons, quotes and brackets in this line and the one before."
    return one_fault(source, "a text in YAML 1.2", got=got, remedy=remedy, line=number + 1)
