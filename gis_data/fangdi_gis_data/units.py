"""Units of area and length that files use, and what they are in m² and m."""

from fangdi.errors import InvalidInputError

FOOT_M = 0.3048
"""International foot, exact by definition (1959)."""

AREA_M2 = {
    "m2": 1.0,
    "ft2": FOOT_M * FOOT_M,  # 0.09290304 exactly
    "ha": 10_000.0,
    "km2": 1_000_000.0,
    "mu": 10_000.0 / 15,  # 1 亩 = 1/15 ha
    "yd2": 0.9144 * 0.9144,
}
LENGTH_M = {"m": 1.0, "ft": FOOT_M, "km": 1000.0, "cm": 0.01, "mm": 0.001}

_OTHER_NAMES = {
    "㎡": "m2", "m²": "m2", "平方米": "m2", "sqm": "m2", "sq m": "m2",
    "ft²": "ft2", "sqft": "ft2", "sq ft": "ft2", "平方英尺": "ft2",
    "公顷": "ha", "hectare": "ha", "km²": "km2", "平方公里": "km2", "平方千米": "km2", "亩": "mu",
    "米": "m", "metre": "m", "foot": "ft", "feet": "ft", "公里": "km", "千米": "km", "厘米": "cm", "毫米": "mm",
}  # fmt: skip


def factor(unit: str, *, quantity: str) -> float:
    """Return what one unit is in m² (`quantity` area) or m (`quantity` length)."""
    known = AREA_M2 if quantity == "area" else LENGTH_M
    name = unit.strip().lower()
    name = _OTHER_NAMES.get(name, name)
    if name not in known:
        raise InvalidInputError(f"{unit!r} is not a unit of {quantity}; use one of {', '.join(known)}.")
    return known[name]
