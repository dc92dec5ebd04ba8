"""The language of what a command says: English, unless `--lang` or the environment asks for another."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from sim.texts import LANGUAGES

_F = TypeVar("_F", bound=Callable[..., Any])
_KEY = "doegnplads.language"
_PLAIN = "en"


def lang_option(
    default: str = _PLAIN, *, about: str = "Language of messages.", is_given: bool = True
) -> Callable[[_F], _F]:
    """Declare `--lang`; a command that does not need the value itself is not given it."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=default,
        envvar="DOEGNPLADS_LANG",
        show_default=True,
        expose_value=is_given,
        callback=_keep,
        help=about,
    )


def spoken() -> str:
    """Give the language of messages."""
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(_KEY, _PLAIN) if ctx else _PLAIN


def _keep(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if ctx.get_parameter_source(str(param.name)) is not ParameterSource.DEFAULT:
        ctx.meta[_KEY] = value
    return value
