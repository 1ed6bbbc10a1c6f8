"""The forms of the yearly report: codes, and the list of what is missing."""

import pytest

from fangdi.domain.annual.forms import BUILDING, TITLES, Form, FormKey, FormRow, gaps, statistical_code
from fangdi.service.annual import ranges


def form(*rows: FormRow) -> Form:
    return Form(FormKey.PREMISES, TITLES[FormKey.PREMISES], BUILDING[:2], rows)  # 地址坐落, 用地面积


@pytest.mark.parametrize(
    ("code", "twelve"), [("330200", "330200000000"), ("330203", "330203000000"), ("330203001000", "330203001000")]
)
def test_codes_of_the_report_have_twelve_digits(code: str, twelve: str) -> None:
    assert statistical_code(code) == twelve


def test_empty_cells_are_listed_by_column_with_their_rows() -> None:
    found = gaps([form(FormRow({"address": "解放路1号"}), FormRow({"land_m2": 100.0}), FormRow({}))])
    assert [(gap.column.key, list(gap.rows)) for gap in found] == [("address", [2, 3]), ("land_m2", [1, 3])]


def test_a_cell_that_stands_in_another_row_is_no_gap() -> None:
    row = FormRow({"address": "解放路1号"}, frozenset({"land_m2"}))
    assert gaps([form(row)]) == []


def test_rows_are_told_in_ranges() -> None:
    assert ranges([1, 2, 3, 5, 7, 8]) == "1–3、5、7–8"
