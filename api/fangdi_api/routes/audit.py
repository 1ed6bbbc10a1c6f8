"""The audit trail (操作留痕), its check, and the history of an object."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from fangdi.domain.access import Capability
from fangdi.domain.audit import Action, ObjectKind, TrailFilter
from fangdi.domain.common import Page
from fangdi.service import audit as service
from fangdi.store.query import Record
from fangdi_api.deps import MAX_ID, Paging, SignedIn, may
from fangdi_api.paging import encode, page_request
from fangdi_api.schemas.audit import TrailCheck, TrailPage
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["audit"], responses=ERRORS)

ObjectId = Annotated[int, Query(ge=0, le=MAX_ID, description="Its id; of a jurisdiction its code.", examples=[5])]
Kind = Annotated[ObjectKind, Query(description="Kind of object.", examples=["building"])]
Word = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")]


def trail_filter(  # noqa: PLR0913, PLR0917 - one parameter a filter
    object_kind: Annotated[Word, Query(description="Kind of object, as room or account.")] = None,
    object_id: Annotated[int | None, Query(ge=0, le=MAX_ID, description="Its id; of a jurisdiction its code.")] = None,
    account_id: Annotated[int | None, Query(ge=1, le=MAX_ID, description="Who did it.")] = None,
    actor: Annotated[Word, Query(description="Login it was done under.")] = None,
    action: Annotated[Action | None, Query(description="What was done.")] = None,
    since: Annotated[datetime | None, Query(description="From this time on.")] = None,
    until: Annotated[datetime | None, Query(description="Before this time.")] = None,
) -> TrailFilter:
    """Return what to look for."""
    return TrailFilter(
        object_kind,
        object_id,
        account_id,
        actor,
        action,
        service.in_zone(since, name="since"),
        service.in_zone(until, name="until"),
    )


@router.get("/audit")
def audit(connection: SignedIn, wanted: Annotated[TrailFilter, Depends(trail_filter)], paging: Paging) -> TrailPage:
    """Search the audit trail: what was done to what, by whom, when; the latest first."""
    may(connection, Capability.READ_TRAIL)
    page = page_request(paging.cursor, limit=paging.limit, shape=(int,))
    return _page(service.search(connection, wanted, page))


@router.get("/audit/check")
def audit_check(connection: SignedIn) -> TrailCheck:
    """Compute the chain of the audit trail anew, and name the first entry that was tampered with."""
    may(connection, Capability.READ_TRAIL)
    return TrailCheck.model_validate(service.check(connection))


@router.get("/history")
def history(connection: SignedIn, kind: Kind, id: ObjectId, paging: Paging) -> TrailPage:  # noqa: A002
    """Return what happened to an object that you see; the latest first. A plan's history holds that of its audits."""
    page = page_request(paging.cursor, limit=paging.limit, shape=(int,))
    return _page(service.history(connection, kind, id, page))


def _page(page: Page[Record]) -> TrailPage:
    return TrailPage.model_validate({"items": page.items, "next": encode(page.after)})
