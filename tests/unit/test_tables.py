"""The conventions that every table keeps: jurisdiction, units, CRS, words."""

import subprocess
import sys
from pathlib import Path

from geoalchemy2 import Geometry
from sqlalchemy import Column

from fangdi.store.tables import metadata

ROOT = Path(__file__).parents[2]
REFERENCE_LISTS = {
    "jurisdiction",
    "staff_rank",
    "room_use",
    "tolerance_rule",
    "layer_version",
    "deployment",
    "finding_run",
    "usage_state",
}
OF_ACCOUNTS = {"access_key", "api_token", "role_capability", "sign_in_attempt", "web_session"}
"""Of persons and of the system, and so of no jurisdiction; they stay small."""
COLUMNS: list[Column[object]] = [column for table in metadata.sorted_tables for column in table.columns]


def test_every_table_that_grows_carries_the_jurisdiction() -> None:
    growing = [table for table in metadata.sorted_tables if table.name not in REFERENCE_LISTS | OF_ACCOUNTS]

    assert [table.name for table in growing if "jurisdiction_code" not in table.columns] == []


def test_every_geometry_says_its_crs() -> None:
    shapes = [column for column in COLUMNS if isinstance(column.type, Geometry)]

    assert shapes
    for column in shapes:
        crs = "plan's own frame, metres" if column.type.srid == 0 else f"EPSG:{column.type.srid}"
        assert crs in (column.comment or ""), f"{column} does not say {crs}"


def test_every_area_says_its_unit_and_its_basis() -> None:
    areas = [column for column in COLUMNS if column.name.endswith("_m2")]

    # four bases of parcels, buildings, floors and rooms; measured of floors and rooms on plans; five of audits; four
    # parts of approvals; one of building projects
    assert len(areas) == 4 * 4 + 2 + 5 + 4 + 1
    for column in areas:
        basis = column.name.partition("_")[0]
        assert f"in m², basis: {basis}" in (column.comment or ""), column


def test_every_period_says_what_it_means() -> None:
    periods = [column for column in COLUMNS if column.name == "valid"]

    assert [str(column) for column in periods if not (column.comment or "").startswith("period")] == []


def test_the_document_of_the_data_model_is_current() -> None:
    outcome = subprocess.run(
        [sys.executable, "scripts/data_model.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert outcome.returncode == 0, outcome.stderr
