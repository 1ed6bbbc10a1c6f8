"""New versions of figures: begun on a day, never a change of the past, and below never laxer than above."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fangdi.domain.norms.book import NormBook, stricter
from fangdi.domain.norms.kinds import FACTS, NormKind, Shape, Unit
from fangdi.domain.norms.model import Norm
from fangdi.domain.versions import LEAST_FIGURE, begins_after, keeps_the_past, plausible
from fangdi.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Standing:
    """What a new version meets: all rows, the path down to its jurisdiction, that with all below, the day of entry.

    `below` None is everywhere.
    """

    rows: Sequence[Norm]
    path: Sequence[str]
    today: date
    below: Collection[str] | None


def check(wanted: Norm, standing: Standing) -> Norm | None:
    """Return the version that the new one ends, if any; raise InvalidInputError where it may not be entered.

    A figure may begin in the past only where none of its kind bound, neither above nor below: it changes no answer but
    fills one in.
    """
    _check_figures(wanted)
    begins = wanted.valid_from
    if begins is None:
        raise InvalidInputError("请填写生效日期。 Say from which day the figure holds.", place={"field": "valid_from"})
    same = [row for row in standing.rows if _same_place(row, wanted)]
    begins_after(begins, (row.valid_from for row in same))
    if any(_answered(row, wanted, standing) for row in standing.rows):
        keeps_the_past(begins, standing.today)
    _check_above(wanted, standing, begins)
    return next((row for row in same if row.holds_on(begins)), None)


def _answered(row: Norm, wanted: Norm, standing: Standing) -> bool:
    """Whether a figure bound on days that the new one begins before: those it would change, it fills in no others."""
    subject = (row.kind, row.level, row.rank) == (wanted.kind, wanted.level, wanted.rank)
    ended = row.valid_until is not None and wanted.valid_from is not None and row.valid_until <= wanted.valid_from
    begun = row.valid_from is None or row.valid_from < standing.today
    near = standing.below is None or row.jurisdiction in {None, *standing.path, *standing.below}
    return subject and near and begun and not ended


def _same_place(row: Norm, wanted: Norm) -> bool:
    return (row.jurisdiction, row.kind, row.level, row.rank) == (
        wanted.jurisdiction,
        wanted.kind,
        wanted.level,
        wanted.rank,
    )


def _check_figures(wanted: Norm) -> None:
    shape, most = FACTS[wanted.kind].shape, 1.0 if FACTS[wanted.kind].unit is Unit.RATIO else None
    for field, figure in (("figure", wanted.figure), ("figure_beyond", wanted.figure_beyond)):
        plausible(figure, least=LEAST_FIGURE, most=most, field=field)
    steps = (wanted.upto, wanted.figure_beyond, wanted.beyond_from)
    if shape is Shape.CONSTANT and any(step is not None for step in steps):
        raise InvalidInputError(
            "该指标只有一个数值。 A figure of this kind has one value only.", place={"field": "figure_beyond"}
        )
    if shape is Shape.EXCESS and (
        wanted.upto is None or wanted.figure_beyond is None or wanted.beyond_from is not None
    ):
        raise InvalidInputError(
            "请填写起算数与超出部分的数值。 Say up to which number the figure holds, and the one beyond.",
            place={"field": "upto"},
        )
    if shape is Shape.LINEAR and (
        wanted.upto is None
        or wanted.beyond_from is None
        or wanted.figure_beyond is None
        or wanted.upto >= wanted.beyond_from
    ):
        raise InvalidInputError(
            "请填写两个编制人数(前小后大)及各自的数值。 Give two numbers of posts, smaller first, with a figure each.",
            place={"field": "upto"},
        )


def _check_above(wanted: Norm, standing: Standing, begins: date) -> None:
    """Compare with what binds above on the first day, and with what the level above leaves to be laid down at all."""
    above = [row for row in standing.rows if row.jurisdiction in {None, *standing.path[:-1]}]
    if wanted.jurisdiction is None:
        return
    book = NormBook(above, as_of=begins)
    bound = book.find(wanted.kind, path=standing.path[:-1], level=wanted.level, rank=wanted.rank)
    if bound and not stricter(wanted, bound.norm):
        raise InvalidInputError(
            f"下级只能从严:上级规定为 {bound.norm.figure:g}({bound.norm.source.title} {bound.norm.source.article})。 "
            f"A lower jurisdiction may only be stricter: above it is {bound.norm.figure:g} "
            f"({bound.norm.source.title_en}, {bound.norm.source.article}).",
            place={"field": "figure"},
        )
    limit = book.find(NormKind.OFFICE_CEILING_BOUND, path=standing.path[:-1], level=wanted.level)
    if wanted.kind is NormKind.OFFICE_CEILING and limit and wanted.figure > limit.norm.figure:
        raise InvalidInputError(
            f"原则上不得超过 {limit.norm.figure:g} ㎡({limit.norm.source.title} {limit.norm.source.article})。 "
            f"At most {limit.norm.figure:g} m² ({limit.norm.source.title_en}, {limit.norm.source.article}).",
            place={"field": "figure"},
        )


def current(rows: Iterable[Norm], *, as_of: date) -> list[Norm]:
    """Return the versions in force on a day."""
    return [row for row in rows if row.holds_on(as_of)]
