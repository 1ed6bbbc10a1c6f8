"""Shapes of batches of floor plans (批量平面图)."""

from datetime import datetime
from typing import Any

from pydantic import Field

from fangdi.domain.jobs import JobState
from fangdi_api.schemas.common import Answer, BuildingName
from fangdi_api.schemas.plan_drawing import Counts


class FileCounts(Answer):
    """Files by how far they have come."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0


class BatchRow(Answer):
    """A batch, in lists."""

    id: int
    name: str
    jurisdiction_code: str = Field(description="smallest jurisdiction that holds all its buildings")
    state: JobState = Field(description="done: every file was tried; failed: it could not go on, see `message`")
    message: str | None
    total: int = Field(description="files")
    over: int = Field(description="files that are done, failed or cancelled: the progress of the batch")
    files: FileCounts
    rooms: int = Field(description="rooms found so far")
    findings: Counts
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    may_change: bool = Field(description="the reader may cancel and resume it")


class BatchFile(Answer):
    """A file of a batch, and what became of it."""

    id: int
    name: str = Field(description="with its folders")
    building: BuildingName | None = Field(description="null: not recognised, or hidden from the reader")
    reading: dict[str, Any] = Field(description="how it is read: unit, level and what a saved mapping says")
    size_bytes: int
    sha256: str
    state: JobState
    message: str | None = Field(description="why it failed, Chinese first")
    plan_id: int | None = Field(description="draft that it became")
    rooms: int | None
    findings: Counts
    started_at: datetime | None
    ended_at: datetime | None


class BatchDetail(BatchRow):
    """A batch with its files."""

    ignored: list[str] = Field(description="names of what computers leave behind, and was not read")
    items: list[BatchFile]
