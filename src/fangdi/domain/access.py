"""Who may do what: roles, capabilities, and the one matrix that joins them.

The matrix is written into the database whenever it is migrated; row-level security and the API both read it from there.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What someone is in a jurisdiction with all below it, in one agency, or in the whole system (角色)."""

    VIEWER = "viewer"  # 查看人员
    PLANNER = "planner"  # 规划人员
    ALLOCATOR = "allocator"  # 调配人员
    AREA_AUDITOR = "area_auditor"  # 面积核查人员
    EXCHANGE_PARTNER = "exchange_partner"  # 数据交换方(自然资源部门)
    AGENCY_OFFICER = "agency_officer"  # 单位经办人
    JURISDICTION_ADMINISTRATOR = "jurisdiction_administrator"  # 区域管理员
    SYSTEM_ADMINISTRATOR = "system_administrator"  # 系统管理员


class Capability(StrEnum):
    """One thing that a role may allow (权限)."""

    READ_LAND = "read_land"  # parcels, sites, buildings and zones: the layers that are exchanged
    READ_ASSETS = "read_assets"  # floors, rooms, agencies, who uses what, and every figure made from them
    EXPORT = "export"  # take what may be read out of the system as a file
    PLAN = "plan"  # write proposals
    ALLOCATE = "allocate"  # change who uses what
    AUDIT_AREAS = "audit_areas"  # judge areas and floor plans
    EXCHANGE = "exchange"  # send layers to, and receive them from, the natural-resources bureau
    LOAD = "load"  # load layers
    SUPERVISE = "supervise"  # enter what inspections find, warn, order rectification, close findings
    EXPLAIN = "explain"  # say how a finding came about, for one's own agency or as whoever supervises
    ADMINISTER_NORMS = "administer_norms"
    ADMINISTER_ACCOUNTS = "administer_accounts"
    READ_TRAIL = "read_trail"  # the audit trail
    ADMINISTER_SYSTEM = "administer_system"


class Reach(StrEnum):
    """What a role is granted for."""

    JURISDICTION = "jurisdiction"  # a jurisdiction and everything below it
    AGENCY = "agency"  # one agency
    SYSTEM = "system"  # everything


REACHES: Mapping[Role, Reach] = MappingProxyType(
    dict.fromkeys(Role, Reach.JURISDICTION)
    | {Role.AGENCY_OFFICER: Reach.AGENCY, Role.SYSTEM_ADMINISTRATOR: Reach.SYSTEM}
)
"""What each role can be granted for, and nothing else."""

_C = Capability
_READING = frozenset({_C.READ_LAND, _C.READ_ASSETS})

MATRIX: Mapping[Role, frozenset[Capability]] = MappingProxyType(
    {
        Role.VIEWER: _READING,
        Role.PLANNER: _READING | {_C.EXPORT, _C.PLAN},
        Role.ALLOCATOR: _READING | {_C.EXPORT, _C.PLAN, _C.ALLOCATE},
        Role.AREA_AUDITOR: _READING | {_C.EXPORT, _C.AUDIT_AREAS, _C.SUPERVISE, _C.EXPLAIN},
        Role.EXCHANGE_PARTNER: frozenset({_C.READ_LAND, _C.EXCHANGE}),
        Role.AGENCY_OFFICER: _READING | {_C.EXPORT, _C.EXPLAIN},
        Role.JURISDICTION_ADMINISTRATOR: _READING
        | {_C.EXPORT, _C.LOAD, _C.SUPERVISE, _C.EXPLAIN}
        | {_C.ADMINISTER_NORMS, _C.ADMINISTER_ACCOUNTS, _C.READ_TRAIL},
        Role.SYSTEM_ADMINISTRATOR: frozenset({_C.ADMINISTER_ACCOUNTS, _C.READ_TRAIL, _C.ADMINISTER_SYSTEM}),
    }
)
"""What each role allows, within what it was granted for."""
