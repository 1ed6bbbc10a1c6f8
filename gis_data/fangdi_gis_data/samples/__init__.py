"""The sample city: an invented estate of agencies on the real boundaries of Ningbo's districts."""

from fangdi_gis_data.samples.city import DEFAULT_SEED, make_city
from fangdi_gis_data.samples.model import SampleCity

__all__ = ["DEFAULT_SEED", "SampleCity", "make_city"]
