"""Opening folders and zips of plans."""

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from fangdi.errors import InvalidInputError
from fangdi_gis_data.plans.batches import BatchLimits, opened_batch


def packed(folder: Path, *names: str, size: int = 4) -> Path:
    file = folder / "batch.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bytes(size))
    return file


def names_in(path: Path, limits: BatchLimits | None = None) -> list[str]:
    with opened_batch(path, limits) as batch:
        return [item.name for item in batch.items]


def test_a_folder_and_its_zip_hold_the_same(tmp_path: Path) -> None:
    source = tmp_path / "图纸"
    (source / "B1").mkdir(parents=True)
    for name in ("B1/一层.dxf", "2.ifc"):
        (source / name).write_bytes(name.encode())
    file = tmp_path / "图纸.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for path in source.rglob("*.*"):
            archive.write(path, path.relative_to(source))

    with opened_batch(source) as opened:
        from_folder = {item.name: item.content() for item in opened.items}
    with opened_batch(file) as opened:
        from_zip = {item.name: item.content() for item in opened.items}

    assert from_folder == from_zip == {"B1/一层.dxf": "B1/一层.dxf".encode(), "2.ifc": b"2.ifc"}


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.dxf").write_bytes(b"elsewhere")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "plan.dxf").write_bytes(b"here")
    (folder / "link.dxf").symlink_to(tmp_path / "secret.dxf")
    (folder / "up").symlink_to(tmp_path)

    with opened_batch(folder) as batch:
        assert [item.name for item in batch.items] == ["plan.dxf"]
        assert batch.ignored == ["link.dxf", "up"]


def test_names_of_old_programs_on_windows_are_read(tmp_path: Path) -> None:
    file = tmp_path / "batch.zip"
    named = zipfile.ZipInfo("x" * 13)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(named, b"plan")
    chinese = "B1\\三层.dxf".encode("gb18030")
    assert len(chinese) == 11
    file.write_bytes(file.read_bytes().replace(b"x" * 13, chinese.replace(b".dxf", b"__.dxf")))

    assert names_in(file) == ["B1/三层__.dxf"]


@pytest.mark.parametrize(
    ("limits", "names"),
    [
        (BatchLimits(files=2), ("a.dxf", "b.dxf", "c.dxf")),
        (BatchLimits(file_bytes=3), ("a.dxf",)),
        (BatchLimits(bytes=7), ("a.dxf", "b.dxf")),
    ],
    ids=["files", "size of one", "size of all"],
)
def test_limits_hold_just_above_and_not_below(tmp_path: Path, limits: BatchLimits, names: tuple[str, ...]) -> None:
    file = packed(tmp_path, *names)

    with pytest.raises(InvalidInputError, match="not taken"):
        names_in(file, limits)
    assert names_in(
        packed(tmp_path, *names[:-1], size=3) if len(names) > 1 else packed(tmp_path, *names, size=3), limits
    )


def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        file = packed(tmp_path, "a.dxf", "a.dxf")

    with pytest.raises(InvalidInputError, match="twice"):
        names_in(file)


def test_an_item_never_unfolds_to_more_than_it_states(tmp_path: Path) -> None:
    file = packed(tmp_path, "a.dxf", size=100_000)
    lied = file.read_bytes().replace((100_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    file.write_bytes(lied)

    unfolded = b""
    with suppress(InvalidInputError), opened_batch(file) as batch:
        unfolded = batch.items[0].content()

    assert len(unfolded) <= 1_000
