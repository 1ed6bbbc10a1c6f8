"""Skeletons of office buildings: bars of rooms along a corridor, joined to slabs, L, U, H, T and courtyards."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shapely import Polygon, box, union_all

FACADE_M = 0.3
"""Thickness of outer walls."""
WALL_M = 0.2
"""Thickness of walls between rooms."""


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What one building is drawn with, in metres between wall faces."""

    bay_m: float  # clear width of one bay of the structural grid (开间)
    front_m: float  # clear depth (进深) of the rooms on the front
    back_m: float  # clear depth of the rooms on the back; 0: the corridor runs along the outer wall (外廊)
    corridor_m: float

    @property
    def pitch_m(self) -> float:
        """Bay from wall centre to wall centre."""
        return self.bay_m + WALL_M


@dataclass(frozen=True)
class Strip:
    """One side of a bar: bays in a row along a corridor, each to be cut into rooms."""

    x: float
    y: float
    upright: bool
    depth_m: float
    bays: int
    pitch_m: float
    dark: frozenset[int] = frozenset()  # bays that have no outer wall, for another wing stands there

    def span(self, start_m: float, end_m: float) -> Polygon:
        """Return the rectangle between two positions along the strip."""
        if self.upright:
            return box(self.x, self.y + start_m, self.x + self.depth_m, self.y + end_m)
        return box(self.x + start_m, self.y, self.x + end_m, self.y + self.depth_m)

    def bay(self, first: int, count: int = 1) -> Polygon:
        """Return the clear rectangle of one bay or several."""
        return self.span(first * self.pitch_m, (first + count) * self.pitch_m - WALL_M)


@dataclass(frozen=True)
class Skeleton:
    """What all storeys of a building share, in its own metres."""

    outline: Polygon
    corridor: Polygon
    strips: tuple[Strip, ...]
    fixed: dict[tuple[int, int], str]  # (strip, bay) → stairs, lift, toilet or link
    core: tuple[tuple[str, Polygon], ...] = ()
    lobby: tuple[int, int, int] = (0, 0, 2)  # strip, first bay, bays


@dataclass
class _Bar:
    """A bar while a plan is put together: outer corner, direction and length."""

    x: float
    y: float
    upright: bool
    bays: int
    measures: Measures
    links: dict[int, float] = field(default_factory=dict)

    @property
    def clear_m(self) -> float:
        return self.bays * self.measures.pitch_m - WALL_M

    @property
    def length_m(self) -> float:
        return self.clear_m + 2 * FACADE_M

    @property
    def depth_m(self) -> float:
        m = self.measures
        back = m.back_m + WALL_M if m.back_m else 0
        return 2 * FACADE_M + m.front_m + WALL_M + m.corridor_m + back

    @property
    def corridor_v(self) -> float:
        """Where the corridor begins, across the bar."""
        return FACADE_M + self.measures.front_m + WALL_M

    def box(self, u1: float, v1: float, u2: float, v2: float) -> Polygon:
        """Return a rectangle given along (u) and across (v) the bar."""
        if self.upright:
            return box(self.x + v1, self.y + u1, self.x + v2, self.y + u2)
        return box(self.x + u1, self.y + v1, self.x + u2, self.y + v2)

    def outline(self) -> Polygon:
        return self.box(0, 0, self.length_m, self.depth_m)

    def corridor(self) -> Polygon:
        v = self.corridor_v
        return self.box(FACADE_M, v, FACADE_M + self.clear_m, v + self.measures.corridor_m)

    def strip(self, *, back: bool, dark: frozenset[int] = frozenset()) -> Strip:
        m = self.measures
        v = self.corridor_v + m.corridor_m + WALL_M if back else FACADE_M
        x, y = (self.x + v, self.y + FACADE_M) if self.upright else (self.x + FACADE_M, self.y + v)
        return Strip(x, y, self.upright, m.back_m if back else m.front_m, self.bays, m.pitch_m, dark)


def _wing_bays(shape: str, *, bays: int, measures: Measures) -> list[int]:
    """Return the bays of the main bar at which wings join it."""
    probe = _Bar(0, 0, False, bays, measures)
    half = max(1, round((probe.depth_m / 2 - FACADE_M) / measures.pitch_m - 0.5))
    ends = {"L": [half], "J": [bays - 1 - half], "T": [bays // 2], "H": [bays // 2]}
    return ends.get(shape, [half, bays - 1 - half])


def wings_plan(shape: str, *, bays: int, wing_bays: int, measures: Measures, lifts: int) -> Skeleton:
    """Return a slab (I), or a main bar with wings at its back (L, J, U, T) or a second bar behind them (H, O)."""
    main = _Bar(0, 0, False, bays, measures)
    joints = [] if shape == "I" else _wing_bays(shape, bays=bays, measures=measures)
    wings = [_wing(main, joint, wing_bays) for joint in joints]
    bars = [main, *wings]
    if shape in {"H", "O"}:
        bars.append(_Bar(0, main.depth_m - 2 * FACADE_M + wings[0].length_m, False, bays, measures))
    corridors = [bar.corridor() for bar in bars]
    strips: list[Strip] = []
    fixed: dict[tuple[int, int], str] = {}
    for number, bar in enumerate(bars):
        behind = number == 0 and bool(joints)
        before = number == len(bars) - 1 and number > 0 and shape in {"H", "O"}
        for back in (False, True) if measures.back_m else (False,):
            joined = joints if (behind and back) or (before and not back) else []
            dark = frozenset(bay for joint in joined for bay in _covered(main, joint, wings[0]))
            strip = bar.strip(back=back, dark=dark - set(joined))
            fixed |= {(len(strips), joint): "link" for joint in joined}
            corridors += [_link(bar, strip, joint, wings[0], back=back) for joint in joined]
            strips.append(strip)
    fixed |= _stairs_and_toilets(strips, fixed, shape=shape, lifts=lifts)
    lobby_bays = 2 if bays < 12 else 3
    return Skeleton(
        outline=union_all([bar.outline() for bar in bars]).normalize(),
        corridor=union_all(corridors).normalize(),
        strips=tuple(strips),
        fixed=fixed,
        lobby=(0, (bays - lobby_bays) // 2, lobby_bays),
    )


def _wing(main: _Bar, joint: int, bays: int) -> _Bar:
    """Stand a wing on the back of the main bar, its corridor in the middle of the bay `joint`."""
    m = main.measures
    middle = FACADE_M + joint * m.pitch_m + m.bay_m / 2
    wing = _Bar(0, main.depth_m - FACADE_M, True, bays, m)
    wing.x = middle - (wing.corridor_v + m.corridor_m / 2)
    return wing


def _covered(main: _Bar, joint: int, wing: _Bar) -> Iterator[int]:
    """Name the bays of the main bar behind which the wing at `joint` stands."""
    m = main.measures
    left = joint * m.pitch_m + m.bay_m / 2 - (wing.corridor_v + m.corridor_m / 2)
    for bay in range(main.bays):
        if bay * m.pitch_m + m.bay_m > left and bay * m.pitch_m < left + wing.depth_m - 2 * FACADE_M:
            yield bay


def _link(bar: _Bar, strip: Strip, joint: int, wing: _Bar, *, back: bool) -> Polygon:
    """Return the passage through a strip that joins the bar's corridor with the wing's."""
    m = bar.measures
    middle = strip.x + joint * m.pitch_m + m.bay_m / 2
    left, right = middle - m.corridor_m / 2, middle + m.corridor_m / 2
    corridor = bar.y + bar.corridor_v
    ends = (corridor, wing.y + FACADE_M) if back else (wing.y + wing.length_m - FACADE_M, corridor + m.corridor_m)
    return strip.bay(joint).union(box(left, ends[0], right, ends[1]))


def _stairs_and_toilets(
    strips: list[Strip], links: dict[tuple[int, int], str], *, shape: str, lifts: int
) -> dict[tuple[int, int], str]:
    """Put stairs near both ends of every bar, toilets beside them, lifts in the middle of the main bar."""
    fixed: dict[tuple[int, int], str] = {}
    main_back = 1 if len(strips) > 1 else 0

    def take(strip: int, bays: list[int], use: str) -> None:
        for bay in bays:
            if 0 <= bay < strips[strip].bays and (strip, bay) not in links and (strip, bay) not in fixed:
                fixed[strip, bay] = use
                return

    count = strips[main_back].bays
    dark = sorted(strips[main_back].dark)
    take(main_back, [*dark[:1], 1, 0, 2], "stairs")
    take(main_back, [*dark[-1:], count - 2, count - 1], "stairs")
    # on a side of one row the lobby takes the middle, so the toilets go to the end
    take(main_back, [*dark[1:2], 2, 3] if main_back else [0], "toilet")
    if count >= 12:
        take(main_back, [*dark[-2:-1], count - 3, count - 4], "toilet")
    for _ in range(lifts):
        take(main_back, [count // 2, count // 2 - 1, count // 2 + 1, *range(2, count)], "lift")
    for number in range(3, len(strips), 2):  # the backs of wings and of a second bar
        last = strips[number].bays - 1
        if not strips[number].upright:
            take(number, [1, 0], "stairs")
            take(number, [last - 1, last], "toilet")
        elif shape not in {"H", "O"}:
            take(number, [last], "stairs")
    return fixed
