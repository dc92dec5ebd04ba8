"""Municipalities and sites as people write them: by code or name, with or without the word Kommune, with å or aa."""

import difflib
from collections.abc import Mapping
from functools import lru_cache

from sim.geography.places import load_municipalities, load_sites
from sim.tables import plain_word

_LONGEST = 60
_CODE_LENGTH = 4


def find_municipality(text: str) -> int | None:
    """Find a municipality.

    Parameters
    ----------
    text : str
        Its code, also without its leading zero, or its name.

    Returns
    -------
    int or None
        Row of `load_municipalities`; None if there is none.
    """
    known = _municipality_words()
    if text.isascii() and text.isdigit():
        return known.get(text.zfill(_CODE_LENGTH))
    word = _place_word(text)
    return known.get(word, known.get(word.removesuffix("s")))


def nearest_municipality(text: str) -> str | None:
    """Find the municipality that a mistyped name is nearest to.

    Parameters
    ----------
    text : str
        As it was written.

    Returns
    -------
    str or None
        Its name; None if none resembles it.
    """
    known = _municipality_words()
    near = difflib.get_close_matches(_place_word(text[:_LONGEST]), known, n=1, cutoff=0.7)
    return load_municipalities().name[known[near[0]]] if near else None


def find_site(text: str) -> int | None:
    """Find a site.

    Parameters
    ----------
    text : str
        Its three letters, its town where there is one site only, or its hospital.

    Returns
    -------
    int or None
        Row of `load_sites`; None if there is none.
    """
    return _site_words().get(_place_word(text))


def nearest_site(text: str) -> str | None:
    """Find the site that a mistyped word is nearest to.

    Parameters
    ----------
    text : str
        As it was written.

    Returns
    -------
    str or None
        Its three letters; None if none resembles it.
    """
    known = _site_words()
    near = difflib.get_close_matches(_place_word(text[:_LONGEST]), known, n=1, cutoff=0.6)
    return load_sites()[known[near[0]]].id if near else None


def _place_word(text: str) -> str:
    return plain_word(text).replace("å", "aa").removesuffix(" kommune").replace("  ", " ")


@lru_cache(maxsize=1)
def _municipality_words() -> Mapping[str, int]:
    places = load_municipalities()
    by_code = {code: number for number, code in enumerate(places.code)}
    by_name = {_place_word(name): number for number, name in enumerate(places.name)}
    return {name.removesuffix("s"): number for name, number in by_name.items()} | by_name | by_code


@lru_cache(maxsize=1)
def _site_words() -> Mapping[str, int]:
    sites = load_sites()
    towns = [_place_word(site.town) for site in sites]
    words = {town: number for number, town in enumerate(towns) if towns.count(town) == 1}
    words |= {_place_word(site.hospital): number for number, site in enumerate(sites)}
    return words | {site.id.casefold(): number for number, site in enumerate(sites)}
