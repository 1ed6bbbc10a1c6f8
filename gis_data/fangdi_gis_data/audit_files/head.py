"""What every file of an audit says about it: number, building, plan, rule, who and when, and how many verdicts."""

from collections import Counter
from datetime import datetime

from fangdi.domain.plans.report import MEASURED_HOW, AuditReport
from fangdi_gis_data.audit_files import Look

DRAFT = "草稿,未经确认 Draft, not accepted"
UNVERIFIED, VERIFIED = "未经核实 unverified", "已核对原文 verified"
_CLASSES = {1: "一级 first class", 2: "二级 second class", 3: "三级 third class"}


def facts(report: AuditReport, *, look: Look) -> list[tuple[str, str]]:
    """Return names and values, in the order in which people look for them."""
    notice = report.sample_notice
    verdicts = Counter(line.verdict for line in report.of("room"))
    counted = ", ".join(f"{look.names[key].zh} {look.names[key].en}: {count}" for key, count in verdicts.items())
    accepted = f"{report.accepted_by}, {moment(report.accepted_at)}" if report.accepted_at else DRAFT
    place = " ".join(word for word in (report.jurisdiction_name, report.jurisdiction) if word)
    return [
        *([("注意 Notice", f"{notice.zh} {notice.en}")] if notice else []),
        ("编号 Number", report.number or DRAFT),
        ("楼座 Building", report.building),
        ("行政区 Jurisdiction", place),
        ("平面图 Plan", f"{report.file_name} (SHA-256 {report.file_sha256})"),
        ("精度等级 Accuracy", _CLASSES.get(report.accuracy, str(report.accuracy))),
        ("限差 Tolerance", report.limit),
        ("限差依据 Source", f"{report.rule}({VERIFIED if report.verified else UNVERIFIED})"),
        ("口径 Basis", f"{MEASURED_HOW.zh} {MEASURED_HOW.en}"),
        ("制表 Made", f"{report.made_by}, {moment(report.made_at)}"),
        ("确认 Accepted", accepted),
        *([("条目校验 Seal of the lines", f"SHA-256 {report.seal}")] if report.seal else []),
        ("房间结论 Rooms by verdict", counted or "—"),
    ]


def moment(at: datetime) -> str:
    """Return a time as the clock of this machine has it, with its distance from UTC."""
    return f"{at.astimezone():%Y-%m-%d %H:%M UTC%z}"
