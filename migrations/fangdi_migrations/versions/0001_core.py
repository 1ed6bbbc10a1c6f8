"""The core tables and the two reference lists they need.

Revision ID: 0001
Revises:
"""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and fill in the reference lists."""
    folder = files("fangdi_migrations") / "versions"
    for name in ("0001_core.sql", "0001_reference.sql"):
        op.get_bind().exec_driver_sql((folder / name).read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    op.execute("""
        DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'fangdi' AND tablename <> 'alembic_version'
            LOOP
                EXECUTE format('DROP TABLE fangdi.%I CASCADE', name);
            END LOOP;
        END $$
    """)
