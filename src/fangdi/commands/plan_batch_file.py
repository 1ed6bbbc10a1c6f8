"""One file of `fangdi plan batch`, in a process of its own: read, checked, and kept as a draft."""

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import Engine

from fangdi.domain.access import Capability
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.errors import FangdiError, NotAllowedError
from fangdi.service import plan_batches, plan_checks, plans
from fangdi.store.access import OPERATOR, Credential, scope_of
from fangdi.store.engine import create_engine
from fangdi.store.query import writing


@dataclass(frozen=True, slots=True)
class Work:
    """A file to read, and where its draft goes; without a building it is only read."""

    name: str
    content: bytes
    sha256: str
    reading: Mapping[str, Any] = field(default_factory=dict)
    building_id: int | None = None
    url: str | None = None
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file; areas in m², in the plan's own metric frame."""

    state: str
    """done or failed"""
    floors: int = 0
    rooms: int = 0
    rooms_m2: float = 0.0
    findings: Mapping[str, int] = field(default_factory=dict)
    plan_id: int | None = None
    message: str = ""
    seconds: float = 0.0


def do(work: Work) -> Outcome:
    """Read a file and keep it; whatever goes wrong is said and not raised."""
    began = time.perf_counter()
    try:
        with tempfile.TemporaryDirectory(prefix="fangdi-batch-") as folder:
            file = Path(folder) / (PurePosixPath(work.name).name or "plan")
            file.write_bytes(work.content)
            return _done(work, file, began)
    except FangdiError as error:
        return Outcome("failed", message=error.message, seconds=time.perf_counter() - began)
    except Exception as error:  # noqa: BLE001 - a file may find any mistake of ours, and the others go on
        return Outcome("failed", message=f"{type(error).__name__}: {error}", seconds=time.perf_counter() - began)


def _done(work: Work, file: Path, began: float) -> Outcome:
    from fangdi_gis_data.plans.guarded import read_guarded  # noqa: PLC0415 - loads slowly

    plan = plans.read(file, work.reading, read_guarded)
    area = sum(room.outline.area_m2 for room in plan.rooms)
    read: dict[str, Any] = {"floors": len(plan.floors), "rooms": len(plan.rooms), "rooms_m2": round(area, 2)}
    if not plan.floors:
        found, number = plan_batches.counts(plan.findings), None
        said = plan_batches.in_words(plan.findings)
    elif work.building_id is None or work.url is None:
        found, number, said = plan_batches.counts((*plan.findings, *plan_checks.check(plan))), None, ""
    else:
        kept = _keep(work, file, plan)
        found, number, said = dict(kept.findings), kept.plan_id, kept.message or ""
    state = "done" if plan.floors else "failed"
    return Outcome(state, **read, findings=found, plan_id=number, message=said, seconds=time.perf_counter() - began)


def _keep(work: Work, file: Path, plan: Any) -> plan_batches.Outcome:
    from fangdi_gis_data.plan_map import MapOfPlans  # noqa: PLC0415 - loads slowly

    assert work.url is not None and work.building_id is not None  # noqa: S101, PT018 - the caller looked
    credential = Credential.account(work.login) if work.login else OPERATOR
    with writing(_database(work.url), credential) as connection:
        if not scope_of(connection).allows(Capability.AUDIT_AREAS):
            raise NotAllowedError(SENTENCES[Refusal.OUT_OF_REACH])
        named = plans.PlanFile(file, PurePosixPath(work.name).name)
        return plan_batches.keep(connection, work.building_id, named, plan, work.reading, MapOfPlans())


@cache
def _database(url: str) -> Engine:
    return create_engine(url, pool_size=1)
