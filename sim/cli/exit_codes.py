"""What a command says with its exit code, and how it says that it cannot be done. Told in docs/commands.md."""

import click

DONE, FAULTY, IMPOSSIBLE, STOPPED = 0, 1, 2, 130
"""Done as asked; done, but something asked about was found faulty or is missing; not done; stopped by Ctrl-C."""


class CannotBeDoneError(click.ClickException):
    """Something that cannot be done as asked, or is missing here."""

    exit_code = IMPOSSIBLE
