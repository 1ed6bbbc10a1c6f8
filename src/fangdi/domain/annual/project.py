"""Building projects (建设项目) as form ④ asks for them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ProjectWanted:
    """A version to enter: gross area in m² (planning), estimate in 10,000 CNY; what is not known is None."""

    jurisdiction_code: str
    code: str
    name: str
    approved_by: str | None
    builder: str | None
    user_name: str | None
    address: str | None
    planning_gross_m2: float | None
    estimate_10k_yuan: float | None
    classified: bool
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it stands in the list from `valid_from` to the day before `valid_until`."""

    id: int
    jurisdiction_code: str
    code: str
    name: str
    approved_by: str | None
    builder: str | None
    user_name: str | None
    address: str | None
    planning_gross_m2: float | None
    estimate_10k_yuan: float | None
    classified: bool
    valid_from: date | None
    valid_until: date | None
    entered_by: str
    entered_at: datetime
