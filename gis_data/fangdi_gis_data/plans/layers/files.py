"""Layers of a file, a zip or a folder, each as its rows and shapes."""

import re
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from fangdi.errors import InvalidInputError
from fangdi_gis_data import vector
from fangdi_gis_data.archives import unusable
from fangdi_gis_data.contents import DRIVERS, refuse_bomb, refuse_other_content
from fangdi_gis_data.source import Source

_PARTS_OF_SHAPEFILE = {".shp", ".dbf", ".shx", ".prj", ".cpg"}
_MOST_FILES = 500
"""Layer files in a zip or folder: floors times kinds of a large building."""
_MOST_LAYERS = 200
_MANIFEST = "manifest.json"
"""What an IMDF archive says of itself; it holds no features."""
_UNTOLD = re.compile(r"__MACOSX|^\.")


def layers(path: Path) -> Iterator[Source]:
    """Give the layers of a file, of the files in a zip, or of those in a folder; layers without geometry are left out.

    Raises:
        InvalidInputError: a file is damaged, of another kind than its name says, or there are too many.
    """
    if path.is_dir():
        yield from _of_folder(path)
    elif zipfile.is_zipfile(path):
        with _unfolded(path) as folder:
            yield from _of_folder(folder)
    else:
        yield from _of_file(path)


def _of_folder(folder: Path) -> Iterator[Source]:
    held = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name.lower() != _MANIFEST]
    files = [file for file in held if file.suffix.lower() in DRIVERS]
    if not files:
        raise InvalidInputError(
            "其中没有可读取的图层文件。 / It holds no layer that can be read: GeoJSON, GeoPackage or Shapefile.",
            place={"file": folder.name},
        )
    if len(files) > _MOST_FILES:
        raise InvalidInputError(
            f"文件过多({len(files)} 个),请拆分。 / It holds {len(files)} files, more than {_MOST_FILES}; split it."
        )
    for file in files:
        yield from _of_file(file)


def _of_file(file: Path) -> Iterator[Source]:
    if file.stat().st_size == 0:
        raise InvalidInputError(f"{file.name} 是空文件。 / {file.name} is empty.", place={"file": file.name})
    refuse_other_content(file)
    for layer in _names(file):
        found = Source(path=file, **vector.read(file, layer=layer, encoding=None))
        if found.shapes is not None:
            yield found


def _names(file: Path) -> list[str | None]:
    """Return the layers of a GeoPackage; other files are one."""
    if file.suffix.lower() != ".gpkg":
        return [None]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = [str(name) for name, kind in pyogrio.list_layers(file) if kind is not None]
    except (DataSourceError, DataLayerError, RuntimeError, ValueError) as error:
        raise unusable(file, error) from error
    if not names:
        raise InvalidInputError(
            f"{file.name} 中没有图层。 / {file.name} has no layer with shapes.", place={"file": file.name}
        )
    return list(names[:_MOST_LAYERS])


@contextmanager
def _unfolded(path: Path) -> Iterator[Path]:
    """Unfold the layer files of a zip into a temporary folder, each under a name of its own there."""
    with tempfile.TemporaryDirectory(prefix="fangdi-") as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(path) as archive:
                items = [item for item in archive.infolist() if _is_layer(item)]
                if len(items) > _MOST_FILES * len(_PARTS_OF_SHAPEFILE):
                    raise InvalidInputError(f"压缩包内文件过多。 / {path.name} holds too many files; split it.")
                refuse_bomb(path, items)
                for item in items:
                    (folder / _name_in_folder(item)).write_bytes(archive.read(item))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise unusable(path, error) from error
        yield folder


def _is_layer(item: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(item.filename)
    known = name.suffix.lower() in DRIVERS or name.suffix.lower() in _PARTS_OF_SHAPEFILE
    is_link = (item.external_attr >> 16) & 0o170000 == 0o120000
    return known and not item.is_dir() and not is_link and not any(_UNTOLD.match(part) for part in name.parts)


def _name_in_folder(item: zipfile.ZipInfo) -> str:
    """Return a plain name for an item: its folders become part of it, so that it stays inside and is told apart."""
    text = item.filename
    if (
        not item.flag_bits & 0x800
    ):  # without the flag of UTF-8 Python reads code page 437, and Chinese computers mean GBK
        try:
            text = text.encode("cp437").decode("gb18030")
        except UnicodeError:
            text = item.filename
    parts = [part for part in PurePosixPath(text.replace("\\", "/")).parts if part not in {"/", "..", "."}]
    stem = re.sub(r"[^\w.() -]", "_", "__".join(parts))
    name = PurePosixPath(stem)
    return f"{name.stem[-60:]}{name.suffix.lower()}"
