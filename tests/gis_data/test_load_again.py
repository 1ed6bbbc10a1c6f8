"""What a load counts, and what it leaves, when a layer comes again with something changed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

PLACE = "990100"
HERE = {"const": {"jurisdiction_code": PLACE}, "crs": "EPSG:4490"}


def counts(outcome: Any) -> tuple[int, int, int]:
    assert outcome.stored, outcome.findings
    return outcome.inserted, outcome.updated, outcome.unchanged


@pytest.fixture
def load_buildings(loader: Any, write: Callable[..., Path]) -> Callable[..., Any]:
    """Load building 1, with what is said of it, and building 2, of which nothing is."""

    def load(**said: Any) -> Any:
        rows = [{"code": "1", "name": "a", "x": 121.55, "y": 29.87, **said},
                {"code": "2", "name": "b", "x": 121.56, "y": 29.87, **dict.fromkeys(said, "")}]  # fmt: skip
        return loader("buildings", write("b.csv", rows), **HERE)

    return load


@pytest.mark.parametrize(
    ("field", "old", "new"), [("title_state", "未登记", "统一登记"), ("tenure", "leased", "owned")]
)
def test_a_changed_state_counts_as_an_update(
    loader: Any, load_buildings: Callable[..., Any], field: str, old: str, new: str
) -> None:
    day = field.split("_", maxsplit=1)[0] + "_since"
    load_buildings(**{field: old, day: "2020-01-01"})

    changed = load_buildings(**{field: new, day: "2023-07-01"})
    again = load_buildings(**{field: new, day: "2023-07-01"})

    assert (counts(changed), counts(again)) == ((0, 1, 1), (0, 0, 2))
    recorded = "SELECT inserted, updated, unchanged FROM fangdi.import_batch ORDER BY id DESC LIMIT 1"
    assert loader.rows(recorded) == [(0, 1, 1)]
    assert loader.value("SELECT count(*) FROM fangdi.import_batch") == 2


def test_a_building_that_changes_in_two_ways_counts_once(load_buildings: Callable[..., Any]) -> None:
    load_buildings(tenure="leased", tenure_since="2020-01-01", address="a")

    assert counts(load_buildings(tenure="owned", tenure_since="2023-07-01", address="b")) == (0, 1, 1)


def test_the_same_state_with_an_earlier_first_day_extends_its_period(
    loader: Any, load_buildings: Callable[..., Any]
) -> None:
    load_buildings(title_state="recorded", title_since="2020-01-01")

    sooner = load_buildings(title_state="recorded", title_since="2018-05-01", title_holder="某局")
    again = load_buildings(title_state="recorded", title_since="2018-05-01", title_holder="某局")

    assert (counts(sooner), counts(again)) == ((0, 1, 1), (0, 0, 2))
    periods = loader.rows("SELECT state, holder, lower(valid), upper(valid) FROM fangdi.title")
    assert periods == [("recorded", "某局", date(2018, 5, 1), None)]


def test_a_row_that_is_left_out_changes_no_history(loader: Any, write: Callable[..., Path]) -> None:
    columns = {"code": "1", "name": "a", "x": 121.55, "y": 29.87}
    first = {"title_state": "recorded", "title_since": "2020-01-01", "tenure": "leased", "tenure_since": "2020-01-01"}
    # the tenure contradicts what is stored for the same day; the title alone would do
    second = {"title_state": "user", "title_since": "2021-01-01", "tenure": "owned", "tenure_since": "2020-01-01"}
    loader("buildings", write("b.csv", [columns | first]), **HERE)

    rows = [columns | second, columns | {"code": "2"} | dict.fromkeys(second, "")]
    outcome = loader("buildings", write("c.csv", rows), skip=True, **HERE)

    assert (outcome.inserted, outcome.rejected) == (1, 1)
    assert loader.rows("SELECT state FROM fangdi.title") == [("recorded",)]


def test_a_parcel_that_a_building_is_found_to_stand_on_counts_as_an_update(
    loader: Any, write: Callable[..., Path], load_buildings: Callable[..., Any]
) -> None:
    corners = [[121.55, 29.87], [121.56, 29.87], [121.56, 29.88], [121.55, 29.87]]
    feature = {
        "type": "Feature",
        "properties": {"code": "P"},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }
    file = write("b.csv", [{"code": "1"}]).with_name("p.geojson")
    file.write_text(str({"type": "FeatureCollection", "features": [feature]}).replace("'", '"'), encoding="utf-8")
    assert loader("parcels", file, const={"jurisdiction_code": PLACE}).stored
    load_buildings()

    assert counts(load_buildings(parcels="P")) == (0, 1, 1)
    assert counts(load_buildings(parcels="P")) == (0, 0, 2)


def test_posts_and_staff_count_by_row(office: Any, write: Callable[..., Path]) -> None:
    def file(posts: int, day: str) -> Path:
        rows = [{"agency": agency, "rank": "city_staff", "posts": posts if agency == "A" else 5, "from": day}
                for agency in "AB"]  # fmt: skip
        return write("p.csv", rows)

    assert counts(office("posts", file(20, "2020-01-01"))) == (2, 0, 0)
    assert counts(office("posts", file(20, "2019-01-01"))) == (0, 2, 0)
    assert counts(office("posts", file(20, "2019-01-01"))) == (0, 0, 2)
    assert counts(office("posts", file(25, "2022-01-01"))) == (1, 0, 1)
    assert office.rows("SELECT posts, lower(valid) FROM fangdi.agency_posts ORDER BY 1") == [
        (5, date(2019, 1, 1)), (20, date(2019, 1, 1)), (25, date(2022, 1, 1)),
    ]  # fmt: skip


def test_a_person_who_moves_in_counts_as_an_update(office: Any, write: Callable[..., Path]) -> None:
    def load(*persons: str) -> Any:
        rows = [{"room": "101", "agency": "A", "姓名": name} for name in persons]
        return office("occupancies", write("o.csv", rows), const={"building": "1"})

    assert counts(load("张三")) == (1, 0, 0)
    assert counts(load("张三", "李四")) == (0, 1, 0)
    assert counts(load("张三", "李四")) == (0, 0, 1)


def test_messages_name_the_last_day_as_it_was_written(office: Any, write: Callable[..., Path]) -> None:
    def load(*rows: dict[str, str]) -> Any:
        return office("occupancies", write("o.csv", list(rows)), const={"building": "1"})

    backwards = load({"room": "101", "agency": "A", "from": "2024-06-01", "until": "2024-05-30"})
    assert (backwards.findings[0].field, backwards.findings[0].value) == ("until", "2024-05-30")

    load({"room": "101", "agency": "A", "from": "2024-01-01", "until": "2024-05-31"})
    taken = load({"room": "101", "agency": "B", "from": "2024-05-01", "until": ""})
    assert "until 2024-05-31" in taken.findings[0].reason
    assert "2024-06-01" not in taken.findings[0].reason

    two = load({"room": "102", "agency": "B", "from": "2024-01-01", "until": "2024-05-31"},
               {"room": "102", "agency": "B", "from": "2024-01-01", "until": "2024-06-30"})  # fmt: skip
    assert (two.findings[0].field, two.findings[0].value) == ("until", "2024-06-30")


def test_the_last_day_there_is_means_no_end(office: Any, write: Callable[..., Path]) -> None:
    row = {"room": "101", "agency": "A", "from": "2024-01-01", "until": "9999-12-31"}

    assert office("occupancies", write("o.csv", [row]), const={"building": "1"}).stored
    assert office.rows("SELECT upper(valid) FROM fangdi.occupancy") == [(None,)]


def test_a_room_that_moves_to_another_building_is_another_room_and_the_old_one_is_ended(
    office: Any, write: Callable[..., Path]
) -> None:
    second = write("b.csv", [{"code": "2", "name": "二号楼", "x": 121.56, "y": 29.87}])
    assert office("buildings", second, **HERE).stored
    room = {"number": "101", "level": "1", "name": "会议室"}
    office("rooms", write("r.csv", [room]), const={"building": "1"})

    moved = office("rooms", write("r.csv", [room]), const={"building": "2"})
    ended = office("rooms", write("r.csv", [{"building": "1", "number": "101", "level": "1", "until": "2026-05-31"}]))

    assert (counts(moved), counts(ended)) == ((1, 0, 0), (0, 1, 0))
    found = office.rows(
        "SELECT building.code, room.name, upper(room.valid) FROM fangdi.room "
        "JOIN fangdi.building ON building.id = building_id WHERE number = '101' ORDER BY 1"
    )
    assert found == [("1", "会议室", date(2026, 6, 1)), ("2", "会议室", None)]
