"""Batches of floor plans: the rows of the job and of its files. The database decides who begins and ends them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Page, PageRequest
from fangdi.domain.plan_batches import Building
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.errors import NotFoundError
from fangdi.store.engine import sql
from fangdi.store.plans import run
from fangdi.store.query import Record, first, rows


def buildings(connection: Connection, codes: Iterable[str]) -> list[Building]:
    """Return the buildings with these codes that the reader sees."""
    found = rows(connection, "plan_batch_buildings", codes=sorted(set(codes)))
    return [Building(**row) for row in found]


def add(
    connection: Connection, *, name: str, details: Mapping[str, Any], jurisdictions: Iterable[str]
) -> tuple[int, str] | None:
    """Keep a batch; return its number and jurisdiction, or None when no jurisdiction holds all of these."""
    made = run(
        connection,
        sql("plan_batch_insert"),
        name=name,
        details=json.dumps(details, ensure_ascii=False),
        jurisdictions=sorted(set(jurisdictions)),
    ).first()
    return None if made is None else (int(made[0]), str(made[1]))


def add_file(connection: Connection, *, reading: Mapping[str, Any], **values: Any) -> None:
    """Keep a file of a batch."""
    run(connection, sql("plan_batch_file_insert"), reading=json.dumps(reading, ensure_ascii=False), **values)


def start(connection: Connection, number: int) -> None:
    """Put the files of a batch into the queue."""
    run(connection, "SELECT fangdi.start_plan_batch(:id)", id=number)


def cancel(connection: Connection, number: int) -> None:
    """Stop a batch; plans that were made of its files stay."""
    run(connection, "SELECT fangdi.cancel_plan_batch(:id)", id=number)


def resume(connection: Connection, number: int) -> None:
    """Begin again what was not done."""
    run(connection, "SELECT fangdi.resume_plan_batch(:id)", id=number)


def page_of(connection: Connection, page: PageRequest) -> Page[Record]:
    """Return one page of the batches, the latest first."""
    before = page.after[0] if page.after else None
    found = rows(connection, "plan_batch_rows", id=None, before=before, page_size=page.limit + 1)
    return Page(found[: page.limit], (found[page.limit - 1]["id"],) if len(found) > page.limit else None)


def batch(connection: Connection, number: int) -> Record:
    """Return a batch; raise NotFoundError unless the reader sees it."""
    found = first(connection, "plan_batch_rows", id=number, before=None, page_size=1)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_JOB])
    return found


def files(connection: Connection, number: int) -> Sequence[Record]:
    """Return the files of a batch in order, without what they hold."""
    return rows(connection, "plan_batch_files", job_id=number)


def take(connection: Connection, file_id: int) -> Record | None:
    """Begin a file, with the owner's rights; None when it is done or its batch is over."""
    found = first(connection, "plan_batch_take", id=file_id)
    if found is not None:
        run(connection, sql("plan_batch_begin"), id=found["job_id"])
    return found


def finish(connection: Connection, file_id: int, *, plan_id: int, rooms: int, findings: Mapping[str, int]) -> None:
    """Write what a file became, in the name of whoever asked; ChangedMeanwhileError when the batch is over."""
    run(
        connection,
        "SELECT fangdi.finish_plan_batch_file(:id, :plan_id, :rooms, CAST(:findings AS jsonb))",
        id=file_id,
        plan_id=plan_id,
        rooms=rooms,
        findings=json.dumps(findings),
    )


def fail(connection: Connection, file_id: int, *, message: str, findings: Mapping[str, int] | None = None) -> None:
    """Write why a file became no plan, with the owner's rights."""
    failed = run(
        connection, sql("plan_batch_fail"), id=file_id, message=message, findings=json.dumps(findings or {})
    ).first()
    if failed is not None:
        run(connection, "SELECT fangdi.settle_plan_batch(:id)", id=failed[0])


def refuse(connection: Connection, number: int, *, message: str) -> None:
    """End a batch that may not go on, with the owner's rights."""
    run(connection, sql("plan_batch_refuse"), id=number, message=message)


def forget(connection: Connection, *, days: int) -> None:
    """Forget what files hold whose batch ended so many days ago, with the owner's rights."""
    run(connection, sql("plan_batch_forget"), days=days)


def known_plan(connection: Connection, *, building_id: int, sha256: str) -> int | None:
    """Return the latest plan of a building that was made of a file with this hash."""
    found = first(connection, "plan_known", building_id=building_id, sha256=sha256)
    return None if found is None else int(found["id"])
