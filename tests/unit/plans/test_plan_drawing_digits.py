"""Shapes are shown to the millimetre, and finer where they are small, as when a drawing was read in a wrong unit."""

import pytest
from shapely.geometry import shape

from fangdi.service.plan_views import geometry, rings
from plan_drawings import rectangle


@pytest.mark.parametrize(("side_m", "digit_m"), [(5.0, 0.001), (0.005, 1e-6)])
def test_a_room_keeps_its_shape_however_small_it_was_read(side_m: float, digit_m: float) -> None:
    room = rectangle(side_m / 3, 0, side_m, side_m)

    shown = shape(geometry(room))
    ((ring,),) = rings(room)

    # each corner moves by half a digit at most
    assert shown.area == pytest.approx(side_m**2, rel=4 * digit_m / 2 / side_m)
    assert max(x for x, _ in ring) == pytest.approx(side_m * 4 / 3, abs=digit_m / 2)
