"""The sheet that one town is drawn on: its frame, its cadastral codes, and the ledger that takes the rows."""

from dataclasses import dataclass

from numpy.random import Generator

from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.codes import parcel_code
from fangdi_gis_data.samples.frame import Frame
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.programme import Town

_SECTION = 20
"""Parcels in one cadastral section (地籍子区)."""


@dataclass
class Registry:
    """Hands out the parcel codes of one town: its own cadastral area, divided into sections."""

    town: Town
    area: int
    last: int = 0

    def next_code(self) -> str:
        """Return the next code."""
        self.last += 1
        return parcel_code(self.town.district, self.area, self._section, self.last)

    def address(self, *, on_main_street: bool) -> str:
        """Return the address of the parcel numbered last: in the main street, or in its section (街坊)."""
        if on_main_street:
            return f"{self.town.street}{self.last * 2 + 1}号(示例)"
        return f"{self.town.street}第{self._section}街坊{self.last % _SECTION + 1}号(示例)"

    @property
    def _section(self) -> int:
        return 1 + self.last // _SECTION


@dataclass(frozen=True)
class Sheet:
    """What everything drawn in one town needs."""

    ledger: Ledger
    town: Town
    frame: Frame
    registry: Registry
    seed: int

    def chance(self, *subject: str | int) -> Generator:
        """Return the random numbers of one subject."""
        return stream(self.seed, *subject)
