"""Building projects of office premises.

Revision ID: 0009
Revises: 0008
"""

from importlib.resources import files

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; its policy comes with the SQL functions."""
    script = files("fangdi_migrations") / "versions" / "0009_projects.sql"
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    op.execute("DROP TABLE fangdi.construction_project CASCADE")
