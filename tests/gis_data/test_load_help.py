"""The help of each layer names the options that apply to it, and no others."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from fangdi.commands.load import app

OFTEN_ABSENT = {"--crs", "--unit", "--building", "--plan-crs", "--level-map", "--level-ranges"}


@pytest.mark.parametrize(
    ("layer", "present"),
    [
        ("jurisdictions", {"--crs"}),
        ("zones", {"--crs", "--unit"}),
        ("buildings", {"--crs", "--unit"}),
        ("rooms", OFTEN_ABSENT),
        ("floors", OFTEN_ABSENT),
        ("agencies", set()),
        ("posts", set()),
        ("occupancies", {"--building"}),
    ],
)
def test_the_help_of_a_layer_names_the_options_that_apply(layer: str, present: set[str]) -> None:
    shown = CliRunner().invoke(app, [layer, "--help"], env={"COLUMNS": "200"})

    assert shown.exit_code == 0
    words = set(shown.output.replace("│", " ").split())
    assert {option for option in OFTEN_ABSENT if option in words} == present
    assert {"--field", "--mapping", "--dry-run", "--bad"} <= words


def test_an_option_that_does_not_apply_is_refused() -> None:
    assert CliRunner().invoke(app, ["agencies", "a.csv", "--level-map", "GF=0"]).exit_code == 2


def test_a_mapping_is_shown_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> str:
        pytest.fail("a database was asked for")

    monkeypatch.setattr("fangdi.store.cluster.ensure_running", refuse)
    file = tmp_path / "a.csv"
    file.write_text("code,name,kind,英文名称\nA,甲局,party,\n", encoding="utf-8")

    shown = CliRunner().invoke(app, ["agencies", str(file), "--const", "jurisdiction_code=1", "--show-mapping"])

    assert shown.exit_code == 0, shown.output
