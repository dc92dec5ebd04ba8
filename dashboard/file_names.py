"""Names of files that strangers give: letters put together in one way, and never a personal number in them."""

import unicodedata

from sim.faults import Fault
from sim.personal_numbers import holds_personal_number
from sim.tables import REFUSED


def one_spelling(text: str) -> str:
    """Put letters together, so that names that look the same are the same."""
    return unicodedata.normalize("NFC", text)


def personal_faults(name: str) -> tuple[Fault, ...]:
    """Say that the name of a file has a personal number in it, without showing it."""
    if not holds_personal_number(name):
        return ()
    remedy = "Nothing of the file was read. Put pseudonyms in place of personal numbers, everywhere in the file."
    return (Fault("the file's name", None, "", REFUSED, "something of that shape", remedy),)
