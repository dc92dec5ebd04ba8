"""From a text in YAML 1.2 to plain values with the line of each, within limits that no scenario comes near.

The events of the reader are counted as they come, so that a hostile text is refused before it costs anything.
Words are taken as YAML 1.2 says: `on` and `no` are words, `0751` is a decimal number. Dates stay text until a
rule reads them.
"""

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import Event, MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent

from sim.faults import Fault, Path, ScenarioError, name_character, one_fault, shown, shown_text
from sim.personal_numbers import PERSONAL_NUMBER, holds_personal_number
from sim.scenario.file.composing import Composer
from sim.texts import say

MOST_BYTES = 100_000
MOST_EVENTS = 8_000
DEEPEST = 12
LONGEST_LINE = 20_000
TABLE_BESIDE = say("remedy.put_travel_times")
"""What to do with a scenario that is too large."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def read_values(text: str | bytes, source: str) -> tuple[Any, dict[Path, int], tuple[Fault, ...]]:
    """Read the values of a text."""
    is_named_so = holds_personal_number(source)
    source = shown_text(source)
    plain = _decoded(text, source)
    composer = Composer(source, plain, most_values=MOST_EVENTS, deepest=DEEPEST)
    if is_named_so:
        composer.faults.append(Fault("the file's name", None, "", *PERSONAL_NUMBER))
    try:
        composer.compose(_events(plain, source))
    except MarkedYAMLError as error:
        raise _broken_yaml(error, plain, source) from None
    except YAMLError:
        raise one_fault(
            source, say("allowed.a_text_in"), got=say("got.something_else"), remedy=say("remedy.save_it_as_plain_text")
        ) from None
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
            allowed, got = say("allowed.at_most_levels", n=DEEPEST), say("got.more_2")
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
                got=say("got.more_2"),
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
