"""Rules of the field as pure functions over frozen dataclasses: no I/O, no clock, no settings."""
