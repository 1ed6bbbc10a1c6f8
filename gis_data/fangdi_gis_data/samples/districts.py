"""The divisions that the city stands in: real codes and boundaries, kept as facts with their source."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from shapely import MultiPolygon, coverage_union_all
from shapely.geometry import shape

from fangdi_gis_data.samples.model import Jurisdiction, Period

_CODES = "GB/T 2260 as listed with years in python-stdnum (cn/loc.dat)"
_SINCE: dict[str, int] = {
    "330203": 1983, "330205": 1983, "330206": 1987, "330211": 1985, "330212": 2002, "330213": 2016, "330225": 1983,
    "330226": 1983, "330281": 1989, "330282": 1989,
}  # fmt: skip
"""First year of each code; the source has no day, so the first of January stands for it."""
_CLOSED = (
    ("330204", "江东区", "Jiangdong", 1983, 2016, "330212"),
    ("330227", "鄞县", "Yin County", 1983, 2002, "330212"),
    ("330283", "奉化市", "Fenghua City", 1989, 2016, "330213"),
)


@cache
def outlines() -> dict[str, MultiPolygon]:
    """Return the boundary of each district by code, EPSG:4490."""
    return {feature["properties"]["code"]: _multi(feature["geometry"]) for feature in _file()["features"]}


def jurisdictions() -> list[Jurisdiction]:
    """Return province, city and districts, and the closed codes with their successors."""
    data = _file()
    source = f"{data['source']}; codes: {_CODES}"
    city = _multi(coverage_union_all(list(outlines().values())).__geo_interface__)
    rows = [
        Jurisdiction(code="330000", parent_code=None, name="浙江省", name_en="Zhejiang", level="province",
                     valid=(None, None), source=_CODES),
        Jurisdiction(code="330200", parent_code="330000", name="宁波市", name_en="Ningbo", level="city",
                     valid=(None, None), boundary=city, source=source),
    ]  # fmt: skip
    for feature in data["features"]:
        facts = feature["properties"]
        rows.append(
            Jurisdiction(
                code=facts["code"],
                parent_code="330200",
                name=facts["name"],
                name_en=facts["name_en"],
                level="county",
                valid=_years(_SINCE[facts["code"]], None),
                boundary=outlines()[facts["code"]],
                source=source,
            )
        )
    for code, name, english, first, last, successor in _CLOSED:
        rows.append(
            Jurisdiction(code=code, parent_code="330200", name=name, name_en=english, level="county",
                         valid=_years(first, last), successor_code=successor, source=_CODES)
        )  # fmt: skip
    return rows


def _years(first: int, last: int | None) -> Period:
    return date(first, 1, 1), date(last, 1, 1) if last else None


@cache
def _file() -> dict[str, Any]:
    text = files("fangdi_gis_data.samples").joinpath("boundaries.geojson").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _multi(geometry: dict[str, Any]) -> MultiPolygon:
    polygon = shape(geometry)
    return polygon if isinstance(polygon, MultiPolygon) else MultiPolygon([polygon])
