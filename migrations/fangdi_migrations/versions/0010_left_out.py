"""What is lacking of idle rooms, told without reading them.

Revision ID: 0010
Revises: 0009
"""

from importlib.resources import files

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the index of what nobody uses by areas, and index the rooms without outline."""
    script = files("fangdi_migrations") / "versions" / "0010_left_out.sql"
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    """Bring the index back as it was."""
    op.execute("DROP INDEX fangdi.ix_room_undrawn, fangdi.ix_room_spell_unused")
    op.execute(
        "CREATE INDEX ix_room_spell_unused ON fangdi.room_spell (building_id, COALESCE(upper(valid), 'infinity')) "
        "INCLUDE (room_id, floor_id, use_code, kind, valid, jurisdiction_code, secret) "
        "WHERE kind IN ('free', 'closed')"
    )
