"""Write docs/data-model.md from the tables: a diagram, and every column with its type, unit and CRS."""

import sys
from pathlib import Path

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql

from fangdi.store.tables import metadata

TARGET = Path(__file__).parent.parent / "docs" / "data-model.md"
INTRODUCTION = """# Data model

Made from the tables by `make docs`; do not edit. Chinese terms are in the [glossary](glossary.md).

- Geometry is stored in EPSG:4490 (CGCS2000 longitude/latitude, longitude first). `plan_outline` is in metres in the
  building's own plan frame, and areas are measured on it. `tile_shape` is an EPSG:3857 copy for tiles: nothing is
  measured on it.
- Every area names its basis: registered, planning, declared or measured. Units end the name: `_m2`, `_m`, `_yuan`.
- `valid` is a period with an exclusive end; an open end means always, or until further notice.
- `jurisdiction_code` stands on every table that grows.
"""


def markdown() -> str:
    """Return the whole document."""
    tables = sorted(metadata.sorted_tables, key=lambda table: table.name)
    return "\n".join([INTRODUCTION, diagram(tables), *(section(table) for table in tables)])


def diagram(tables: list[Table]) -> str:
    """Return the tables and their references as a Mermaid diagram, reference to jurisdictions and imports left out."""
    lines = ["```mermaid", "erDiagram"]
    links = set()
    for table in tables:
        lines.append(f"    {table.name} {{")
        lines += [f"        {kind(column).split('(')[0].replace(' ', '_')} {column.name}" for column in table.columns]
        lines.append("    }")
        links |= {
            f"    {key.column.table.name} ||--o{{ {table.name} : {key.parent.name}"
            for key in table.foreign_keys
            if key.parent.name not in {"jurisdiction_code", "batch_id"}
        }
    return "\n".join([*lines, *sorted(links), "```", ""])


def section(table: Table) -> str:
    """Return one table's heading, comment and columns."""
    rows = [f"| `{c.name}` | {kind(c)} | {'' if c.nullable else 'yes'} | {meaning(c)} |" for c in table.columns]
    head = ["| column | type | required | meaning |", "| --- | --- | --- | --- |"]
    return "\n".join([f"## {table.name}", "", f"{table.comment}.", "", *head, *rows, ""])


def kind(column: Column[object]) -> str:
    """Return the column's PostgreSQL type."""
    return str(column.type.compile(dialect=postgresql.dialect())).lower()


def meaning(column: Column[object]) -> str:
    """Return the column's comment, or what it refers to."""
    targets = sorted(
        {f"`{key.column.table.name}`" for key in column.foreign_keys if column.name != "jurisdiction_code"}
    )
    words = [column.comment] if column.comment else []
    if targets:
        words.append("refers to " + ", ".join(targets))
    return "; ".join(words).replace("|", "\\|")


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if TARGET.read_text(encoding="utf-8") == markdown() else "docs/data-model.md is stale: run `make docs`"
        )
    TARGET.write_text(markdown(), encoding="utf-8")
