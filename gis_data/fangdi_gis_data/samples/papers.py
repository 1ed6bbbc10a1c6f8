"""Titles, tenures and filed documents of the compounds over time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from numpy.random import Generator

from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import Building, Document, DocumentLink, Parcel, Period, Tenure, Title
from fangdi_gis_data.samples.programme import HISTORY_FROM, HISTORY_TO, Compound, Plot

_BATCHES = {date(2022, 6, 1): 0.6, date(2024, 5, 1): 0.4}
"""When unified registration (权属统一登记) began, and how much of it fell in each batch."""
_BATCH_DAYS = 240
_RENT_YUAN_M2 = (420.0, 760.0)
_LEASE_YEARS = 3
_RISE = 1.05
_COUNTERPARTY = {"leased": "某置业公司(示例)", "borrowed": "某国有企业(示例)"}
_TITLES = {"certificate": "不动产权证书(示例)", "lease": "租赁合同(示例)", "safety_report": "房屋安全鉴定报告(示例)"}


@dataclass(frozen=True)
class Clerk:
    """Files the papers of one compound; `keeper` is the offices administration, `user` the agency that sits there."""

    ledger: Ledger
    compound: Compound
    keeper: int
    user: int
    rng: Generator

    def file_parcel(self, parcel: Parcel) -> None:
        """File the title of a parcel that is the government's own."""
        if self.compound.tenure == "owned":
            self._titles(parcel, (None, None))

    def file_building(self, plot: Plot, building: Building) -> None:
        """File title, tenure and, for an old building, its safety report."""
        held = (plot.since, plot.until)
        if self.compound.tenure == "owned":
            self._titles(building, held)
        if self.compound.tenure == "leased":
            self._leases(building, plot.until)
        else:
            self._tenure(building, held)
        if plot.old:
            seen_on = date(2024, 3, 1) + timedelta(days=int(self.rng.integers(0, 400)))
            self._document("safety_report", building, on=seen_on)

    def _titles(self, thing: Parcel | Building, held: Period) -> None:
        """File one title, or two where unified registration changed its state in the years of the history."""
        begin, end = held
        now = self.compound.title
        earlier = self.compound.earlier_title
        batch = list(_BATCHES)[int(self.rng.random() > _BATCHES[min(_BATCHES)])]
        day = batch + timedelta(days=int(self.rng.integers(0, _BATCH_DAYS)))
        if earlier is None and now == "administration" and begin is None and self.rng.random() < 0.45:
            earlier = str(self.rng.choice(["recorded", "unregistered"]))
        if earlier in {None, now}:
            self._title(thing, now, held)
        else:
            self._title(thing, str(earlier), (begin, day))
            self._title(thing, now, (day, end))

    def _title(self, thing: Parcel | Building, state: str, valid: Period) -> None:
        key = self.ledger.number(Title)
        since = valid[0] or HISTORY_FROM
        holder = {"administration": self.keeper, "user": self.user}.get(state)
        number = f"浙({since.year})宁波市不动产权第SAMPLE{key:05d}号" if holder else None
        self.ledger.add(
            Title(
                id=key,
                jurisdiction_code=thing.jurisdiction_code,
                **_link(thing),
                state=state,
                holder_agency_id=holder,
                certificate_no=number,
                valid=valid,
            )
        )
        if holder:
            self._document("certificate", thing, on=since, number=number)

    def _tenure(self, building: Building, valid: Period, rent: float | None = None) -> None:
        self.ledger.add(
            Tenure(
                id=self.ledger.number(Tenure),
                jurisdiction_code=building.jurisdiction_code,
                building_id=building.id,
                kind=self.compound.tenure,
                counterparty=_COUNTERPARTY.get(self.compound.tenure),
                annual_rent_yuan=rent,
                valid=valid,
            )
        )

    def _leases(self, building: Building, until: date | None) -> None:
        """File the leases: each runs three years, and the rent rises with the next."""
        rent = (building.measured_gross_m2 or 0) * float(self.rng.uniform(*_RENT_YUAN_M2))
        start = HISTORY_FROM
        last = until or date(HISTORY_TO.year + 1, HISTORY_TO.month, 1)
        while start < last:
            end = min(last, start.replace(year=start.year + _LEASE_YEARS))
            self._tenure(building, (start, end if end < last or until else None), round(rent, -2))
            self._document("lease", building, on=start)
            start, rent = end, rent * _RISE

    def _document(self, kind: str, thing: Parcel | Building, *, on: date, number: str | None = None) -> None:
        key = self.ledger.number(Document)
        owner = thing.jurisdiction_code
        self.ledger.add(
            Document(
                id=key,
                jurisdiction_code=owner,
                kind=kind,
                title=_TITLES[kind],
                number=number or f"示例文件〔{on.year}〕{key}号",
                issued_by="示例登记机构" if kind == "certificate" else "示例机构",
                issued_on=on,
                classified=self.compound.classified,
            ),
            DocumentLink(id=self.ledger.number(DocumentLink), jurisdiction_code=owner, document_id=key, **_link(thing)),
        )


def _link(thing: Parcel | Building) -> dict[str, Any]:
    """Return the column that names a parcel or a building."""
    return {"parcel_id": thing.id} if isinstance(thing, Parcel) else {"building_id": thing.id}
