"""Names of files that strangers give: letters put together in one way, and never a personal number in them."""

import unicodedata

from sim.faults import Fault
from sim.personal_numbers import holds_personal_number
from sim.tables import REFUSED
from sim.texts import say


def one_spelling(text: str) -> str:
    """Put letters together, so that names that look the same are the same."""
    return unicodedata.normalize("NFC", text)


def personal_faults(name: str) -> tuple[Fault, ...]:
    """Say that the name of a file has a personal number in it, without showing it."""
    if not holds_personal_number(name):
        return ()
    remedy = say("remedy.nothing_of_the")
    return (Fault(say("source.the_file_s"), None, "", REFUSED, say("got.something_of_that"), remedy),)
