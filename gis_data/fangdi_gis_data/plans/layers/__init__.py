"""Reading indoor layers (GIS): rooms, walls and outlines as features of GeoJSON, GeoPackage, Shapefile or IMDF."""

from fangdi_gis_data.plans.layers.reader import read_layers

__all__ = ["read_layers"]
