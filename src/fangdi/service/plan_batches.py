"""Batches of floor plans (批量平面图): files are taken in, and each becomes a draft or says why not."""

import hashlib
import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from fangdi.domain.access import Capability
from fangdi.domain.common import Page, PageRequest
from fangdi.domain.jobs import MOST_ATTEMPTS, JobState
from fangdi.domain.plan_batches import Assigned, Building, ManifestLine, assigned, codes_in
from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import Finding
from fangdi.domain.plans.model import Plan
from fangdi.errors import (
    ChangedMeanwhileError,
    DatabaseUnavailableError,
    FangdiError,
    InvalidInputError,
)
from fangdi.service import plan_placing, plans
from fangdi.service.plan_types import PlanMap, PlanReader
from fangdi.store import plan_batches as store
from fangdi.store import plans as store_of_plans
from fangdi.store.access import Credential, scope_of
from fangdi.store.query import Record, writing

_log = logging.getLogger(__name__)
_LOST_RIGHTS = (
    "发起人的账号已停用,或不再有面积核查权限,任务未继续。 The account that asked is disabled or may not audit areas "
    "any more; nothing further was done in its name."
)
_WORKER_ENDED = (
    "读取该文件时,处理程序多次中止,已跳过。 The worker was ended several times over this file, which was given up; "
    "look at the log, and upload the file by itself."
)
_OUR_MISTAKE = (
    "处理该文件时程序出错,已记入日志。 The program failed over this file, which is no fault of yours; the log says how."
)
_OTHER_PROVINCES = (
    "这些楼座不属于同一行政区,请分别上传。 No jurisdiction holds all these buildings; upload a batch for each."
)
_LONGEST_NAME = 200


class File(Protocol):
    """A file of a batch."""

    @property
    def name(self) -> str:
        """Its name with its folders."""

    @property
    def content(self) -> Callable[[], bytes]:
        """Returns what it holds."""


class Files(Protocol):
    """The files of a batch, as a folder or zip holds them."""

    @property
    def items(self) -> Sequence[Any]:
        """The files, each a `File`."""

    @property
    def manifest(self) -> Mapping[str, ManifestLine]:
        """What the manifest says of them, by name."""

    @property
    def ignored(self) -> Sequence[str]:
        """Names of what is no plan and was left out."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads and places plans."""

    read: PlanReader
    on_map: PlanMap


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file became: a plan, or why not."""

    plan_id: int | None = None
    rooms: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    message: str | None = None


def assign(connection: Connection, files: Files, *, building_id: int | None = None) -> list[Assigned]:
    """Return what is to be done with each file of a batch, in order.

    Raises:
        NotFoundError: the building is not there, or hidden.
        InvalidInputError: no file at all can be assigned to a building.
    """
    only = None
    if building_id is not None:
        found = store_of_plans.building(connection, building_id)
        only = Building(building_id, "", str(found["jurisdiction_code"]))
    names = [item.name for item in files.items]
    named = [line.building for line in files.manifest.values() if line.building]
    wanted = named if only else [*named, *(code for name in names for code in codes_in(name))]
    known = store.buildings(connection, wanted)
    decided = list(assigned(names, buildings=known, manifest=files.manifest, only=only))
    if not any(one.building for one in decided):
        raise InvalidInputError(str(decided[0].message), place={"file": decided[0].name})
    return decided


def create(
    connection: Connection, files: Files, *, name: str, building_id: int | None = None, mapping_id: int | None = None
) -> int:
    """Keep a batch and put its files into the queue; return its number. What no building is known for fails at once."""
    reading = plans.reading_by(connection, mapping_id)
    decided = assign(connection, files, building_id=building_id)
    places = {one.building.jurisdiction_code for one in decided if one.building}
    details = {"building_id": building_id, "mapping_id": mapping_id, "ignored": list(files.ignored)}
    made = store.add(connection, name=name, details=details, jurisdictions=places)
    if made is None:
        raise InvalidInputError(_OTHER_PROVINCES)
    number, jurisdiction = made
    for sort, (item, one) in enumerate(zip(files.items, decided, strict=True), 1):
        content = item.content()
        store.add_file(
            connection,
            reading={**reading, **one.reading},
            jurisdiction_code=jurisdiction,
            job_id=number,
            sort=sort,
            name=item.name,
            building_id=one.building.id if one.building else None,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content if one.building else None,
            state=JobState.WAITING if one.building else JobState.FAILED,
            message=one.message,
        )
    store.start(connection, number)
    return number


def page_of(connection: Connection, page: PageRequest) -> Page[dict[str, Any]]:
    """Return one page of the batches, the latest first."""
    found = store.page_of(connection, page)
    return Page([_row(connection, row) for row in found.items], found.after)


def detail(connection: Connection, number: int) -> dict[str, Any]:
    """Return a batch with its files."""
    row = _row(connection, store.batch(connection, number))
    items = [_file(file) for file in store.files(connection, number)]
    return row | {"ignored": row["details"].get("ignored", []), "items": items}


def do_file(database: Engine, file_id: int, tools: Tools) -> None:
    """Make a draft of a file of a batch, in the name of whoever asked and with their rights as they are now.

    Called by a worker that holds the owner's rights. Whatever the file does, it ends as done or failed, and the others
    of its batch go on; a file that is done is not done again.
    """
    with database.begin() as connection:
        task = store.take(connection, file_id)
    if task is None:
        return
    try:
        if task["attempts"] > MOST_ATTEMPTS:
            raise InvalidInputError(_WORKER_ENDED)  # noqa: TRY301 - said where everything else is said
        with _as_file(task["content"], name=task["name"]) as file:
            _keep_file(database, task, file, tools)
    except DatabaseUnavailableError:
        raise  # the queue tries again
    except ChangedMeanwhileError:
        _log.info("File %s was done or cancelled meanwhile", file_id)
    except _RightsLostError:
        with database.begin() as connection:
            store.refuse(connection, task["job_id"], message=_LOST_RIGHTS)
    except FangdiError as error:
        _fail(database, file_id, error.message)
    except Exception:  # noqa: BLE001 - a file may find any mistake of ours, and the others go on
        _log.exception("File %s of batch %s failed", file_id, task["job_id"])
        _fail(database, file_id, _OUR_MISTAKE)


def keep(  # noqa: PLR0913, PLR0917 - a file, what was read from it, and where it goes
    connection: Connection,
    building_id: int,
    file: plans.PlanFile,
    plan: Plan,
    chosen: plans.Chosen,
    on_map: PlanMap,
) -> Outcome:
    """Keep a file that was read as a draft, placed where it says; one in which nothing could be read is not kept."""
    if not plan.floors:
        return Outcome(findings=counts(plan.findings), message=in_words(plan.findings))
    number = plans.keep(connection, building_id, file, plan, chosen)
    plan_placing.place_by_file(connection, number, on_map)
    kept = store_of_plans.plan(connection, number)
    return Outcome(number, int(kept["rooms_count"]), dict(kept["findings"]))


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings there are, by severity."""
    return dict(Counter(str(finding.severity) for finding in findings))


def in_words(findings: Sequence[Finding]) -> str:
    """Return findings as sentences, Chinese first."""
    said = [say(finding) for finding in findings]
    if not said:
        return "文件中没有楼层或房间。 The file holds no floor and no room."
    return " ".join(f"{one.zh} {one.en}" for one in said)


class _RightsLostError(Exception):
    """Whoever asked may not have it done any more; never leaves this module."""


def _keep_file(database: Engine, task: Record, file: Path, tools: Tools) -> None:
    credential = Credential.job(task["login"] or "")
    reason = f"批量平面图 batch {task['job_id']}"
    with writing(database, credential) as connection:  # before the file is read, which takes long
        _check_rights(connection)
        store_of_plans.building(connection, task["building_id"])
    chosen = dict(task["reading"])
    plan = plans.read(file, chosen, tools.read)
    with writing(database, credential, reason=reason) as connection:
        _check_rights(connection)
        named = plans.PlanFile(file, PurePosixPath(task["name"]).name)
        kept = keep(connection, task["building_id"], named, plan, chosen, tools.on_map)
        if kept.plan_id is not None:
            store.finish(connection, task["id"], plan_id=kept.plan_id, rooms=kept.rooms, findings=kept.findings)
    if kept.plan_id is None:
        _fail(database, task["id"], str(kept.message), kept.findings)


def _check_rights(connection: Connection) -> None:
    if not scope_of(connection).allows(Capability.AUDIT_AREAS):
        raise _RightsLostError


def _fail(database: Engine, file_id: int, message: str, findings: Mapping[str, int] | None = None) -> None:
    with database.begin() as connection:
        store.fail(connection, file_id, message=message, findings=findings)


def _row(connection: Connection, row: Record) -> dict[str, Any]:
    files = {state: int(row["files"].get(state, 0)) for state in JobState}
    over = files[JobState.DONE] + files[JobState.FAILED] + files[JobState.CANCELLED]
    scope = scope_of(connection)
    may = row["account_id"] == scope.account or scope.allows_in(Capability.AUDIT_AREAS, row["jurisdiction_code"])
    return dict(row) | {"files": files, "total": sum(files.values()), "over": over, "may_change": may}


def _file(row: Record) -> dict[str, Any]:
    name = row["building_name"]
    return dict(row) | {"building": name and {"id": row["building_id"], "name": name}}


@contextmanager
def _as_file(content: bytes, *, name: str) -> Iterator[Path]:
    """Lend a file under its own name, which its findings name, if that can be a file's."""
    own = PurePosixPath(name)
    fits = own.name.isprintable() and len(own.name.encode(errors="replace")) <= _LONGEST_NAME
    with tempfile.TemporaryDirectory(prefix="fangdi-batch-") as folder:
        file = Path(folder) / (own.name if fits else f"plan{own.suffix[:12]}")
        file.write_bytes(content)
        yield file
