"""What the parts and units of indicators are called; colours of those that the map knows stand in its legend."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fangdi.domain.common import Definition
from fangdi.domain.findings.rules import FACTS
from fangdi.domain.indicators.model import Group, PartKind, Unit
from fangdi.domain.indicators.rows import AUDITED, OUTSIDE_ZONES, UNAUDITED, UNKNOWN
from fangdi.domain.labels import BANDS, CATEGORIES, LEVELS
from fangdi.domain.vocabulary import TenureKind, TitleState

UNITS: Mapping[Unit, Definition] = MappingProxyType(
    {
        Unit.M2: Definition("㎡", "m²"),
        Unit.SHARE: Definition("%", "%"),
        Unit.COUNT: Definition("个", ""),
        Unit.PERSONS: Definition("人", "persons"),
        Unit.YUAN: Definition("元/年", "yuan a year"),
        Unit.M2_PER_PERSON: Definition("㎡/人", "m² a person"),
    }
)

GROUPS: Mapping[Group, Definition] = MappingProxyType(
    {
        Group.HOLDINGS: Definition("权属与取得方式", "Titles and tenure"),
        Group.PLACES: Definition("集中办公", "Concentration"),
        Group.SPACE: Definition("闲置", "Idle space"),
        Group.NORMS: Definition("核定与人均", "Norms and persons"),
        Group.FINDINGS: Definition("合规问题", "Findings"),
        Group.PLANS: Definition("平面图", "Floor plans"),
    }
)


def _by_key(labels: Mapping[Any, Definition]) -> dict[str, Definition]:
    return {str(key): label for key, label in labels.items()}


_UNKNOWN = {UNKNOWN: Definition("不详", "Unknown")}
_NOWHERE = {UNKNOWN: Definition("没有使用面积", "Without usable area")}

PART_LABELS: Mapping[PartKind, Mapping[str, Definition]] = MappingProxyType(
    {
        PartKind.TITLE: {
            TitleState.ADMINISTRATION: Definition("已登记至机关事务管理部门", "Registered to the administration"),
            TitleState.RECORDED: Definition("权属备案", "Recorded only"),
            TitleState.UNREGISTERED: Definition("未登记", "Unregistered"),
            UNKNOWN: Definition("权属不详", "Title unknown"),
        },
        PartKind.TENURE: {
            TenureKind.OWNED: Definition("自有", "Owned"),
            TenureKind.LEASED: Definition("租用", "Leased"),
            TenureKind.BORROWED: Definition("借用", "Borrowed"),
            **_UNKNOWN,
        },
        PartKind.ZONE: {OUTSIDE_ZONES: Definition("集中办公区外", "Outside the zones"), **_NOWHERE},
        PartKind.BAND: {**_by_key(BANDS), **_NOWHERE},
        PartKind.CATEGORY: _by_key(CATEGORIES),
        PartKind.LEVEL: _by_key(LEVELS),
        PartKind.AUDIT: {
            AUDITED: Definition("已核查", "Audited"),
            UNAUDITED: Definition("未核查", "Not audited"),
            UNKNOWN: Definition("没有平面图", "No plan"),
        },
        PartKind.RULE: {str(rule): facts.name for rule, facts in FACTS.items()},
    }
)
"""Labels of parts, by kind and key; zones bear names of their own."""
