"""Shapes of the audit trail."""

from datetime import datetime
from typing import Any

from pydantic import Field

from fangdi_api.schemas.common import Answer


class TrailEntry(Answer):
    """One action (操作): who, when, from where, on what, and what changed."""

    id: int
    happened_at: datetime
    actor: str = Field(description="login of the account, or the operator's name in the database")
    account_id: int | None = Field(description="null: the operator")
    address: str | None = Field(description="network address it came from; null in the history of an object")
    via: str = Field(description="web, token, command or job")
    action: str = Field(description="insert, update, delete, load, export, read, sign_in, …")
    object_kind: str = Field(description="table or report it was done to")
    object_id: int | None
    object_name: str | None
    before: dict[str, Any] | None = Field(description="values before, of what changed; of shapes their hash and size")
    after: dict[str, Any] | None = Field(description="values after, of what changed")
    names: dict[str, str] = Field(
        description="what the objects are called whose ids stand in the values, by kind:id; only those you see"
    )
    reason: str | None
    batch_id: int | None = Field(description="import that the entry stands for")


class TrailPage(Answer):
    """Entries, the latest first."""

    items: list[TrailEntry]
    next: str | None = Field(description="cursor of the next page; null on the last")


class TrailCheck(Answer):
    """Whether the chain of the trail is whole."""

    intact: bool
    entries: int
    first_broken: int | None = Field(description="first entry that does not follow from the one before")
