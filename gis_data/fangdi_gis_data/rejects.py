"""Writing out the rows that were not loaded, with the reasons, so that nothing is lost."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from fangdi.errors import InvalidInputError
from fangdi.service.loading_findings import Finding
from fangdi_gis_data.source import Source


def write(path: Path, source: Source, findings: Sequence[Finding], *, crs: str | None) -> None:
    """Write bad rows to a CSV (a line for each reason) or GPKG (a feature for each row, with its geometry)."""
    bad = [finding for finding in findings if finding.severity == "bad"]
    if path.suffix.lower() == ".csv":
        _write_csv(path, bad)
    elif path.suffix.lower() == ".gpkg":
        _write_gpkg(path, source, bad, crs)
    else:
        raise InvalidInputError(f"{path.name}: rejects are written to a .csv or a .gpkg file.")


def _write_csv(path: Path, bad: Sequence[Finding]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the mark to read Chinese
        writer = csv.writer(file)
        writer.writerow(["row", "field", "value", "reason", "reason_zh"])
        writer.writerows((f.row, f.field, f.value, f.reason, f.reason_zh) for f in bad)


def _write_gpkg(path: Path, source: Source, bad: Sequence[Finding], crs: str | None) -> None:
    import geopandas as gpd  # noqa: PLC0415 - slow to import, and seldom needed

    reasons: dict[int, list[str]] = {}
    for finding in bad:
        reasons.setdefault(finding.row, []).append(f"{finding.field}: {finding.reason}")
    where = np.flatnonzero(np.isin(source.rows, list(reasons)))
    frame = source.frame.iloc[where].reset_index(drop=True)
    frame = frame.rename(
        columns={name: f"{name}_" for name in frame if str(name).lower() in {"fid", "geom", "row", "reasons"}}
    )
    rows = source.rows[where]
    added = pd.DataFrame({"row": rows, "reasons": ["; ".join(reasons[int(row)]) for row in rows]})
    shapes = source.shapes.take(where).shapes() if source.shapes is not None else np.full(len(where), None)
    whole = gpd.GeoDataFrame(pd.concat([added, frame], axis=1), geometry=gpd.GeoSeries(shapes, crs=crs), crs=crs)
    path.unlink(missing_ok=True)
    whole.to_file(path, layer="rejects", driver="GPKG", engine="pyogrio")
