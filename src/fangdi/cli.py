"""The `fangdi` program: the composition root, the only module that may import every package."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

import fangdi
from fangdi.errors import FangdiError

_COMMANDS = {
    "account": "account:app",
    "db": "db:app",
    "findings": "findings:app",
    "load": "load:app",
    "report": "report:app",
    "audit": "audit:app",
    "serve": "serve:serve",
    "run": "serve:run",
    "worker": "worker:worker",
    "sample": "sample:sample",
    "map": "map:app",
    "plan": "plan:app",
}
"""Where each command is found in `fangdi.commands`."""


class _Commands(TyperGroup):
    """Imports a command when it is asked for: each needs much that the others do not."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as the base class has it
        """Return the names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as the base class has it
        """Return the command of this name; None when there is none."""
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        found = getattr(import_module(f"fangdi.commands.{module}"), name)
        command: Any = typer.main.get_group(found) if isinstance(found, typer.Typer) else _single(found)
        command.name = cmd_name
        return command


def _single(function: Callable[..., None]) -> Any:
    """Return a command that is not a group."""
    alone = typer.Typer(add_completion=False)
    alone.command()(function)
    return typer.main.get_command(alone)


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="房地 fangdi: GIS for the office buildings and land of government agencies.",
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer's way to declare a flag
    if wanted:
        typer.echo(f"fangdi {fangdi.__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
]


@app.callback()
def _options(version: Version = False) -> None:  # noqa: FBT002 - typer's way to declare a flag
    """房地 fangdi: GIS for the office buildings and land of government agencies."""


def main() -> None:
    """Run the program; what the user can act on is one line on standard error and exit code 1."""
    try:
        app()
    except FangdiError as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(
            f"fangdi: {error.message}", markup=False, style="red"
        )
        sys.exit(1)
