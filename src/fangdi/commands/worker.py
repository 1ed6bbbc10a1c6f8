"""`fangdi worker`: processes that do long work, watched and started again when one is gone."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

import typer
from rich.console import Console

from fangdi import log
from fangdi.commands.database import started_database
from fangdi.errors import DatabaseUnavailableError
from fangdi.settings import Settings, read_settings
from fangdi.store import findings, plan_batches, queue
from fangdi.store.engine import create_engine

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 2.0
_ASK_EVERY_S = 30.0
"""How often it is looked whether data have changed since findings were computed."""
_FORGET_EVERY_S = 86_400.0
_KEPT_DAYS = 30
"""How long a batch that has ended can still be resumed: its files take up room."""
_FINISH_WITHIN_S = 5.0
"""How long a worker may go on with what it does when all is to end; what is cut off is begun again next time."""

Number = Annotated[
    int | None, typer.Option("--workers", min=1, max=256, help="How many processes, instead of FANGDI_WORKERS.")
]


def worker(number: Number = None) -> None:
    """Do long work, such as batches of floor plans, until it is stopped (后台任务)."""
    settings = read_settings()
    log.configure(settings.log_level)
    url = started_database(settings)
    wanted = number or how_many(settings) or 1
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ended.set())
    with workers(url, wanted, log_level=settings.log_level):
        Console(soft_wrap=True, highlight=False).print(f"{wanted} worker(s) wait for work (Ctrl-C stops them)")
        ended.wait()


def how_many(settings: Settings) -> int:
    """Return how many processes are wanted: one for each core that this process may use, unless said otherwise."""
    return len(os.sched_getaffinity(0)) if settings.workers is None else settings.workers


@contextmanager
def workers(url: str, number: int, *, log_level: str = "INFO") -> Iterator[None]:
    """Keep processes that work on the database at an address (the owner's) for as long as the block lasts."""
    if not number:
        yield
        return
    team = _Team(url, number, log_level)
    watch = threading.Thread(target=team.watch, daemon=True)
    watch.start()
    try:
        yield
    finally:
        team.ended.set()
        watch.join()
        team.dismiss()


class _Team:
    def __init__(self, url: str, number: int, log_level: str) -> None:
        self.ended = threading.Event()
        self._told = f"{url}\n{log_level}\n"
        self._members = [self._hired() for _ in range(number)]
        self._database = create_engine(url, pool_size=1)

    def watch(self) -> None:
        """Replace processes that are gone, and put back what they had begun, until it is over."""
        forgot = asked = float("-inf")
        while not self.ended.wait(_LOOK_EVERY_S):
            for at, member in enumerate(self._members):
                if member.poll() is not None:
                    _log.warning("A worker is gone (%s); another takes its place", member.returncode)
                    self._members[at] = self._hired()
            self._put_back()
            if time.monotonic() - asked > _ASK_EVERY_S:
                asked = time.monotonic()
                self._ask_for_findings()
            if time.monotonic() - forgot > _FORGET_EVERY_S:
                forgot = time.monotonic()
                self._forget()
        self._database.dispose()

    def _put_back(self) -> None:
        try:
            lost = queue.return_lost(self._database)
        except DatabaseUnavailableError:
            return  # it is asked again in a moment
        except Exception:  # noqa: BLE001 - the watch goes on
            _log.exception("What lost workers had begun could not be put back")
            return
        if lost:
            _log.warning("%s part(s) of jobs were begun by workers that are gone; they are done again", lost)

    def _ask_for_findings(self) -> None:
        with suppress(DatabaseUnavailableError), self._database.begin() as connection:
            findings.ask_when_stale(connection)

    def _forget(self) -> None:
        with suppress(DatabaseUnavailableError), self._database.begin() as connection:
            plan_batches.forget(connection, days=_KEPT_DAYS)

    def dismiss(self) -> None:
        """Let all finish what they do, and end those that take long."""
        for member in self._members:
            with suppress(OSError):
                assert member.stdin is not None  # noqa: S101 - a pipe, see below
                member.stdin.close()
            member.terminate()
        for member in self._members:
            try:
                member.wait(_FINISH_WITHIN_S)
            except subprocess.TimeoutExpired:
                member.kill()
                member.wait()

    def _hired(self) -> subprocess.Popen[str]:
        # Not on the command line, which everybody can read: the address may hold a password.
        member = subprocess.Popen(
            [sys.executable, "-m", "fangdi.commands.work_process"],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for us
        )
        assert member.stdin is not None  # noqa: S101
        with suppress(OSError):
            member.stdin.write(self._told)
            member.stdin.flush()
        return member
