"""What is wrong with a plan: findings (核查发现) with code, severity, place, and sentences in `finding_texts`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry


class Severity(StrEnum):
    """How much a finding matters (严重程度)."""

    ERROR = "error"  # 错误: the areas cannot be relied on until it is settled
    WARNING = "warning"  # 警告: somebody should look
    NOTE = "note"  # 提示: good to know


class FindingCode(StrEnum):
    """Kinds of findings; `finding_texts.TEXTS` says each in a sentence, with what to do."""

    # the file
    UNREADABLE = "unreadable"
    NOT_A_PLAN = "not_a_plan"
    REPAIRED_FILE = "repaired_file"
    INCOMPLETE = "incomplete"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    MISSING_XREF = "missing_xref"
    SKIPPED_LAYER = "skipped_layer"
    UNUSED_BLOCK = "unused_block"
    ENCODING_GUESSED = "encoding_guessed"
    TEXT_TIDIED = "text_tidied"
    # units and place
    UNITS_MISSING = "units_missing"
    UNITS_DOUBTFUL = "units_doubtful"
    FEET_AND_INCHES = "feet_and_inches"
    CRS_MISSING = "crs_missing"
    RESIDUAL_TOO_LARGE = "residual_too_large"
    SCALE_OFF = "scale_off"
    FOOTPRINT_MISMATCH = "footprint_mismatch"
    PLACED_FAR = "placed_far"
    PLACE_NOT_TAKEN = "place_not_taken"
    # layers and floors
    NO_ROOM_LAYER = "no_room_layer"
    LEVEL_UNKNOWN = "level_unknown"
    LEVEL_ZERO = "level_zero"
    SEVERAL_FLOORS = "several_floors"
    SAME_FLOOR_TWICE = "same_floor_twice"
    SPANS_LEVELS = "spans_levels"
    FLOOR_WITHOUT_ROOMS = "floor_without_rooms"
    OUTSIDE_FRAMES = "outside_frames"
    # shapes
    UNCLOSED = "unclosed"
    SELF_CROSSING = "self_crossing"
    SPIKE = "spike"
    TOO_SMALL = "too_small"
    LABEL_BOX = "label_box"
    IMPOSSIBLE_SIZE = "impossible_size"
    DUPLICATE_OUTLINE = "duplicate_outline"
    FURNITURE = "furniture"
    NESTED_ROOM = "nested_room"
    ENCLOSES_ROOMS = "encloses_rooms"
    NOT_A_SPACE = "not_a_space"
    NO_FOOTPRINT = "no_footprint"
    # rooms
    OVERLAP = "overlap"
    SLIVER = "sliver"
    GAP = "gap"
    OUTSIDE_FLOOR = "outside_floor"
    FLOOR_OUTSIDE_FOOTPRINT = "floor_outside_footprint"
    DUPLICATE_NUMBER = "duplicate_number"
    LABEL_WITHOUT_ROOM = "label_without_room"
    ROOM_WITHOUT_LABEL = "room_without_label"
    SEVERAL_LABELS = "several_labels"
    USE_UNKNOWN = "use_unknown"
    # areas
    OTHER_BASIS = "other_basis"
    STATED_DIFFERS = "stated_differs"
    NOT_CONSERVED = "not_conserved"
    HEIGHT_UNKNOWN = "height_unknown"
    GROSS_UNKNOWN = "gross_unknown"
    OUTLINE_IMPLIED = "outline_implied"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `values` fill the sentence of its code; areas in them are m², lengths m.

    A value that is words has its Chinese beside it under the same name with `_zh`.
    """

    code: FindingCode
    severity: Severity
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    floor: str | None = None
    """Key of the floor."""
    rooms: tuple[str, ...] = ()
    """Keys of the rooms that it is about."""
    handle: str | None = None
    at: Point | None = None
    """Where on the plan, in metres of its frame."""
    shape: BaseGeometry | None = None
    """What to draw: the overlap, the gap, the open line."""
