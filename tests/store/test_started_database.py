"""Commands that start the embedded database say that it stays up."""

import pytest

from fangdi.commands.database import started_database
from fangdi.settings import Settings
from fangdi.store import cluster
from fangdi.store.throwaway import throwaway


def test_a_start_is_told_in_one_line_and_a_running_database_is_not_worth_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with throwaway() as lent:
        settings = Settings(data_dir=lent.home)
        lent.home.chmod(0o755)
        try:
            url = started_database(settings)
            told = capsys.readouterr()
            assert (told.out, told.err.count("\n")) == ("", 1)
            assert "fangdi db down" in told.err
            assert started_database(settings) == url
            assert capsys.readouterr().err == ""
        finally:
            cluster.stop(settings)


def test_nothing_is_said_of_a_database_that_others_run(capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://me@elsewhere/fangdi"
    assert started_database(Settings(database_url=url)) == url
    assert capsys.readouterr().err == ""
