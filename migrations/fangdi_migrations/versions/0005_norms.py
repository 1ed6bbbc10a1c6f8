"""Norm figures with the documents they stand in, and areas approved by hand.

Revision ID: 0005
Revises: 0004
"""

from importlib.resources import files

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and lay down the country's figures; the policies come with the SQL functions."""
    script = files("fangdi_migrations") / "versions" / "0005_norms.sql"
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    for table in ("area_approval", "norm", "norm_document"):
        op.execute(f"DROP TABLE fangdi.{table} CASCADE")
