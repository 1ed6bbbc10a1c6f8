"""The `fangdi` program: the composition root, the only module that may import every package."""

import sys
from typing import Annotated

import typer
from rich.console import Console

import fangdi
from fangdi.commands import account, audit, db, load, report, sample, serve
from fangdi.commands import map as map_
from fangdi.errors import FangdiError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="房地 fangdi: GIS for the office buildings and land of government agencies.",
)
app.add_typer(account.app, name="account")
app.add_typer(db.app, name="db")
app.add_typer(load.app, name="load")
app.add_typer(report.app, name="report")
app.add_typer(audit.app, name="audit")
app.command("serve")(serve.serve)
app.command("run")(serve.run)
app.command("sample")(sample.sample)
app.add_typer(map_.app, name="map")


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
