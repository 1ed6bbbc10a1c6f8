"""Work on the outlines of rows: checking them, bringing them to EPSG:4490, comparing stated with drawn areas."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines, Shapes
from fangdi_gis_data import checks, crs, plausible, shapes
from fangdi_gis_data.fields import Layer


@dataclass(frozen=True)
class Placing:
    """Work on outlines drawn in a CRS (implements the service's OutlineWork); rows can be done in parts."""

    layer: Layer
    file_crs: crs.FileCrs
    repair: bool

    def __call__(
        self, drawn: Outlines, frame: pd.DataFrame, findings: Findings, *, unreadable: Any = None
    ) -> tuple[Outlines, Outlines]:
        """Add what is wrong to the findings; return the outlines of the good rows, as drawn and in EPSG:4490."""
        plausible.check_coordinates(drawn, self.file_crs, findings)
        drawn = shapes.check(
            drawn,
            findings,
            kind=self.layer.shape,
            required=self.layer.shape_required,
            unreadable=unreadable,
            repair=self.repair,
            area_of=self._area_m2,
        )
        drawn = drawn.without(findings.bad)
        outline = crs.to_map(drawn, self.file_crs.crs)
        if outline is not drawn:
            outline = shapes.check_on_map(outline, findings)
        checks.check_areas(frame, outline, findings)
        return drawn, outline

    def _area_m2(self, some: Shapes) -> np.ndarray[Any, Any]:
        """Return areas in m²: in the file's own metres, else on the ellipsoid."""
        if self.file_crs.is_metric:
            return np.asarray(shapely.area(some))
        placed = crs.to_map(Outlines.of(some), self.file_crs.crs).shapes()
        return np.array([0.0 if shape is None else shapes.geodesic_area_m2(shape) for shape in placed])
