"""Accounts for demonstration: one per role in the sample city, for this machine alone."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fangdi.settings import Settings

_FILE = "demo-accounts.json"


def accounts(settings: Settings) -> Sequence[Mapping[str, Any]] | None:
    """Return the accounts to try, with their passwords; None except in the demonstration on this machine."""
    if not settings.demo or not settings.serves_this_machine_only:
        return None
    try:
        found: list[Mapping[str, Any]] = json.loads(kept_in(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def kept_in(settings: Settings) -> Path:
    """Return the file, readable by its owner alone, that holds the passwords."""
    return settings.data_dir / _FILE
