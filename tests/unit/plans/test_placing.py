"""Placing plans: known transforms come back, residuals add up as by hand, doubts are told."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import Point, Polygon

from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.placement import EARTH_M, apart_m
from fangdi.domain.plans.placing import (
    ControlPoint,
    Placement,
    PlacingLimits,
    fit_affine,
    fit_fixed_scale,
    fit_helmert,
    match_footprint,
)
from fangdi.errors import InvalidInputError
from plan_drawings import rectangle

CORNERS = [(0.0, 0.0), (40.0, 0.0), (40.0, 15.0), (0.0, 15.0)]
NINGBO = (371_000.0, 3_306_000.0)  # about where Ningbo lies in a 3° zone, m
L_SHAPE = Polygon([(0, 0), (40, 0), (40, 12), (14, 12), (14, 30), (0, 30)])


def turned(degrees: float, *, scale: float = 1.0, east: float = NINGBO[0], north: float = NINGBO[1]) -> Placement:
    """Make a known placement."""
    angle = math.radians(degrees)
    return Placement(scale * math.cos(angle), scale * math.sin(angle), east, north)


def pairs_by(known: Placement, corners: list[tuple[float, float]] = CORNERS) -> list[ControlPoint]:
    """Mark corners where a known placement puts them."""
    placed = [known.apply(Point(corner)) for corner in corners]
    return [
        ControlPoint(f"P{number}", corner, (point.x, point.y))
        for number, (corner, point) in enumerate(zip(corners, placed, strict=True), start=1)
    ]


@pytest.mark.parametrize("fit", [fit_helmert, fit_fixed_scale])
@pytest.mark.parametrize("degrees", [0, 30, 90, 179, -120])
def test_a_known_rotation_and_shift_come_back(fit: type, degrees: float) -> None:
    placed = fit(pairs_by(turned(degrees)))
    assert placed.rotation_degrees == pytest.approx(degrees, abs=1e-9)
    assert (placed.scale, placed.east, placed.north) == pytest.approx((1, *NINGBO))
    assert placed.rms_m == pytest.approx(0, abs=1e-6)
    assert placed.findings == ()


def test_a_known_scale_comes_back_and_is_told() -> None:
    placed = fit_helmert(pairs_by(turned(30, scale=1.01)))
    assert placed.scale == pytest.approx(1.01)
    (finding,) = placed.findings
    assert (finding.code, dict(finding.values)) == (FindingCode.SCALE_OFF, {"scale": "1.0100", "limit": "0.5%"})


@pytest.mark.parametrize(("scale", "told"), [(1.0049, False), (1.0051, True), (0.9951, False), (0.9949, True)])
def test_a_scale_off_by_more_than_half_a_per_cent_is_told(scale: float, told: bool) -> None:  # noqa: FBT001
    assert bool(fit_helmert(pairs_by(turned(10, scale=scale))).findings) == told


def test_residuals_of_a_point_that_is_off_are_as_by_hand() -> None:
    # Four corners of a square of 2 m around the origin, the first marked 0.4 m too far east. By symmetry the best
    # shift is 0.1 m; with local coordinates u, a = Σ u·v / Σ u² where Σ u² = 8: the error adds (-1)(0.4) to the first
    # sum, a = 1 − 0.05, and u×v adds −(−1)(0.4): b = 0.05.
    corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    pairs = [ControlPoint(f"P{n}", corner, corner) for n, corner in enumerate(corners)]
    pairs[0] = ControlPoint("P0", (-1.0, -1.0), (-0.6, -1.0))
    placed = fit_helmert(pairs)
    assert (placed.a, placed.b, placed.east, placed.north) == pytest.approx((0.95, 0.05, 0.1, 0))
    # P0 lands at 0.95·(−1) − 0.05·(−1) + 0.1 = −0.8 east, 0.05·(−1) + 0.95·(−1) = −1.0 north
    assert (placed.residuals[0].east_m, placed.residuals[0].north_m) == pytest.approx((-0.2, 0), abs=1e-12)
    # P1 lands at (0.95 + 0.05 + 0.1, 0.05 − 0.95) = (1.1, −0.9)
    assert (placed.residuals[1].east_m, placed.residuals[1].north_m) == pytest.approx((0.1, 0.1))
    # P2 at (0.95 − 0.05 + 0.1, 0.05 + 0.95) = (1.0, 1.0); P3 at (−0.95 − 0.05 + 0.1, −0.05 + 0.95) = (−0.9, 0.9)
    expected = math.sqrt((0.04 + 0.02 + 0 + 0.02) / 4)
    assert placed.rms_m == pytest.approx(expected)


def test_a_residual_above_the_limit_is_told_and_one_at_the_limit_is_not() -> None:
    pairs = pairs_by(turned(0, east=0, north=0), [(-50.0, 0.0), (50.0, 0.0)])
    pairs[1] = ControlPoint("P2", (50.0, 0.0), (52.0, 0.0))  # 2 m too long: 1 m at each end of a rigid fit
    placed = fit_fixed_scale(pairs)
    assert [residual.distance_m for residual in placed.residuals] == pytest.approx([1, 1])
    assert [finding.code for finding in placed.findings] == [FindingCode.RESIDUAL_TOO_LARGE] * 2
    assert fit_fixed_scale(pairs, limits=PlacingLimits(residual_m=1.0)).findings == ()


def test_two_pairs_fit_exactly_and_only_the_scale_tells() -> None:
    pairs = [ControlPoint("P1", (0, 0), (0, 0)), ControlPoint("P2", (100, 0), (102, 0))]
    placed = fit_helmert(pairs)
    assert placed.rms_m == pytest.approx(0, abs=1e-9)
    assert [finding.code for finding in placed.findings] == [FindingCode.SCALE_OFF]


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_pairs_are_refused_with_what_to_do(count: int) -> None:
    with pytest.raises(InvalidInputError, match="give 2 or more"):
        fit_helmert(pairs_by(turned(0))[:count])


def test_points_that_coincide_are_refused_by_name() -> None:
    pairs = [ControlPoint("door", (1, 1), (10, 10)), ControlPoint("gate", (1, 1.0005), (20, 20))]
    with pytest.raises(InvalidInputError, match=r"door and gate .* on the plan"):
        fit_helmert(pairs)
    pairs = [ControlPoint("door", (1, 1), (10, 10)), ControlPoint("gate", (5, 1), (10, 10))]
    with pytest.raises(InvalidInputError, match="on the map"):
        fit_helmert(pairs)


def test_coordinates_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="no coordinates on the map"):
        fit_helmert([ControlPoint("P1", (0, 0), (math.nan, 0)), ControlPoint("P2", (1, 0), (1, 0))])


def test_an_affine_fit_follows_a_stretch_and_cannot_be_kept() -> None:
    stretched = Placement(1.0, 0.0, 100.0, 200.0, p=0.02, q=0.01)
    placed = fit_affine(pairs_by(stretched))
    assert (placed.p, placed.q, placed.rms_m) == pytest.approx((0.02, 0.01, 0), abs=1e-9)
    with pytest.raises(InvalidInputError, match="similarity"):
        placed.as_georeference("EPSG:4549")


def test_an_affine_fit_needs_three_points_off_one_line() -> None:
    with pytest.raises(InvalidInputError, match="give 3 or more"):
        fit_affine(pairs_by(turned(0))[:2])
    with pytest.raises(InvalidInputError, match="one line"):
        fit_affine(pairs_by(turned(20), [(0.0, 0.0), (1.0, 1.0), (5.0, 5.0)]))


def test_a_placement_is_kept_as_a_georeference() -> None:
    kept = turned(90).as_georeference("EPSG:4549")
    assert (kept.crs, kept.source) == ("EPSG:4549", "control points")
    assert (kept.a, kept.b, kept.east, kept.north) == pytest.approx((0, 1, *NINGBO))


ANGLES, SCALES, SHIFTS = st.floats(-180, 180), st.floats(0.5, 2), st.floats(-4e6, 4e6)


@given(ANGLES, SCALES, SHIFTS, SHIFTS)
def test_every_similarity_comes_back_from_its_corners(degrees: float, scale: float, east: float, north: float) -> None:
    known = turned(degrees, scale=scale, east=east, north=north)
    placed = fit_helmert(pairs_by(known))
    assert (placed.a, placed.b) == pytest.approx((known.a, known.b), abs=1e-8)
    assert placed.rms_m < 1e-6


@given(ANGLES, SCALES, st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_there_and_back_again_is_the_same_place(degrees: float, scale: float, p: float, q: float) -> None:
    known = turned(degrees, scale=scale)
    placed = Placement(known.a, known.b, known.east, known.north, p=p, q=q)
    back = placed.inverse(placed.apply(L_SHAPE))
    assert back.hausdorff_distance(L_SHAPE) < 1e-6


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=4, max_size=4))
def test_least_squares_beat_the_undisturbed_truth(errors: list[tuple[float, float]]) -> None:
    known = turned(25)
    pairs = [
        ControlPoint(pair.name, pair.plan_xy, (pair.map_xy[0] + east, pair.map_xy[1] + north))
        for pair, (east, north) in zip(pairs_by(known), errors, strict=True)
    ]
    truth = math.sqrt(sum(east**2 + north**2 for east, north in errors) / 4)
    free, rigid = fit_helmert(pairs).rms_m, fit_fixed_scale(pairs).rms_m
    assert free <= rigid + 1e-6
    assert rigid <= truth + 1e-6


@pytest.mark.parametrize("degrees", [0, 17.3, 90, -141])
def test_an_l_shaped_floor_finds_its_footprint(degrees: float) -> None:
    match = match_footprint(L_SHAPE, turned(degrees).apply(L_SHAPE))
    assert match.score == pytest.approx(1, abs=1e-6)
    assert match.placement.rotation_degrees == pytest.approx(degrees, abs=0.01)
    assert (match.placement.east, match.placement.north) == pytest.approx(NINGBO, abs=0.01)
    assert not match.ambiguous
    assert match.placement.as_georeference("EPSG:4549").source == "footprint"


def test_a_footprint_drawn_around_the_eaves_still_gives_the_place() -> None:
    eaves = turned(40).apply(L_SHAPE.buffer(0.5, join_style="mitre"))
    match = match_footprint(L_SHAPE, eaves)
    assert match.placement.rotation_degrees == pytest.approx(40, abs=0.5)
    assert match.placement.apply(L_SHAPE).hausdorff_distance(turned(40).apply(L_SHAPE)) < 0.5
    assert match.placement.findings == ()


def test_a_rectangle_fits_turned_by_half_a_turn_as_well() -> None:
    match = match_footprint(rectangle(0, 0, 30, 12), turned(20).apply(rectangle(0, 0, 30, 12)))
    assert match.score == pytest.approx(1, abs=1e-6)
    assert [score for _, score in match.others] == pytest.approx([1], abs=1e-6)
    other = match.others[0][0].rotation_degrees - match.placement.rotation_degrees
    assert abs(other) == pytest.approx(180, abs=0.01)


def test_a_square_fits_in_four_ways() -> None:
    assert len(match_footprint(rectangle(0, 0, 20, 20), turned(20).apply(rectangle(0, 0, 20, 20))).others) == 3


def test_a_floor_of_another_building_is_told() -> None:
    match = match_footprint(L_SHAPE, rectangle(0, 0, 80, 10))
    assert match.score < 0.6
    assert [finding.code for finding in match.placement.findings] == [FindingCode.FOOTPRINT_MISMATCH]


def test_a_mirrored_footprint_is_not_matched_by_mirroring() -> None:
    mirrored = affinity.scale(L_SHAPE, xfact=-1)
    assert match_footprint(L_SHAPE, mirrored).score < 0.95


def test_a_scale_is_never_made_up() -> None:
    assert match_footprint(L_SHAPE, affinity.scale(L_SHAPE, 1.2, 1.2)).placement.scale == pytest.approx(1)


def test_shapes_without_area_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="with an area"):
        match_footprint(Polygon(), L_SHAPE)


def test_a_degree_of_latitude_is_111_kilometres_and_one_of_longitude_shrinks_with_its_cosine() -> None:
    degree = math.pi / 180 * EARTH_M

    assert apart_m((121, 29), (121, 30)) == pytest.approx(degree)
    assert apart_m((121, 60), (121.001, 60)) == pytest.approx(degree * 0.001 * 0.5, rel=1e-6)  # cos 60° = 1/2


def test_what_is_nowhere_on_the_map_is_as_far_as_can_be() -> None:
    assert apart_m((math.inf, math.inf), (121, 29)) == pytest.approx(math.pi * EARTH_M)
    assert apart_m((math.nan, 0), (121, 29)) == pytest.approx(math.pi * EARTH_M)
