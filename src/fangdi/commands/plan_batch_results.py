"""The results of `fangdi plan batch` as CSV or JSON, which also say what need not be done again."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fangdi.commands.plan_batch_file import Outcome, Work
from fangdi.errors import InvalidInputError

Row = dict[str, Any]
_WHOLE = ("building_id", "plan_id", "floors", "rooms", "errors", "warnings", "notes")
_REAL = ("rooms_m2", "seconds")
_FIELDS = ("file", "sha256", "state", *_WHOLE, *_REAL, "message")
_OVER = {"done", "known"}


def row(work: Work, outcome: Outcome | None = None, **more: Any) -> Row:
    """Return what became of a file; areas in m², basis: measured."""
    came = outcome or Outcome("failed")
    return {
        "file": work.name,
        "sha256": work.sha256,
        "state": came.state,
        "building_id": work.building_id,
        "plan_id": came.plan_id,
        "floors": came.floors,
        "rooms": came.rooms,
        "errors": came.findings.get("error", 0),
        "warnings": came.findings.get("warning", 0),
        "notes": came.findings.get("note", 0),
        "rooms_m2": came.rooms_m2,
        "seconds": round(came.seconds, 3),
        "message": came.message,
        **more,
    }


def read_results(out: Path | None) -> Mapping[tuple[str, str], Row]:
    """Return what an earlier run did, by name and hash of the file; what failed is done again.

    Raises:
        InvalidInputError: the file is of another kind, or holds something else.
    """
    if out is None:
        return {}
    if out.suffix.lower() not in {".csv", ".json"}:
        raise InvalidInputError(f"{out.name}: results are written as .csv or .json; name the file so.")
    if not out.exists():
        return {}
    try:
        text = out.read_text(encoding="utf-8-sig")
        as_json = out.suffix.lower() == ".json"
        rows = json.loads(text) if as_json else map(_typed, csv.DictReader(text.splitlines()))
        over = [{name: one[name] for name in _FIELDS} for one in rows if one["state"] in _OVER]
    except (ValueError, KeyError, TypeError, csv.Error, OSError) as error:
        raise InvalidInputError(
            f"{out.name} holds no results of an earlier batch; name another file with --out."
        ) from error
    return {(one["file"], one["sha256"]): one for one in over}


def write_results(out: Path | None, rows: Sequence[Row]) -> None:
    """Write the results in place of earlier ones, whole or not at all."""
    if out is None:
        return
    half = out.with_name(f".{out.name}.half")
    with half.open("w", encoding="utf-8-sig" if out.suffix.lower() == ".csv" else "utf-8", newline="") as stream:
        if out.suffix.lower() == ".csv":  # Excel takes UTF-8 with a mark alone
            writer = csv.DictWriter(stream, _FIELDS)
            writer.writeheader()
            writer.writerows({name: _cell(value) for name, value in one.items()} for one in rows)
        else:
            json.dump(list(rows), stream, ensure_ascii=False, indent=1)
    half.replace(out)


def _cell(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula, on one line."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split("\n"))
    return f"'{line}" if line.startswith(("=", "+", "-", "@", "\t")) else line


def _typed(one: Mapping[str, str]) -> Row:
    numbers: Row = {name: int(one[name]) if one[name] else None for name in _WHOLE}
    return {**one, **numbers, **{name: float(one[name]) for name in _REAL}, "file": one["file"].removeprefix("'")}
