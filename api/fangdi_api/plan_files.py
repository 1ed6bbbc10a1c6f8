"""Files of floor plans on their way in, and the tools that read and place them."""

import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from fangdi.domain.access import Capability
from fangdi.domain.common import Definition
from fangdi.domain.plans.model import Plan, Reading
from fangdi.domain.plans.report import AuditReport
from fangdi.service.plan_types import AuditWriter, BackdropMaker, PlanMap, PlanReader
from fangdi_api.deps import may
from fangdi_api.noting import Noting, Writer


def _read(file: Path, reading: Reading) -> Plan:
    from fangdi_gis_data.plans.guarded import read_guarded  # noqa: PLC0415 - the readers load slowly

    return read_guarded(file, reading)


def _backdrop(file: Path) -> bytes:
    from fangdi_gis_data.plans.guarded import backdrop_guarded  # noqa: PLC0415 - loads slowly

    picture, _, _ = backdrop_guarded(file)
    return picture


def _map() -> PlanMap:
    from fangdi_gis_data.plan_map import MapOfPlans  # noqa: PLC0415 - loads slowly

    return MapOfPlans()


def _write_audit(report: AuditReport, form: str, *, font: Path | None) -> bytes:
    from fangdi_gis_data.audit_files import Look, write  # noqa: PLC0415 - loads slowly
    from fangdi_map_ui import legend  # noqa: PLC0415

    entries = {entry["key"]: entry for entry in legend()["verdict"]}
    names = {key: Definition(entry["zh"], entry["en"]) for key, entry in entries.items()}
    look = Look({key: entry["color"] for key, entry in entries.items()}, names, font)
    return write(report, form, look=look)


@dataclass
class PlanTools:
    """What reads and places plans; tests put others in its place."""

    read: PlanReader = _read
    backdrop: BackdropMaker = _backdrop
    on_map: PlanMap = field(default_factory=_map)
    write_audit: AuditWriter = _write_audit


def tools(request: Request) -> PlanTools:
    """Return what reads and places plans."""
    chosen: PlanTools = request.app.state.plan_tools
    return chosen


def auditor(noting: Noting) -> Writer:
    """Return what opens a transaction, to those who may audit areas somewhere; where, the database decides."""
    with noting() as connection:
        may(connection, Capability.AUDIT_AREAS)
    return noting


Tools = Annotated[PlanTools, Depends(tools)]
Auditing = Annotated[Writer, Depends(auditor)]
"""For routes that change plans and audits. Files are read between transactions, which would keep others waiting."""


@contextmanager
def as_file(content: Any, *, name: str) -> Iterator[Path]:
    """Lend the content of a plan as a file with the ending of its name."""
    with tempfile.TemporaryDirectory(prefix="fangdi-plan-") as folder:
        file = Path(folder) / _file_name(name)
        file.write_bytes(content)
        yield file


async def received(request: Request, _may: Auditing) -> AsyncIterator[Path]:
    """Lend the body of a request as a file, to those who may audit areas: nobody else's is taken in."""
    with tempfile.TemporaryDirectory(prefix="fangdi-plan-") as folder:
        file = Path(folder) / _file_name(request.query_params.get("name", ""))
        with file.open("wb") as out:
            async for chunk in request.stream():
                await run_in_threadpool(out.write, chunk)
        yield file


_STRANGE = re.compile(r"[^\w .()()+-]")
"""What may mean something to a file system or a reader of files."""
_LONGEST_STEM = 60  # letters; a name may have 255 bytes


Received = Annotated[Path, Depends(received)]
BINARY_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How the description of the API says so: the body is read piece by piece and never held in memory whole."""


def _file_name(name: str) -> str:
    """Return a name for a file that people know again: what they called it, as far as that is letters and digits."""
    stem = _STRANGE.sub("_", Path(name.replace("\\", "/")).stem)[:_LONGEST_STEM].strip(" ._")
    return f"{stem or 'plan'}{_ending(name)}"


def _ending(name: str) -> str:
    """Return the ending of a name, if it is one: letters and digits."""
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 12 else ""
