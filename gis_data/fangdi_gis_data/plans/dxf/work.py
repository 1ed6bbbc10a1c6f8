"""What is known of a floor while it is made of the lines and texts on its sheet."""

from dataclasses import dataclass, field

from shapely.geometry import Polygon

from fangdi.domain.plans.findings import Finding
from fangdi.domain.plans.model import LayerMeaning, LayerRole
from fangdi_gis_data.plans.dxf.floors import Sheet
from fangdi_gis_data.plans.dxf.outlines import Closed, outlines_of
from fangdi_gis_data.plans.dxf.things import Drawn
from fangdi_gis_data.plans.walls import WallFaces


@dataclass
class Work:
    """A sheet on its way to a floor."""

    sheet: Sheet
    meaning: LayerMeaning
    gap_m: float
    findings: list[Finding] = field(default_factory=list)
    around: list[Closed] = field(default_factory=list)
    faces: WallFaces = field(default_factory=WallFaces)
    narrow: list[Polygon] = field(default_factory=list)
    """Faces between wall lines that are rather thick walls and shafts than rooms."""

    def drawn(self, role: LayerRole) -> list[Drawn]:
        """Return the curves on layers of a role."""
        layers = self.meaning.of(role)
        return [thing for thing in self.sheet.contents.drawn if thing.layer in layers]

    def closed(self, role: LayerRole) -> list[Closed]:
        """Return the closed outlines on layers of a role."""
        return outlines_of(self.drawn(role)).closed
