"""Reading any file of a floor plan: the reader is chosen by the file's content, whatever its name says."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Plan, Reading
from fangdi.errors import InvalidInputError
from fangdi_gis_data.archives import unusable
from fangdi_gis_data.contents import refuse_bomb
from fangdi_gis_data.plans.contents import Kind, kind_of
from fangdi_gis_data.plans.tidying import tidied

MOST_BYTES = 512 << 20
"""Of one plan: the largest building models that come in one file."""
_DRAWINGS = {".dxf", ".ifc"}


def read_plan(file: Path, reading: Reading) -> Plan:
    """Read a drawing, a model, indoor layers (also a zip or folder of them), or a picture as a backdrop.

    Levels are those of the file. One that it calls 0 is asked about, unless a person said 0: registers count from 1.

    Raises:
        InvalidInputError: the file is damaged or of a kind that is not read; the message says how to convert it.
    """
    plan = tidied(_any_kind(file, reading))
    zero = next((floor for floor in plan.floors if floor.level == 0), None)
    if zero is None or 0 in {reading.level, *(box.level for box in reading.boxes)}:
        return plan
    question = Finding(FindingCode.LEVEL_ZERO, Severity.WARNING, {"name": zero.name}, floor=zero.key)
    return replace(plan, findings=(*plan.findings, question))


def _any_kind(file: Path, reading: Reading) -> Plan:
    if file.is_dir():
        from fangdi_gis_data.plans.layers import read_layers  # noqa: PLC0415 - readers load when they are needed

        return read_layers(file, reading)
    if not file.is_file():
        raise InvalidInputError(f"没有文件 {file.name}。 / There is no file {file.name}.", place={"file": file.name})
    if file.stat().st_size > MOST_BYTES:
        raise InvalidInputError(
            f"{file.name} 超过 {MOST_BYTES >> 20} MB,请按楼层或楼座拆分。 / "
            f"{file.name} is larger than {MOST_BYTES >> 20} MB; split it by floors or buildings.",
            place={"file": file.name},
        )
    kind = kind_of(file)
    try:
        if kind is Kind.ZIP:
            with _drawing_in(file) as inside:
                return _any_kind(inside, reading) if inside is not None else _read(file, kind, reading)
        return _read(file, kind, reading)
    except RecursionError as error:  # nested or circular without end
        raise unusable(file, error) from error


def _read(file: Path, kind: Kind, reading: Reading) -> Plan:
    """Read under the name that the readers need; what they refuse is told under the file's own."""
    with _named(file, kind) as named:
        try:
            return _read_as(named, kind, reading)
        except InvalidInputError as error:
            if named == file:
                raise
            place = {field: file.name if value == named.name else value for field, value in error.place.items()}
            raise InvalidInputError(error.message.replace(named.name, file.name), place=place) from error


def _read_as(named: Path, kind: Kind, reading: Reading) -> Plan:
    """Read by one of the readers, whose libraries load when they are needed."""
    match kind:
        case Kind.DXF:
            from fangdi_gis_data.plans.dxf import read_dxf  # noqa: PLC0415

            return read_dxf(named, reading)
        case Kind.IFC:
            from fangdi_gis_data.plans.ifc import read_ifc  # noqa: PLC0415

            return read_ifc(named, reading)
        case Kind.PICTURE:
            from fangdi_gis_data.plans.picture import read_picture  # noqa: PLC0415

            return read_picture(named)
        case _:
            from fangdi_gis_data.plans.layers import read_layers  # noqa: PLC0415

            return read_layers(named, reading)


@contextmanager
def _named(file: Path, kind: Kind) -> Iterator[Path]:
    """Lend the file under a name with the suffix of its kind, by which the libraries choose what they do."""
    if file.suffix.lower() == kind or (kind is Kind.GEOJSON and file.suffix.lower() == ".json"):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="fangdi-") as folder:
        link = Path(folder) / f"{file.stem or 'plan'}{kind}"
        link.symlink_to(file.resolve())
        yield link


@contextmanager
def _drawing_in(file: Path) -> Iterator[Path | None]:
    """Lend the drawing or model that a zip holds, if it holds one and nothing else that could be meant."""
    with tempfile.TemporaryDirectory(prefix="fangdi-") as folder:
        try:
            with zipfile.ZipFile(file) as archive:
                items = [item for item in archive.infolist() if _suffix(item) in _DRAWINGS]
                if len(items) > 1:
                    raise InvalidInputError(
                        f"{file.name} 内有 {len(items)} 个图纸,请作为批量任务上传。 / "
                        f"{file.name} holds {len(items)} drawings; give it as a batch.",
                        place={"file": file.name},
                    )
                inside = Path(folder) / f"{file.stem}{_suffix(items[0])}" if items else None
                if inside is not None:
                    refuse_bomb(file, items)
                    inside.write_bytes(archive.read(items[0]))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise unusable(file, error) from error
        yield inside


def _suffix(item: zipfile.ZipInfo) -> str:
    return "" if item.filename.startswith("__MACOSX") else PurePosixPath(item.filename).suffix.lower()
