"""Loading the layers rooms and floors: which way their rows take into the database."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection

from fangdi.service import loading_rooms as rooms
from fangdi.service.loading_batch import Batch
from fangdi.service.loading_types import LayerRows, LoadOptions, PlanMaker, Progress
from fangdi.store import loading as store
from fangdi.store import loading_rooms as room_store
from fangdi.store.loading import Changes

_ONLY_WHEN_NEW = {"jurisdiction_code", "use_code"}


def judge(
    connection: Connection, rows: LayerRows, options: LoadOptions, plans: PlanMaker
) -> Callable[[np.ndarray[Any, Any], Batch], Changes]:
    """Place and measure the rows; return what stores the good ones."""
    placed = rooms.judge(connection, rows, options, plans)

    def write(kept: np.ndarray[Any, Any], batch: Batch) -> Changes:
        everything = len(kept) == len(rows)
        good = rows if everything else rows.take(kept)
        there = placed if everything else rooms.take(placed, kept)
        if rows.layer == "floors":
            return _merge_floors(connection, good, there, batch, plans)
        return _write_rooms(connection, good, there, batch, options.progress, plans)

    return write


def _write_rooms(  # noqa: PLR0913, PLR0917
    connection: Connection, rows: LayerRows, placed: rooms.Placed, batch: Batch, progress: Progress, plans: PlanMaker
) -> Changes:
    floors, lacking = rooms.floor_ids(connection, rows, placed)
    buildings = [int(number) for number in placed.buildings.unique()]
    place = str(placed.known["jurisdiction_code"][buildings[0]])
    direct = room_store.none_there(connection, buildings)
    if direct or len(lacking):
        floors = rooms.make_floors(connection, rows, placed, lacking, batch=batch.open(place))
    given = rooms.room_columns(rows, placed, floors)
    if direct:
        rooms.write_frames(connection, placed)
        if "classified" in given:
            given["secret"] = given["classified"]
        given["batch_id"] = pa.repeat(pa.scalar(batch.open(place), pa.int64()), len(rows))
        chunks = _reported(rooms.chunks(given, rows, placed, plans), progress, len(rows))
        return Changes(inserted=room_store.copy_new(connection, chunks, rows=len(rows)))
    only_when_new = {"jurisdiction_code"} if "use_code" in rows.frame else _ONLY_WHEN_NEW
    changes = _merge(
        connection,
        "room",
        rooms.whole(given, rows, placed, plans),
        ("building_id", "code"),
        only_when_new,
        batch,
        place,
    )
    if batch.number is not None:
        rooms.write_frames(connection, placed)
    return changes


def _merge_floors(
    connection: Connection, rows: LayerRows, placed: rooms.Placed, batch: Batch, plans: PlanMaker
) -> Changes:
    named = rows.frame["name"].notna().all()
    given = rooms.whole(rooms.floor_columns(rows, placed), rows, placed, plans)
    place = str(placed.known["jurisdiction_code"][int(placed.buildings.iloc[0])])
    only_when_new = {"jurisdiction_code"} if named else {"jurisdiction_code", "name"}
    changes = _merge(connection, "floor", given, ("building_id", "level"), only_when_new, batch, place)
    if batch.number is not None:
        rooms.write_frames(connection, placed)
    return changes


def _merge(  # noqa: PLR0913, PLR0917
    connection: Connection,
    table: str,
    given: dict[str, pa.Array],
    key: tuple[str, ...],
    only_when_new: set[str],
    batch: Batch,
    place: str,
) -> Changes:
    """Stage the rows, compare, and write what differs; columns `only_when_new` never change a stored row."""
    compared = [name for name in given if name not in {*key, *only_when_new}]
    extra = [name for name in given if name in only_when_new]
    store.stage(connection, table, given)
    changes = store.compare(connection, table, key=key, columns=compared)
    if changes.inserted or changes.updated:
        number = batch.open(place)
        store.write(connection, table, key=key, columns=compared, only_new=extra, changes=changes, batch=number)
    return changes


def _reported(chunks: Iterator[dict[str, pa.Array]], progress: Progress, total: int) -> Iterator[dict[str, pa.Array]]:
    done = 0
    for chunk in chunks:
        yield chunk
        done += len(next(iter(chunk.values())))
        progress("store", done, total)
