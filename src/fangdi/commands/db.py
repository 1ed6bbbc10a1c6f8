"""`fangdi db`: start, stop and migrate the database."""

import typer
from rich.console import Console

import fangdi_migrations
from fangdi.commands.database import started_database
from fangdi.settings import read_settings
from fangdi.store import cluster, usage
from fangdi.store.engine import create_engine

app = typer.Typer(no_args_is_help=True, help="Start, stop and migrate the database.")
_console = Console(soft_wrap=True, highlight=False)


@app.command()
def up() -> None:
    """Start the embedded database, creating it the first time, and print its address."""
    _console.print(cluster.ensure_running(read_settings()), markup=False)


@app.command()
def down() -> None:
    """Stop the embedded database; a database named by FANGDI_DATABASE_URL is left alone."""
    stopped = cluster.stop(read_settings())
    _console.print("Stopped." if stopped else "The embedded database was not running.")


@app.command()
def status() -> None:
    """Say which database is used and whether it runs."""
    found = cluster.status(read_settings())
    if found.state == "external":
        _console.print("FANGDI_DATABASE_URL names a database that is run by others.")
    else:
        _console.print(f"{found.state}  {found.home}" + (f"  (process {found.pid})" if found.pid else ""), markup=False)


@app.command()
def migrate() -> None:
    """Bring the schema up to date."""
    applied = fangdi_migrations.upgrade(started_database(read_settings()))
    for script in applied:
        _console.print(f"Applied {script}", markup=False)
    if not applied:
        _console.print("The schema is up to date.")


@app.command(name="add-up")
def add_up() -> None:
    """Add up the use of all rooms anew (重新汇总); a worker does it by itself after a large load."""
    database = create_engine(started_database(read_settings()), pool_size=1)
    try:
        with database.begin() as connection:
            usage.recompute(connection)
    finally:
        database.dispose()
    _console.print("The use of all rooms is added up.")


@app.command()
def check() -> None:
    """Compare the database with the schema that the code describes; exit with 1 if they differ."""
    differences = fangdi_migrations.check(started_database(read_settings()))
    for difference in differences:
        _console.print(difference, markup=False)
    if differences:
        raise typer.Exit(1)
    _console.print("The schema is up to date.")
