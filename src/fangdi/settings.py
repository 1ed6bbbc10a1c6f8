"""Every setting of the system: one frozen object, read once and passed down."""

import json
import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from fangdi.errors import SettingsError

PREFIX = "FANGDI_"

# EPSG numbers CGCS2000 / Gauss–Krüger without a gap: 6° zones 4491–4512, 3° zones 4513–4554, so that
# these need no look-up in the coordinate system library (which would cost every start 0.15 s).
_CGCS2000_GAUSS_KRUGER = range(4491, 4555)
_WEB_MERCATOR = 3857


def default_data_dir() -> Path:
    """Return the folder that holds the embedded cluster: the user's own, or the system's for root."""
    if os.geteuid() == 0:
        return Path("/var/lib/fangdi")
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "fangdi"


class RoleByClaim(BaseModel):
    """The role that a value of the claim stands for, with the one place it is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    jurisdiction_code: str | None = None
    agency_code: str | None = None


class Settings(BaseSettings):
    """What a deployment can choose, from FANGDI_ variables in the environment or in a file `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str | None = Field(
        default=None,
        repr=False,  # it may hold a password
        description=(
            "An existing PostgreSQL (15 or newer, with PostGIS 3.3 or newer), "
            "as postgresql://user:password@host/database. "
            "Unset: a private cluster is started from the installed PostgreSQL."
        ),
    )
    application_url: str | None = Field(
        default=None,
        repr=False,  # it may hold a password
        description=(
            "The same database as FANGDI_DATABASE_URL for the role fangdi_app, which owns nothing and is bound by "
            "row-level security. The server connects with it; needed when FANGDI_DATABASE_URL is set."
        ),
    )
    data_dir: Path = Field(
        default_factory=default_data_dir,
        description=(
            "Folder of the private cluster. Unset: $XDG_DATA_HOME/fangdi (~/.local/share/fangdi), "
            "for root /var/lib/fangdi."
        ),
    )
    host: str = Field(
        default="127.0.0.1",
        description=(
            "Address to serve on. Other addresses than this machine's own (loopback) need FANGDI_PUBLIC_URL, "
            "and no account made for demonstration."
        ),
    )
    port: int = Field(default=8000, ge=0, le=65535, description="Port to serve on; 0 takes any free one.")
    public_url: str | None = Field(
        default=None,
        description=(
            "Address that people reach the server at, as https://name; a server in front of it ends TLS and passes on "
            "the Host header. Requests to other names are refused, and cookies travel by https only."
        ),
    )
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description=(
            "Addresses, by commas, of servers in front whose X-Forwarded-For and X-Forwarded-Proto are believed "
            "when FANGDI_PUBLIC_URL is set."
        ),
    )
    demo: bool = Field(
        default=True,
        description=(
            "Whether `fangdi run` makes one account per role in the sample city and shows their passwords; "
            "only ever on this machine's own address."
        ),
    )
    oidc_issuer: str | None = Field(
        default=None,
        description=(
            "OpenID Connect issuer (统一身份认证) that people may sign in with, as https://name. "
            "Unset: local accounts only, and no request leaves the network."
        ),
    )
    oidc_client_id: str | None = Field(default=None, description="What the issuer calls this system.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Secret that the issuer gave this system.")
    oidc_client_secret_file: Path | None = Field(
        default=None, description="File that holds the secret, instead of FANGDI_OIDC_CLIENT_SECRET."
    )
    oidc_label: str = Field(default="统一身份认证 Single sign-on", description="What the button to the issuer says.")
    oidc_roles_claim: str = Field(
        default="groups", description="Claim of the ID token that holds the person's groups, a text or a list of texts."
    )
    oidc_roles: Annotated[Mapping[str, RoleByClaim], NoDecode] = Field(
        default_factory=dict,
        description=(
            "Roles by value of the claim, as JSON: "
            '{"planners": {"role": "planner", "jurisdiction_code": "330200"}, '
            '"office": {"role": "agency_officer", "agency_code": "…"}}. '
            "They are given and taken at each sign-in."
        ),
    )
    plane_epsg: int = Field(
        default=4550,
        description=(
            "EPSG code of the projected CRS for planar work, in metres; normally the 3° Gauss–Krüger zone of CGCS2000 "
            "in which the jurisdiction lies. 4550 (central meridian 123° E) covers the sample city."
        ),
    )
    coverage_radius_m: float = Field(
        default=2000,
        gt=0,
        le=100_000,
        description="How far a concentrated-office zone (集中办公区) reaches, in metres on the ellipsoid.",
    )
    plan_mb: int = Field(
        default=100, ge=1, le=1000, description="Largest file of a floor plan (平面图) that can be uploaded, in MB."
    )
    batch_mb: int = Field(
        default=500,
        ge=1,
        le=10_000,
        description=(
            "Largest batch of floor plans (批量平面图) that can be uploaded as a zip, in MB; unfolded it may be four "
            "times as large."
        ),
    )
    workers: int | None = Field(
        default=None,
        ge=0,
        le=256,
        description=(
            "Processes that do long work (批量任务) beside the server, for `fangdi run` and `fangdi worker`. "
            "Unset: one for each core; 0: none."
        ),
    )
    placement_residual_m: float = Field(
        default=0.5,
        gt=0,
        le=100,
        description=(
            "How far a control point may be off when a floor plan is placed on the map, in m; more is a finding."
        ),
    )
    accuracy_class: Literal[1, 2, 3] = Field(
        default=3,
        description=(
            "Accuracy class (房屋面积精度等级, GB/T 17986.1) whose tolerance area audits judge by unless somebody "
            "chooses another: 1, 2 or 3."
        ),
    )
    pdf_font: Path | None = Field(
        default=None,
        description=(
            "TrueType font (.ttf) with Chinese that PDF files embed. Unset: they name the standard Chinese font, "
            "which common programs have."
        ),
    )
    requests_per_minute: int = Field(
        default=6000,
        ge=0,
        description=(
            "Requests that an account may make in a minute, and five times as many from one address, in each server "
            "process; a map asks for dozens of tiles at each move. 0 sets no limit."
        ),
    )
    tile_cache_mb: int = Field(
        default=64, ge=0, description="Memory for finished map tiles in each server process, in MB; 0 keeps none."
    )
    basemap_url: str | None = Field(
        default=None,
        description=(
            "Background map as an XYZ template with {z}, {x} and {y}, e.g. Tianditu with your own key. "
            "Unset: our own layers on a plain ground, and no request leaves the network."
        ),
    )
    basemap_attribution: str | None = Field(
        default=None, description="Attribution that the provider of the background map asks for."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least severe log records to print: DEBUG, INFO, WARNING or ERROR."
    )

    @field_validator("database_url", "application_url")
    @classmethod
    def _names_postgresql(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
            raise ValueError("give a PostgreSQL address such as postgresql://user:password@host/database")
        return url

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.username or parts.query or parts.fragment or not parts.hostname:
            raise ValueError("give an address such as https://name")
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
            raise ValueError("give an address that starts with https://")
        return url.rstrip("/")

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _is_json(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            return json.loads(given)
        except json.JSONDecodeError as error:
            raise ValueError(f"give JSON ({error})") from error

    @property
    def behind_tls(self) -> bool:
        """Whether people reach the server by https."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def serves_this_machine_only(self) -> bool:
        """Whether nobody else can reach the server."""
        return self.public_url is None and is_loopback(self.host)

    @field_validator("data_dir")
    @classmethod
    def _is_absolute(cls, folder: Path) -> Path:
        return folder.expanduser().absolute()

    @field_validator("plane_epsg")
    @classmethod
    def _measures_in_metres(cls, epsg: int) -> int:
        if epsg not in _CGCS2000_GAUSS_KRUGER:
            _require_metric_projection(epsg)
        return epsg

    @field_validator("basemap_url")
    @classmethod
    def _is_a_template(cls, template: str | None) -> str | None:
        if template is not None and not all(part in template for part in ("{z}", "{x}", "{y}")):
            raise ValueError("give an XYZ template that holds {z}, {x} and {y}")
        return template


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _require_metric_projection(epsg: int) -> None:
    """Refuse codes that are unknown, geographic, not in metres, or Web Mercator, whose metres are not metres."""
    from pyproj import CRS  # noqa: PLC0415 - slow to import and seldom needed
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    advice = "name a projected CRS in metres, e.g. 4549 or 4550 (CGCS2000 / 3-degree Gauss-Kruger)"
    try:
        crs = CRS.from_epsg(epsg)
    except CRSError as error:
        raise ValueError(f"EPSG:{epsg} is not known; {advice}") from error
    if epsg == _WEB_MERCATOR:
        raise ValueError(f"EPSG:{epsg} stretches distances by a third at 30° N; {advice}")
    if not crs.is_projected or any(axis.unit_name != "metre" for axis in crs.axis_info):
        raise ValueError(f"EPSG:{epsg} ({crs.name}) does not measure in metres; {advice}")


def read_settings() -> Settings:
    """Read the settings from the environment and `.env`, naming every one that cannot work in a single error."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise SettingsError(f"Correct these settings (docs/settings.md): {'; '.join(faults)}") from error
