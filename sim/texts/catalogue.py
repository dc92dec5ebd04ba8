"""The files of texts, a theme at a time."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

LANGUAGES = ("da", "en")
"""Languages there are; the first is spoken unless another is asked for."""

PLAIN = "en"
"""Spoken where nobody asked for a language: by commands, in logs and in tracebacks."""

_PACKAGES = ("sim", "calibration", "dashboard")
"""Packages that say something, in folders named `texts`."""
_ENDING = ".yaml"


@cache  # as many as there are files
def theme_texts(language: str, theme: str) -> Mapping[str, str]:
    """Read the texts of a theme, by key; empty if there is none of that name."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - what says nothing starts without it

    for folder in _folders(language):
        file = folder / f"{theme}{_ENDING}"
        if file.is_file():
            values = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
            return dict(_leaves(values or {}, theme, f"{language}/{theme}{_ENDING}"))
    return {}


def themes(language: str) -> tuple[str, ...]:
    """Name all themes."""
    files = (file.name for folder in _folders(language) for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in files if name.endswith(_ENDING)))


def _folders(language: str) -> Iterator[Traversable]:
    for package in _PACKAGES:
        folder = resources.files(package) / "texts" / language
        if folder.is_dir():
            yield folder


def _leaves(values: Mapping[str, Any], prefix: str, source: str) -> Iterator[tuple[str, str]]:
    for word, inside in values.items():
        key = f"{prefix}.{word}"
        if isinstance(inside, Mapping):
            yield from _leaves(inside, key, source)
        elif isinstance(inside, str):
            yield key, inside
        else:
            raise ValueError(f"{source}, {key}: a text; got {inside!r}. Put it in quotation marks.")
