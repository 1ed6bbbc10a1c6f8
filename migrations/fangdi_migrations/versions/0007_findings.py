"""Findings of compliance and their life.

Revision ID: 0007
Revises: 0006
"""

from importlib.resources import files

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES: tuple[str, ...] = (
    "finding_event",
    "finding",
    "finding_run",
    "finding_clause",
    "leader_post",
    "outside_use",
    "room_annex",
    "room_function",
)


def upgrade() -> None:
    """Create the tables; the policies come with the SQL functions."""
    script = (files("fangdi_migrations") / "versions" / "0007_findings.sql").read_text(encoding="utf-8")
    if "CREATE" in script:
        op.get_bind().exec_driver_sql(script.replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    for table in _TABLES:
        op.execute(f"DROP TABLE fangdi.{table} CASCADE")
