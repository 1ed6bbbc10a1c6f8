"""Long work beside the server: the job queue in a schema of its own, jobs, and the files of batches of plans.

Revision ID: 0004
Revises: 0003
"""

from importlib.resources import files

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_QUEUE = "fangdi_jobs"


def upgrade() -> None:
    """Create the queue and the tables; the policies come with the SQL functions."""
    before = op.get_bind().exec_driver_sql("SHOW search_path").scalar_one()
    op.execute(f"CREATE SCHEMA {_QUEUE}")
    op.execute(f"SET LOCAL search_path TO {_QUEUE}")  # the queue's own script names no schema
    _run("0004_queue.sql")
    op.execute(f"SET LOCAL search_path TO {before}")
    _run("0004_jobs.sql")


def downgrade() -> None:
    """Drop everything this revision made; for development databases only."""
    op.execute("DROP TABLE fangdi.plan_batch_file CASCADE")
    op.execute("DROP TABLE fangdi.job CASCADE")
    op.execute(f"DROP SCHEMA {_QUEUE} CASCADE")


def _run(name: str) -> None:
    script = files("fangdi_migrations") / "versions" / name
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))
