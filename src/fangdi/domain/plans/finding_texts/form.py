"""The form of what a finding says: its name, its sentence and the advice, in Chinese and English."""

from dataclasses import dataclass

from fangdi.domain.common import Definition as Labels


@dataclass(frozen=True, slots=True)
class FindingText:
    """The name of a kind of finding, its sentence, and the advice."""

    name: Labels
    says: Labels
    advice: Labels


def text(zh: tuple[str, str, str], en: tuple[str, str, str]) -> FindingText:
    """Return a text by its three parts in Chinese, then in English."""
    name, says, advice = (Labels(chinese, english) for chinese, english in zip(zh, en, strict=True))
    return FindingText(name, says, advice)
