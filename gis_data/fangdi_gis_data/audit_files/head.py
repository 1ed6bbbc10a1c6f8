"""What every file of an audit says about it: number, building, plan, rule, who and when, and how many verdicts."""

from collections import Counter

from fangdi.domain.plans.report import AuditReport
from fangdi_gis_data.audit_files import Look

DRAFT = "草稿,未经确认 Draft, not accepted"
UNVERIFIED = "未经核实 unverified"


def facts(report: AuditReport, *, look: Look) -> list[tuple[str, str]]:
    """Return names and values, in the order in which people look for them."""
    notice = report.sample_notice
    rule = report.rule if report.verified else f"{report.rule}({UNVERIFIED})"
    verdicts = Counter(line.verdict for line in report.of("room"))
    counted = ", ".join(f"{look.names[key].zh} {look.names[key].en}: {count}" for key, count in verdicts.items())
    accepted = f"{report.accepted_at:%Y-%m-%d %H:%M %Z} {report.accepted_by}" if report.accepted_at else DRAFT
    return [
        *([("注意 Notice", f"{notice.zh} {notice.en}")] if notice else []),
        ("编号 Number", report.number or DRAFT),
        ("楼座 Building", report.building),
        ("行政区 Jurisdiction", report.jurisdiction),
        ("平面图 Plan", f"{report.file_name} (SHA-256 {report.file_sha256})"),
        ("限差 Tolerance", rule),
        ("面积 Areas", "单位㎡;实测为在图面坐标系中按内墙面量算 Measured to inner wall faces in the frame of the plan"),
        ("制表 Made", f"{report.made_at:%Y-%m-%d %H:%M %Z} {report.made_by}"),
        ("确认 Accepted", accepted),
        ("房间结论 Rooms by verdict", counted or "—"),
    ]
