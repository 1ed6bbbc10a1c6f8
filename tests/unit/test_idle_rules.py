"""What is idle, in words and by place; and why a room stands idle."""

from datetime import date, timedelta

import pytest

from fangdi.domain.common import BuildingRef, Definition
from fangdi.domain.idle import AROUND_DAYS, IdleReason, Past, why
from fangdi.domain.idle_rules import DEFAULT, IdleRule, RuledPlaces, check, definition, nearest, ruled
from fangdi.domain.vocabulary import RoomStatus
from fangdi.errors import InvalidInputError

D = date(2026, 1, 1)
PATHS = {
    "330200": ["330200"],
    "330203": ["330200", "330203"],
    "330205": ["330200", "330205"],
}
USES = {"office": Definition("办公室", "Office"), "meeting_room": Definition("会议室", "Meeting room")}


def words(*found: RuledPlaces) -> Definition:
    return definition(found, uses=USES, places={"330203": "海曙区", "330205": "江北区"})


def test_the_rule_the_system_comes_with_says_what_it_always_said() -> None:
    said = words(RuledPlaces(DEFAULT, None))

    assert said.zh == (
        "闲置房间:基准日存在、用途可分配、无单位使用,且未在维修、预留或移交中的房间;公用部位不算闲置。"
        "闲置起始日为最近一次使用或停用状态结束之日,没有则为房间启用之日,再没有则为建档以来。"
    )
    assert said.en.startswith(
        "Idle: the room exists on the date, its use is assignable, no agency uses it, and it is neither under repair, "
        "reserved nor handed over; common parts are never idle."
    )


def test_a_rule_says_its_days_uses_and_states() -> None:
    rule = IdleRule(min_days=90, uses=("office", "meeting_room"), statuses=(RoomStatus.REPAIR,))

    said = words(RuledPlaces(rule, None))

    assert "用途为办公室、会议室、无单位使用已满 90 天,且未在维修中的房间" in said.zh
    assert (
        "its use is one of Office, Meeting room, no agency uses it for at least 90 days, and it is not under" in said.en
    )


def test_without_states_every_room_without_a_user_is_idle() -> None:
    assert "无单位使用的房间" in words(RuledPlaces(IdleRule(statuses=()), None)).zh


def test_several_rules_say_where_each_holds() -> None:
    found = (RuledPlaces(DEFAULT, ("330203",)), RuledPlaces(IdleRule(min_days=30), ("330205",)))

    said = words(*found).zh

    assert said.index("海曙区:基准日存在") < said.index("江北区:基准日存在") < said.index("已满 30 天")


def test_the_rule_of_the_nearest_jurisdiction_holds() -> None:
    country, city, county = IdleRule(1), IdleRule(2, "330200"), IdleRule(3, "330203")

    assert nearest([country, city, county], PATHS["330203"]).id == 3
    assert nearest([country, city, county], PATHS["330205"]).id == 2
    assert nearest([country], PATHS["330203"]).id == 1
    assert nearest([], PATHS["330203"]) is DEFAULT


def test_rules_that_say_the_same_are_asked_about_together() -> None:
    same = [IdleRule(1), IdleRule(2, "330203", m2_per_head=18.0)]  # differs in what is under-used alone

    assert ruled(same, PATHS, within=None) == (RuledPlaces(same[0], None),)


def test_rules_that_differ_part_the_jurisdictions() -> None:
    country, county = IdleRule(1), IdleRule(2, "330203", min_days=90)

    everywhere = ruled([country, county], PATHS, within=None)
    assert {one.rule.id: one.places for one in everywhere} == {1: ("330200", "330205"), 2: ("330203",)}
    assert ruled([country, county], PATHS, within=["330203"]) == (RuledPlaces(county, ("330203",)),)


def test_a_new_rule_ends_the_one_before_and_never_changes_the_past() -> None:
    now = IdleRule(1, "330200")
    wanted = IdleRule(0, "330200", valid_from=D)

    assert check(wanted, [now], today=D) is now
    assert check(IdleRule(0, "330203", valid_from=D), [now], today=D) is None
    with pytest.raises(InvalidInputError, match="不得改变过去"):
        check(wanted, [now], today=D + timedelta(1))
    with pytest.raises(InvalidInputError, match="用途"):
        check(IdleRule(0, uses=(), valid_from=D), [], today=D)


ELSEWHERE = BuildingRef(2, "2号楼")


@pytest.mark.parametrize(
    ("past", "reason"),
    [
        (Past(), IdleReason.NEVER_USED),
        (Past(use_until=D), IdleReason.GIVEN_BACK),
        (Past(use_until=D, moved_to=ELSEWHERE), IdleReason.AGENCY_MOVED),
        (Past(use_until=D, agency_until=D, moved_to=ELSEWHERE), IdleReason.AGENCY_ENDED),
        (Past(use_until=D, agency_until=D + timedelta(AROUND_DAYS)), IdleReason.AGENCY_ENDED),
        (Past(use_until=D, agency_until=D + timedelta(AROUND_DAYS + 1)), IdleReason.GIVEN_BACK),
        (Past(status=RoomStatus.REPAIR, status_until=D), IdleReason.AFTER_REPAIR),
        (Past(D, status=RoomStatus.RESERVED, status_until=D + timedelta(1)), IdleReason.AFTER_RESERVATION),
        (Past(D, status=RoomStatus.HANDED_OVER, status_until=D + timedelta(1)), IdleReason.TAKEN_BACK),
        (Past(D, status=RoomStatus.REPAIR, status_until=D), IdleReason.GIVEN_BACK),
    ],
)
def test_a_room_stands_idle_for_what_ended_last(past: Past, reason: IdleReason) -> None:
    assert why(past) is reason
