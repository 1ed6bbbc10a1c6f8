"""A batch of floor plans (批量平面图): the files of a folder or zip, one after the other, and what its manifest says.

A Shapefile's parts are handed over as one zip. What a batch may hold is limited, and paths that lead out of it, links
and bombs are refused; what is no plan is found out when it is read.
"""

import csv
import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NoReturn

from fangdi.domain.plan_batches import UNITS, ManifestLine
from fangdi.errors import InvalidInputError
from fangdi_gis_data.archives import name_of, unusable
from fangdi_gis_data.levels import read_levels

MANIFEST = "manifest.csv"
_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
_SIDECARS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
_MOST_MANIFEST = 5_000_000


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """How much a batch may hold, unfolded."""

    files: int = 2000
    file_bytes: int = 100_000_000
    bytes: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class BatchItem:
    """A file of a batch: its name with its folders, and how to get its content."""

    name: str
    size: int
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of a batch in order of their names, what its manifest says of them, and what was left out."""

    items: Sequence[BatchItem]
    manifest: Mapping[str, ManifestLine]
    ignored: Sequence[str]


@contextmanager
def opened_batch(path: Path, limits: BatchLimits | None = None, *, name: str | None = None) -> Iterator[Batch]:
    """Lend the files of a folder or zip; `name` is what people call it.

    Raises:
        InvalidInputError: it is neither, damaged, too large, or made to do harm; or its manifest cannot be read.
    """
    limits, name = limits or BatchLimits(), name or path.name
    if path.is_dir():
        items, left = _in_folder(path)
        yield _batch(name, items, limits, left=left)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield _batch(name, list(_in_zip(name, archive)), limits)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:  # damaged, encrypted
        raise unusable(path.with_name(name), error) from error


def _in_folder(folder: Path) -> tuple[list[BatchItem], list[str]]:
    """Return the files of a folder, and what is a link or no file and is not followed."""
    items, left = [], []
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted([*names, *(one for one in folders if (Path(parent) / one).is_symlink())]):
            file = Path(parent) / name
            shown = file.relative_to(folder).as_posix()
            if file.is_symlink() or not file.is_file():
                left.append(shown)
            else:
                items.append(BatchItem(shown, file.stat().st_size, file.read_bytes))
    return items, left


def _in_zip(called: str, archive: zipfile.ZipFile) -> Iterator[BatchItem]:
    for item in archive.infolist():
        if item.is_dir():
            continue
        name = PurePosixPath(str(name_of(item)).replace("\\", "/"))  # as old programs on Windows write it
        kind = stat.S_IFMT(item.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            _refuse(called, name, "是链接或特殊文件", "is a link or no ordinary file")
        if name.is_absolute() or ".." in name.parts or ":" in str(name) or not name.name:
            _refuse(called, name, "的路径指向压缩包之外", "has a path that leads out of it")
        if item.flag_bits & 1:
            _refuse(called, name, "已加密", "is encrypted")
        yield BatchItem(str(name), item.file_size, partial(_read, archive, item))


def _read(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes:
    """Return an item; reading stops at the size that it states, so that none can unfold to more than was added up."""
    with archive.open(item) as stream:
        return stream.read(item.file_size)


def _batch(name: str, found: list[BatchItem], limits: BatchLimits, *, left: Sequence[str] = ()) -> Batch:
    ignored = [*left, *(item.name for item in found if _is_clutter(item.name))]
    kept = [item for item in found if not _is_clutter(item.name)]
    names = Counter(item.name for item in kept)
    twice = next((one for one, times in names.items() if times > 1), None)
    if twice is not None:
        _refuse_batch(name, f"文件 {twice} 重复", f"{twice} is in it twice")
    if len(kept) > limits.files:
        _refuse_batch(name, f"文件超过 {limits.files} 个", f"it holds more than {limits.files} files")
    if sum(item.size for item in kept) > limits.bytes:
        most = limits.bytes // 1_000_000
        _refuse_batch(name, f"解压后超过 {most} MB", f"it unfolds to more than {most} MB")
    large = next((item for item in kept if item.size > limits.file_bytes), None)
    if large is not None:
        most = limits.file_bytes // 1_000_000
        _refuse_batch(name, f"{large.name} 超过 {most} MB", f"{large.name} is larger than {most} MB")
    manifest = next((item for item in kept if item.name.lower() == MANIFEST), None)
    plans = _joined([item for item in kept if item is not manifest])
    if not plans:
        _refuse_batch(name, "没有文件", "it holds no file")
    lines = _manifest(manifest, {item.name for item in plans}) if manifest else {}
    return Batch(sorted(plans, key=lambda item: item.name), lines, ignored)


def _is_clutter(name: str) -> bool:
    """Whether a file is what a computer leaves behind and nobody drew."""
    path = PurePosixPath(name)
    return path.parts[0] == "__MACOSX" or path.name.startswith(".") or path.name.lower() in _CLUTTER


def _joined(items: Sequence[BatchItem]) -> list[BatchItem]:
    """Return the files with the parts of each Shapefile as one zip under the name of its .shp."""
    whole: dict[tuple[str, str], list[BatchItem]] = {}
    others = []
    for item in items:
        path = PurePosixPath(item.name)
        if path.suffix.lower() in _SIDECARS:
            whole.setdefault((str(path.parent), path.stem), []).append(item)
        else:
            others.append(item)
    for parts in whole.values():
        main = next((part for part in parts if part.name.lower().endswith(".shp")), None)
        if main is None or len(parts) == 1:
            others += parts
        else:
            size = sum(part.size for part in parts)
            others.append(BatchItem(main.name, size, partial(_zipped, parts)))
    return others


def _zipped(parts: Sequence[BatchItem]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(PurePosixPath(part.name).name), part.content())
    return packed.getvalue()


def _manifest(item: BatchItem, names: set[str]) -> dict[str, ManifestLine]:
    """Read `file,building,level,unit`; only the first is needed.

    Raises:
        InvalidInputError: names the line and what is wrong with it.
    """
    if item.size > _MOST_MANIFEST:
        _refuse_manifest(1, "文件过大", "it is too large")
    rows = csv.DictReader(io.StringIO(_text(item.content()), newline=""))
    if "file" not in (rows.fieldnames or ()):
        _refuse_manifest(1, "首行须为 file,building,level,unit", "its first line has to be file,building,level,unit")
    found: dict[str, ManifestLine] = {}
    try:
        for row in rows:
            given = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) and key}
            name = given.get("file", "").replace("\\", "/").removeprefix("./")
            if not name:
                continue
            if name not in names:
                _refuse_manifest(rows.line_num, f"没有文件 {name}", f"there is no file {name}")
            found[name] = _line(rows.line_num, given)
    except csv.Error as error:
        _refuse_manifest(rows.line_num, "格式错误", str(error))
    return found


def _line(number: int, given: Mapping[str, str]) -> ManifestLine:
    unit = given.get("unit") or None
    if unit is not None and unit not in UNITS:
        _refuse_manifest(number, f"单位 {unit} 未知", f"the unit {unit} is none of {', '.join(sorted(UNITS))}")
    level = None
    if given.get("level"):
        try:
            (level,) = read_levels(given["level"], named={}, ranges=None)
        except ValueError:
            _refuse_manifest(number, f"楼层 {given['level']} 无法识别", f"{given['level']} names no floor")
    return ManifestLine(given.get("building") or None, level, unit)


def _text(data: bytes) -> str:
    """Decode as strict UTF-8, else as GB 18030, which Excel writes on Chinese computers."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _refuse(called: str, name: PurePosixPath, chinese: str, english: str) -> NoReturn:
    raise InvalidInputError(
        f"{called}:其中的 {name} {chinese},整个压缩包不予接收。 / {name} in it {english}; nothing of it is taken.",
        place={"file": called, "feature": str(name)},
    )


def _refuse_batch(name: str, chinese: str, english: str) -> NoReturn:
    raise InvalidInputError(f"{name}:{chinese}。 / It is not taken: {english}.", place={"file": name})


def _refuse_manifest(line: int, chinese: str, english: str) -> NoReturn:
    raise InvalidInputError(
        f"{MANIFEST} 第 {line} 行:{chinese}。 / Line {line} of {MANIFEST}: {english}.",
        place={"file": MANIFEST, "row": line},
    )
