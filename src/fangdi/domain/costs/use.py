"""What agencies pay for in effect: the cost of all that they use, held against the reasonable level."""

from collections.abc import Sequence
from dataclasses import dataclass

from fangdi.domain.costs.calculation import BuildingCost, Standing, over, stands
from fangdi.domain.norms.kinds import Verification


@dataclass(frozen=True, slots=True)
class UsedPart:
    """What an agency uses of a building, m² usable, and what a m² there costs; rooms without area cost nothing here."""

    building_id: int
    area_m2: float
    cost: BuildingCost
    rooms_without_area: int = 0

    @property
    def complete(self) -> bool:
        """Whether nothing is missing: no rate, nor the area of a room."""
        return self.cost.rates_complete and not self.rooms_without_area

    @property
    def yuan(self) -> float | None:
        """Cost of this part a year."""
        per = self.cost.per_usable_m2
        return None if per is None else per * self.area_m2

    @property
    def level_yuan(self) -> float | None:
        """What it would cost at the reasonable level."""
        return None if self.cost.level is None else self.cost.level.figure * self.area_m2


@dataclass(frozen=True, slots=True)
class UseCost:
    """What an agency's use costs a year over all its buildings, yuan; its level weighs each building by area.

    Both are held against one another over the area that is known; the yearly cost is at least so much where rooms lack
    an area.
    """

    parts: Sequence[UsedPart]
    rooms_without_area: int = 0

    @property
    def area_m2(self) -> float:
        """Usable area."""
        return sum(part.area_m2 for part in self.parts)

    @property
    def rates_complete(self) -> bool:
        """Whether no rate is missing in any of its buildings."""
        return all(part.cost.rates_complete and part.yuan is not None for part in self.parts)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing: no rate in any of its buildings, nor the area of a room."""
        return self.rates_complete and not self.rooms_without_area

    @property
    def yuan(self) -> float | None:
        """Cost of all parts of which it is known; None where it is known of none."""
        known = [part.yuan for part in self.parts if part.yuan is not None]
        return sum(known) if known else None

    @property
    def per_m2(self) -> float | None:
        """Cost of a m² usable, over the area whose cost is known."""
        area = sum(part.area_m2 for part in self.parts if part.yuan is not None)
        yuan = self.yuan
        return None if yuan is None or area <= 0 else yuan / area

    @property
    def level_yuan_m2(self) -> float | None:
        """Reasonable level of a m² usable, over the same area; None where one of the buildings has none."""
        counted = [part for part in self.parts if part.yuan is not None]
        area = sum(part.area_m2 for part in counted)
        levels = [part.level_yuan for part in counted]
        if area <= 0 or any(level is None for level in levels):
            return None
        return sum(level for level in levels if level is not None) / area

    @property
    def standing(self) -> Standing:
        """How the cost stands to the reasonable level."""
        return stands(self.per_m2, self.level_yuan_m2, complete=self.rates_complete)

    @property
    def over_yuan_m2(self) -> float | None:
        """How much a m² costs above the reasonable level."""
        return over(self.per_m2, self.level_yuan_m2, complete=self.rates_complete)

    @property
    def over_yuan(self) -> float | None:
        """How much the whole costs above the reasonable level, yuan a year."""
        excess = self.over_yuan_m2
        area = sum(part.area_m2 for part in self.parts if part.yuan is not None)
        return None if excess is None else excess * area

    @property
    def verification(self) -> Verification:
        """How sure the least sure figure is."""
        order = list(Verification)
        return max((part.cost.verification for part in self.parts), key=order.index, default=Verification.MEMORY)
