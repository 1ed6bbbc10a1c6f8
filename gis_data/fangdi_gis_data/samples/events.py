"""What happened to parts of buildings: floors given up, under repair, reserved or handed over."""

from dataclasses import dataclass
from datetime import date

from fangdi_gis_data.samples.agencies import OPENING_8


@dataclass(frozen=True)
class Event:
    """Rooms on some storeys of a building lose their users; without a status they stand idle."""

    building: tuple[str, int]
    levels: tuple[int, ...]  # empty: all
    since: date
    status: str | None = None
    until: date | None = None
    reason: str = ""


EVENTS = (
    Event(("S13", 0), (1, 2), OPENING_8, "handed_over", reason="移交国有资产平台(示例)"),
    Event(("S13", 3), (), OPENING_8, "reserved", reason="拟作公益场所(示例)"),
    Event(("S24", 2), (3, 4), date(2023, 1, 1)),
    Event(("S18", 0), (5,), date(2024, 9, 1)),
    Event(("S36", 0), (8, 9), date(2025, 2, 1)),
    Event(("S22", 0), (6,), date(2025, 10, 1), "repair", reason="消防改造(示例)"),
    Event(("S09", 0), (4,), date(2026, 3, 1), "repair", reason="屋面大修(示例)"),
    Event(("S29", 0), (5,), date(2023, 6, 1), "repair", date(2024, 3, 1), reason="中修(示例)"),
    Event(("S02", 0), (4,), date(2025, 12, 1), "reserved", reason="机构改革预留(示例)"),
)
