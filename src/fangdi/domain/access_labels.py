"""What roles and capabilities are called in Chinese and English."""

from collections.abc import Mapping
from types import MappingProxyType

from fangdi.domain.access import Capability, Role
from fangdi.domain.common import Definition as Labels

ROLES: Mapping[Role, Labels] = MappingProxyType(
    {
        Role.VIEWER: Labels("查看人员", "Viewer"),
        Role.PLANNER: Labels("规划人员", "Planner"),
        Role.ALLOCATOR: Labels("调配人员", "Allocator"),
        Role.AREA_AUDITOR: Labels("面积核查人员", "Area auditor"),
        Role.EXCHANGE_PARTNER: Labels("自然资源部门(数据交换)", "Natural-resources bureau (exchange)"),
        Role.AGENCY_OFFICER: Labels("单位经办人", "Agency officer"),
        Role.JURISDICTION_ADMINISTRATOR: Labels("区域管理员", "Jurisdiction administrator"),
        Role.SYSTEM_ADMINISTRATOR: Labels("系统管理员", "System administrator"),
    }
)

CAPABILITIES: Mapping[Capability, Labels] = MappingProxyType(
    {
        Capability.READ_LAND: Labels("查看土地与房屋", "See land and buildings"),
        Capability.READ_ASSETS: Labels("查看用房与使用情况", "See rooms and their use"),
        Capability.EXPORT: Labels("导出", "Export"),
        Capability.PLAN: Labels("编制方案", "Write proposals"),
        Capability.ALLOCATE: Labels("调配用房", "Allocate rooms"),
        Capability.AUDIT_AREAS: Labels("核查面积", "Audit areas"),
        Capability.EXCHANGE: Labels("交换图层", "Exchange layers"),
        Capability.LOAD: Labels("导入图层", "Load layers"),
        Capability.SUPERVISE: Labels("督查用房", "Supervise use"),
        Capability.EXPLAIN: Labels("说明情况", "Explain findings"),
        Capability.ADMINISTER_NORMS: Labels("管理标准", "Administer norms"),
        Capability.ADMINISTER_ACCOUNTS: Labels("管理账号", "Administer accounts"),
        Capability.READ_TRAIL: Labels("查看操作留痕", "Read the audit trail"),
        Capability.ADMINISTER_SYSTEM: Labels("管理系统", "Administer the system"),
    }
)
