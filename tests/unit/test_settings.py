"""Settings come from the environment, are checked once, and are all documented."""

from pathlib import Path

import pytest

from fangdi.errors import SettingsError
from fangdi.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read settings in a folder that has no `.env`."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_in_the_documentation_and_the_example(name: str) -> None:
    variable = f"FANGDI_{name.upper()}"
    description = Settings.model_fields[name].description
    page = " ".join((ROOT / "docs/settings.md").read_text(encoding="utf-8").split())

    assert f"`{variable}`" in page
    assert description
    assert " ".join(description.split()) in page
    assert f"# {variable}=" in (ROOT / ".env.example").read_text(encoding="utf-8")


def test_a_variable_of_the_environment_sets_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGDI_PORT", "8123")

    assert read_settings().port == 8123


def test_an_empty_variable_leaves_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGDI_DATABASE_URL", "")

    assert read_settings().database_url is None


def test_every_wrong_setting_is_named_in_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGDI_PORT", "eight thousand")
    monkeypatch.setenv("FANGDI_DATABASE_URL", "mysql://somewhere/else")

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert "FANGDI_PORT" in raised.value.message
    assert "FANGDI_DATABASE_URL" in raised.value.message


@pytest.mark.parametrize("epsg", [4549, 4550, 4491, 32650])
def test_a_projected_crs_in_metres_is_accepted_as_the_plane(epsg: int) -> None:
    assert Settings(plane_epsg=epsg).plane_epsg == epsg


@pytest.mark.parametrize("epsg", [4490, 3857, 2263, 999999])
def test_a_geographic_stretched_imperial_or_unknown_crs_is_refused_as_the_plane(
    epsg: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANGDI_PLANE_EPSG", str(epsg))

    with pytest.raises(SettingsError, match=f"FANGDI_PLANE_EPSG.*EPSG:{epsg}"):
        read_settings()


def test_the_password_of_the_database_is_not_shown_with_the_settings() -> None:
    assert "hush-hush" not in repr(Settings(database_url="postgresql://me:hush-hush@server/fangdi"))


@pytest.mark.parametrize("url", ["http://fangdi.example", "fangdi.example", "https://me:pw@fangdi.example", "https://"])
def test_a_public_address_without_tls_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGDI_PUBLIC_URL", url)

    with pytest.raises(SettingsError, match="FANGDI_PUBLIC_URL"):
        read_settings()


def test_roles_of_an_issuer_come_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGDI_OIDC_ROLES", '{"a": {"role": "planner", "jurisdiction_code": "330200"}}')

    assert read_settings().oidc_roles["a"].role == "planner"


@pytest.mark.parametrize("given", ["{", "[]", '{"a": {"rule": "planner"}}'])
def test_roles_of_an_issuer_that_cannot_be_read_are_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGDI_OIDC_ROLES", given)

    with pytest.raises(SettingsError, match="FANGDI_OIDC_ROLES"):
        read_settings()


def test_secrets_are_not_shown_with_the_settings() -> None:
    shown = Settings(application_url="postgresql://me:hush-hush@server/fangdi", oidc_client_secret="hush-hush")  # noqa: S106

    assert "hush-hush" not in repr(shown)


def test_the_data_folder_of_an_ordinary_user_follows_xdg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FANGDI_DATA_DIR", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/some/数据 folder")

    assert read_settings().data_dir == Path("/some/数据 folder/fangdi")
