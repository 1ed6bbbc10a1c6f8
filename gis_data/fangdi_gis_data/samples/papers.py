"""Titles, tenures and filed documents of the compounds over time."""

from collections.abc import Sequence
from datetime import date, timedelta

from numpy.random import Generator

from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import (
    Building,
    Document,
    DocumentLink,
    Parcel,
    Period,
    Tenure,
    Title,
)
from fangdi_gis_data.samples.programme import HISTORY_FROM, HISTORY_TO, Compound, Plot

_FIRST_BATCH = date(2022, 6, 1)
_SECOND_BATCH = date(2024, 5, 1)
_RENT_YUAN_M2 = (420.0, 760.0)
_LENDER = "某国有企业(示例)"
_LANDLORD = "某置业公司(示例)"


def file_papers(
    ledger: Ledger,
    compound: Compound,
    buildings: Sequence[tuple[Plot, Building]],
    parcels: Sequence[Parcel],
    *,
    keeper: int,
    user: int,
    seed: int,
) -> None:
    """File titles, tenures and documents of a compound; `keeper` is the offices administration, `user` who sits there."""
    rng = stream(seed, "papers", compound.key)
    if compound.tenure == "owned":
        for parcel in parcels:
            _file_titles(ledger, compound, (None, None), keeper=keeper, user=user, parcel=parcel, rng=rng)
        for plot, building in buildings:
            _file_titles(
                ledger, compound, (plot.since, plot.until), keeper=keeper, user=user, building=building, rng=rng
            )
    for plot, building in buildings:
        _file_tenure(ledger, compound, plot, building, rng=rng)
        if plot.old:
            _file_document(ledger, "safety_report", building.jurisdiction_code, building=building,
                           on=date(2024, 3, 1) + timedelta(days=int(rng.integers(0, 400))))  # fmt: skip


def _file_titles(
    ledger: Ledger,
    compound: Compound,
    held: Period,
    *,
    keeper: int,
    user: int,
    rng: Generator,
    parcel: Parcel | None = None,
    building: Building | None = None,
) -> None:
    """File one title, or two where unified registration changed its state in the years of the history."""
    thing = parcel or building
    if thing is None:
        raise ValueError("a title needs a parcel or a building")
    begin, end = held
    batch = (_FIRST_BATCH if rng.random() < 0.6 else _SECOND_BATCH) + timedelta(days=int(rng.integers(0, 240)))
    earlier = compound.earlier_title
    if earlier is None and compound.title == "administration" and begin is None and rng.random() < 0.45:
        earlier = str(rng.choice(["recorded", "unregistered"]))
    phases: list[tuple[str, Period]] = [(compound.title, (begin, end))]
    if earlier and earlier != compound.title:
        phases = [(earlier, (begin, batch)), (compound.title, (batch, end))]
    for state, valid in phases:
        registered = state in {"administration", "user"}
        number = f"浙({(valid[0] or HISTORY_FROM).year})宁波市不动产权第SAMPLE{ledger.number(Title):05d}号"
        title = Title(
            id=int(number[-6:-1]),
            jurisdiction_code=thing.jurisdiction_code,
            parcel_id=parcel.id if parcel else None,
            building_id=building.id if building else None,
            state=state,
            holder_agency_id={"administration": keeper, "user": user}.get(state),
            certificate_no=number if registered else None,
            valid=valid,
        )
        ledger.add(title)
        if registered:
            _file_document(ledger, "certificate", thing.jurisdiction_code, parcel=parcel, building=building,
                           on=valid[0] or HISTORY_FROM, number=number, classified=compound.classified)  # fmt: skip


def _file_tenure(ledger: Ledger, compound: Compound, plot: Plot, building: Building, *, rng: Generator) -> None:
    """File by what right a building is used; leases run three years and the rent rises with each."""
    if compound.tenure != "leased":
        ledger.add(
            Tenure(
                id=ledger.number(Tenure),
                jurisdiction_code=building.jurisdiction_code,
                building_id=building.id,
                kind=compound.tenure,
                counterparty=_LENDER if compound.tenure == "borrowed" else None,
                valid=(plot.since, plot.until),
            )
        )
        return
    rent = (building.measured_gross_m2 or 0) * float(rng.uniform(*_RENT_YUAN_M2))
    start = HISTORY_FROM
    last = plot.until or date(HISTORY_TO.year + 1, 7, 1)
    while start < last:
        end = min(last, date(start.year + 3, start.month, start.day))
        ledger.add(
            Tenure(
                id=ledger.number(Tenure),
                jurisdiction_code=building.jurisdiction_code,
                building_id=building.id,
                kind="leased",
                counterparty=_LANDLORD,
                annual_rent_yuan=round(rent, -2),
                valid=(start, end if end < last or plot.until else None),
            )
        )
        _file_document(ledger, "lease", building.jurisdiction_code, building=building, on=start)
        start, rent = end, rent * 1.05


def _file_document(
    ledger: Ledger,
    kind: str,
    owner: str,
    *,
    on: date,
    parcel: Parcel | None = None,
    building: Building | None = None,
    number: str | None = None,
    classified: bool = False,
) -> None:
    titles = {"certificate": "不动产权证书(示例)", "lease": "租赁合同(示例)", "safety_report": "房屋安全鉴定报告(示例)"}
    key = ledger.number(Document)
    ledger.add(
        Document(
            id=key,
            jurisdiction_code=owner,
            kind=kind,
            title=titles[kind],
            number=number or f"示例文件〔{on.year}〕{key}号",
            issued_by="示例登记机构" if kind == "certificate" else "示例机构",
            issued_on=on,
            classified=classified,
        ),
        DocumentLink(
            id=ledger.number(DocumentLink),
            jurisdiction_code=owner,
            document_id=key,
            parcel_id=parcel.id if parcel else None,
            building_id=building.id if building else None,
        ),
    )
