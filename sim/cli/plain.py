"""What all commands share: exit codes, the language of messages, and faults as plain messages.

What an exit code says is told in docs/commands.md. Messages are English, unless `--lang` or the environment asks for
another language.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from sim.faults import Fault, FaultError
from sim.files import unusable
from sim.texts import LANGUAGES, PLAIN, say

_F = TypeVar("_F", bound=Callable[..., Any])
_KEY = "doegnplads.language"
DONE, FAULTY, IMPOSSIBLE, STOPPED = 0, 1, 2, 130
"""Done as asked; done, but something asked about was found faulty or is missing; not done; stopped by Ctrl-C."""
ENGINES = ("kernel", "reference")
"""Names of `sim.experiment.ENGINES`, which is slow to load."""
LEVELS = ("region", "kkr", "council", "municipality")
"""Names of `sim.geography.HOME_LEVELS`, which is slow to load."""


def by_option(function: _F) -> _F:
    """Declare `--by`."""
    return click.option(
        "--by",
        "level",
        type=click.Choice(LEVELS),
        help="Also by where the women live: region, KKR area, health council (sundhedsråd) or municipality.",
    )(function)


def lang_option(
    default: str = PLAIN, *, about: str = "Language of messages.", is_given: bool = True
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
    return ctx.meta.get(_KEY, PLAIN) if ctx else PLAIN


def _keep(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if ctx.get_parameter_source(str(param.name)) is not ParameterSource.DEFAULT:
        ctx.meta[_KEY] = value
    return value


class CannotBeDoneError(click.ClickException):
    """Something that cannot be done as asked, or is missing here."""

    exit_code = IMPOSSIBLE


class Keeping:
    """Writes what can be written, in `with` blocks, and tells of the rest when everything is shown."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def __enter__(self) -> None: ...

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, FaultError):
            self.faults += error.faults
        return isinstance(error, FaultError)

    def tell(self) -> None:
        """Say what could not be written, and end with exit code 2 if there is anything."""
        for fault in self.faults:
            click.echo(fault.said(spoken()), err=True)
        if self.faults:
            sys.exit(IMPOSSIBLE)


class _Plain(click.Command):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FaultError as error:
            click.echo(error.said(spoken()), err=True)
        except OSError as error:
            where = Path(error.filename or "what is printed")
            click.echo(unusable(where, say("allowed.a_file_that_can"), error).said(spoken()), err=True)
        except KeyboardInterrupt:
            click.echo("Stopped before there was anything to show.", err=True)
            sys.exit(STOPPED)
        sys.exit(IMPOSSIBLE)


class PlainCommand(_Plain):
    """A command that turns faults into plain messages and an exit code instead of a traceback."""


class PlainGroup(_Plain, click.Group):
    """The same for a group of commands, each of which can be asked for another language."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:  # noqa: D102 - said by click
        if not isinstance(cmd, click.Group) and all(param.name != "lang" for param in cmd.params):
            lang_option(is_given=False)(cmd)
        super().add_command(cmd, name)
