"""What `fangdi load` tells on the terminal: the mapping, the findings, what was stored."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console
from rich.table import Table

from fangdi.service.loading_findings import Finding
from fangdi.service.loading_types import Outcome

if TYPE_CHECKING:
    from fangdi_gis_data.mapping import FieldMapping
    from fangdi_gis_data.source import Source

_STYLES = {"bad": "red", "warning": "yellow", "note": "cyan"}
_ORDER = {"bad": 0, "note": 1, "warning": 2}

_OF_A_KIND = 3
"""Findings that are shown of those that say the same."""


def show_mapping(console: Console, fitted: "FieldMapping", read: "Source") -> None:
    """Show where each field comes from and what the first row says there."""
    table = Table(title=f"{read.path.name} → {fitted.layer.name}", title_justify="left")
    for name in ("field", "from", "unit", "first value"):
        table.add_column(name)
    for field in fitted.layer.fields:
        source = fitted.sources.get(field.name)
        if source is None:
            table.add_row(field.name, "missing" if field.required else "-", "", "", style="dim")
        elif source.const is not None:
            table.add_row(field.name, "constant", "", str(source.const))
        else:
            first = _first_value(read, source.column)
            found = f"{source.column} (by its name)" if source.automatic else str(source.column)
            table.add_row(field.name, found, source.unit or "", first[:40])
    console.print(table)
    if fitted.unused:
        console.print(f"Not used: {', '.join(fitted.unused)}", markup=False)


def _first_value(read: "Source", column: str | None) -> str:
    """Return what the first row says, a dash where it says nothing."""
    if column not in read.frame or not len(read.frame):
        return ""
    value = read.frame[column].iloc[0]
    return "-" if pd.isna(value) or not str(value).strip() else str(value)


def show_findings(console: Console, outcome: Outcome, *, first: int, row_word: str) -> None:
    """Show the first findings, bad rows before warnings; of those that say the same, a few and how many more."""
    if not outcome.findings or not first:
        return
    table = Table(show_lines=False)
    table.add_column(row_word, justify="right", no_wrap=True)
    table.add_column("field 字段", no_wrap=True)
    table.add_column("value 值", overflow="fold", ratio=1)
    table.add_column("reason 原因", overflow="fold", ratio=3)
    left = len(outcome.findings)
    for alike in _alike(outcome.findings):
        if first <= 0:
            break
        shown = alike[: min(first, _OF_A_KIND if len(alike) > _OF_A_KIND + 1 else len(alike))]
        for finding in shown:
            said = f"{finding.reason} {finding.reason_zh}"
            table.add_row(str(finding.row), finding.field, finding.value, said, style=_STYLES[finding.severity])
        more = len(alike) - len(shown)
        if more:
            told = f"… and {more:,} rows more 另有{more:,}行相同"
            table.add_row("…", alike[0].field, "", told, style=_STYLES[alike[0].severity])
        first -= len(shown)
        left -= len(alike)
    console.print(table)
    if left:
        console.print(f"… and {left:,} more findings; --show-findings shows more of them, --rejects FILE all bad rows.")


def _alike(findings: list[Finding]) -> list[list[Finding]]:
    """Return findings that say the same together, bad rows first, then in the order of the file."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: (_ORDER[finding.severity], finding)):
        groups.setdefault((finding.severity, finding.field, finding.reason), []).append(finding)
    return list(groups.values())


def show_outcome(console: Console, outcome: Outcome, *, rejects: Path | None, dry_run: bool) -> None:
    """Say in one or two lines what the load did."""
    warnings = sum(finding.severity == "warning" for finding in outcome.findings)
    told = f", {warnings:,} warnings" if warnings else ""
    written = f" They stand in {rejects}." if rejects and outcome.rejected else ""
    if not outcome.stored:
        console.print(
            f"Nothing was stored: {outcome.rejected:,} of {outcome.rows_read:,} rows are bad{told}.{written} "
            "Correct them, or load the others with --bad skip. 未入库",
            markup=False,
            style="red",
        )
        return
    kept = "Nothing was changed by this trial run; it would have" if dry_run else f"{outcome.layer}:"
    console.print(
        f"{kept} inserted {outcome.inserted:,}, updated {outcome.updated:,}, unchanged {outcome.unchanged:,}, "
        f"rejected {outcome.rejected:,} of {outcome.rows_read:,} rows{told}.{written}",
        markup=False,
    )
