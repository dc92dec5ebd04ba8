"""Commands that are loaded when they are asked for: help and completion wait for none of them."""

from collections.abc import Mapping
from importlib import import_module
from itertools import pairwise

import click
from click.shell_completion import CompletionItem

from sim.personal_numbers import PERSONAL_NUMBER, holds_personal_number

_LONGEST_LINE = 120


class LazyGroup(click.Group):
    """A group of commands, some of which stand in modules that are loaded when they are needed.

    Those are told by name: the module a command stands in, and its line in the list.

    An argument that is empty is refused here, for all of them: it is a variable of the shell that is not set, and an
    empty path would be the folder one stands in.
    """

    def __init__(self, *args: object, lazily: Mapping[str, tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # click's own
        self.lazily = lazily

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: D102 - said by click
        return sorted({*super().list_commands(ctx), *self.lazily})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: D102 - said by click
        if cmd_name in self.lazily and cmd_name not in self.commands:
            self.add_command(getattr(import_module(self.lazily[cmd_name][0]), cmd_name))
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:  # noqa: D102 - said by click
        if any(not word.strip() or (word.startswith("--") and word.endswith("=")) for word in args):
            raise click.UsageError(
                "an argument: something; got an empty one. If it was a variable of the shell, set it.", ctx
            )
        if any(holds_personal_number(word) for before, word in pairwise(("", *args)) if before != "--seed"):
            raise click.UsageError("an argument: {}; got {}. {}".format(*PERSONAL_NUMBER), ctx)
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: D102 - as above
        names = self.list_commands(ctx)
        longest = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._line(name, longest)) for name in names])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:  # noqa: D102 - as above
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        found = [CompletionItem(name, help=self._line(name, _LONGEST_LINE)) for name in names]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def _line(self, name: str, longest: int) -> str:
        command = self.commands.get(name) or click.Command(name, help=self.lazily[name][1])
        return command.get_short_help_str(longest)


class ScenarioName(click.ParamType):  # type: ignore[type-arg] # generic in new versions of click only
    """The name of a ready scenario, or a file, completed by the shell."""

    name = "scenario"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002, D102
        return str(value)

    def shell_complete(  # noqa: D102 - said by click
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from sim.scenario.ready import ready_scenarios  # noqa: PLC0415 - only completion asks here

        names = [CompletionItem(name) for name in ready_scenarios() if name.startswith(incomplete)]
        return [*names, CompletionItem(incomplete, type="file")]


SCENARIO = ScenarioName()
