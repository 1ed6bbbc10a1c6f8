"""Shapes of the sheet of a building (楼座表)."""

from pydantic import Field

from fangdi.service.building_sheet import BuildingSheet, FloorLine, UserLine
from fangdi_api.schemas.common import Answer, AreaM2, RoomTotal
from fangdi_api.schemas.completeness import BuildingCompletenessAnswer
from fangdi_api.schemas.details import BuildingDetail
from fangdi_api.schemas.reports import Report
from fangdi_api.schemas.use import RoomUseRow, SplitAnswer, room_row


class FloorRow(Answer):
    """A floor (楼层)."""

    id: int
    name: str
    level: float
    gross_m2: AreaM2 | None = Field(description="建筑面积 of the basis; null: unknown")
    usable_m2: AreaM2 = Field(description="of all rooms that count")
    used_m2: AreaM2
    idle_m2: AreaM2
    rooms: int
    rooms_without_area: int


class UserRow(Answer):
    """An agency in the building."""

    agency_id: int
    name: str
    rooms: int
    area_m2: AreaM2
    by_category: dict[str, AreaM2]


class BuildingSheetAnswer(Report):
    """Everything about a building on a date."""

    building: BuildingDetail
    split: SplitAnswer
    usable_m2: AreaM2
    used_m2: AreaM2
    idle: RoomTotal
    floors: list[FloorRow]
    users: list[UserRow]
    rooms: list[RoomUseRow]
    completeness: BuildingCompletenessAnswer

    @classmethod
    def of(cls, sheet: BuildingSheet) -> "BuildingSheetAnswer":
        """Shape a sheet."""
        return cls.model_validate(
            {
                "as_of": sheet.question.as_of,
                "basis": sheet.question.basis,
                "definition": sheet.definition,
                "building": sheet.detail,
                "split": SplitAnswer.of(sheet.use.used),
                "usable_m2": sum(floor.usable for floor in sheet.floors) / 100,
                "used_m2": sum(floor.used for floor in sheet.floors) / 100,
                "idle": sheet.idle.total,
                "floors": [_floor(floor) for floor in sheet.floors],
                "users": [_user(line) for line in sheet.users],
                "rooms": [room_row(room, sheet.use.tenures) for room in sheet.use.rooms],
                "completeness": BuildingCompletenessAnswer.shaped(sheet.completeness),
            }
        )


def _floor(floor: FloorLine) -> dict[str, object]:
    return {
        "id": floor.id,
        "name": floor.name,
        "level": floor.level,
        "gross_m2": floor.gross_m2,
        "usable_m2": floor.usable / 100,
        "used_m2": floor.used / 100,
        "idle_m2": floor.idle / 100,
        "rooms": floor.rooms,
        "rooms_without_area": floor.rooms_without_area,
    }


def _user(line: UserLine) -> dict[str, object]:
    areas = {name: part / 100 for name, part in sorted(line.by_category.items())}
    return {
        "agency_id": line.agency_id,
        "name": line.name,
        "rooms": line.rooms,
        "area_m2": line.area / 100,
        "by_category": areas,
    }
