"""Texts of the dashboard: one catalogue a language, and numbers as the language writes them.

Takes the files in `da/` and `en/`: one for each page or theme, whose name is the first part of its keys, so that
`title` in `plan.yaml` is `plan.title`. Gives `Texts`. Leaves out which language is spoken: it comes with the link.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol
from ruamel.yaml import YAML

LANGUAGES = ("da", "en")
"""Languages there are; the first is spoken unless another is asked for."""

NOTHING = "–"
"""Stands where there is no number."""

_LOCALES = {"da": "da_DK", "en": "en_GB"}
_MILLION = 1e6
_NO_BREAK = "\u00a0"


class Texts:
    """Texts and numbers in one language."""

    def __init__(self, language: str, catalogue: Mapping[str, str]) -> None:
        self.language = language
        self.catalogue = catalogue
        self._locale = _LOCALES[language]
        self._marks = str.maketrans(
            {
                ",": get_group_symbol(self._locale),
                ".": get_decimal_symbol(self._locale),
                "-": get_minus_sign_symbol(self._locale),
            }
        )

    def __call__(self, key: str, /, **values: object) -> str:
        """Give a text with its values put in."""
        if key not in self.catalogue:
            raise KeyError(f"texts of {self.language}: a key of the catalogue; got {key!r}. Add it to both languages.")
        try:
            return self.catalogue[key].format(**values)
        except KeyError as missing:
            raise KeyError(f"text {key!r}: a value for each of its places; none for {missing}. Give it.") from None

    def __contains__(self, key: str) -> bool:
        return key in self.catalogue

    def number(self, number: float, digits: int = 0) -> str:
        """Write a number with a fixed number of decimals."""
        if not math.isfinite(number):
            return NOTHING
        rounded = round(float(number), digits) + 0.0  # no minus before a zero
        return f"{rounded:,.{digits}f}".translate(self._marks)  # both languages group by three

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share as per cent."""
        if not math.isfinite(share):
            return NOTHING
        return f"{self.number(100.0 * share, digits)}{_NO_BREAK if self.language == 'da' else ''}%"

    def money(self, amount_dkk: float, digits: int | None = None) -> str:
        """Write an amount, in millions where it is large."""
        if not math.isfinite(amount_dkk):
            return NOTHING
        if abs(amount_dkk) < _MILLION / 2:
            return self("common.unit.dkk", number=self.number(amount_dkk, digits or 0))
        millions = amount_dkk / _MILLION
        decimals = digits if digits is not None else (1 if abs(millions) >= 10 else 2)
        return self("common.unit.million_dkk", number=self.number(millions, decimals))

    def interval(self, low: str | float, high: str | float, digits: int = 0) -> str:
        """Write an interval."""
        ends = [end if isinstance(end, str) else self.number(end, digits) for end in (low, high)]
        return NOTHING if NOTHING in ends else self("common.interval", low=ends[0], high=ends[1])

    def date(self, day: dt.date) -> str:
        """Write a date."""
        return format_date(day, format="long", locale=self._locale)

    def days(self, days: float, digits: int = 0) -> str:
        """Write a number of days with its unit."""
        return self._counted("days", days, digits)

    def minutes(self, minutes: float, digits: int = 0) -> str:
        """Write a number of minutes with its unit."""
        return self._counted("minutes", minutes, digits)

    def _counted(self, unit: str, number: float, digits: int) -> str:
        if not math.isfinite(number):
            return NOTHING
        is_one = round(float(number), digits) == 1
        return self(f"common.unit.{unit}{'_one' if is_one else ''}", number=self.number(number, digits))


@lru_cache(maxsize=len(LANGUAGES))
def load_texts(language: str) -> Texts:
    """Load the texts of a language."""
    if language not in LANGUAGES:
        raise ValueError(f"language: one of {', '.join(LANGUAGES)}; got {language[:20]!r}. Choose one of them.")
    catalogue: dict[str, str] = {}
    for file in sorted((resources.files("dashboard.texts") / language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            values = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
            catalogue |= _flat(values or {}, file.name.removesuffix(".yaml"), f"{language}/{file.name}")
    return Texts(language, catalogue)


def _flat(values: Mapping[str, Any], prefix: str, source: str) -> dict[str, str]:
    return dict(_leaves(values, prefix, source))


def _leaves(values: Mapping[str, Any], prefix: str, source: str) -> Iterator[tuple[str, str]]:
    for word, inside in values.items():
        key = f"{prefix}.{word}"
        if isinstance(inside, Mapping):
            yield from _leaves(inside, key, source)
        elif isinstance(inside, str):
            yield key, inside
        else:
            raise ValueError(f"{source}, {key}: a text; got {inside!r}. Put it in quotation marks.")


def design_label(name: str, texts: Texts) -> str:
    """Name a design for people."""
    key = f"common.design.{name}"
    if key in texts:
        return texts(key)
    return texts("common.quoted", name=name) if name.casefold() in _common_words(texts) else name


@lru_cache(maxsize=len(LANGUAGES))
def _common_words(texts: Texts) -> frozenset[str]:
    return frozenset(text.casefold() for key, text in texts.catalogue.items() if key.startswith("common.design."))
