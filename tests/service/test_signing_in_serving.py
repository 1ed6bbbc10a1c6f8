"""The server connects as a role that row-level security binds, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from builders import insert
from fangdi.commands.database import check_serving, hint_at_accounts, serving_database
from fangdi.domain.signing_in import Failures, fault_of_password, group_of_address, wait_s
from fangdi.errors import SettingsError
from fangdi.settings import Settings
from fangdi.store.cluster import APPLICATION, SUPERUSER, Cluster
from fangdi.store.engine import create_engine

PUBLIC = "https://fangdi.example"


def test_the_owner_may_not_serve(database_url: str) -> None:
    with pytest.raises(SettingsError, match="owns tables"):
        check_serving(database_url, Settings())


def test_a_superuser_may_not_serve(cluster: Cluster) -> None:
    with pytest.raises(SettingsError, match="superuser"):
        check_serving(cluster.url(role=SUPERUSER, database="postgres"), Settings())


def test_the_application_role_serves(engine: Engine) -> None:
    check_serving(engine.url.set(username=APPLICATION).render_as_string(hide_password=False), Settings())


def test_accounts_for_demonstration_are_not_served_to_other_machines(fresh_database: object) -> None:
    owner = create_engine(fresh_database())  # type: ignore[operator]
    served = owner.url.set(username=APPLICATION).render_as_string(hide_password=False)
    check_serving(served, Settings(public_url=PUBLIC))
    with owner.begin() as connection:
        insert(connection, "account", login="demo-viewer", name="演示", demo=True)
    owner.dispose()

    check_serving(served, Settings())
    with pytest.raises(SettingsError, match="demonstration"):
        check_serving(served, Settings(public_url=PUBLIC))


def test_a_server_without_accounts_says_how_to_make_one(
    fresh_database: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    url = fresh_database()
    hint_at_accounts(url, Settings())
    assert "fangdi account add" in capsys.readouterr().err

    owner = create_engine(url)
    with owner.begin() as connection:
        insert(connection, "account", login="li", name="李")
    owner.dispose()
    hint_at_accounts(url, Settings())
    assert not capsys.readouterr().err


def test_a_server_of_others_needs_the_address_of_the_application_role() -> None:
    with pytest.raises(SettingsError, match="FANGDI_APPLICATION_URL"):
        serving_database(Settings(database_url="postgresql://owner@server/fangdi"))


def test_the_embedded_cluster_is_served_as_the_application_role(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "postgres").symlink_to(cluster.home)

    assert serving_database(Settings(data_dir=tmp_path)).startswith(f"postgresql://{APPLICATION}@")


@pytest.mark.parametrize(
    ("number", "ago_s", "wait"),
    [(4, 0, 0), (5, 0, 30), (5, 29.5, 1), (5, 30, 0), (6, 0, 60), (7, 60, 60), (10, 0, 900), (50, 0, 900)],
)
def test_the_wait_doubles_with_each_further_failure_up_to_a_quarter_of_an_hour(
    number: int, ago_s: float, wait: int
) -> None:
    assert wait_s(Failures(number, ago_s), Failures(0)) == wait


@pytest.mark.parametrize(("password", "will_do"), [("a" * 11 + "b", True), ("a" * 10 + "b", False), ("a" * 12, False)])
def test_a_password_has_twelve_characters_and_more_than_one(password: str, will_do: bool) -> None:  # noqa: FBT001
    assert (fault_of_password(password, login="li") is None) is will_do


def test_a_password_is_not_the_login() -> None:
    assert fault_of_password("Administrator", login="administrator")


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_failures_are_counted_by_the_network_of_ipv6(address: str, group: str) -> None:
    assert group_of_address(address) == group
