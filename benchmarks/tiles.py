"""Tiles: ours against tipg on the same tables, and against the bare SQL.

One list of random tiles for all: every non-empty tile from z14 to z17 is as likely as any other, so that three in four
are of z17; lists of one zoom each stand beside it. All rooms of all floors. 8 connections over loopback, one server
process each, everything on this machine, in turns so that a slow minute of the machine meets all.
tipg runs as its documentation says, on the same indexed geometry column, with our buffer of 64 units and without its
limit of 10,000 features, which would leave rooms out of dense tiles.
"""

import os
import random
import re
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from urllib.request import Request, urlopen

import mapbox_vector_tile
import psycopg
from harness import Context, Result, a_token, a_viewer
from load import Rate, load, server
from psycopg.conninfo import conninfo_to_dict

from fangdi.store.cluster import APPLICATION
from fangdi.store.engine import libpq_url, sql
from fangdi.store.installation import find_installation
from fangdi.store.tile_pool import SETTINGS

ZOOMS = (14, 15, 16, 17)
TILES = 1000
TILES_OF_ZOOM = 100
ROUNDS = 3
SEED = 2026

_OURS = "/tiles/rooms/{}.mvt"
_TIPG = "/collections/fangdi.room/tiles/WebMercatorQuad/{}?geom-column=tile_shape"
_TIPG_FEW = _TIPG + "&properties=id,number,building_id,floor_id,use_code"
"""Fewer columns than our attributes, and none of another table; without it tipg sends all of the table's."""

_TILES = """
    SELECT DISTINCT z, CAST(floor((ST_X(middle) / 40075016.685578488 + 0.5) * power(2, z)) AS integer),
           CAST(floor((0.5 - ST_Y(middle) / 40075016.685578488) * power(2, z)) AS integer)
      FROM (SELECT ST_Centroid(tile_shape) AS middle FROM fangdi.room WHERE tile_shape IS NOT NULL) AS room
     CROSS JOIN unnest(%s::integer[]) AS z ORDER BY 1, 2, 3
"""

Tile = tuple[int, int, int]


def run(context: Context) -> list[Result]:
    """Compare throughputs; every rate is of this run."""
    rounds, seconds = (1, 2.0) if context.quick else (ROUNDS, 5.0)
    rng, places = random.Random(SEED), filled(context.url)
    tiles = rng.choices(places, k=TILES)
    lists = {zoom: rng.choices([tile for tile in places if tile[0] == zoom], k=TILES_OF_ZOOM) for zoom in ZOOMS}
    rates: dict[str, Rate] = {}
    token = a_token(context.url, a_viewer(context.url, "all"))
    with ExitStack() as servers:

        def start(app: str, **environment: str) -> int:
            return servers.enter_context(server(app, environment))

        database = {"FANGDI_DATABASE_URL": context.cluster.url(role=APPLICATION)}
        tipg = start("tipg_app:app", TIPG_DATABASE=libpq_url(context.url), **_TIPG_SETTINGS)
        complete = start("tile_app:app", FANGDI_TILE_CACHE_MB="0", BENCHMARK_COMPLETE="1", **database)
        cached = start("tile_app:app", FANGDI_TILE_CACHE_MB="1000", BENCHMARK_COMPLETE="1", **database)
        served = start("tile_app:app", FANGDI_TILE_CACHE_MB="0", **database)
        _compare_content(tipg, complete, [tile for zoom in ZOOMS for tile in lists[zoom][:3]], token=token)
        _fill(cached, tiles, token=token)
        contenders = {
            "tipg": (tipg, _TIPG, "identity"),
            "tipg few": (tipg, _TIPG_FEW, "identity"),
            "uncached": (complete, _OURS, "identity"),
            "served": (served, _OURS, "identity"),
            "zipped": (served, _OURS, "gzip"),
            "cached": (cached, _OURS, "identity"),
            "cached zipped": (cached, _OURS, "gzip"),
        }
        mixed = [(name, name, tiles, seconds) for name in contenders]
        single = [(f"{name} {z}", name, lists[z], seconds / 2) for z in ZOOMS for name in ("tipg", "uncached")]
        for _ in range(rounds):
            for title, name, listed, duration in mixed + single:
                port, path, encoding = contenders[name]
                paths = [path.format(_slashed(tile)) for tile in listed]
                sent = {"Accept-Encoding": encoding, "Authorization": f"Bearer {token}"}
                rate = load(port, paths, seconds=duration, headers=sent)
                rates[title] = rates.get(title, Rate()) + rate
    bare = _bare_sql(context.url, tiles, seconds=seconds)
    return _results(rates, bare)


_TIPG_SETTINGS = {"TIPG_MAX_FEATURES_PER_TILE": "1000000", "TIPG_TILE_BUFFER": "64"}


def _results(rates: dict[str, Rate], bare: float) -> list[Result]:
    def against(peer: str, name: str, ours: str, *, at_least: float | None = None) -> Result:
        peer_name = "tipg, 5 columns" if peer == "tipg few" else "tipg"
        sizes = f"{rates[ours].kilobytes:.0f} kB a tile, {peer_name} {rates[peer].kilobytes:.0f} kB"
        return Result(
            name=name,
            ours=rates[ours].per_s,
            unit="tiles/s",
            peer=rates[peer].per_s,
            peer_name=peer_name,
            at_least=at_least,
            note=sizes,
        )

    return [
        against("tipg", "Tiles z14-z17, cache off", "uncached", at_least=2),
        against("tipg", "Tiles z14-z17, from the cache", "cached", at_least=10),
        against("tipg few", "Tiles z14-z17, cache off", "uncached"),
        *(against(f"tipg {zoom}", f"Tiles z{zoom}, cache off", f"uncached {zoom}") for zoom in ZOOMS),
        against("tipg", "Tiles z14-z17 as served (at z14 without rooms below a pixel), cache off", "served"),
        against("tipg", "Tiles z14-z17 as served, cache off, gzip", "zipped"),
        against("tipg", "Tiles z14-z17, from the cache, gzip", "cached zipped"),
        Result(
            name="Tiles z14-z17, cache off",
            ours=rates["uncached"].per_s,
            unit="tiles/s",
            peer=bare,
            peer_name="our SQL in pgbench",
            note="2 clients, prepared, nothing sent on",
        ),
    ]


def filled(url: str) -> list[Tile]:
    """Return the tiles that hold the middle of a room."""
    with psycopg.connect(libpq_url(url)) as connection:
        return [(z, x, y) for z, x, y in connection.execute(_TILES, [list(ZOOMS)])]


def _slashed(tile: Tile) -> str:
    return "/".join(str(part) for part in tile)


def _compare_content(tipg: int, ours: int, tiles: Sequence[Tile], *, token: str) -> None:
    """Make sure that our tiles hold at least the rooms of the peer's."""
    for tile in tiles:
        theirs = _rooms(f"http://127.0.0.1:{tipg}{_TIPG.format(_slashed(tile))}")
        here = _rooms(f"http://127.0.0.1:{ours}{_OURS.format(_slashed(tile))}", token=token)
        if not theirs <= here:
            raise RuntimeError(f"Our tile {tile} lacks {len(theirs - here)} of {len(theirs)} rooms of tipg's")


def _rooms(address: str, *, token: str = "") -> set[int]:
    with urlopen(_asking(address, token)) as answer:  # noqa: S310 - our own loopback address
        layers = mapbox_vector_tile.decode(answer.read())
    features = [feature for layer in layers.values() for feature in layer["features"]]
    return {feature["properties"].get("id", feature["id"]) for feature in features}  # tipg's are attributes


def _asking(address: str, token: str) -> Request:
    return Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own loopback address


def _fill(port: int, tiles: Sequence[Tile], *, token: str) -> None:
    for tile in set(tiles):
        urlopen(_asking(f"http://127.0.0.1:{port}{_OURS.format(_slashed(tile))}", token)).close()  # noqa: S310


def _bare_sql(url: str, tiles: Sequence[Tile], *, seconds: float) -> float:
    """Return the tiles a second that PostgreSQL draws with our statement and nobody between it and pgbench."""
    statement = re.sub(r"^--.*\n", "", sql("tile_rooms"), flags=re.MULTILINE)
    for name, value in (("as_of", f"'{date.today()}'"), ("level", "NULL"), ("smallest", "0")):  # noqa: DTZ011
        statement = statement.replace(f":{name}", value)
    rows = ", ".join(f"({number}, {z}, {x}, {y})" for number, (z, x, y) in enumerate(tiles))
    script = (
        f"\\set n random(0, {len(tiles) - 1})\n"
        f"SELECT z, x, y FROM (VALUES {rows}) AS t (n, z, x, y) WHERE t.n = :n \\gset\n{statement.strip()};\n"
    )
    address = conninfo_to_dict(libpq_url(url))
    settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    told = subprocess.run(
        [
            str(find_installation().program("pgbench")),
            *("-n", "-M", "prepared", "-c", "2", "-j", "1", "-T", str(round(seconds)), "-f", "-"),
            *("-h", str(address["host"]), "-p", str(address.get("port", 5432)), "-U", str(address["user"])),
            str(address["dbname"]),
        ],
        input=script,
        env={**os.environ, "PGOPTIONS": settings},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"tps = ([0-9.]+)", told)
    if found is None:
        raise RuntimeError(told)
    return float(found[1])
