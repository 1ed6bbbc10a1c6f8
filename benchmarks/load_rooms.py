"""How long loading 660,000 room polygons takes, against ogr2ogr with COPY on the same machine and database server.

    python benchmarks/load_rooms.py [--repeat 3] [--rooms 660000]

FANGDI_DATABASE_URL names a server on which databases may be made; unset, it is the embedded cluster.
ogr2ogr has to be installed (Debian: gdal-bin). A GeoPackage holds rooms as surveyors deliver them: outlines in metres
(CGCS2000, 3° Gauss-Krüger, EPSG:4550), code of the building, level, room number, name, use and stated area. A second
file has the same rooms in degrees (EPSG:4490), as maps have them.

Both programs begin with the command and end when everything is committed; they run in turns on one cluster with the
same settings, and the medians are compared. Both bring the outlines to EPSG:4490 as multipolygons and build a spatial
index. `fangdi load rooms` also reads and checks every value, looks up buildings, makes floors, checks every outline in
the file's CRS and in EPSG:4490, keeps the outline in metres and the area measured on it, makes a copy in Web Mercator,
builds six indexes, checks four foreign keys, and gathers statistics. ogr2ogr copies into a bare table with one key.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import psycopg
import shapely

import fangdi_migrations
from fangdi.settings import read_settings
from fangdi.store import cluster
from fangdi.store.engine import libpq_url

SEED = 20_240_101
ROOMS, BUILDINGS, DISTRICTS = 660_000, 8_000, 40
FILES = {"surveyed, EPSG:4550": 4550, "in degrees, EPSG:4490": 4490}
"""Rows of the result, and the CRS of each file."""
JURISDICTION = "330200"
MAP_EPSG = 4490
_DATABASE = "fangdi_bench_load"
_METRES_PER_DEGREE = 111_320.0


def run(*, repeat: int = 1, rooms: int = ROOMS) -> list[dict[str, Any]]:
    """Return a row of results for each file: seconds for both (medians), and ours over theirs."""
    program = shutil.which("ogr2ogr")
    results = []
    with tempfile.TemporaryDirectory(prefix="fangdi-bench-") as folder:
        for name, epsg in FILES.items():
            file = Path(folder) / f"rooms{epsg}.gpkg"
            codes, places = write_rooms(file, rooms, epsg=epsg)
            results.append({"name": f"load {rooms:,} rooms {name}"} | _compare(program, file, codes, places, repeat))
            file.unlink()
    _drop()
    return results


def _compare(
    program: str | None, file: Path, codes: list[str], places: np.ndarray[Any, Any], repeat: int
) -> dict[str, Any]:
    """Return the medians of both programs, run in turns so that a slow minute of the machine meets both.

    Each begins when everything before is on disk: what others left to be written would be written on its time.
    """
    ours, theirs = [], []
    for _ in range(repeat):
        url = _fresh_database(codes, places)
        os.sync()
        ours.append(_seconds([sys.executable, "-m", "fangdi", "load", "rooms", str(file), *_FLAGS], url))
        if program:
            _checkpoint(url)
            os.sync()
            theirs.append(_seconds([program, *_ogr_arguments(url, file)], url))
    mine = statistics.median(ours)
    row: dict[str, Any] = {"ours_s": round(mine, 2)}
    if not theirs:
        return row | {"missing": "ogr2ogr (Debian package gdal-bin)"}
    median = statistics.median(theirs)
    turns = ", ".join(f"{own:.1f}/{other:.1f}" for own, other in zip(ours, theirs, strict=True))
    found = {"ogr2ogr_s": round(median, 2), "ratio": round(mine / median, 3), "target": "<= 1", "turns": turns}
    return row | found


def write_rooms(file: Path, rooms: int, *, epsg: int) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Write L-shaped rooms of six corners along corridors, in buildings around centres; return the buildings."""
    random = np.random.default_rng(SEED)
    count = min(BUILDINGS, max(rooms // 80, 1))
    centre = np.column_stack([random.uniform(121.45, 121.75, DISTRICTS), random.uniform(29.78, 29.95, DISTRICTS)])
    places = centre[random.integers(0, DISTRICTS, count)] + random.normal(0, [0.012, 0.010], (count, 2))
    turn = random.uniform(0, np.pi / 2, count)
    building = np.sort(random.integers(0, count, rooms))
    nth = np.arange(rooms) - np.searchsorted(building, building)
    level, door = nth // 20 + 1, nth % 20 + 1
    width, depth = random.uniform(3.2, 4.2, rooms), 6.0
    west, south = (door - 1) % 10 * 4.5, (door - 1) // 10 * 8.4  # two rows of rooms, a corridor of 2.4 m between
    x = np.stack([west, west + width, west + width, west + 0.6 * width, west + 0.6 * width, west, west], axis=1)
    y = np.stack([south, south, south + depth, south + depth, south + 0.8 * depth, south + 0.8 * depth, south], axis=1)
    cos, sin = np.cos(turn[building])[:, None], np.sin(turn[building])[:, None]
    lon = places[building, 0][:, None] + (x * cos - y * sin) / (_METRES_PER_DEGREE * np.cos(np.radians(29.87)))
    lat = places[building, 1][:, None] + (x * sin + y * cos) / _METRES_PER_DEGREE
    corners = np.column_stack([lon.ravel(), lat.ravel()])
    rings = shapely.linearrings(corners, indices=np.repeat(np.arange(rooms), 7))
    codes = [f"B{number:05}" for number in range(count)]
    columns = {
        "building": np.array(codes)[building],
        "level": level.astype("int32"),
        "number": (level * 100 + door).astype(str),
        "name": "办公室",
        "use": "office",
        "declared_usable_m2": np.round(width * depth * 0.92, 2),
    }
    drawn = gpd.GeoDataFrame(columns, geometry=shapely.polygons(rings), crs=4490)
    drawn = drawn if epsg == MAP_EPSG else _surveyed(drawn, epsg)
    drawn.to_file(file, layer="rooms", engine="pyogrio")
    return codes, places


def _surveyed(drawn: gpd.GeoDataFrame, epsg: int) -> gpd.GeoDataFrame:
    """Return the rooms in metres, to the tenth of a millimetre."""
    placed = drawn.to_crs(epsg)
    return placed.set_geometry(shapely.transform(placed.geometry.to_numpy(), lambda corners: corners.round(4)))


_FLAGS = ("--show-findings", "3")


def _ogr_arguments(url: str, file: Path) -> list[str]:
    target = f"PG:{libpq_url(url)}"
    placed = ("-t_srs", f"EPSG:{MAP_EPSG}", "-nlt", "MULTIPOLYGON", "-lco", "SPATIAL_INDEX=GIST")
    return ["-f", "PostgreSQL", target, str(file), "-nln", "public.bench_rooms", "-overwrite", *placed]


def _seconds(command: list[str], url: str) -> float:
    """Run a program to its end and return how long it took, start-up included."""
    environment = os.environ | {"PG_USE_COPY": "YES", "FANGDI_DATABASE_URL": url}
    begin = time.perf_counter()
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    took = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
    return took


def _fresh_database(codes: list[str], places: np.ndarray[Any, Any]) -> str:
    """Make an empty, migrated database with the buildings in it; return its address."""
    _drop()
    server = libpq_url(_server())
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_DATABASE}")  # type: ignore[call-overload]
    url = psycopg.conninfo.make_conninfo(server, dbname=_DATABASE)
    address = _as_url(server)
    fangdi_migrations.upgrade(address)
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO fangdi.jurisdiction (code, name, level) VALUES (%s, '某市', 'city')", [JURISDICTION]
        )
        connection.cursor().executemany(
            "INSERT INTO fangdi.building (jurisdiction_code, code, name, location) "
            "VALUES (%s, %s, %s, ST_SetSRID(ST_Point(%s, %s), 4490))",
            [(JURISDICTION, code, code, float(x), float(y)) for code, (x, y) in zip(codes, places, strict=True)],
        )
        connection.execute("ANALYZE")
    _checkpoint(address)
    return address


def _checkpoint(url: str) -> None:
    """Write out what is still in memory, so that the program that is measured next does not pay for it."""
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        connection.execute("CHECKPOINT")


def _server() -> str:
    """Return the address of the server as a role that may make databases.

    An address of the embedded cluster, as `fangdi db up` prints it, names the owner of the tables, who may not.
    """
    settings = read_settings()
    own = cluster.embedded_cluster(settings)
    if settings.database_url and not _leads_to(own, settings.database_url):
        return settings.database_url
    own.start()
    return own.url(role=cluster.SUPERUSER)


def _leads_to(own: cluster.Cluster, url: str) -> bool:
    if own.status().state != "running":
        return False
    here, there = (psycopg.conninfo.conninfo_to_dict(libpq_url(each)) for each in (own.url(), url))
    return all(here.get(part) == there.get(part) for part in ("host", "port"))


def _as_url(server: str) -> str:
    """Return the address of the benchmark's database on the same server."""
    from fangdi.store.engine import sqlalchemy_url  # noqa: PLC0415

    changed = sqlalchemy_url(server).set(drivername="postgresql", database=_DATABASE)
    return changed.render_as_string(hide_password=False)


def _drop() -> None:
    server = libpq_url(_server())
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")  # type: ignore[call-overload]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--rooms", type=int, default=ROOMS)
    given = parser.parse_args()
    for result in run(repeat=given.repeat, rooms=given.rooms):
        print("  ".join(f"{name} {value}" for name, value in result.items()))
