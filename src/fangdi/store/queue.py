"""The queue of long work: procrastinate on tables of its own (schema fangdi_jobs), worked off by the owner."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from sqlalchemy import Engine, text

from fangdi.errors import DatabaseUnavailableError
from fangdi.store.engine import create_engine, libpq_url

Part = Callable[[Engine, int], None]
"""Does one part of a job, by its number, over connections with the owner's rights."""

_SCHEMA = "fangdi_jobs"
_AGAIN = RetryStrategy(max_attempts=20, wait=15, retry_exceptions=[DatabaseUnavailableError])


def work(url: str, tasks: Mapping[str, Part]) -> None:
    """Do what comes into the queue, one part at a time, until the process is asked to end (SIGTERM, SIGINT).

    The address is that of the owner. The part at hand is finished first.
    """
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    database = create_engine(url, pool_size=2)
    app = App(
        connector=PsycopgConnector(
            conninfo=libpq_url(url),
            min_size=1,
            max_size=3,
            kwargs={"options": f"-c search_path={_SCHEMA}", "application_name": "fangdi worker"},
        )
    )
    for name, do in tasks.items():
        _register(app, name, do, database)
    app.run_worker(delete_jobs="always", concurrency=1)
    database.dispose()


def return_lost(database: Engine) -> int:
    """Put back what workers had begun that are gone; return how many parts."""
    with database.begin() as connection:
        lost: int = connection.execute(text("SELECT fangdi.return_lost_parts()")).scalar_one()
    return lost


def _register(app: App, name: str, do: Part, database: Engine) -> None:
    @app.task(name=name, pass_context=True, retry=_AGAIN)
    def perform(context: JobContext, part: int) -> None:
        with _held(database, context.job.id) as ours:
            if ours:
                do(database, part)


@contextmanager
def _held(database: Engine, queued: int | None) -> Iterator[bool]:
    """Hold the lock by which others see that this process is alive and works on a part; say whether it was free."""
    connection = database.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()  # closed in the end, which frees the lock
    try:
        yield bool(connection.execute(text("SELECT fangdi.hold_part(:queued)"), {"queued": queued}).scalar_one())
    finally:
        connection.close()
