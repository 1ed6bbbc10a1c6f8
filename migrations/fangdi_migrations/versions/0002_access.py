"""Accounts, grants, sessions and the audit trail; and on assets, whether they are secret.

Revision ID: 0002
Revises: 0001
"""

from importlib.resources import files

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MADE = (
    "audit_entry",
    "agency_presence",
    "access_key",
    "sign_in_attempt",
    "api_token",
    "web_session",
    "role_grant",
    "account",
    "role_capability",
)
_SECRET = ("parcel", "site", "building", "room", "room_status", "occupancy")


def upgrade() -> None:
    """Create the tables and columns; the policies come with the SQL functions."""
    script = files("fangdi_migrations") / "versions" / "0002_access.sql"
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    for table in _MADE:
        op.execute(f"DROP TABLE fangdi.{table} CASCADE")
    for table in _SECRET:
        op.execute(f"ALTER TABLE fangdi.{table} DROP COLUMN secret CASCADE")
