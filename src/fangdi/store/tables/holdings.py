"""By what right land and buildings are held: titles (权属) and tenures (取得方式), over time."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Double, ForeignKey, Table, Text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.domain.vocabulary import TenureKind, TitleState
from fangdi.store.tables.base import batch, choice, identity, jurisdiction, metadata, valid

title = Table(
    "title",
    metadata,
    identity(),
    jurisdiction(),
    Column("parcel_id", BigInteger, ForeignKey("fangdi.parcel.id", ondelete="CASCADE")),
    Column("building_id", BigInteger, ForeignKey("fangdi.building.id", ondelete="CASCADE")),
    choice("state", TitleState, comment="权属登记情况, 管理办法 Art. 5", nullable=False),
    Column("holder", Text, comment="权利人 as written"),
    Column("holder_agency_id", BigInteger, ForeignKey("fangdi.agency.id"), comment="权利人, when it is an agency here"),
    Column("certificate_no", Text, comment="不动产权证号"),
    valid("period in which the title is in this state"),
    batch(),
    CheckConstraint("num_nonnulls(parcel_id, building_id) = 1", name="one_object"),
    # Usage: what is the title of this parcel or building on a date? And: one answer only.
    ExcludeConstraint(("parcel_id", "="), ("valid", "&&"), name="ex_title_parcel_once", using="gist"),
    ExcludeConstraint(("building_id", "="), ("valid", "&&"), name="ex_title_building_once", using="gist"),
    comment="State of the title of a parcel or a building over time",
)

tenure = Table(
    "tenure",
    metadata,
    identity(),
    jurisdiction(),
    Column("building_id", BigInteger, ForeignKey("fangdi.building.id", ondelete="CASCADE"), nullable=False),
    choice("kind", TenureKind, comment="owned, leased or borrowed", nullable=False),
    Column("counterparty", Text, comment="landlord or lender"),
    Column(
        "annual_rent_yuan",
        Double,
        CheckConstraint("annual_rent_yuan >= 0 AND annual_rent_yuan < 'Infinity'", name="rent_not_negative"),
        comment="rent a year in CNY",
    ),
    valid("period of the ownership, lease or loan"),
    batch(),
    # Usage: by what right is this building used on a date? And: one answer only.
    ExcludeConstraint(("building_id", "="), ("valid", "&&"), name="ex_tenure_once", using="gist"),
    comment="By what right a building is used over time",
)
