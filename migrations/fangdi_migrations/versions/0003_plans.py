"""Floor plans, what was read from them, audits of their areas, and the tolerances these judge by.

Revision ID: 0003
Revises: 0002
"""

from importlib.resources import files

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MADE = (
    "area_audit_line",
    "area_audit",
    "tolerance_rule",
    "plan_mapping",
    "plan_finding",
    "plan_room",
    "plan_floor",
    "plan",
)


def upgrade() -> None:
    """Create the tables; the policies come with the SQL functions."""
    script = files("fangdi_migrations") / "versions" / "0003_plans.sql"
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    for table in _MADE:
        op.execute(f"DROP TABLE fangdi.{table} CASCADE")
