"""Labels of rooms as people write them, in Chinese and English."""

import pytest

from fangdi.domain.plans.model import StatedBasis
from fangdi_gis_data.plans.label_text import RoomText, parse_label

FT2 = 0.3048**2


@pytest.mark.parametrize(
    ("text", "number", "name", "area_m2"),
    [
        ("301 办公室 23.5㎡", "301", "办公室", 23.5),
        ("会议室", None, "会议室", None),
        ("AREA: 512 SF", None, None, 512 * FT2),
        ("512 sq. ft.", None, None, 512 * FT2),
        ("23.50m2", None, None, 23.5),
        ("23.50 M²", None, None, 23.5),
        ("S=23.5", None, None, 23.5),
        ("面积:23.5平方米", None, None, 23.5),
        ("1,234.5㎡", None, None, 1234.5),
        ("301-1", "301-1", None, None),
        ("A-301", "A-301", None, None),
        ("B1-02", "B1-02", None, None),
        ("3F-12 值班室", "3F-12", "值班室", None),
        ("301室", "301", None, None),
        ("301", "301", None, None),
        ("1203会议室", "1203", "会议室", None),
        ("办公室301", "301", "办公室", None),
        ("Room 101", "101", None, None),
        ("Office 204", "204", "Office", None),
        ("BEDROOM 2", None, "BEDROOM 2", None),
        ("2 CAR GARAGE", None, "2 CAR GARAGE", None),
        ("会议室1", None, "会议室1", None),
        ("301\n办公室\n23.5㎡", "301", "办公室", 23.5),
        ("301\n办公室\n23.50", "301", "办公室", 23.5),
        ("办公室(大) 18.2", None, "办公室(大)", 18.2),
        ("卫", None, "卫", None),
    ],
)
def test_a_label_says(text: str, number: str | None, name: str | None, area_m2: float | None) -> None:
    says = parse_label(text)

    assert (says.number, says.name) == (number, name)
    assert says.area_m2 == pytest.approx(area_m2)


@pytest.mark.parametrize(
    "text",
    [
        "三层平面图", "FLOOR PLAN", "1:100", "±0.000", "3.600", "+10.800", "M0921", "C1515", "FM甲1021", "上", "UP",
        "DN", "6068 S.G.D.", "5050 XO", '18" MIN. RAISED', "H=2.8m", "1", "A", "3600", "标高 3.6", "说明", "",
    ],
)  # fmt: skip
def test_titles_doors_heights_and_notes_name_no_room(text: str) -> None:
    says = parse_label(text)

    assert not says.sure
    assert says.name is None
    assert says.area_m2 is None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("使用面积:18.20m²", StatedBasis.NET),
        ("建筑面积 18.20㎡", StatedBasis.GROSS),
        ("轴线面积18.2㎡", StatedBasis.WALL_CENTRE),
        ("NET AREA 18.2 m2", StatedBasis.NET),
        ("18.2㎡", StatedBasis.UNKNOWN),
    ],
)
def test_the_basis_of_an_area_is_what_its_words_say(text: str, basis: StatedBasis) -> None:
    assert parse_label(text).basis is basis


def test_a_size_in_feet_and_inches_is_read() -> None:
    assert parse_label("13'8 x 14'").size_m == pytest.approx((13 * 0.3048 + 8 * 0.0254, 14 * 0.3048))
    assert parse_label("12'-6\" x 10'").size_m == pytest.approx((12.5 * 0.3048, 10 * 0.3048))


def test_a_size_in_millimetres_is_read() -> None:
    assert parse_label("3600x4200").size_m == pytest.approx((3.6, 4.2))


def test_the_use_is_read_where_it_is_called_so() -> None:
    assert parse_label("房间号:305 用途:办公") == RoomText(number="305", use="办公")
