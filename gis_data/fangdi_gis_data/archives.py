"""Opening vector files, also out of a zip; whatever goes wrong inside is told with the zip's name and the layer's."""

import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from fangdi.errors import InvalidInputError
from fangdi_gis_data.contents import DRIVERS, refuse_bomb, refuse_other_content

_log = logging.getLogger(__name__)
_SAYS_UTF8 = 0x800
"""Bit of a zip's item that says how its name is written; without it, Python reads code page 437."""

_LONGEST_NAME = 200
"""Bytes of a file name that every file system takes."""


def unusable(file: Path, error: Exception) -> InvalidInputError:
    """Return that a file cannot be read. What the library said of it is for the log: its words help nobody else."""
    _log.info("%s cannot be read: %r", file.name, error)
    return InvalidInputError(
        f"{file.name} 无法读取:文件已损坏、不完整,或内容与扩展名不符;请用原软件重新导出后再上传。 / "
        f"{file.name} cannot be read: it is damaged, cut short, or of another kind than its name says; export it again "
        "from its program.",
        place={"file": file.name},
    )


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Lend the file to read; a zipped Shapefile (or other file) is unfolded into a temporary folder."""
    if path.suffix.lower() != ".zip":
        refuse_other_content(path)
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="fangdi-") as folder:
        inside = _unfold(path, Path(folder))
        try:
            refuse_other_content(inside)
            yield inside
        except InvalidInputError as error:
            raise InvalidInputError(f"{path.name}: {error.message}", place=error.place | {"file": path.name}) from error


def _unfold(path: Path, folder: Path) -> Path:
    """Unfold the one layer of a zip under its own name."""
    try:
        with zipfile.ZipFile(path) as archive:
            items = [i for i in archive.infolist() if not i.is_dir() and not i.filename.startswith("__MACOSX")]
            base = name_of(_layer_of(path, items))
            for item in items:
                name = name_of(item)
                if name.parent == base.parent and name.stem == base.stem:
                    (folder / _plain(name)).write_bytes(archive.read(item))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:  # damaged, encrypted
        raise unusable(path, error) from error
    return folder / _plain(base)


def _layer_of(path: Path, items: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    layers = [item for item in items if name_of(item).suffix.lower() in DRIVERS]
    if len(layers) != 1:
        held = ", ".join(name_of(item).name for item in layers) or "none"
        raise InvalidInputError(f"{path.name} has to hold exactly one layer file; it holds {held}.")
    refuse_bomb(path, items)
    return layers[0]


def name_of(item: zipfile.ZipInfo) -> PurePosixPath:
    """Return the name of an item: where the zip does not say UTF-8, Chinese computers mean GB 18030."""
    if item.flag_bits & _SAYS_UTF8:
        return PurePosixPath(item.filename)
    try:
        return PurePosixPath(item.filename.encode("cp437").decode("gb18030"))
    except UnicodeError:
        return PurePosixPath(item.filename)


def _plain(name: PurePosixPath) -> str:
    """Return the name to unfold under: its own with the suffix in small letters, unless it cannot be a file's name."""
    fits = name.stem.isprintable() and len(name.name.encode(errors="replace")) <= _LONGEST_NAME
    return f"{name.stem if fits else 'layer'}{name.suffix.lower()}"
