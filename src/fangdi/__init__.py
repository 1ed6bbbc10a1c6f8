"""GIS for the office buildings and land of government agencies (房地)."""

from importlib.metadata import version

__version__ = version("fangdi")
