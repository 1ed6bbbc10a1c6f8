"""Shapes of use of premises (使用情况)."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from fangdi.domain.use.split import ALIKE, RULES, Split
from fangdi.domain.use.tree import Figures, Node, Tree
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.service.use import RoomInUse, RoomsInUse, Used, UseReport, tenure_of
from fangdi_api.schemas.common import Answer, AreaM2, BuildingName, Labels, LonLat
from fangdi_api.schemas.reports import Report


class SplitAnswer(Answer):
    """How shared rooms (合用房间) are split."""

    rule: Split
    name: Labels
    definition: Labels
    alike: Labels = Field(description="what holds whatever the rule is")
    shared_rooms: int
    kept_as_recorded: int = Field(description="shared rooms for which the rule lacks a weight or the reader's sight")

    @classmethod
    def of(cls, used: Used) -> "SplitAnswer":
        """Shape a rule and how far it went."""
        rule = RULES[used.split]
        return cls.model_validate(
            {
                "rule": used.split,
                "name": rule.name,
                "definition": rule.definition,
                "alike": ALIKE,
                "shared_rooms": len(used.shared),
                "kept_as_recorded": len(used.kept),
            }
        )


class FiguresAnswer(Answer):
    """Usable area by category and by tenure, each of which adds up to `area_m2`."""

    area_m2: AreaM2
    by_category: dict[str, AreaM2] = Field(examples=[{"office": 120.5, "service": 40.25}])
    by_tenure: dict[str, AreaM2] = Field(examples=[{"owned": 160.75}])
    rooms: int = Field(description="a shared room counts once")
    rooms_without_area: int


class UseNode(Answer):
    """An agency or a jurisdiction; its total is its own and the totals of those right below."""

    kind: str = Field(examples=["agency"])
    id: str
    name: str
    level: AdministrativeLevel
    depth: int = Field(description="0 at the top; nodes come before those below them")
    own: FiguresAnswer
    total: FiguresAnswer


class UseAnswer(Report):
    """Use added up along a tree."""

    split: SplitAnswer
    tree: Tree
    total: FiguresAnswer
    nodes: list[UseNode]

    @classmethod
    def of(cls, report: UseReport) -> "UseAnswer":
        """Shape a report."""
        return cls.model_validate(
            {
                "as_of": report.question.as_of,
                "basis": report.question.basis,
                "definition": report.definition,
                "split": SplitAnswer.of(report.used),
                "tree": report.tree,
                "total": figures(report.total),
                "nodes": [_node(node) for node in report.nodes],
            }
        )


class RoomUseRow(Answer):
    """What of a room counts for an agency."""

    agency_id: int
    agency_name: str
    id: int
    number: str | None
    name: str | None
    building: BuildingName
    tenure: str
    floor_id: int
    floor: str
    level: float
    location: LonLat
    use: str
    category: str
    share: float = Field(description="part of the room that counts, by the rule", examples=[0.5])
    since: date | None
    room_m2: AreaM2 | None = Field(description="usable area of the whole room")
    area_m2: AreaM2 | None = Field(description="what counts; rooms add up to their cell in the tree")


class RoomsInUseAnswer(Report):
    """The rooms behind figures of use."""

    split: SplitAnswer
    area_m2: AreaM2
    items: list[RoomUseRow]

    @classmethod
    def of(cls, found: RoomsInUse) -> "RoomsInUseAnswer":
        """Shape an answer."""
        return cls.model_validate(
            {
                "as_of": found.question.as_of,
                "basis": found.question.basis,
                "definition": found.definition,
                "split": SplitAnswer.of(found.used),
                "area_m2": sum(room.hundredths or 0 for room in found.rooms) / 100,
                "items": [room_row(room, found.tenures) for room in found.rooms],
            }
        )


def figures(found: Figures) -> FiguresAnswer:
    """Shape figures: hundredths become m²."""
    return FiguresAnswer(
        area_m2=found.hundredths / 100,
        by_category={name: part / 100 for name, part in sorted(found.by_category.items())},
        by_tenure={name: part / 100 for name, part in sorted(found.by_tenure.items())},
        rooms=found.rooms,
        rooms_without_area=found.rooms_without_area,
    )


def _node(node: Node) -> dict[str, object]:
    kind, number = node.place.key
    return {
        "kind": kind,
        "id": str(number),
        "name": node.place.name,
        "level": node.place.level,
        "depth": node.depth,
        "own": figures(node.own),
        "total": figures(node.total),
    }


def room_row(room: RoomInUse, tenures: Mapping[int, str]) -> dict[str, object]:
    """Shape a room."""
    row = room.row
    return {
        **{
            name: row[name]
            for name in (
                *(
                    "agency_id",
                    "agency_name",
                    "id",
                    "number",
                    "name",
                    "floor_id",
                    "level",
                    "location",
                    "use",
                    "category",
                    "since",
                ),
                "room_m2",
            )
        },
        "building": {"id": row["building_id"], "name": row["building_name"]},
        "tenure": tenure_of(tenures, row["building_id"]),
        "floor": row["floor_name"],
        "share": room.share,
        "area_m2": None if room.hundredths is None else room.hundredths / 100,
    }
