"""One process that does long work: its standard input tells it the database, and when to end."""

import os
import signal
import sys
import threading
import time
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from fangdi import log
from fangdi.domain.plans.model import Plan, Reading
from fangdi.service import findings, plan_batches
from fangdi.settings import read_settings
from fangdi.store import usage
from fangdi.store.queue import work

_END_WITHIN_S = 90.0
"""How long the part at hand may take to end, once there is nobody left to work for: longer than any file is read."""


def main() -> None:
    """Work until standard input ends."""
    url, level = sys.stdin.readline().strip(), sys.stdin.readline().strip()
    log.configure(level or "INFO")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(url, {"plan_batch_file": _plan_batch_file, "add_up_use": _add_up_use, "findings": _findings})


def _plan_batch_file(database: Engine, part: int) -> None:
    from fangdi_gis_data.plan_map import MapOfPlans  # noqa: PLC0415 - loads slowly, and only when there is work

    plan_batches.do_file(database, part, plan_batches.Tools(_read, MapOfPlans()))


def _add_up_use(database: Engine, _part: int) -> None:
    with database.begin() as connection:
        usage.recompute_outdated(connection)


def _findings(database: Engine, _part: int) -> None:
    today = date.today()  # noqa: DTZ011 - the day where the worker runs is meant
    with database.begin() as connection:
        findings.compute(connection, findings.Choices(today, read_settings().coverage_radius_m))


def _read(file: Path, reading: Reading) -> Plan:
    from fangdi_gis_data.plans.guarded import read_guarded  # noqa: PLC0415

    return read_guarded(file, reading)


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_END_WITHIN_S)
    os._exit(1)


if __name__ == "__main__":
    main()
