"""Shapes of the completeness of data (数据完整度)."""

from pydantic import Field

from fangdi.domain.completeness import LIGHTS, RULES, Check, Completeness, Light, Rule
from fangdi.service.completeness import BuildingCompleteness, CompletenessReport
from fangdi_api.schemas.common import Answer, BuildingName, Labels, LonLat
from fangdi_api.schemas.reports import Report


class CompletenessRule(Answer):
    """When a check turns the light."""

    check: Check
    name: Labels
    meaning: Labels
    of_rooms: bool = Field(description="the share is of rooms; otherwise the building has it or not")
    amber_above: float = Field(description="missing share, 0 to 1, above which the light is amber")
    red_above: float | None = Field(description="… above which it is red; null: never")


class GapAnswer(Answer):
    """A check that something is missing from."""

    check: Check
    name: Labels
    missing: int
    of: int
    share: float
    light: Light


class BuildingLight(Answer):
    """A building and its light."""

    building: BuildingName
    location: LonLat
    jurisdiction_code: str
    light: Light
    light_name: Labels
    gaps: list[GapAnswer] = Field(description="the worst first")

    @classmethod
    def of(cls, one: Completeness) -> "BuildingLight":
        """Shape a building."""
        return cls.model_validate(_building(one))


class CompletenessAnswer(Report):
    """Every building, the worst first, and the rule of the light."""

    rules: list[CompletenessRule]
    counts: dict[Light, int] = Field(description="buildings by light")
    items: list[BuildingLight]

    @classmethod
    def of(cls, report: CompletenessReport) -> "CompletenessAnswer":
        """Shape a report."""
        lights = [one.light for one in report.buildings]
        return cls.model_validate(
            {
                "as_of": report.question.as_of,
                "basis": report.question.basis,
                "definition": report.definition,
                "rules": rules(),
                "counts": {light: lights.count(light) for light in Light},
                "items": [_building(one) for one in report.buildings],
            }
        )


class RoomGap(Answer):
    """A room that lacks something."""

    id: int
    number: str | None
    name: str | None
    floor: str
    level: float
    use: str
    lacks: list[Check]


class BuildingCompletenessAnswer(Report, BuildingLight):
    """One building, the rule, and the rooms behind."""

    rules: list[CompletenessRule]
    rooms: list[RoomGap]

    @classmethod
    def shaped(cls, found: BuildingCompleteness) -> "BuildingCompletenessAnswer":
        """Shape an answer."""
        names = ("id", "number", "name", "floor", "level", "use")
        return cls.model_validate(
            {
                "as_of": found.question.as_of,
                "basis": found.question.basis,
                "definition": found.definition,
                **_building(found.found),
                "rules": rules(),
                "rooms": [{**{name: row[name] for name in names}, "lacks": lacks} for row, lacks in found.rooms],
            }
        )


def rules(found: tuple[Rule, ...] = RULES) -> list[CompletenessRule]:
    """Shape the rule of the light."""
    return [CompletenessRule.model_validate(rule) for rule in found]


def _building(one: Completeness) -> dict[str, object]:
    return {
        "building": one.data.building,
        "location": one.data.location,
        "jurisdiction_code": one.data.jurisdiction_code,
        "light": one.light,
        "light_name": LIGHTS[one.light],
        "gaps": [
            {
                "check": gap.rule.check,
                "name": gap.rule.name,
                "missing": gap.missing,
                "of": gap.of,
                "share": round(gap.share, 4),
                "light": gap.light,
            }
            for gap in one.gaps
        ],
    }
