"""How a command ends: what its exit code says, and faults as plain messages. Told in docs/commands.md."""

import sys
from pathlib import Path

import click

from sim.faults import Fault, FaultError
from sim.files import unusable

DONE, FAULTY, IMPOSSIBLE, STOPPED = 0, 1, 2, 130
"""Done as asked; done, but something asked about was found faulty or is missing; not done; stopped by Ctrl-C."""


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
            click.echo(str(fault), err=True)
        if self.faults:
            sys.exit(IMPOSSIBLE)


class _Plain(click.Command):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FaultError as error:
            click.echo(str(error), err=True)
        except OSError as error:
            where = Path(error.filename or "what is printed")
            click.echo(str(unusable(where, "a file that can be used", error)), err=True)
        except KeyboardInterrupt:
            click.echo("Stopped before there was anything to show.", err=True)
            sys.exit(STOPPED)
        sys.exit(IMPOSSIBLE)


class PlainCommand(_Plain):
    """A command that turns faults into plain messages and an exit code instead of a traceback."""


class PlainGroup(_Plain, click.Group):
    """The same for a group of commands."""
