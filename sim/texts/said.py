"""What is to be said in a language that is not known yet: a code of the catalogue, and the values that go with it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from .catalogue import PLAIN


class Said(NamedTuple):
    """One thing to say.

    Attributes
    ----------
    code : str
        Which sentence or phrase: a key of the theme `faults`, such as `allowed.one_of`.
    values : tuple of pairs
        What stands in it, by name: texts as they are, numbers as the language writes them, other things to say, and
        sequences of these.
    """

    code: str
    values: "tuple[tuple[str, Value], ...]"

    def __str__(self) -> str:
        return say_in(PLAIN, self)

    def value(self, name: str) -> "Value":
        """Give one of the values.

        Parameters
        ----------
        name : str
            Of the place where it stands.

        Returns
        -------
        Value
            As it was given.

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        return dict(self.values)[name]


Sayable = Said | str
"""Something to say; a text is said as it is in all languages."""
Value = Sayable | float | dt.date | Sequence[Sayable | float]
"""What stands in the place of a sentence; dates are written as in files."""


def say(code: str, /, **values: Value) -> Said:
    """Note what is to be said.

    Parameters
    ----------
    code : str
        Key of the theme `faults`, such as `allowed.one_of`.
    **values : Value
        What stands in its places.

    Returns
    -------
    Said
        Becomes a text with `str`, in English, and with `say_in` in any language.
    """
    return Said(code, tuple(values.items()))


def say_in(language: str, value: "Value | Any") -> str:
    """Say something in a language.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.
    value : Value
        What to say.

    Returns
    -------
    str
        Its text.

    Raises
    ------
    KeyError
        If the catalogue has no such sentence, or it has places that no value was given for.
    """
    from .texts import load_texts  # noqa: PLC0415 - what says nothing starts without the catalogue

    texts = load_texts(language)
    if isinstance(value, Said):
        return texts(f"faults.{value.code}", **{name: say_in(language, inside) for name, inside in value.values})
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return texts.plain(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return ", ".join(say_in(language, inside) for inside in value)
