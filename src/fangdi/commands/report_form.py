"""In which form a report is written: what was asked for, or what the name of the file says."""

from enum import StrEnum
from pathlib import Path

from fangdi.errors import InvalidInputError


class Form(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    GEOJSON = "geojson"


_ENDINGS = {
    Form.TABLE: (".txt",),
    Form.CSV: (".csv", ".txt"),
    Form.JSON: (".json",),
    Form.XLSX: (".xlsx",),
    Form.GEOJSON: (".geojson", ".json"),
}
"""How a file in each form may end; the first ending names the form by itself."""


def form_of(form: Form | None, out: Path | None) -> Form:
    """Return the form to write in: the one asked for, which the ending of the file must fit, else by that ending."""
    if out is None:
        return form or Form.TABLE
    ending = out.suffix.lower()
    if form is None:
        return _named_by(ending, out)
    if ending and ending not in _ENDINGS[form]:
        raise InvalidInputError(
            f"--format {form} does not go with the name {out.name}: end it in {' or '.join(_ENDINGS[form])}, "
            "or leave --format out.",
            place={"field": "--format"},
        )
    return form


def _named_by(ending: str, out: Path) -> Form:
    for form, endings in _ENDINGS.items():
        if ending == endings[0]:
            return form
    known = ", ".join(endings[0] for endings in _ENDINGS.values())
    raise InvalidInputError(
        f"Say with --format how to write {out}, or end its name in one of {known}.", place={"field": "--format"}
    )
