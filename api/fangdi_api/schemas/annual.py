"""Shapes of the yearly report (年度统计报表) and of building projects (建设项目)."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from fangdi.domain.annual.forms import TITLES, Form, FormGap, FormKey, Kind, missing
from fangdi.domain.annual.project import ProjectWanted
from fangdi.domain.rounding import two_decimals
from fangdi.service.annual import AnnualReport, ranges
from fangdi_api.days import EnteredDay
from fangdi_api.schemas.common import Answer, AreaM2, Body, Labels, Words
from fangdi_api.schemas.reports import Report
from fangdi_api.schemas.use import SplitAnswer

Cell = str | int | float | None


class FormColumnAnswer(Answer):
    """A column of a form."""

    key: str
    name: Labels
    kind: Kind
    must: bool = Field(description="an empty cell is a gap, unless it stands in another row")


class FormAnswer(Answer):
    """A form with its rows, cell by cell in the order of the columns."""

    key: FormKey
    title: Labels
    columns: list[FormColumnAnswer]
    rows: list[list[Cell]]
    missing: list[list[str]] = Field(description="for each row the columns whose cells lack data")


class FormGapAnswer(Answer):
    """A column with empty cells, and what is missing."""

    form: FormKey
    form_title: Labels
    column: str
    name: Labels
    cells: int
    rows: str = Field(description="rows from 1", examples=["1–3、5"])
    why: Labels


class AnnualAnswer(Report):
    """The forms of the yearly report, and what is missing from them."""

    split: SplitAnswer
    forms: list[FormAnswer]
    gaps: list[FormGapAnswer]

    @classmethod
    def of(cls, report: AnnualReport) -> "AnnualAnswer":
        """Shape a report."""
        return cls.model_validate(
            {
                "as_of": report.question.as_of,
                "basis": report.question.basis,
                "definition": report.definition,
                "split": SplitAnswer.of(report.used),
                "forms": [_form(form) for form in report.forms],
                "gaps": [_gap(gap) for gap in report.gaps],
            }
        )


class ProjectAnswer(Answer):
    """A building project (建设项目) as it stands in the list."""

    id: int
    jurisdiction_code: str
    code: str
    name: str
    approved_by: str | None
    builder: str | None
    user_name: str | None
    address: str | None
    planning_gross_m2: AreaM2 | None = Field(description="规模: gross area, basis planning")
    estimate_10k_yuan: float | None = Field(description="估算投资, 10,000 CNY")
    classified: bool
    valid_from: date | None
    valid_until: date | None
    entered_by: str
    entered_at: datetime


Code = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{6})?$", description="GB/T 2260", examples=["330200"])]


class ProjectToEnter(Body):
    """A version of a building project to enter; the one before ends the day it begins."""

    jurisdiction_code: Code
    code: Words = Field(description="key of the project; the same code is the same project")
    name: Words
    approved_by: Words | None = None
    builder: Words | None = None
    user_name: Words | None = None
    address: Words | None = None
    planning_gross_m2: Annotated[float, Field(gt=0, le=1e8, allow_inf_nan=False)] | None = None
    estimate_10k_yuan: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] | None = None
    classified: bool = False
    valid_from: EnteredDay
    valid_until: EnteredDay | None = Field(default=None, description="first day without it; null: until further notice")

    def wanted(self) -> ProjectWanted:
        """Return what is to be entered."""
        return ProjectWanted(**self.model_dump())


class ProjectEnd(Body):
    """From when a project no longer stands in the list."""

    jurisdiction_code: Code
    code: Words
    ends: EnteredDay = Field(description="first day without it")


def _form(form: Form) -> dict[str, object]:
    return {
        "key": form.key,
        "title": form.title,
        "columns": [
            {"key": column.key, "name": column.name, "kind": column.kind, "must": column.why is not None}
            for column in form.columns
        ],
        "rows": [[_cell(row.values.get(column.key)) for column in form.columns] for row in form.rows],
        "missing": [[column.key for column in lacking] for lacking in missing(form)],
    }


def _cell(value: Cell) -> Cell:
    return two_decimals(value) if isinstance(value, float) else value


def _gap(gap: FormGap) -> dict[str, object]:
    return {
        "form": gap.form,
        "form_title": TITLES[gap.form],
        "column": gap.column.key,
        "name": gap.column.name,
        "cells": len(gap.rows),
        "rows": ranges(gap.rows),
        "why": gap.column.why,
    }
