"""`fangdi report use|completeness|annual`: use added up, how complete the data are, and the yearly report."""

from pathlib import Path
from typing import Annotated

import typer

from fangdi.commands import report_answer as shared
from fangdi.commands.report_answer import AsOf, Basis, Format, Jurisdiction, Out
from fangdi.commands.report_form import Form, form_of
from fangdi.domain.use.split import Split
from fangdi.domain.use.tree import Tree
from fangdi.domain.vocabulary import AreaBasis
from fangdi.errors import InvalidInputError
from fangdi.service import annual as annual_service
from fangdi.service import completeness as completeness_service
from fangdi.service import use as use_service
from fangdi.service import use_documents

SplitBy = Annotated[Split, typer.Option(help="By what rooms that several agencies share are split (合用房间分摊).")]


def use(  # noqa: PLR0913, PLR0917 - one parameter an option
    as_of: AsOf = None,
    basis: Basis = AreaBasis.MEASURED,
    jurisdiction: Jurisdiction = None,
    split: SplitBy = Split.RECORDED,
    tree: Annotated[Tree, typer.Option(help="Along what sums are made.")] = Tree.AGENCIES,
    form: Format = None,
    out: Out = None,
) -> None:
    """Say who uses how much, by category and tenure, added up along a tree (使用情况)."""
    _refuse(form, out, Form.GEOJSON, why="sums have no place on the map")
    with shared.connected() as connection:
        question = shared.question_of(connection, as_of, basis, jurisdiction)
        report = use_service.report(connection, question, split=split, tree=tree)
        shared.answer(connection, use_documents.use(connection, report), form=form, out=out)


def completeness(
    as_of: AsOf = None,
    basis: Basis = AreaBasis.MEASURED,
    jurisdiction: Jurisdiction = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """Say how complete the data of every building are, those that lack most first (数据完整度)."""
    with shared.connected() as connection:
        question = shared.question_of(connection, as_of, basis, jurisdiction)
        report = completeness_service.report(connection, question)
        shared.answer(connection, completeness_service.document(connection, report), form=form, out=out)


def annual(  # noqa: PLR0913, PLR0917 - one parameter an option
    as_of: AsOf = None,
    basis: Basis = AreaBasis.MEASURED,
    jurisdiction: Jurisdiction = None,
    split: SplitBy = Split.RECORDED,
    form: Format = None,
    out: Out = None,
) -> None:
    """Fill in the yearly report: the four national forms and leaders' offices (年度统计报表)."""
    _refuse(form, out, Form.GEOJSON, Form.CSV, why="each of its forms needs a sheet of its own")
    with shared.connected() as connection:
        question = shared.question_of(connection, as_of, basis, jurisdiction)
        report = annual_service.report(connection, question, split=split)
        shared.answer(connection, annual_service.document(connection, report), form=form, out=out)


def _refuse(form: Form | None, out: Path | None, *forms: Form, why: str) -> None:
    """Refuse forms that cannot hold the report."""
    chosen = form_of(form, out)
    if chosen in forms:
        raise InvalidInputError(
            f"This report is not written as {chosen}: {why}. Choose xlsx or json.", place={"field": "--format"}
        )
