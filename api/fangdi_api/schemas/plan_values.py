"""Values that shapes of floor plans (平面图) are made of.

Coordinates named `plan` are metres east and north in the plan's own frame; those on the map are EPSG:4490.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

Unit = Literal["mm", "cm", "m", "in", "ft"]
PlanXY = Annotated[
    tuple[
        Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)],
        Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)],
    ],
    Field(description="metres east and north in the plan's own frame", examples=[[12.5, 3.25]]),
]
Rings = list[list[PlanXY]]
"""An outer ring and its holes, each closed."""
Metres = Annotated[float, AfterValidator(lambda value: round(value, 3)), Field(description="m, to the millimetre")]
Level = Annotated[float, Field(ge=-99.9, le=999.9, allow_inf_nan=False, description="楼层", examples=[3])]
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Missing = Literal["rooms", "units", "levels", "placement", "distance", "agreement"]
"""What import waits for; distance: the plan is placed too far from its building; agreement: somebody has to agree to a
placement beyond the limits."""
Geometry = Annotated[dict[str, Any], Field(description="GeoJSON geometry in plan metres")]
MapGeometry = Annotated[dict[str, Any], Field(description="GeoJSON geometry in EPSG:4490")]
