"""Loading floors and rooms: plan frames, measured areas, floors made as they are needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from fangdi.domain.common import LARGEST_M2
from fangdi.domain.uses import SPELLINGS
from fangdi.service import loading_references as references
from fangdi.service.loading_boundaries import check_near
from fangdi.service.loading_columns import MAP_SRID, columns_of
from fangdi.service.loading_types import LayerRows, LoadOptions, PlanMaker
from fangdi.service.loading_words import same_word
from fangdi.store import loading as store
from fangdi.store import loading_rooms as room_store
from fangdi.store.loading_copy import CHUNK, column, in_hex

PLAN_SRID, TILE_SRID = 0, 3857

_AREA = {"rooms": "measured_usable_m2", "floors": "measured_gross_m2"}


@dataclass
class Placed:
    """What was found out about rooms or floors before anything is written."""

    buildings: pd.Series
    known: pd.DataFrame
    frames: dict[int, str]
    """Plan frame by building, for those that get one by this load."""
    frame_names: tuple[str, ...]
    which_frame: np.ndarray[Any, Any] | None
    """Position in `frame_names` for each row; None when nothing is drawn."""
    centres: np.ndarray[Any, Any] | None = None
    """Longitude and latitude of each row's building."""


def judge(connection: Connection, rows: LayerRows, options: LoadOptions, plans: PlanMaker) -> Placed:
    """Find the buildings, put the outlines into their plan frames and measure them."""
    buildings, known = references.building_ids(connection, rows)
    if rows.layer == "rooms" and "use" in rows.frame:
        _read_uses(connection, rows)
    if rows.drawn is None or rows.crs is None:
        return Placed(buildings, known, {}, (), None)
    wanted = options.plan_crs or plans.own_frame(rows.crs)
    codes, different = pd.factorize(buildings)
    frames: dict[int, str] = {}
    places = known.loc[different, ["plan_crs", "longitude", "latitude"]]
    for position, (number, frame, longitude, latitude) in enumerate(places.itertuples(name=None)):
        stored = None if pd.isna(frame) else str(frame)
        if stored is not None and wanted is not None and stored != wanted:
            _refuse_frame(rows, codes == position, stored, wanted)
        default = wanted or plans.default_frame(crs=rows.crs, longitude=float(longitude), latitude=float(latitude))
        frames[int(number)] = stored or default
    which, names = pd.factorize(np.array(list(frames.values()), dtype=object))
    centres = np.append(places[["longitude", "latitude"]].to_numpy(dtype="float64"), [[np.nan, np.nan]], axis=0)[codes]
    if rows.outline is not None:
        check_near(rows, rows.outline, centres)
    return Placed(buildings, known, frames, tuple(names), np.append(which, -1)[codes], centres)


def draw(
    rows: LayerRows, placed: Placed, plans: PlanMaker, part: slice, *, with_tiles: bool = False
) -> dict[str, pa.Array]:
    """Return outline, plan outline and measured area of some rows; no columns when nothing is drawn.

    The copy for tiles comes along for rows that may be stored while the triggers are off.
    """
    outlines = rows.outlines_of(part)
    if outlines is None or placed.which_frame is None or rows.crs is None:
        return {}
    drawn, outline = outlines
    if rows.outline is None and placed.centres is not None:  # worked on ahead, so not looked at before
        check_near(rows, outline, placed.centres[part], first=part.start or 0)
        rows.refuse_bad()
    plan = plans.place(drawn, crs=rows.crs, frames=placed.frame_names, which=placed.which_frame[part])
    area = plan.area()
    _check_sizes(rows, area, first=part.start or 0)
    tiles = {"tile_shape": plans.on_tiles(outline).multipolygons(TILE_SRID)} if with_tiles else {}
    return tiles | {
        "outline": outline.multipolygons(MAP_SRID),
        "plan_outline": plan.multipolygons(PLAN_SRID),
        _AREA[rows.layer]: pa.array(np.where(area > 0, area, np.nan), from_pandas=True),
    }


def _check_sizes(rows: LayerRows, area: np.ndarray[Any, Any], *, first: int) -> None:
    """Report shapes larger than any can be (m²), those from record `first` on; raises BadOutlinesError."""
    most = LARGEST_M2[_AREA[rows.layer].split("_")[1]]
    for record in np.flatnonzero(area > most):
        rows.findings.add(
            int(record) + first,
            field="outline",
            value=f"{area[record]:.0f}",
            reason=f"covers more than {most:,} m², which none reaches; check the coordinates and the CRS",
            zh=f"图形面积超过{most:,}㎡,请检查坐标和坐标系",
        )
    rows.refuse_bad()


def take(placed: Placed, records: np.ndarray[Any, Any]) -> Placed:
    """Return the same for these records only."""
    buildings = placed.buildings.iloc[records].reset_index(drop=True)
    kept = set(buildings.dropna())
    frames = {number: frame for number, frame in placed.frames.items() if number in kept}
    which = None if placed.which_frame is None else placed.which_frame[records]
    centres = None if placed.centres is None else placed.centres[records]
    return Placed(buildings, placed.known, frames, placed.frame_names, which, centres)


def write_frames(connection: Connection, placed: Placed) -> None:
    """Note the plan frame of the buildings that had none."""
    without = set(placed.known.index[placed.known["plan_crs"].isna()])
    new = {number: frame for number, frame in placed.frames.items() if number in without}
    if new:
        store.execute(
            connection, "load_plan_crs", [{"buildings": store.number_array(new), "frames": list(new.values())}]
        )


def floor_ids(connection: Connection, rows: LayerRows, placed: Placed) -> tuple[pd.Series, np.ndarray[Any, Any]]:
    """Return the floor of each room, missing where there is none yet, and the first room of each floor that lacks."""
    numbers = placed.buildings.unique().astype("int64")
    known = store.frame(connection, "load_floors", buildings=store.number_array(numbers.tolist()))
    which, keys = pd.factorize(_floor_keys(placed.buildings, rows.frame["level"]))
    table = pd.Series(known["id"].to_numpy(), index=_floor_keys(known["building_id"], known["level"]).to_numpy())
    found = table.reindex(keys).to_numpy(dtype="float64")
    lacking = np.isnan(found)
    if not lacking.any():
        return pd.Series(found.astype("int64")[which]), np.zeros(0, dtype=np.int64)
    first = np.zeros(len(keys), dtype=np.int64)
    first[which[::-1]] = np.arange(len(which))[::-1]
    return pd.Series(found[which]), first[lacking]


def make_floors(
    connection: Connection, rows: LayerRows, placed: Placed, first: np.ndarray[Any, Any], *, batch: int
) -> pd.Series:
    """Make the floors of these rooms and return the floor of each room."""
    levels = rows.frame["level"].iloc[first]
    names = rows.frame["floor_name"].iloc[first]
    buildings = placed.buildings.iloc[first]
    floors = {
        "jurisdiction_code": buildings.map(placed.known["jurisdiction_code"]),
        "building_id": buildings,
        "level": levels,
        "name": names.where(names.notna(), levels.map({level: _floor_name(level) for level in levels.unique()})),
    }
    given = {name: column(values) for name, values in floors.items()}
    given["batch_id"] = pa.repeat(pa.scalar(batch, pa.int64()), len(first))
    room_store.insert_floors(connection, given, count=len(first))
    found, _ = floor_ids(connection, rows, placed)
    return found


def room_columns(rows: LayerRows, placed: Placed, floors: pd.Series) -> dict[str, pa.Array]:
    """Return the columns of rooms except geometry, those a row has only when it is new included."""
    codes = placed.buildings.map(placed.known["jurisdiction_code"])
    given = columns_of(
        rows,
        {"building_id": placed.buildings, "floor_id": floors, "jurisdiction_code": codes},
    )
    if "use_code" in rows.frame:
        given["use_code"] = column(rows.frame["use_code"])
    else:
        given["use_code"] = pa.array(["unclassified"] * len(rows))
    return given


def floor_columns(rows: LayerRows, placed: Placed) -> dict[str, pa.Array]:
    """Return the columns of floors except geometry."""
    codes = placed.buildings.map(placed.known["jurisdiction_code"])
    names = [
        _floor_name(level) if pd.isna(name) else str(name)
        for name, level in zip(rows.frame["name"], rows.frame["level"], strict=True)
    ]
    rows.frame["name"] = names
    return columns_of(rows, {"building_id": placed.buildings, "level": rows.frame["level"], "jurisdiction_code": codes})


def chunks(
    given: dict[str, pa.Array], rows: LayerRows, placed: Placed, plans: PlanMaker
) -> Iterator[dict[str, pa.Array]]:
    """Yield the columns in chunks; shapes are placed as each is due, while the server works on the one before."""
    for at in range(0, len(rows), CHUNK):
        part = slice(at, at + CHUNK)
        drawn = draw(rows, placed, plans, part, with_tiles=True)
        yield {name: array.slice(at, CHUNK) for name, array in given.items()} | drawn


def whole(given: dict[str, pa.Array], rows: LayerRows, placed: Placed, plans: PlanMaker) -> dict[str, pa.Array]:
    """Return all columns at once, geometry in hexadecimal."""
    drawn = draw(rows, placed, plans, slice(None))
    return given | {name: in_hex(a) if pa.types.is_large_binary(a.type) else a for name, a in drawn.items()}


def _read_uses(connection: Connection, rows: LayerRows) -> None:
    """Recognise uses by code, Chinese or English name; others become unclassified, with a warning."""
    table: dict[str, str] = {}
    for code, *names in store.frame(connection, "load_room_uses").itertuples(index=False):
        table.update({same_word(word): code for word in (code, *names, *SPELLINGS.get(code, ()))})
    words = rows.frame["use"]
    codes = references.by_value(words, lambda word: table.get(same_word(word)))
    rows.findings.add_where(
        words.notna() & codes.isna(),
        field="use",
        values=words,
        reason="is no use that is known, so the room is unclassified; translate it with values",
        zh="房间用途无法识别，记为未分类",
        severity="warning",
    )
    rows.frame["use_code"] = codes.where(codes.notna(), "unclassified")


def _refuse_frame(rows: LayerRows, where: np.ndarray[Any, Any], stored: str, wanted: str) -> None:
    rows.findings.add_where(
        where,
        field="geometry",
        values=wanted,
        reason=f"the plans of this building are kept in {stored}; load with --plan-crs '{stored}'",
        zh="与该楼座平面图坐标系不一致",
    )


def _floor_keys(buildings: pd.Series, levels: pd.Series) -> pd.Series:
    """Return one number for a building and a level: levels have one decimal and three digits before it."""
    tenths = (levels.astype("float64") * 10).round().astype("int64") + 10_000
    return buildings.astype("int64") * 100_000 + tenths


def _floor_name(level: float) -> str:
    return f"地下{-level:g}层" if level < 0 else f"{level:g}层"
