"""From where on something on a plan is a finding; lengths m, areas m²."""

from dataclasses import dataclass

from fangdi.domain.plans.conservation import WALL_M


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """Thresholds of the checks, each with its reason."""

    noise_m: float = 0.002
    """Nothing narrower is told: two neighbours may each stroke an arc up to 1 mm off."""
    sliver_m: float = 0.03
    """Narrower overlaps and cracks come from drawing, not from building: the thinnest partition boards are 50 mm."""
    least_m2: float = 0.01
    """Areas are stated to 0.01 m² (GB/T 17986.1, from memory); less shows in no figure."""
    wall_m: float = WALL_M
    """Space between rooms that is wider is no wall."""
    least_gap_m2: float = 1.0
    """Less is no room that was forgotten, but a pier, or where thick walls meet."""
    beyond_footprint_m: float = 0.5
    """A plan is placed on the map to half a metre (limit of residuals), and footprints are drawn no better."""
    least_room_m2: float = 0.5
    """A lift or pipe shaft; less cannot be entered or used."""
    most_room_m2: float = 10_000.0
    """An exhibition hall, or a garage over a whole block; a room of more is a wrong unit or an outer outline."""
    least_width_m: float = 0.4
    """Narrower than any shaft or cupboard: a wall or a gap between double lines, taken for a room."""
    spike_degrees: float = 1.0
    """No corner of a building is as sharp: the pen went out and came back."""
    spike_m: float = 0.02
    """A shorter spike changes no area by 0.01 m²."""
    twin_share: float = 0.98
    """Floors that agree in less are different floors: a single partition of a small floor moves more."""
    twin_iou: float = 0.95
    """Rooms of two floors are the same if they overlap by this much after aligning the floors."""
    most_pairs: int = 100_000
    """Overlapping pairs that are looked at, some seconds' worth; real plans have three a room."""
