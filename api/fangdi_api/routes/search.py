"""The search box."""

from typing import Annotated

from fastapi import APIRouter, Query

from fangdi.service.search import search as find
from fangdi_api.deps import Day, LandDatabase
from fangdi_api.noting import Reads
from fangdi_api.schemas.common import ERRORS
from fangdi_api.schemas.details import SearchAnswer

router = APIRouter(tags=["search"], responses=ERRORS)

Term = Annotated[
    str,
    Query(
        alias="q",
        max_length=100,
        pattern=r"^[^\x00]*$",
        description="Name, code or room number; a building and a number together find the room.",
        examples=["行政中心北院1号楼 301"],
    ),
]


@router.get("/search")
def search(
    connection: LandDatabase,
    as_of: Day,
    query: Term,
    reads: Reads,
    limit: Annotated[int, Query(ge=1, le=100, description="Most hits to return.")] = 20,
) -> SearchAnswer:
    """Find agencies, buildings, sites, parcels and rooms (搜索): called so before beginning so before containing it.

    What has ended by the date is found too (rooms by their whole number, or with their building), after everything
    that exists, and says in `ended` since when. What begins later is not found.
    """
    hits = find(connection, query, as_of=as_of, limit=limit)
    reads(connection, [(hit.kind, hit.id) for hit in hits])
    return SearchAnswer.model_validate({"items": hits})
