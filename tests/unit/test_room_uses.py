"""How ledgers write the uses of rooms."""

from itertools import chain

from sqlalchemy import Connection, text

from fangdi.domain.uses import SPELLINGS


def test_every_spelling_belongs_to_one_use_that_exists(connection: Connection) -> None:
    names = {row.code: row.name for row in connection.execute(text("SELECT code, name FROM fangdi.room_use"))}
    spellings = [*names.values(), *chain.from_iterable(SPELLINGS.values())]

    assert set(SPELLINGS) <= set(names)
    assert len(spellings) == len(set(spellings))


def test_the_commonest_word_of_ledgers_is_an_office() -> None:
    assert "办公室" in SPELLINGS["office"]
