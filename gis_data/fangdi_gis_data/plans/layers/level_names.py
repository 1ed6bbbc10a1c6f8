"""Levels in names of files and layers: "house-floor-gf", "3层", "B1"."""

import re

from fangdi_gis_data.levels import read_levels

_IN_NAME = re.compile(
    r"(?:^|[^a-z])(?:floor|level|storey|story|etage|geschoss|lvl)"
    r"(?:[\s_-](?=-\d)|[\s_-]*)(?P<after>[a-z]{0,2}-?\d{0,3})(?![a-z\d])"
    r"|(?P<before>(?:[bflg]?\d{1,3}f?|gf|lg))(?:[\s_-]*)(?:floor|level|storey)(?![a-z])"
    r"|(?P<chinese>(?:地下|负|第)?[\d零一二两三四五六七八九十]+(?:层|楼))"
    r"|(?:^|[\s_-])(?P<short>[bf]\d{1,3}|\d{1,3}f)(?:$|[\s_-])",
    re.IGNORECASE,
)


def level_in_name(name: str) -> float | None:
    """Return the level that the name of a file or layer says, as "house-floor-gf" or "3层"."""
    for match in reversed(list(_IN_NAME.finditer(name))):
        said = next((text for text in match.groupdict().values() if text), None)
        if said is None:
            continue
        try:
            return read_levels(said, named={}, ranges=None)[0]
        except ValueError:
            continue
    return None
