"""Gauss-Krüger zones of CGCS2000 (高斯-克吕格投影带), and what a wrong one does: it moves everything by whole zones."""

from typing import Any

WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0
"""China with its seas, in degrees."""

IN_CHINA = f"{WEST:g}-{EAST:g}° E, {SOUTH:g}-{NORTH:g}° N"

_BY_MERIDIAN = ((4534, 3), (4502, 6))
"""Systems without zone numbers: EPSG code of that with central meridian 75° E, and how far the meridians are apart."""

_FIRST, _LAST = 75, 135

EXCHANGE = "Exchange the columns (--field x=… --field y=…), or the axes in the file"
EXCHANGE_ZH = "请互换x、y两列或文件中的坐标轴"
"""What to do about coordinates in the wrong order."""


def in_china(lon: Any, lat: Any) -> Any:
    """Whether longitudes and latitudes lie in the box around China."""
    return (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)


def central_meridian(crs: str | None) -> int | None:
    """Return the central meridian, degrees east, of a zone without a number; None for any other CRS."""
    for first, step in _BY_MERIDIAN:
        for meridian in range(_FIRST, _LAST + 1, step):
            if crs == _name(first, step, meridian):
                return meridian
    return None


def neighbours(crs: str | None) -> list[tuple[int, str]]:
    """Return the zones of the same kind next to this one: degrees by which coordinates would move, and the name."""
    for first, step in _BY_MERIDIAN:
        names = {m: _name(first, step, m) for m in range(_FIRST, _LAST + 1, step)}
        own = next((meridian for meridian, name in names.items() if name == crs), None)
        if own is not None:
            return [(far, names[own + far]) for far in (-step, step, -2 * step, 2 * step) if own + far in names]
    return []


def zone_advice(name: str, meridian: int) -> tuple[str, str]:
    """Return, in English and Chinese, that another zone would fit and what to do."""
    advice = (
        f"it would lie inside in {name} (central meridian {meridian}° E): the zone is probably wrong; name the right "
        "CRS with --crs or in the file"
    )
    zh = f"按{name}（中央子午线{meridian}°）则在范围内：投影带可能有误，请用--crs或在文件中注明正确的坐标系"
    return advice, zh


def _name(first: int, step: int, meridian: int) -> str:
    return f"EPSG:{first + (meridian - _FIRST) // step}"
