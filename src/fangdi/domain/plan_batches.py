"""Batches of floor plans (批量平面图): to which building a file belongs, and how it is read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

UNITS = frozenset({"mm", "cm", "m", "in", "ft"})
_IN_A_WORD = re.compile(r"[A-Za-z0-9]{2}")
_NUMERAL = "一二三四五六七八九十"
_LEVEL = re.compile(
    r"(?<![A-Za-z])(地下第?|负第?|B|(?<=[_ ])-)?"  # B1F; a hyphen is a minus only after another separator
    rf"((?<!\d)\d{{1,3}}|(?<![{_NUMERAL}])[{_NUMERAL}]{{1,3}})(?:层|楼|F)(?![A-Za-z0-9])"
)
_GOES_ON = "层楼F室"
"""What makes the number before it one of a floor or room."""
_HAN = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """What a manifest says of a file; None: nothing."""

    building: str | None = None
    level: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Building:
    """A building that whoever asks may see."""

    id: int
    code: str
    jurisdiction_code: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What is to be done with a file: its building and how to read it, or why not."""

    name: str
    building: Building | None
    reading: Mapping[str, str | float] = field(default_factory=dict)
    message: str | None = None


def codes_in(name: str) -> list[str]:
    """Return what could be the code of a building in a name: its folders from the inmost, then how the file begins.

    `B0012/三层.dxf` is of B0012, and so is `B0012_3F.dxf`; `B00123.dxf` is not.
    """
    path = PurePosixPath(name)
    stem = path.name.partition(".")[0] or path.name
    ends = [end for end in range(len(stem) - 1, 0, -1) if _may_end(stem[end - 1 : end + 1])]
    folders = [part for part in reversed(path.parts[:-1]) if part not in {"", "/", "."}]
    return [*folders, stem, *(stem[:end].strip() for end in ends)]


def level_in(name: str) -> float | None:
    """Return the level that the name of a file says, as 三层, 3F, B1F or 地下一层; None if none or several."""
    stem = PurePosixPath(name).stem
    found = {_level(*match.groups()) for match in _LEVEL.finditer(stem)}
    return found.pop() if len(found) == 1 else None


def assigned(
    names: Sequence[str],
    *,
    buildings: Iterable[Building],
    manifest: Mapping[str, ManifestLine] | None = None,
    only: Building | None = None,
) -> Iterator[Assigned]:
    """Yield what is to be done with each file: by the manifest, else for `only` this building, else by its name."""
    by_code: dict[str, list[Building]] = {}
    for building in buildings:
        by_code.setdefault(building.code, []).append(building)
    for name in names:
        line = (manifest or {}).get(name, ManifestLine())
        wanted = [line.building] if line.building else [] if only else codes_in(name)
        code = next((code for code in wanted if code in by_code), None)
        found = [only] if only and not line.building else by_code.get(code or "", [])
        yield _assigned(name, found, line, code)


def _assigned(name: str, found: Sequence[Building], line: ManifestLine, code: str | None) -> Assigned:
    if not found:
        return Assigned(name, None, message=_unknown(line.building))
    if len(found) > 1:
        return Assigned(
            name,
            None,
            message=f"编码 {code} 有 {len(found)} 座楼,请逐楼上传。 {len(found)} buildings have the code {code}; "
            "upload the files of each by themselves.",
        )
    level = line.level if line.level is not None else level_in(name)
    chosen = {"level": level, "unit": line.unit}
    return Assigned(name, found[0], {key: value for key, value in chosen.items() if value is not None})


def _unknown(code: str | None) -> str:
    if code is not None:
        return f"没有编码为 {code} 的楼座,请更正清单。 There is no building {code}; correct the manifest."
    return (
        "文件名或文件夹中没有楼座编码。 No building's code is in the name: put the file in a folder named after the "
        "code, begin its name with the code, or name it in manifest.csv."
    )


def _may_end(around: str) -> bool:
    """Whether a code may end between these two letters."""
    return not _IN_A_WORD.match(around) and around[1] not in _GOES_ON


def _level(below: str | None, count: str) -> float:
    number = int(count) if count.isascii() else _han(count)
    return float(-number if below else number)


def _han(text: str) -> int:
    """Read a Chinese numeral up to 99."""
    if "十" not in text:
        return int("".join(str(_HAN[digit]) for digit in text))
    tens, _, ones = text.partition("十")
    return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)
