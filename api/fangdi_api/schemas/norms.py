"""Shapes of norm figures (标准指标) and the documents that lay them down."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from fangdi.domain.norms.kinds import FACTS, UNIT_NAMES, VERIFICATION_NAMES, NormKind, Unit, Verification
from fangdi.domain.norms.model import Norm
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi_api.days import EnteredDay
from fangdi_api.schemas.common import Answer, Body, Labels, Words

Code = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{6})?$", description="GB/T 2260 code.", examples=["330200"])]
Figure = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]


class NormSource(Answer):
    """Where a figure is laid down (依据), and how sure its wording is."""

    document_id: int
    title: str
    title_en: str
    number: str | None = Field(description="文号")
    article: str
    verification: Verification
    verified: bool = Field(description="false: show it as unverified wherever it is used")
    verification_name: Labels
    evidence: str = Field(description="where the wording was found, or what is missing")


class NormAnswer(Answer):
    """A version of a figure; `upto`, `beyond_from` and `figure_beyond` are there where it depends on a number."""

    id: int
    kind: NormKind
    kind_name: Labels
    jurisdiction_code: str | None = Field(description="whom it binds, with all below; null: the country")
    jurisdiction: str | None
    jurisdiction_en: str | None
    level: AdministrativeLevel | None
    rank_code: str | None
    rank: Labels | None
    figure: float
    unit: Unit
    unit_name: Labels
    upto: int | None
    beyond_from: int | None
    figure_beyond: float | None
    valid_from: date | None
    valid_until: date | None = Field(description="first day without it; null: until further notice")
    source: NormSource
    entered_at: datetime
    entered_by: str
    reason: str | None
    withdrawable: bool = Field(description="it has not begun, or was entered today")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "NormAnswer":
        """Shape a row."""
        facts, sure = FACTS[NormKind(row["kind"])], Verification(row["verification"])
        source = {**row, "verified": sure.verified, "verification_name": VERIFICATION_NAMES[sure]}
        rank = {"zh": row["rank"], "en": row["rank_en"]} if row["rank"] else None
        shaped = {
            **row,
            "kind_name": facts.name,
            "unit": facts.unit,
            "unit_name": UNIT_NAMES[facts.unit],
            "rank": rank,
            "source": source,
        }
        return cls.model_validate(shaped)


class NormsAnswer(Answer):
    """Figures in force on a date, or all versions."""

    as_of: date | None
    items: list[NormAnswer]


class NormDifference(Answer):
    """A figure on two days; null where there was none, with the figure that bound from above instead, if any."""

    before: NormAnswer | None
    after: NormAnswer | None
    before_above: NormAnswer | None
    after_above: NormAnswer | None


class NormComparison(Answer):
    """What differs between two days."""

    earlier: date
    later: date
    items: list[NormDifference]


class NormRef(Answer):
    """A figure that a calculation rests on."""

    id: int
    kind: NormKind
    kind_name: Labels
    figure: float
    unit_name: Labels
    title: str
    title_en: str
    article: str
    verification: Verification
    verified: bool
    verification_name: Labels

    @classmethod
    def of(cls, norm: Norm) -> "NormRef":
        """Shape a figure."""
        facts, source = FACTS[norm.kind], norm.source
        return cls.model_validate(
            {
                "id": norm.id,
                "kind": norm.kind,
                "kind_name": facts.name,
                "figure": norm.figure,
                "unit_name": UNIT_NAMES[facts.unit],
                "title": source.title,
                "title_en": source.title_en,
                "article": source.article,
                "verification": source.verification,
                "verified": source.verification.verified,
                "verification_name": VERIFICATION_NAMES[source.verification],
            }
        )


class NormToEnter(Body):
    """A new version of a figure; what held until then ends the day it begins."""

    kind: NormKind
    jurisdiction_code: Code | None = Field(default=None, description="null: the country")
    level: AdministrativeLevel | None = None
    rank_code: Annotated[str, Field(max_length=64, pattern=r"^[a-z_]+$")] | None = None
    figure: Figure
    upto: Count | None = None
    beyond_from: Count | None = None
    figure_beyond: Figure | None = None
    document_id: Annotated[int, Field(ge=1, lt=1 << 63)]
    article: Words
    verification: Verification
    evidence: Words
    valid_from: EnteredDay
    reason: Words


class NormDocumentAnswer(Answer):
    """A document that lays down figures (标准文件)."""

    id: int
    code: str
    jurisdiction_code: str | None = Field(description="who issued it; null: the country")
    title: str
    title_en: str
    number: str | None
    issued_by: str | None
    issued_on: date | None
    remark: str | None
    figures: int = Field(description="versions of figures that stand in it")


class NormDocumentToFile(Body):
    """A document to file."""

    code: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9-]*$", examples=["nb-2026-1"])]
    jurisdiction_code: Code | None = None
    title: Words
    title_en: Words
    number: Words | None = None
    issued_by: Words | None = None
    issued_on: EnteredDay | None = None
    remark: Words | None = None
