"""Loading who uses which room since when (使用情况): shares, persons, and uses that would collide."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from fangdi.domain.shares import shares_by_weight
from fangdi.service import loading_persons
from fangdi.service import loading_references as references
from fangdi.service.loading_findings import Findings
from fangdi.service.loading_periods import last_day
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_uses import BEGINNING, END, Use, Uses
from fangdi.store import loading as store
from fangdi.store import loading_occupancies as occupancies

_WHOLE = Decimal(1)


def judge(connection: Connection, rows: LayerRows) -> tuple[Uses, pd.Series]:
    """Decide what the rows come to; return it with the jurisdiction of each record."""
    buildings, known = references.building_ids(connection, rows)
    rooms = _rooms(connection, rows, buildings)
    agencies = references.agency_ids(connection, rows, "agency")
    jurisdictions = buildings.map(lambda number: None if pd.isna(number) else known["jurisdiction_code"][number])
    uses = _with_shares(_grouped(rows, rooms, agencies), rows)
    stored = _stored(connection, uses)
    _report_collisions(uses, stored, rows.findings)
    by_key = {use.key: use for use in stored}
    result = Uses(persons=loading_persons.read(connection, rows, uses))
    for use in uses:
        old = by_key.get(use.key)
        if old is None:
            result.new.append(use)
            continue
        merged = _merged(use, old, rows)
        same = (merged.ends, merged.share, merged.document_no) == (old.ends, old.share, old.document_no)
        (result.unchanged if same else result.changed).append(merged)
    return result, jurisdictions


def write(connection: Connection, uses: Uses, *, batch: int, jurisdictions: pd.Series) -> None:
    """Store new and changed uses and their persons; what ends sooner goes first, to make room."""
    earlier_first = sorted(uses.changed, key=lambda use: (use.ends or END, use.share or 0))
    for use in earlier_first:
        occupancies.update(
            connection,
            {
                "id": use.id,
                "since": use.since,
                "ends": use.ends,
                "share": use.share,
                "doc": use.document_no,
                "batch": batch,
            },
        )
    occupancies.insert(
        connection,
        [
            (jurisdictions.iloc[u.records[0]], u.room, u.agency, u.unit, u.share, u.since, u.ends, u.document_no, batch)
            for u in uses.new
        ],
    )
    if uses.persons:
        missing, different = loading_persons.changes(connection, uses)
        occupancies.insert_persons(connection, missing)
        occupancies.update_persons(connection, different)


def _rooms(connection: Connection, rows: LayerRows, buildings: pd.Series) -> pd.Series:
    """Return the room of each row, by its code within the building, else by its number on the door."""
    numbers = [int(number) for number in buildings.dropna().unique()]
    known = store.frame(connection, "load_rooms_of", buildings=numbers)
    by_code = {(b, c): int(i) for i, b, c in zip(known["id"], known["building_id"], known["code"], strict=True)}
    by_number: dict[tuple[int, str], list[int]] = {}
    for room, building, number in zip(known["id"], known["building_id"], known["number"], strict=True):
        if number is not None:
            by_number.setdefault((building, number), []).append(int(room))
    found: list[int | None] = []
    for record, (building, word) in enumerate(zip(buildings, rows.frame["room"], strict=True)):
        if pd.isna(building) or pd.isna(word):
            found.append(None)
            continue
        hits = [by_code[building, word]] if (building, word) in by_code else by_number.get((building, word), [])
        if len(hits) != 1:
            reason = "is the number of several rooms; give the room's code" if hits else "is no room of this building"
            rows.findings.add(record, field="room", value=word, reason=reason, zh="房间不存在或不唯一")
        found.append(hits[0] if len(hits) == 1 else None)
    return references.numbers(pd.Series(found, dtype="object"))


def _grouped(rows: LayerRows, rooms: pd.Series, agencies: pd.Series) -> list[Use]:
    """Return the uses that the good rows speak of; several persons in one use are several rows."""
    frame, nothing = rows.frame, [None] * len(rows)
    uses: dict[tuple[Any, ...], Use] = {}
    columns = (frame.get(name, nothing) for name in ("unit", "since", "ends", "share", "document_no"))
    for record, (room, agency, *rest) in enumerate(zip(rooms, agencies, *columns, strict=True)):
        if rows.findings.bad[record]:
            continue
        unit, since, ends, share, document = (None if pd.isna(value) else value for value in rest)
        exact = None if share is None else Decimal(str(share)).quantize(Decimal("0.00001"))
        use = Use(int(room), int(agency), unit, since, ends, exact, document, (record,))
        before = uses.setdefault(use.key, use)
        if before is use:
            continue
        if (before.ends, before.share) != (use.ends, use.share):
            rows.findings.add(
                record,
                field="share" if before.ends == use.ends else "until",
                value=share if before.ends == use.ends else ends and last_day(ends),
                reason=f"contradicts row {rows.findings.rows[before.records[0]]}, which is about the same use",
                zh="与同一使用记录矛盾",
            )
            continue
        uses[use.key] = replace(before, records=(*before.records, record))
    return list(uses.values())


def _with_shares(uses: list[Use], rows: LayerRows) -> list[Use]:
    """Give uses without a share equal parts of what is left of the room over the same period."""
    together: dict[tuple[Any, ...], list[Use]] = {}
    for use in uses:
        together.setdefault((use.room, use.since, use.ends), []).append(use)
    shared: list[Use] = []
    for group in together.values():
        open_ones = sorted((u for u in group if u.share is None), key=lambda u: (u.agency, u.unit or ""))
        shared += [u for u in group if u.share is not None]
        if not open_ones:
            continue
        rest = _WHOLE - sum((u.share for u in group if u.share is not None), Decimal(0))
        if rest * 100_000 < len(open_ones):
            for use in open_ones:
                _report(use, rows.findings, "share", "nothing of the room is left to share; give shares", "无剩余份额")
            continue
        parts = shares_by_weight([1] * len(open_ones), whole=rest)
        shared += [replace(use, share=part) for use, part in zip(open_ones, parts, strict=True)]
    return shared


def _stored(connection: Connection, uses: list[Use]) -> list[Use]:
    found = occupancies.of_rooms(connection, sorted({use.room for use in uses}))
    return [
        Use(room, agency, unit, since, ends, share, document, id=number)
        for number, room, agency, unit, since, ends, share, document in found
    ]


def _report_collisions(uses: list[Use], stored: list[Use], findings: Findings) -> None:
    """Report uses that would take more of a room than there is, or repeat a user, on any day."""
    replaced = {use.key for use in uses}
    by_room: dict[int, list[Use]] = {}
    for use in [*(u for u in stored if u.key not in replaced), *uses]:
        by_room.setdefault(use.room, []).append(use)
    for neighbours in by_room.values():
        if len(neighbours) == 1:
            continue
        for use in neighbours:
            if use.records:
                _report_collision(
                    use, [other for other in neighbours if other is not use and other.overlaps(use)], findings
                )


def _report_collision(use: Use, others: list[Use], findings: Findings) -> None:
    twice = next((o for o in others if (o.agency, o.unit) == (use.agency, use.unit)), None)
    if twice is not None:
        _report(
            use, findings, "since", f"the same user has the room already {_where(twice, findings)}", "同一单位重复使用"
        )
        return
    days = [
        use.since or BEGINNING,
        *(o.since or BEGINNING for o in others if (o.since or BEGINNING) > (use.since or BEGINNING)),
    ]
    for day in days:
        there = [o for o in others if (o.since or BEGINNING) <= day < (o.ends or END)]
        total = (use.share or _WHOLE) + sum((o.share or _WHOLE for o in there), Decimal(0))
        if there and total > Decimal("1.00001"):
            _report(
                use,
                findings,
                "room",
                f"the room would be used to {float(total) * 100:.5g} %: it is also used {_where(there[0], findings)}; "
                "end that use first or give shares",
                "房间重复使用，份额超过100%",
            )
            return


def _where(use: Use, findings: Findings) -> str:
    until = last_day(use.ends) if use.ends else "further notice"
    period = f"from {use.since or 'the beginning'} until {until}"
    return f"{period} ({'row ' + str(findings.rows[use.records[0]]) if use.records else 'stored'})"


def _report(use: Use, findings: Findings, name: str, reason: str, zh: str) -> None:
    for record in use.records:
        findings.add(record, field=name, value=use.share if name == "share" else use.since, reason=reason, zh=zh)


def _merged(use: Use, old: Use, rows: LayerRows) -> Use:
    """Return the stored use as the file has it; what the file has no column for stays."""
    frame = rows.frame
    return replace(
        use,
        id=old.id,
        ends=use.ends if "ends" in frame else old.ends,
        document_no=use.document_no if "document_no" in frame else old.document_no,
    )
