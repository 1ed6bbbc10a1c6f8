"""Floor plans in drawings (DXF): lines, blocks and texts, made into rooms."""

from fangdi_gis_data.plans.dxf.reading import read_dxf

__all__ = ["read_dxf"]
