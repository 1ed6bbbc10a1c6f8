"""What an account can read is what the rules say, and nothing else, table by table."""

import pytest
from sqlalchemy import Connection, text

import access_world
from fangdi.store.access import Credential, acting

WORLDS = range(170)  # of three accounts each


@pytest.mark.parametrize("seed", WORLDS)
def test_everybody_sees_what_was_granted_and_nothing_else(connection: Connection, seed: int) -> None:
    world = access_world.make(connection, seed)
    for account in world.accounts:
        assert _read(connection, account["login"]) == access_world.visible(world, account), account


def _read(connection: Connection, login: str) -> dict[str, set[int]]:
    tables = access_world.visible(access_world.World(), {"grants": [], "cleared": False})
    with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)):
        found = {
            table: set(connection.execute(text(f"SELECT id FROM fangdi.{table}")).scalars())  # noqa: S608
            for table in tables
        }
        savepoint.rollback()
    return found
