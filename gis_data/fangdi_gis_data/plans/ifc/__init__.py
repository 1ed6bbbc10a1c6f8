"""Reading building models (IFC 2x3 and 4): spaces per storey, what they state, and their footprints."""

from fangdi_gis_data.plans.ifc.reader import read_ifc

__all__ = ["read_ifc"]
