"""What all words of a scenario have in common."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

from sim.faults import Path, broken
from sim.texts import say

_set = object.__setattr__


class Words(BaseModel):
    """A group of words: nothing unknown, nothing changed once it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False)

    added: ClassVar[tuple[str, ...]] = ()
    """Words that came when results were kept already: at their defaults they are no part of what is hashed."""

    @classmethod
    def unhashed(cls) -> Mapping[str, Any]:
        """Find the defaults with which words are no part of what is hashed.

        Returns
        -------
        mapping of str to object
            By word, those of the classes above among them. Not to be changed.
        """
        return _unhashed(cls)


AnyWords = TypeVar("AnyWords", bound=Words)


def changed(words: AnyWords, values: Mapping[str, Any]) -> AnyWords:
    """Set words of a group without checking them: as `model_copy`, which is slow, for it copies what never changes."""
    fresh: AnyWords = words.__class__.__new__(words.__class__)
    _set(fresh, "__dict__", {**words.__dict__, **values})
    _set(fresh, "__pydantic_fields_set__", words.__pydantic_fields_set__ | values.keys())
    _set(fresh, "__pydantic_extra__", None)
    _set(fresh, "__pydantic_private__", None)
    return fresh


@lru_cache(maxsize=128)
def _unhashed(kind: type[Words]) -> Mapping[str, Any]:
    added = dict.fromkeys(word for above in kind.__mro__ for word in getattr(above, "added", ()))
    return {word: kind.model_fields[word].get_default(call_default_factory=True) for word in added}


class Same:
    """A group of words, or a tuple of groups, known by which it is and not by what it says: a key to remember it by."""

    __slots__ = ("words",)

    def __init__(self, words: Any) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.words is other.words


def check_sum(shares: Mapping[str, float], allowed: str, *, path: Path = ()) -> None:
    """Check that shares make up the whole; `allowed` is the code of what is said of them."""
    total = sum(shares.values())
    if abs(total - 1) > 1e-6:
        raise broken(say(allowed), round(total, 6), say("remedy.change_the_shares"), path=path)
