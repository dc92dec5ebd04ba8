"""Words that are known, and the nearest of them to a mistyped one.

Takes what was written and what may be written. Gives the word, or a message with its remedy. Leaves out what
the words mean.
"""

import difflib
from collections.abc import Iterable


def known_word(word: str, known: Iterable[str], *, where: str) -> str:
    """Return `word` if it is known, else say what is and which is nearest."""
    words = list(known)
    if word in words:
        return word
    raise ValueError(f"{where}: one of {', '.join(words)}; got {word!r}. {nearest_hint(word, words)}")


def nearest_hint(word: str, known: Iterable[str]) -> str:
    """Say which known word is nearest to a mistyped one."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return f"Did you mean {by_folded[near[0]]}?" if near else "Write one of those that are known."
