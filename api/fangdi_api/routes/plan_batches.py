"""Many floor plans at once (批量平面图): a zip becomes a job whose progress can be watched, stopped and resumed."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.service import plan_batches as service
from fangdi.settings import Settings
from fangdi.store import plan_batches as store
from fangdi_api.deps import MAX_ID, AppSettings, Paging, RowId, SignedIn, may
from fangdi_api.noting import Reads
from fangdi_api.paging import encode, page_request
from fangdi_api.plan_files import BINARY_BODY, Auditing, Received
from fangdi_api.schemas import plan_batches as shapes
from fangdi_api.schemas.common import ERRORS, PageOf

router = APIRouter(tags=["plan batches"], responses=ERRORS)

BatchName = Annotated[
    str,
    Query(alias="name", min_length=1, max_length=200, pattern=r"^[^\x00/\\]*$", description="Name of the zip."),
]
AllOf = Annotated[
    int | None,
    Query(alias="building_id", ge=1, le=MAX_ID, description="Building that all files draw; else their names say it."),
]
ByMapping = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Saved layer mapping to read them by.")]

MOST_FILES = 2000
UNFOLDED = 4
"""How many times as large as the zip a batch may be, unfolded."""


def _auditor(connection: SignedIn) -> Connection:
    may(connection, Capability.AUDIT_AREAS)
    return connection


AuditorDatabase = Annotated[Connection, Depends(_auditor, scope="function")]


@router.post("/plan-batches", status_code=202, openapi_extra=BINARY_BODY)
def upload_batch(  # noqa: PLR0913, PLR0917 - one parameter a part of the request
    auditing: Auditing,
    chosen: AppSettings,
    file: Received,
    name: BatchName,
    building_id: AllOf = None,
    mapping_id: ByMapping = None,
) -> shapes.BatchDetail:
    """Take in a zip of floor plans, and read them one by one beside the server, each into a draft of its building.

    A file belongs to the building whose code its folder has, as `B0012/三层.dxf`, or its name begins with, as
    `B0012_3F.dxf`; or as `manifest.csv` in the zip says, with the columns file, building, level and unit.
    """
    from fangdi_gis_data.plans.batches import opened_batch  # noqa: PLC0415 - loads slowly

    with opened_batch(file, _limits(chosen), name=name) as files, auditing() as connection:
        number = service.create(connection, files, name=name, building_id=building_id, mapping_id=mapping_id)
        return _detail(connection, number)


@router.get("/plan-batches")
def plan_batches(connection: AuditorDatabase, paging: Paging) -> PageOf[shapes.BatchRow]:
    """List batches, the latest first: one's own, and those of jurisdictions whose areas one audits."""
    wanted = page_request(paging.cursor, limit=paging.limit, shape=(int,))
    page = service.page_of(connection, wanted)
    return PageOf[shapes.BatchRow].model_validate({"items": page.items, "next": encode(page.after)})


@router.get("/plan-batches/{batch_id}")
def plan_batch(connection: AuditorDatabase, reads: Reads, batch_id: RowId) -> shapes.BatchDetail:
    """Return how far a batch has come, and what became of each file."""
    found = _detail(connection, batch_id)
    reads(connection, [("building", item.building.id) for item in found.items if item.building])
    return found


@router.post("/plan-batches/{batch_id}/cancel")
def cancel_batch(auditing: Auditing, batch_id: RowId) -> shapes.BatchDetail:
    """Stop a batch; what became a plan stays."""
    with auditing() as connection:
        store.cancel(connection, batch_id)
        return _detail(connection, batch_id)


@router.post("/plan-batches/{batch_id}/resume")
def resume_batch(auditing: Auditing, batch_id: RowId) -> shapes.BatchDetail:
    """Begin again what failed or was cancelled, in the name of whoever uploaded it; what is done is not done twice."""
    with auditing() as connection:
        store.resume(connection, batch_id)
        return _detail(connection, batch_id)


def _limits(chosen: Settings) -> Any:
    from fangdi_gis_data.plans.batches import BatchLimits  # noqa: PLC0415 - loads slowly

    return BatchLimits(MOST_FILES, chosen.plan_mb * 1_000_000, UNFOLDED * chosen.batch_mb * 1_000_000)


def _detail(connection: Connection, number: int) -> shapes.BatchDetail:
    return shapes.BatchDetail.model_validate(service.detail(connection, number))
