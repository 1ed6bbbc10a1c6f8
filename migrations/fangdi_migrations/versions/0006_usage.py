"""Who used how much on which day, kept as rows change.

Revision ID: 0006
Revises: 0005
"""

from importlib.resources import files

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES: tuple[str, ...] = ("usage_state", "usage_bucket", "room_spell")


def upgrade() -> None:
    """Create the tables; the policies come with the SQL functions."""
    script = (files("fangdi_migrations") / "versions" / "0006_usage.sql").read_text(encoding="utf-8")
    if "CREATE" in script:
        op.get_bind().exec_driver_sql(script.replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    for table in _TABLES:
        op.execute(f"DROP TABLE fangdi.{table} CASCADE")
