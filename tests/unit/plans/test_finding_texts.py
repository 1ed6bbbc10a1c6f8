"""Every kind of finding can be said, in Chinese and English alike."""

from string import Formatter

import pytest

from fangdi.domain.plans.finding_texts import TEXTS, say
from fangdi.domain.plans.findings import Finding, FindingCode, Severity

EVERY_CODE = pytest.mark.parametrize("code", list(FindingCode))


def placeholders(sentence: str) -> set[str]:
    """Return the names that a sentence leaves open."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def has_chinese(sentence: str) -> bool:
    """Say whether a sentence has a Chinese character."""
    return any("一" <= letter <= "鿿" for letter in sentence)


@EVERY_CODE
def test_every_code_has_a_name_a_sentence_and_advice_in_both_languages(code: FindingCode) -> None:
    text = TEXTS[code]
    for labels in (text.name, text.says, text.advice):
        assert labels.zh.strip()
        assert labels.en.strip()
        assert has_chinese(labels.zh.replace("{", "一"))  # some sentences are nothing but a reason
        assert not has_chinese(labels.en)


@EVERY_CODE
def test_both_languages_leave_the_same_names_open(code: FindingCode) -> None:
    assert placeholders(TEXTS[code].says.zh) == placeholders(TEXTS[code].says.en)


@EVERY_CODE
def test_names_and_advice_leave_nothing_open(code: FindingCode) -> None:
    for labels in (TEXTS[code].name, TEXTS[code].advice):
        assert placeholders(labels.zh) | placeholders(labels.en) == set()


@EVERY_CODE
def test_every_sentence_can_be_filled(code: FindingCode) -> None:
    values = dict.fromkeys(placeholders(TEXTS[code].says.zh), 1.234)
    said = say(Finding(code, Severity.NOTE, values))
    for sentence in (said.zh, said.en):
        assert "{" not in sentence
        assert ("1.23" in sentence or "123.4%" in sentence) == bool(values)


def test_no_text_is_left_over() -> None:
    assert set(TEXTS) == set(FindingCode)


@pytest.mark.parametrize(("gap_m", "shown"), [(0.003, "0.003"), (0.05, "0.050"), (0.9, "0.90")])
def test_a_short_length_is_told_to_the_millimetre(gap_m: float, shown: str) -> None:
    finding = Finding(FindingCode.UNCLOSED, Severity.ERROR, {"gap_m": gap_m})
    assert f" {shown} " in say(finding).zh


COUNTED = {
    FindingCode.REPAIRED_FILE: ("1 structural fault ", "2 structural faults "),
    FindingCode.FLOOR_WITHOUT_ROOMS: ("1 wall or other part ", "2 walls or other parts "),
    FindingCode.FURNITURE: ("1 closed shape ", "2 closed shapes "),
    FindingCode.INCOMPLETE: ("1 entity ", "2 entities "),
}


@pytest.mark.parametrize("code", COUNTED)
def test_english_tells_one_thing_from_several(code: FindingCode) -> None:
    values = dict.fromkeys(placeholders(TEXTS[code].says.en), "x")
    for count, words in enumerate(COUNTED[code], start=1):
        assert words in say(Finding(code, Severity.NOTE, values | {"count": count})).en


@EVERY_CODE
def test_what_is_counted_has_two_forms_in_english_and_none_in_chinese(code: FindingCode) -> None:
    for sentence, forms in ((TEXTS[code].says.zh, 0), (TEXTS[code].says.en, 1)):
        assert [spec.count("|") for _, name, spec, _ in Formatter().parse(sentence) if name == "count"] in ([], [forms])
