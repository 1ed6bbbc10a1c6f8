"""The audit trail (操作留痕): what to look for in it, and what a check of its chain found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What was done (操作)."""

    INSERT = "insert"  # 新增
    UPDATE = "update"  # 修改
    DELETE = "delete"  # 删除
    TRUNCATE = "truncate"  # 清空
    LOAD = "load"  # 批量导入
    EXPORT = "export"  # 导出
    READ = "read"  # 查阅涉密资产
    COMPUTE = "compute"  # 要求重新计算
    SIGN_IN = "sign_in"  # 登录
    SIGN_OUT = "sign_out"  # 退出
    SIGN_IN_FAILED = "sign_in_failed"  # 登录失败


class ObjectKind(StrEnum):
    """What has a history that is shown with it."""

    JURISDICTION = "jurisdiction"
    ZONE = "zone"
    PARCEL = "parcel"
    SITE = "site"
    BUILDING = "building"
    FLOOR = "floor"
    ROOM = "room"
    ROOM_STATUS = "room_status"
    TITLE = "title"
    TENURE = "tenure"
    AGENCY = "agency"
    AGENCY_POSTS = "agency_posts"
    AGENCY_STAFF = "agency_staff"
    OCCUPANCY = "occupancy"
    OCCUPANT = "occupant"
    DOCUMENT = "document"
    PLAN = "plan"
    AREA_AUDIT = "area_audit"


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; None does not matter. Times include `since` and exclude `until`."""

    object_kind: str | None = None
    object_id: int | None = None
    account_id: int | None = None
    actor: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the chain, as it was noted somewhere else."""

    id: int
    hash: str


@dataclass(frozen=True, slots=True)
class CheckedTrail:
    """What a check found: how many entries, the first that does not follow from the one before, and the last."""

    entries: int
    first_broken: int | None
    head: Head | None

    @property
    def intact(self) -> bool:
        """Whether the chain is whole; whether its end was cut off shows only against a head kept elsewhere."""
        return self.first_broken is None


_REFERENCE = re.compile(
    r"(?:.*_)?(agency|site|parcel|building|floor|room|document|account|plan)_id|(jurisdiction)_code"
)
_NUMBER = re.compile(r"[0-9]{1,18}")


def references(*sides: Mapping[str, Any] | None) -> set[tuple[str, int]]:
    """Return kind and id of the objects that values of an entry stand for; of a jurisdiction the id is its code."""
    found = set()
    for side in sides:
        for column, value in (side or {}).items():
            meant = _REFERENCE.fullmatch(column)
            if meant and _NUMBER.fullmatch(str(value)):
                found.add((meant[1] or meant[2], int(value)))
    return found
