"""What rooms are used for, by the words of ledgers, drawings, models and indoor layers."""

import pytest

from fangdi.domain.plans.checks.uses import unknown_uses
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.uses import spellings, use_of
from plan_builders import a_drawn_floor, a_drawn_plan, a_drawn_room

KNOWN = spellings(
    {
        "office": ("办公室", "Office"),
        "stairs": ("楼梯间", "Stairs"),
        "lift_machinery": ("电梯机房", "Lift machine room"),
        "toilet": ("卫生间", "Toilet"),
        "corridor": ("走廊", "Corridor"),
        "lift": ("电梯", "Lift"),
        "shaft": ("管井", "Shaft"),
        "meeting_room": ("会议室", "Meeting room"),
    }
)
"""With some names of the reference list."""


def use(*texts: str | None) -> str | None:
    return use_of(*texts, spellings=KNOWN)


@pytest.mark.parametrize(("text", "code"), [
    ("Stair", "stairs"), ("Stairs", "stairs"), ("A105 Stair", "stairs"), ("Staircase 2", "stairs"),
    ("STAIR-A", "stairs"), ("Stair No. 3", "stairs"), ("Escape Stair 2 (Core B)", "stairs"), ("steps", "stairs"),
    ("Hallway", "corridor"), ("North corridor", "corridor"), ("Corridor (East)", "corridor"), ("passage", "corridor"),
    ("walkway", "corridor"), ("ramp", "corridor"), ("Foyer", "lobby"), ("Entrance hall", "lobby"), ("Hall", "lobby"),
    ("Lift lobby", "lobby"), ("Elevator", "lift"), ("Lifts", "lift"), ("Lift shaft 1", "lift"), ("Duct", "shaft"),
    ("Risers", "shaft"), ("Pipe Shaft", "shaft"), ("restroom.female", "toilet"), ("toilets", "toilet"),
    ("Men's WC", "toilet"), ("Bathroom 1", "toilet"), ("Plant room", "equipment_other"), ("Utility", "equipment_other"),
    ("parking", "garage"), ("conferenceroom", "meeting_room"), ("serverroom", "it_room"), ("foodservice", "canteen"),
])  # fmt: skip
def test_english_words_of_drawings_models_and_layers_name_a_use(text: str, code: str) -> None:
    assert use(text) == code


@pytest.mark.parametrize(("text", "code"), [
    ("1#楼梯", "stairs"), ("楼梯A", "stairs"), ("男卫生间(东)", "toilet"), ("男卫", "toilet"), ("强电井", "shaft"),
    ("合用前室", "lobby"), ("入口大厅", "lobby"), ("走道-1", "corridor"), ("大会议室2", "meeting_room"),
    ("处长办公室", "office"),
])  # fmt: skip
def test_chinese_words_name_a_use_with_what_stands_around_them(text: str, code: str) -> None:
    assert use(text) == code


@pytest.mark.parametrize(
    "text", ["Forklift", "Sports hall", "Bookstore", "Power plant", "Living room", "301", "", "B1", "nonpublic"]
)
def test_a_word_inside_another_names_nothing(text: str) -> None:
    assert use(text) is None


def test_the_longest_word_counts() -> None:
    assert use("Lift machine room") == "lift_machinery"


def test_what_is_written_as_the_use_comes_before_name_and_number() -> None:
    assert use(None, "Stair", "301") == "stairs"
    assert use("Corridor", "Office", "301") == "corridor"
    assert use(None, None, "Stair 1") == "stairs"


def test_rooms_of_unknown_use_are_counted_in_one_note() -> None:
    named = (("101", "Stair"), ("102", "Galerie"), ("103", "Galerie"), ("104", None))
    rooms = [a_drawn_room(number, name=name) for number, name in named]
    (finding,) = unknown_uses(a_drawn_plan(a_drawn_floor(rooms)), spellings=KNOWN)

    assert (finding.code, finding.severity) == (FindingCode.USE_UNKNOWN, Severity.NOTE)
    assert finding.values == {"count": 3, "examples": "“Galerie”, “104”", "examples_zh": "“Galerie”、“104”"}
    assert unknown_uses(a_drawn_plan(a_drawn_floor(rooms[:1])), spellings=KNOWN) == ()
