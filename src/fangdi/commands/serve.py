"""`fangdi serve` and `fangdi run`: serve the API and the map."""

import ipaddress
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

import fangdi_migrations
from fangdi import log
from fangdi.commands.account import print_password
from fangdi.commands.database import check_serving, hint_at_accounts, serving_database, started_database
from fangdi.commands.worker import how_many, workers
from fangdi.errors import AddressInUseError, SettingsError
from fangdi.service import accounts, demo
from fangdi.settings import Settings, read_settings
from fangdi.store import cluster, engine, filling

_console = Console(soft_wrap=True, highlight=False)

Host = Annotated[str | None, typer.Option(help="Address to serve on, instead of FANGDI_HOST.")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Port to serve on, instead of FANGDI_PORT.")]


def serve(host: Host = None, port: Port = None) -> None:
    """Serve the API and the map from a database that is already migrated."""
    settings = _settings(host=host, port=port)
    with listen(settings) as listener:
        hint_at_accounts(started_database(settings), settings)
        _serve(listener, settings=settings)


def run(host: Host = None, port: Port = None) -> None:
    """Start the database, migrate it, load the sample city if it is empty, and serve, with workers beside."""
    settings = _settings(host=host, port=port)
    with listen(settings) as listener:  # first of all: nothing is started when the port is taken
        signal.signal(signal.SIGTERM, _exit)  # so that the end of this block is reached then, too
        was_running = cluster.status(settings).state == "running"
        url = cluster.ensure_running(settings)
        try:
            for script in fangdi_migrations.upgrade(url):
                _console.print(f"Applied migration {script}", markup=False)
            load_sample_if_empty(url, settings)
            prepare_accounts(url, settings)
            with workers(url, how_many(settings), log_level=settings.log_level):
                _serve(listener, settings=settings)
        finally:
            if not was_running:
                cluster.stop_if_idle(settings)


def load_sample_if_empty(url: str, settings: Settings) -> None:
    """Load the invented sample city into a database that holds no jurisdiction yet."""
    database = engine.create_engine(url)
    with database.connect() as connection:
        empty = connection.exec_driver_sql("SELECT NOT EXISTS (SELECT FROM fangdi.jurisdiction)").scalar_one()
    database.dispose()
    if empty:
        from fangdi.commands.sample import load_sample_city  # noqa: PLC0415 - heavy, and needed once

        load_sample_city(url, settings)


def prepare_accounts(url: str, settings: Settings) -> None:
    """Make the accounts to begin with: one per role in the sample city, else an administrator if there is nobody."""
    database = engine.create_engine(url)
    try:
        with database.begin() as connection:
            if settings.demo and settings.serves_this_machine_only and filling.is_sample(connection):
                show(demo.prepare(connection, settings))
                return
            password = accounts.first_administrator(connection)
    finally:
        database.dispose()
    if password is not None:
        print_password("admin", password)


def show(shown: Sequence[demo.Shown]) -> None:
    """Print the accounts made for demonstration, names and passwords in full."""
    table = Table(title="演示账号 Demonstration accounts")
    table.add_column("用户名 Login", no_wrap=True)  # names and passwords are there to be copied
    table.add_column("密码 Password", no_wrap=True)
    table.add_column("角色 Role", overflow="fold")
    for account in shown:
        table.add_row(account["login"], account["password"], f"{account['role']['zh']}\n{account['role']['en']}")
    _console.print(table)


def _exit(signal_number: int, _frame: object) -> NoReturn:
    sys.exit(128 + signal_number)


def _settings(*, host: str | None, port: int | None) -> Settings:
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return read_settings().model_copy(update=given)


def listen(settings: Settings) -> socket.socket:
    """Take the address before anything slow happens, so that two servers cannot both believe they have it."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise SettingsError(f"{settings.host} is not an address of this machine; correct FANGDI_HOST.") from error
    if not ipaddress.ip_address(address[0]).is_loopback and not settings.behind_tls:
        raise SettingsError(
            f"{settings.host} can be reached from other machines, and passwords would travel unprotected; put a server "
            "that ends TLS in front, name its https:// address in FANGDI_PUBLIC_URL, or serve on 127.0.0.1."
        )
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(2048)  # as many waiting connections as uvicorn allows by itself
    except OSError as error:
        listener.close()
        raise AddressInUseError(
            f"Cannot serve on {settings.host}:{settings.port} ({error.strerror}). Stop the program that listens there, "
            "or choose another port with --port or FANGDI_PORT."
        ) from error
    return listener


def _serve(listener: socket.socket, *, settings: Settings) -> None:
    import uvicorn  # noqa: PLC0415 - only serving needs the web stack

    from fangdi_api.app import create_app  # noqa: PLC0415

    log.configure(settings.log_level)
    url = serving_database(settings)
    check_serving(url, settings)
    app = create_app(settings.model_copy(update={"database_url": url}))
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=settings.log_level == "DEBUG",
        proxy_headers=settings.public_url is not None,
        forwarded_allow_ips=settings.trusted_proxies,
    )
    server = uvicorn.Server(config)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    _console.print(f"房地 fangdi serves at http://{shown}:{port}  (Ctrl-C stops it)", markup=False)
    with suppress(KeyboardInterrupt):  # the server has already shut down when it passes Ctrl-C on
        server.run(sockets=[listener])
