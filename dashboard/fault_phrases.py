"""Faults of scenario files, said in the reader's language.

The scenario's rules speak English. Each of their phrases stands in the catalogue in both languages: what fits the
English phrase is said with the other language's, with the same values. What fits none stays as it is.
"""

import re
from functools import lru_cache
from string import Formatter

from dashboard.texts import Texts, load_texts
from sim.scenario import Fault

_ENGLISH = "en"
_ONE_WORD = {"first", "high", "last", "line", "low", "m", "n", "point", "row"}
"""Places where no space can stand."""
_PHRASED = ("character", "column", "reason", "remedy", "unit")
"""Places where phrases of that kind stand."""


def phrase_fault(fault: Fault, texts: Texts) -> Fault:
    """Say a fault in a language."""
    if texts.language == _ENGLISH:
        return fault
    return fault._replace(
        source=say_phrase(fault.source, "source", texts),
        allowed=say_phrase(fault.allowed, "allowed", texts),
        got=say_phrase(fault.got, "got", texts),
        remedy=say_phrase(fault.remedy, "remedy", texts),
    )


def is_phrased(text: str, kind: str) -> bool:
    """Tell whether the catalogue has a phrase for a text."""
    return any(pattern.fullmatch(text) for _, pattern in _phrases(kind))


def say_phrase(text: str, kind: str, texts: Texts) -> str:
    """Say a part of a fault in a language."""
    for key, pattern in _phrases(kind):
        found = pattern.fullmatch(text)
        if found:
            values = found.groupdict()
            for place in _PHRASED:
                if place in values:
                    values[place] = say_phrase(values[place], place, texts)
            return texts(key, **values)
    return text


@lru_cache(maxsize=8)
def _phrases(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """English phrases with room for values, those with most words of their own first, so that the nearest fits."""
    catalogue = load_texts(_ENGLISH).catalogue
    found = [(key, text) for key, text in catalogue.items() if key.startswith(f"faults.{kind}.")]
    found.sort(key=lambda pair: -sum(len(literal) for literal, *_ in Formatter().parse(pair[1])))
    return tuple((key, _pattern(text)) for key, text in found)


def _pattern(text: str) -> re.Pattern[str]:
    parts = []
    for literal, place, _, _ in Formatter().parse(text):
        parts.append(re.escape(literal))
        if place is not None:
            parts.append(f"(?P<{place}>{'[^ ]+?' if place in _ONE_WORD else '.+?'})")
    return re.compile("".join(parts), re.DOTALL)
