"""The page on access shows the matrix that holds."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_matrix_in_the_document_is_current() -> None:
    outcome = subprocess.run(
        [sys.executable, "scripts/access_matrix.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 0, outcome.stderr
