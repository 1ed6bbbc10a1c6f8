"""What a client asks first: health, facts about the deployment, legend and word lists."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

import fangdi
from fangdi.domain.common import Definition
from fangdi.domain.labels import AGENCY_KINDS, BASES, LEVELS
from fangdi.domain.norms.kinds import FACTS, UNIT_NAMES, VERIFICATION_NAMES
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import meta as service
from fangdi_api.deps import AppSettings, OpenDatabase, SignedIn
from fangdi_api.schemas.common import ERRORS
from fangdi_api.schemas.meta import Health, Meta, Vocabulary

router = APIRouter(tags=["meta"], responses=ERRORS)


def today() -> date:
    """Return the day where the server stands."""
    return date.today()  # noqa: DTZ011


@router.get("/health")
def health(connection: OpenDatabase) -> Health:
    """Say whether server and database answer (健康检查); an unreachable database is a 503 problem."""
    service.ping(connection)
    return Health(status="ok")


@router.get("/meta")
def meta(connection: SignedIn, settings: AppSettings, day: Annotated[date, Depends(today)]) -> Meta:
    """Return what a client needs to know before it asks anything: extent, floor levels, layers, bases (元数据)."""
    found = service.overview(connection)
    basemap = {"url": settings.basemap_url, "attribution": settings.basemap_attribution}
    return Meta.model_validate(
        {
            **found,
            "name": "fangdi",
            "version": fangdi.__version__,
            "as_of": day,
            "sample": found["sample"] is not None,
            "sample_notice": found["sample"],
            "basemap": basemap if settings.basemap_url else None,
            "plane_epsg": settings.plane_epsg,
            "coverage_radius_m": settings.coverage_radius_m,
            "bases": list(AreaBasis),
        }
    )


@router.get("/legend")
def legend(response: Response) -> dict[str, Any]:
    """Return colours and labels of the map (图例), the same for map, reports and exports."""
    response.headers["Cache-Control"] = "max-age=300"
    return _legend()


@router.get("/vocabulary")
def vocabulary(connection: SignedIn) -> Vocabulary:
    """Return the word lists (代码表) with Chinese and English labels."""
    lists = {
        "agency_kinds": _words(AGENCY_KINDS),
        "levels": _words(LEVELS),
        "bases": _words(BASES),
        "norm_kinds": _norm_kinds(),
        "certainties": [
            word | {"verified": sure.verified}
            for sure, word in zip(VERIFICATION_NAMES, _words(VERIFICATION_NAMES), strict=True)
        ],
    }
    return Vocabulary.model_validate({**service.vocabulary(connection), **lists})


@cache
def _legend() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("fangdi_map_ui").joinpath("legend.json").read_text(encoding="utf-8"))
    return found


def _norm_kinds() -> list[dict[str, Any]]:
    return [
        {
            "code": kind,
            "zh": facts.name.zh,
            "en": facts.name.en,
            "unit": facts.unit,
            "unit_name": UNIT_NAMES[facts.unit],
            "shape": facts.shape,
            "by_level": facts.by_level,
            "by_rank": facts.by_rank,
        }
        for kind, facts in FACTS.items()
    ]


def _words(labels: Mapping[Any, Definition]) -> list[dict[str, Any]]:
    return [{"code": str(code), "zh": label.zh, "en": label.en} for code, label in labels.items()]
