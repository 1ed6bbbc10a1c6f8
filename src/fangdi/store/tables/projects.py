"""Building projects (建设项目) of office premises, as the yearly report asks for them."""

from sqlalchemy import CheckConstraint, Column, DateTime, Double, Index, Table, Text, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.store.tables.base import flag, identity, jurisdiction, metadata, valid

construction_project = Table(
    "construction_project",
    metadata,
    identity(),
    jurisdiction(),
    Column(
        "code",
        Text,
        CheckConstraint("btrim(code) <> ''", name="code_given"),
        nullable=False,
        comment="key of the project, as its number in the plan; the same in all its versions",
    ),
    Column("name", Text, CheckConstraint("btrim(name) <> ''", name="name_given"), nullable=False, comment="项目名称"),
    Column("approved_by", Text, comment="审批部门"),
    Column("builder", Text, comment="建设单位"),
    Column("user_name", Text, comment="使用单位"),
    Column("address", Text, comment="坐落"),
    Column(
        "planning_gross_m2",
        Double,
        CheckConstraint("planning_gross_m2 > 0 AND planning_gross_m2 < 'Infinity'", name="gross_positive"),
        comment="规模: gross area (建筑面积) in m², basis: planning",
    ),
    Column(
        "estimate_10k_yuan",
        Double,
        CheckConstraint("estimate_10k_yuan >= 0 AND estimate_10k_yuan < 'Infinity'", name="estimate_not_negative"),
        comment="估算投资 in 10,000 CNY (万元)",
    ),
    flag("classified", "state secret: hidden from everyone without clearance"),
    valid("period in which the project stands in the list as this row says"),
    Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column(
        "entered_by", Text, nullable=False, server_default=text("'-'"), comment="login of who entered it, by a trigger"
    ),
    # Usage: what was said of the project on a date? And: one answer only, whatever is classified apart, so that a
    # refusal tells nobody of a classified project.
    ExcludeConstraint(
        ("jurisdiction_code", "="),
        ("code", "="),
        ("classified", "="),
        ("valid", "&&"),
        name="ex_construction_project_once",
        using="gist",
    ),
    comment="Building projects (建设项目) in their versions; a version is never changed, only ended",
)
# Usage: which projects has this jurisdiction?
Index("ix_construction_project_jurisdiction_code", construction_project.c.jurisdiction_code)
