"""Loading files in tests: a database to load into, and where the real files lie."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pytest
from sqlalchemy import text

from fangdi.commands.load_run import Request, load
from fangdi.service.loading_choices import BadRows
from fangdi.service.loading_types import Outcome
from fangdi.store.engine import create_engine

ROOT = Path(__file__).parents[2]
MAPPINGS = Path(__file__).parent / "mappings"
PLACE = "990100"
"""A jurisdiction that does not exist, for data from elsewhere."""
WEST, SOUTH = 121.55, 29.87


@dataclass
class Loader:
    """Loads files into one database, and asks it."""

    url: str

    def __call__(
        self,
        layer: str,
        file: Path,
        *,
        mapping: str | Path | None = None,
        skip: bool = False,
        repair: bool = False,
        rejects: Path | None = None,
        dry_run: bool = False,
        **flags: Any,
    ) -> Outcome:
        """Load a file as the command does; flags are those of the command, as dictionaries."""
        named = MAPPINGS / mapping if isinstance(mapping, str) else mapping
        bad = frozenset([BadRows.SKIP] * skip + [BadRows.REPAIR] * repair)
        outcome = load(
            Request(layer, file, named, flags, bad, rejects, show_mapping=False, dry_run=dry_run, shown=0), url=self.url
        )
        assert outcome is not None
        return outcome

    def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Return the answer to a question, or do what a statement says."""
        engine = create_engine(self.url)
        with engine.begin() as connection:
            result = connection.execute(text(query), parameters)
            found = [tuple(row) for row in result] if result.returns_rows else []
        engine.dispose()
        return found

    def value(self, query: str, **parameters: Any) -> Any:
        """Return the one value that answers a question."""
        return self.rows(query, **parameters)[0][0]


@pytest.fixture
def loader(fresh_database: Callable[..., str]) -> Loader:
    """Lend a migrated database with one jurisdiction to load into."""
    made = Loader(fresh_database())
    made.rows(f"INSERT INTO fangdi.jurisdiction (code, name, level) VALUES ('{PLACE}', '某市', 'city')")  # noqa: S608
    return made


@pytest.fixture
def real_data() -> Callable[[str], Path]:
    """Return the path of a real file; the test is skipped where there are none, except in continuous integration."""
    folder = Path(os.environ.get("FANGDI_REAL_DATA") or ROOT.parent / "shared" / "data")

    def find(pattern: str) -> Path:
        if not folder.is_dir() and not os.environ.get("CI"):
            pytest.skip(f"the real files are not at {folder}")
        found = sorted(folder.glob(pattern))
        assert found, f"no {pattern} in {folder}"
        return found[0]

    return find


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write rows to a file by its suffix; shapes are in EPSG:4490 unless said otherwise."""

    def write_file(name: str, rows: list[dict[str, Any]], shapes: list[Any] | None = None, *, crs: Any = 4490) -> Path:
        path = tmp_path / name
        if path.suffix == ".csv":
            lines = [",".join(rows[0]), *(",".join(str(v) for v in row.values()) for row in rows)]
            path.write_text("\n".join(lines), encoding="utf-8")
        elif path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            book.active.append(list(rows[0]))
            for row in rows:
                book.active.append(list(row.values()))
            book.save(path)
            book.close()
        else:
            gpd.GeoDataFrame(rows, geometry=shapes, crs=crs).to_file(path, engine="pyogrio")
        return path

    return write_file


@pytest.fixture
def office(loader: Any, write: Callable[..., Path]) -> Any:
    """Lend a database with a building 1 and its rooms 101 and 102."""
    loader("buildings", write("b.csv", [{"code": "1", "name": "一号楼", "x": WEST, "y": SOUTH}]),
           const={"jurisdiction_code": PLACE}, crs="EPSG:4490")  # fmt: skip
    rooms = [{"number": "101", "level": "1层", "使用面积": 20}, {"number": "102", "level": "1层", "使用面积": 30}]
    loader("rooms", write("r.csv", rooms), const={"building": "1"})
    agencies = [{"code": "A", "name": "甲局", "kind": "政府"}, {"code": "B", "name": "乙局", "kind": "党委"}]
    loader("agencies", write("a.csv", agencies), const={"jurisdiction_code": PLACE})
    return loader
