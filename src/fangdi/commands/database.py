"""The database as commands find it."""

from rich.console import Console

from fangdi.errors import SettingsError
from fangdi.settings import Settings
from fangdi.store import accounts, cluster, serving, signing_in
from fangdi.store.engine import create_engine


def started_database(settings: Settings) -> str:
    """Return the address of the database; say so when the embedded one had to be started, since it stays up."""
    before = cluster.status(settings).state
    url = cluster.ensure_running(settings)
    if before in {"absent", "stopped"}:
        Console(stderr=True, soft_wrap=True, highlight=False).print(
            "Started the embedded database; it runs until `fangdi db down`.", markup=False
        )
    return url


def serving_database(settings: Settings) -> str:
    """Return the address at which the server finds the database that runs: that of the application role."""
    if settings.database_url is None:
        return cluster.embedded_cluster(settings).url(role=cluster.APPLICATION)
    if settings.application_url is None:
        raise SettingsError(
            "Set FANGDI_APPLICATION_URL: the address of the same database for the role fangdi_app, as which the server "
            "connects so that row-level security binds it. FANGDI_DATABASE_URL stays the owner's, for migrations and "
            "loading."
        )
    return settings.application_url


def hint_at_accounts(url: str, settings: Settings) -> None:
    """Say how to make an account when nobody could sign in; `url` is the owner's."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            migrated = connection.exec_driver_sql("SELECT to_regclass('fangdi.account')").scalar_one() is not None
            nobody = migrated and settings.oidc_issuer is None and not accounts.any_account(connection)
    finally:
        engine.dispose()
    if nobody:
        Console(stderr=True, soft_wrap=True, highlight=False).print(
            "还没有账号,无人能登录。 There is no account yet, so nobody can sign in: `fangdi account add` makes one.",
            markup=False,
        )


def check_serving(url: str, settings: Settings) -> None:
    """Refuse to serve as a role that row-level security does not bind, or demonstration accounts to other machines."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            fault = serving.fault_of_role(connection)
            if fault is not None:
                raise SettingsError(
                    f"The server must not connect as this role: {fault}. "
                    "Name the role fangdi_app in FANGDI_APPLICATION_URL."
                )
            if not settings.serves_this_machine_only and signing_in.has_demo_account(connection):
                raise SettingsError(
                    "The database has accounts made for demonstration, whose passwords are shown to anyone; "
                    "it is served to this machine only. Disable them with `fangdi account disable`, "
                    "or leave out FANGDI_HOST and FANGDI_PUBLIC_URL."
                )
    finally:
        engine.dispose()
