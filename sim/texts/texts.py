"""Texts and numbers in one language."""

import datetime as dt
import math
from collections.abc import Mapping
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

from .catalogue import LANGUAGES, theme_texts, themes

NOTHING = "–"
"""Stands where there is no number."""

_LOCALES = {"da": "da_DK", "en": "en_GB"}
_MILLION = 1e6
_NO_BREAK = "\u00a0"


class Texts:
    """Texts and numbers in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
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
        if key not in self:
            raise KeyError(f"texts of {self.language}: a key of the catalogue; got {key!r}. Add it to both languages.")
        try:
            return self.theme(key)[key].format(**values)
        except KeyError as missing:
            raise KeyError(f"text {key!r}: a value for each of its places; none for {missing}. Give it.") from None

    def __contains__(self, key: str) -> bool:
        return key in self.theme(key)

    def theme(self, key: str) -> Mapping[str, str]:
        """Give all texts of the theme that a key belongs to, by key."""
        return theme_texts(self.language, key.partition(".")[0])

    @property
    def catalogue(self) -> Mapping[str, str]:
        """All texts there are, by key."""
        return {key: text for theme in themes(self.language) for key, text in self.theme(theme).items()}

    def plain(self, number: float) -> str:
        """Write a number as it may be typed: with the decimals it has, and no marks for thousands."""
        written = str(number) if isinstance(number, int) else f"{number:.10f}".rstrip("0").rstrip(".")
        return written.translate(self._marks)

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
        """Write an amount, in millions where it is large; with as many decimals wherever it stands."""
        if not math.isfinite(amount_dkk):
            return NOTHING
        if abs(amount_dkk) < _MILLION / 2:
            return self("common.unit.dkk", number=self.number(amount_dkk, digits or 0))
        millions = amount_dkk / _MILLION
        return self("common.unit.million_dkk", number=self.number(millions, 2 if digits is None else digits))

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

    def counted(self, key: str, n: int) -> str:
        """Say how many of something: with the key of one, or the key itself."""
        return self(f"{key}_one") if n == 1 else self(key, n=self.number(n))

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
    return Texts(language)


def design_label(name: str, texts: Texts) -> str:
    """Name a design for people.

    Parameters
    ----------
    name : str
        Its name in the scenario.
    texts : Texts
        The language.

    Returns
    -------
    str
        The catalogue's name of it, or its own: in quotation marks where the catalogue calls another design that.
    """
    key = f"common.design.{name}"
    if key in texts:
        return texts(key)
    return texts("common.quoted", name=name) if name.casefold() in _common_words(texts) else name


@lru_cache(maxsize=len(LANGUAGES))
def _common_words(texts: Texts) -> frozenset[str]:
    return frozenset(text.casefold() for key, text in texts.theme("common").items() if key.startswith("common.design."))


def place_name(level: str, key: str, texts: Texts) -> str:
    """Name a part of the country for people.

    Parameters
    ----------
    level : str
        One of `sim.geography.HOME_LEVELS`.
    key : str
        As results have it.
    texts : Texts
        The language.

    Returns
    -------
    str
        Its Danish proper name.
    """
    return texts(f"common.region.{key}") if level == "region" else key
