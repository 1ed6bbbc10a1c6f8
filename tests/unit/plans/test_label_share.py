"""Labels are counted by whether they found a room, and one of their own."""

from shapely.geometry import Point, Polygon, box

from fangdi.domain.plans.label_share import LabelShare, label_share
from fangdi.domain.plans.model import FoundBy, Label, Outline, Plan, PlanFloor, PlanFormat, PlanRoom, Units


def a_plan(rooms: list[Polygon], labels: list[tuple[float, float]]) -> Plan:
    drawn = [PlanRoom(str(n), Outline.straight(shape), FoundBy.WALLS, handle=str(n)) for n, shape in enumerate(rooms)]
    texts = [Label(f"{n}", Point(at), handle=f"T{n}") for n, at in enumerate(labels)]
    floor = PlanFloor("1", "一层", rooms=tuple(drawn), labels=tuple(texts))
    return Plan(PlanFormat.DXF, (floor,), Units("m", 1.0, "header"))


def test_a_label_in_a_room_of_its_own_counts_whole() -> None:
    assert label_share(a_plan([box(0, 0, 4, 4), box(5, 0, 9, 4)], [(2, 2), (7, 2)])) == LabelShare(2, 2, 2)


def test_labels_that_share_a_room_have_none_of_their_own() -> None:
    assert label_share(a_plan([box(0, 0, 4, 4)], [(1, 1), (3, 3)])) == LabelShare(2, 2, 0)


def test_a_label_in_two_rooms_or_in_none_has_not_exactly_one() -> None:
    assert label_share(a_plan([box(0, 0, 4, 4), box(2, 0, 6, 4)], [(3, 2), (9, 9)])) == LabelShare(2, 0, 0)


def test_without_rooms_no_label_has_one() -> None:
    assert label_share(a_plan([], [(1, 1)])) == LabelShare(1, 0, 0)
