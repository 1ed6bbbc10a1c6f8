"""Identity codes that are right in form and belong to nobody."""

from stdnum.cn import uscc

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MANAGER = {"public_institution": "12", "mass_organisation": "13", "democratic_party": "13"}


def credit_code(kind: str, division: str, number: int) -> str:
    """Return a unified social credit code (统一社会信用代码, GB 32100); its body begins with YYY."""
    body = f"YYY{number:05d}"
    total = sum(weight * _ALPHABET.index(letter) for weight, letter in zip(_ORGANISATION_WEIGHTS, body, strict=True))
    check = 11 - total % 11
    organisation = body + {10: "X", 11: "0"}.get(check, str(check))  # GB 11714
    front = _MANAGER.get(kind, "11") + division + organisation
    return front + str(uscc.calc_check_digit(front))


def parcel_code(district: str, area: int, section: int, number: int) -> str:
    """Return a parcel code (宗地代码, GB/T 37346) of state-owned building land (GB)."""
    return f"{district}{area:03d}{section:03d}GB{number:05d}"


def land_unit_code(parcel: str) -> str:
    """Return the real-estate unit code (不动产单元代码) of land without a fixture."""
    return f"{parcel}W00000000"


def natural_building_code(parcel: str, number: int) -> str:
    """Return the code of a building on a parcel (自然幢号)."""
    return f"{parcel}F{number:04d}"
