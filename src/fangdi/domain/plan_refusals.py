"""Why the database refuses a change to a plan or an audit, in words; it decides by the same names."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import LARGEST_M2


class Refusal(StrEnum):
    """Why a change is refused."""

    NO_BUILDING = "no_building"
    NO_PLAN = "no_plan"
    NO_AUDIT = "no_audit"
    OUT_OF_REACH = "out_of_reach"
    NOT_DRAFT = "not_draft"
    NOT_READY = "not_ready"
    TOO_LARGE = "too_large"
    CHANGED = "changed"
    PLAN_CHANGED = "plan_changed"
    CLEARANCE = "clearance"
    OLDER = "older"
    SUPERSEDED = "superseded"
    OUTDATED = "outdated"
    ACCEPTED = "accepted"
    UNDECIDED = "undecided"
    NO_JOB = "no_job"
    NO_ACCOUNT = "no_account"
    JOB_OVER = "job_over"
    NOTHING_LEFT = "nothing_left"


SENTENCES: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.NO_BUILDING: "没有这座楼。 There is no such building; search for it.",
        Refusal.NO_PLAN: "没有这份平面图。 There is no such plan; list the plans of the building.",
        Refusal.NO_AUDIT: "没有这次核查。 There is no such audit; list the audits of the building.",
        Refusal.OUT_OF_REACH: (
            "您没有该行政区的面积核查权限。 Your roles do not reach this jurisdiction; ask an area auditor of it."
        ),
        Refusal.TOO_LARGE: (
            f"有房间超过{LARGEST_M2['usable']:,}㎡,或楼层超过{LARGEST_M2['gross']:,}㎡,请检查图纸单位。 "
            "A room or a floor is larger than any can be; check the unit of the plan."
        ),
        Refusal.NOT_DRAFT: (
            "该平面图已入库,或已有通过的核查,不能再改;请上传新版本。 The plan was imported, or an accepted audit rests "
            "on it, and is not changed any more; upload a new version."
        ),
        Refusal.NOT_READY: (
            "入库前须确认单位、指定每个楼层、完成定位;定位超出限值的须经认可,距楼座过远的须重新定位。 "
            "Confirm the unit, give every floor its level, and place the plan on the map before it is imported; agree "
            "to a placement beyond the limits, and correct one that is far from the building."
        ),
        Refusal.CHANGED: (
            "数据在您查看之后已被更改,请重新查看变更后再入库;本次未作任何更改。 "
            "The data changed after you looked; look at the changes again. Nothing was done."
        ),
        Refusal.PLAN_CHANGED: (
            "平面图在核查之后已被更改,请重新核查。 The plan changed after it was audited; audit it again."
        ),
        Refusal.CLEARANCE: (
            "该楼层须由具有涉密权限的核查人员入库。 This floor is imported by an area auditor with clearance; hand "
            "the plan to one. Nothing was done."
        ),
        Refusal.OLDER: (
            "已有较新的平面图入库,本图较旧;确要以旧图取代,请先勾选同意。 A newer plan of these floors was imported; "
            "agree to replace it by this older one, or leave it."
        ),
        Refusal.SUPERSEDED: (
            "该平面图已被新版本取代,请对新版本进行核查。 A newer plan took the place of this one; audit that."
        ),
        Refusal.OUTDATED: (
            "登记、申报等数据在核查起草之后已有变化,请重新核查后再形成结论;本次未作任何更改。 "
            "Registered or declared figures, rooms or their uses changed after the audit was drafted; audit the plan "
            "again, and conclude that. Nothing was done."
        ),
        Refusal.ACCEPTED: "已通过的核查不能更改。 An accepted audit is not changed; make a new one.",
        Refusal.UNDECIDED: (
            "尚有超限的条目待定,请逐条认可或不认可。 Lines beyond tolerance wait for a decision; accept or reject each."
        ),
        Refusal.NO_JOB: "没有这个批量任务。 There is no such batch; list them.",
        Refusal.NO_ACCOUNT: (
            "批量任务须由一个账号发起。 A batch runs in the name of an account that is there; sign in with one, and "
            "upload the files again."
        ),
        Refusal.JOB_OVER: "该批量任务已经结束或取消。 This batch has ended or was cancelled; look at its files.",
        Refusal.NOTHING_LEFT: (
            "没有可以继续的文件:失败的文件请更正后重新上传。 No file of this batch is left to do; correct those that "
            "failed and upload them again."
        ),
    }
)
"""What to tell the person, Chinese first."""
