"""Requests that schemathesis makes up from the description of the API: none breaks the server or gets by unsigned."""

import os
import re
import subprocess
import sys
from pathlib import Path

from e2e.conftest import served_city
from fangdi.domain.access import Role
from fangdi.store.cluster import Cluster
from fangdi.store.engine import create_engine
from people import an_account, has_role, has_token

EXAMPLES = 12
"""Requests for each operation and phase; schemathesis starts from the same seed each time."""


def test_no_request_breaks_the_server_or_gets_by_unsigned(cluster: Cluster, tmp_path: Path) -> None:
    with served_city(cluster, f"fuzz_{os.getpid()}", FANGDI_REQUESTS_PER_MINUTE="0") as (address, database):
        engine = create_engine(database)
        with engine.begin() as connection:
            account = an_account(connection, "fuzz", cleared=True)
            has_role(connection, account, Role.SYSTEM_ADMINISTRATOR)
            for role in (Role.PLANNER, Role.JURISDICTION_ADMINISTRATOR):
                has_role(connection, account, role, jurisdiction="330200")
            key = has_token(connection, account)
        engine.dispose()
        # One worker: on Python 3.11.2 two threads that take lambdas apart at once end in a fault of the interpreter.
        done = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json",
                "--checks", "not_a_server_error,ignored_auth", "--phases", "examples,coverage,fuzzing",
                "--max-examples", str(EXAMPLES), "--seed", "4490", "--workers", "1", "--no-color",
                "--header", f"Authorization: Bearer {key}",
            ],
            capture_output=True, text=True, check=False, timeout=600, cwd=tmp_path,
        )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    selected, tested = re.search(r"Selected: (\d+)/\1\b", done.stdout), re.search(r"Tested: (\d+)", done.stdout)
    assert selected is not None
    assert tested is not None
    assert int(tested[1]) == int(selected[1]) > 40, "every operation"
