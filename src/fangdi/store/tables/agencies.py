"""Agencies (机关), their authorised posts (编制) and the staff present (实有人数)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.domain.vocabulary import AdministrativeLevel, AgencyKind
from fangdi.store.tables.base import batch, choice, flag, identity, jurisdiction, metadata, valid

staff_rank = Table(
    "staff_rank",
    metadata,
    Column("code", Text, primary_key=True, comment="level and rank, as city_bureau_chief"),
    choice("level", AdministrativeLevel, comment="class of agency the rank belongs to", nullable=False),
    Column("sort", Integer, nullable=False, comment="highest rank first within a level"),
    Column("name", Text, nullable=False, comment="name in Chinese"),
    Column("name_en", Text, nullable=False, comment="name in English"),
    flag("leader", "whether the rank is a leading post whose rooms are filed yearly"),
    comment="Ranks (职级) as 发改投资〔2014〕2674号 第九条 groups them; a reference list",
)

agency = Table(
    "agency",
    metadata,
    identity(),
    jurisdiction(),
    Column("code", Text, nullable=False, comment="the administration's own key"),
    Column("parent_id", BigInteger, ForeignKey("fangdi.agency.id"), comment="agency it belongs to"),
    Column("name", Text, nullable=False, comment="full name in Chinese"),
    Column("short_name", Text, comment="short name in Chinese"),
    Column("name_en", Text, comment="name in English"),
    choice("level", AdministrativeLevel, comment="level of government", nullable=False),
    choice("kind", AgencyKind, comment="kind of agency", nullable=False),
    Column(
        "uscc",
        Text,
        CheckConstraint("uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'", name="uscc_form"),
        comment="unified social credit code, GB 32100, 18 characters",
    ),
    valid("period in which the agency exists"),
    batch(),
    UniqueConstraint("jurisdiction_code", "code"),
    UniqueConstraint("uscc"),
    # Usage: which agencies belong to this one?
    Index("ix_agency_parent_id", "parent_id"),
    comment="Party and government agencies and public institutions that use premises",
)

agency_posts = Table(
    "agency_posts",
    metadata,
    identity(),
    jurisdiction(),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE"), nullable=False),
    Column("rank_code", Text, ForeignKey("fangdi.staff_rank.code"), nullable=False, comment="rank of the posts"),
    Column(
        "posts",
        Integer,
        CheckConstraint("posts >= 0", name="posts_not_negative"),
        nullable=False,
        comment="authorised posts (编制), persons",
    ),
    valid("period in which the number is authorised"),
    Column("document_no", Text, comment="number of the document that authorises it"),
    batch(),
    # Usage: how many posts of a rank had the agency on a date? And: one answer only.
    ExcludeConstraint(
        ("agency_id", "="), ("rank_code", "="), ("valid", "&&"), name="ex_agency_posts_once", using="gist"
    ),
    comment="Authorised posts by rank over time",
)

agency_staff = Table(
    "agency_staff",
    metadata,
    identity(),
    jurisdiction(),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE"), nullable=False),
    Column(
        "present",
        Integer,
        CheckConstraint("present >= 0", name="present_not_negative"),
        nullable=False,
        comment="staff actually present (实有人数), persons; never used for approved areas",
    ),
    valid("period in which the number holds"),
    batch(),
    # Usage: how many people work in the agency on a date? And: one answer only.
    ExcludeConstraint(("agency_id", "="), ("valid", "&&"), name="ex_agency_staff_once", using="gist"),
    comment="Staff present over time, kept apart from authorised posts",
)
