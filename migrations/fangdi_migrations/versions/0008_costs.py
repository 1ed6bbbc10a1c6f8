"""Rates of the cost of use, and what counts as idle or under-used.

Revision ID: 0008
Revises: 0007
"""

from importlib.resources import files

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = ("cost_rate", "idle_rule")


def upgrade() -> None:
    """Create the tables; the policies come with the SQL functions."""
    script = (files("fangdi_migrations") / "versions" / "0008_costs.sql").read_text(encoding="utf-8")
    if "CREATE" in script:
        op.get_bind().exec_driver_sql(script.replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    for table in _TABLES:
        op.execute(f"DROP TABLE fangdi.{table} CASCADE")
