"""The migration scripts, one a change of the schema; they import nothing of ours, so that they never change."""
