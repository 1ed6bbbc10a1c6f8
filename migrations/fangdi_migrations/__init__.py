"""The schema's history: bring a database up to date, and check that it is."""

from fangdi_migrations.run import check, revision, upgrade

__all__ = ["check", "revision", "upgrade"]
