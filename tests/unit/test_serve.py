"""The server takes its address first, and says clearly when it cannot have it."""

import socket

import pytest

from fangdi.commands import serve
from fangdi.errors import AddressInUseError, SettingsError
from fangdi.settings import Settings


def test_a_port_that_is_taken_is_refused_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(AddressInUseError, match=rf"127\.0\.0\.1:{port}.*--port or FANGDI_PORT"):
            serve.listen(Settings(port=port))


def test_the_demonstration_shows_roles_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    role = {"zh": "自然资源部门(数据交换)", "en": "Natural-resources bureau (exchange)"}
    serve.show([{"login": "demo-jurisdiction-administrator", "password": "abcde-abcde-abcde-abcde", "role": role}])

    assert "…" not in capsys.readouterr().out


def test_port_zero_takes_a_free_one() -> None:
    with serve.listen(Settings(port=0)) as listener:
        assert listener.getsockname()[1] > 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - refused
def test_an_address_that_other_machines_reach_needs_tls_in_front(host: str) -> None:
    with pytest.raises(SettingsError, match="FANGDI_PUBLIC_URL"):
        serve.listen(Settings(host=host, port=0))


def test_behind_tls_other_machines_may_reach_it() -> None:
    settings = Settings(host="0.0.0.0", port=0, public_url="https://fangdi.example")  # noqa: S104

    with serve.listen(settings) as listener:
        assert listener.getsockname()[1] > 0


def test_the_loopback_may_go_by_its_name() -> None:
    with serve.listen(Settings(host="localhost", port=0)) as listener:
        assert listener.getsockname()[0] in {"127.0.0.1", "::1"}


def test_a_name_that_is_no_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="FANGDI_HOST"):
        serve.listen(Settings(host="no such host", port=0))
