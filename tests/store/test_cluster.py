"""The embedded cluster is private, durable, and survives whatever happens around its start."""

import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from fangdi.errors import DatabaseUnavailableError
from fangdi.settings import Settings
from fangdi.store import cluster as clusters
from fangdi.store.cluster import APPLICATION, DATABASE, OWNER, SUPERUSER, Cluster
from fangdi.store.cluster_files import read_postmaster, socket_dir
from fangdi.store.installation import Installation, find_installation
from fangdi.store.os_user import OsUser
from fangdi.store.throwaway import throwaway


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend a folder that the server's user may enter (pytest's own are closed to others)."""
    made = Path(tempfile.mkdtemp(prefix="fangdi-test-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def product(folder: Path) -> Iterator[Cluster]:
    """Lend a cluster as the product has it, not yet started."""
    lent = Cluster(folder / "postgres")
    yield lent
    lent.stop(mode="immediate")


@pytest.fixture
def private(folder: Path) -> Iterator[Cluster]:
    """Lend the same without waiting for the disk, which is faster."""
    lent = Cluster(folder / "postgres", durable=False)
    yield lent
    lent.stop(mode="immediate")


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return row[0]


def postmaster(cluster: Cluster) -> int:
    pid = cluster.status().pid
    assert pid is not None
    return pid


def kill(pid: int) -> None:
    """Kill a server, and wait for its helpers too: they notice by and by, and hold its shared memory until then."""
    helpers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    os.kill(pid, signal.SIGKILL)
    for one in (pid, *map(int, helpers)):
        await_end(one)


def await_end(pid: int) -> None:
    """Wait until a process is gone, or dead and only not yet cleared away; fail after ten seconds."""
    status = Path(f"/proc/{pid}/status")
    for _ in range(1000):
        if not status.exists() or "State:\tZ" in status.read_text():
            return
        time.sleep(0.01)
    pytest.fail(f"process {pid} still runs")


def test_the_first_start_makes_a_database_with_its_roles_and_extensions(private: Cluster) -> None:
    url = private.start()

    assert ask(url, "SELECT current_user || ' ' || current_database()") == f"{OWNER} {DATABASE}"
    assert ask(url, "SELECT count(*) FROM pg_extension WHERE extname IN ('postgis', 'btree_gist')") == 2
    assert ask(private.url(role=APPLICATION), "SELECT current_user") == APPLICATION
    assert ask(url, "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname LIKE 'fangdi%'") is False
    assert ask(url, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"


def test_the_product_keeps_its_durability_and_its_distance_from_the_network(product: Cluster) -> None:
    url = product.start()

    for setting, value in {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}.items():
        assert ask(url, f"SHOW {setting}") == value
    assert ask(url, "SHOW listen_addresses") == ""
    rules = ask(
        product.url(role=SUPERUSER), "SELECT string_agg(type || ' ' || auth_method, ',') FROM pg_hba_file_rules"
    )
    assert rules == "local peer"


def test_only_the_owner_may_enter_the_folders_of_data_and_socket(private: Cluster) -> None:
    private.start()
    server = read_postmaster(private.data)

    assert server is not None
    for path in (private.home, private.data, server.socket_dir):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert path.stat().st_uid == OsUser.for_server().uid


def test_starting_again_finds_the_same_server(private: Cluster) -> None:
    first, pid = private.start(), postmaster(private)

    assert (private.start(), postmaster(private)) == (first, pid)


def test_several_first_starts_at_once_make_one_server(private: Cluster) -> None:
    with ThreadPoolExecutor(4) as pool:
        urls = {future.result() for future in [pool.submit(private.start) for _ in range(4)]}

    assert len(urls) == 1
    assert ask(urls.pop(), "SELECT count(*) FROM pg_roles WHERE rolname = 'fangdi_app'") == 1


def test_what_was_committed_survives_the_death_of_the_server(product: Cluster) -> None:
    url = product.start()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    kill(postmaster(product))

    assert product.status().state == "stopped"
    assert ask(product.start(), "SELECT answer FROM kept") == 42


def test_a_stale_record_that_names_another_process_does_not_stop_the_start(private: Cluster) -> None:
    private.start()
    record = (private.data / "postmaster.pid").read_text().splitlines()
    kill(postmaster(private))
    (private.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *record[1:]]) + "\n")

    assert private.status().state == "stopped"
    assert ask(private.start(), "SELECT 1") == 1


def test_a_stale_record_that_names_another_server_does_not_stop_the_start(private: Cluster, cluster: Cluster) -> None:
    private.start()
    record = (private.data / "postmaster.pid").read_text().splitlines()
    kill(postmaster(private))
    (private.data / "postmaster.pid").write_text("\n".join([str(postmaster(cluster)), *record[1:]]) + "\n")

    assert ask(private.start(), "SELECT 1") == 1


def test_a_container_that_hides_folders_of_processes_still_tells_server_from_stranger(
    private: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_path: Path) -> Path:
        raise PermissionError

    private.start()
    monkeypatch.setattr(Path, "readlink", forbidden)
    pid = postmaster(private)
    record = (private.data / "postmaster.pid").read_text().splitlines()
    (private.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *record[1:]]) + "\n")

    assert private.status().state == "stopped"
    kill(pid)


def test_a_first_start_that_was_interrupted_is_done_again(private: Cluster) -> None:
    unfinished = private.home / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("15\n")
    url = private.start()
    (private.data / "fangdi.provisioned-2").unlink()

    assert not unfinished.exists()
    assert private.start() == url
    assert (private.data / "fangdi.provisioned-2").exists()


def test_the_data_folder_may_be_long_and_hold_spaces_and_chinese(folder: Path) -> None:
    lent = Cluster(folder / "房地 数据" / ("很长" * 20) / "it's $HOME" / "postgres", durable=False)
    try:
        assert ask(lent.start(), "SELECT 1") == 1
    finally:
        lent.stop(mode="immediate")
        shutil.rmtree(socket_dir(lent.home, user=OsUser.for_server()))


def test_variables_for_another_server_do_not_lead_us_there(private: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGDATA": "/elsewhere", "PGPORT": "1", "PGHOST": "elsewhere", "PGUSER": "nobody"}.items():
        monkeypatch.setenv(name, value)

    assert ask(private.start(), "SELECT current_user") == OWNER
    assert "\nPG" not in "\n" + OsUser.for_server().run("env").stdout


def test_a_socket_folder_that_others_may_enter_is_refused(folder: Path) -> None:
    home = folder / "有 空格"
    user = OsUser.for_server()
    made = socket_dir(home, user=user)
    made.chmod(0o755)

    try:
        with pytest.raises(DatabaseUnavailableError, match="is in the way"):
            socket_dir(home, user=user)
    finally:
        made.rmdir()


def test_a_stopped_cluster_says_so_and_is_stopped_only_once(private: Cluster) -> None:
    assert private.status().state == "absent"
    assert private.stop() is False
    private.start()

    assert private.status().state == "running"
    assert private.stop() is True
    assert private.stop() is False
    with pytest.raises(DatabaseUnavailableError, match="fangdi db up"):
        private.url()


def test_a_cluster_in_use_is_not_stopped_as_idle(folder: Path) -> None:
    settings = Settings(data_dir=folder)
    url = clusters.ensure_running(settings)
    with psycopg.connect(url):
        assert clusters.stop_if_idle(settings) is False

    assert clusters.stop_if_idle(settings) is True


def test_a_database_of_ones_own_is_taken_as_it_is(folder: Path) -> None:
    settings = Settings(database_url="postgresql://me@server/mine", data_dir=folder)

    assert clusters.ensure_running(settings) == "postgresql://me@server/mine"
    assert clusters.status(settings).state == "external"
    assert clusters.stop(settings) is False
    assert list(folder.iterdir()) == []


def test_a_log_line_explains_why_the_server_does_not_start(private: Cluster) -> None:
    private.start()
    private.stop()
    with (private.data / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = 1\n")

    with pytest.raises(DatabaseUnavailableError, match="no_such_setting"):
        private.start()


def test_a_data_folder_that_cannot_be_made_is_one_clear_error(folder: Path) -> None:
    (folder / "file").touch()

    with pytest.raises(DatabaseUnavailableError, match="FANGDI_DATA_DIR"):
        Cluster(folder / "file" / "postgres").start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_root_is_told_when_the_servers_user_may_not_enter_the_data_folder(folder: Path) -> None:
    folder.chmod(0o700)

    with pytest.raises(DatabaseUnavailableError, match=r"user postgres.* may not enter"):
        Cluster(folder / "postgres").start()


def test_a_machine_without_postgresql_is_told_the_packages_and_the_other_way() -> None:
    with pytest.raises(
        DatabaseUnavailableError, match=r"apt-get install postgresql postgresql-postgis.*FANGDI_DATABASE_URL"
    ):
        find_installation(bin_dirs=[])


def installation(folder: Path, *, version: str, postgis: bool) -> Path:
    """Imitate an installed PostgreSQL and return its folder of programs."""
    share = folder / version / "share"
    (share / "extension").mkdir(parents=True)
    if postgis:
        (share / "extension" / "postgis.control").touch()
    program = folder / version / "pg_config"
    program.write_text(f'#!/bin/sh\ntest "$1" = --version && echo "PostgreSQL {version}" || echo "{share}"\n')
    program.chmod(0o755)
    return program.parent


def test_the_newest_installation_with_postgis_is_taken(tmp_path: Path) -> None:
    plain = installation(tmp_path, version="18.1", postgis=False)
    newest = installation(tmp_path, version="17.6 (Debian 17.6-1)", postgis=True)
    older = installation(tmp_path, version="16.2", postgis=True)

    found = find_installation(bin_dirs=[plain, newest, older])

    assert found == Installation(17, newest, newest / "share")
    assert find_installation(major=16, bin_dirs=[plain, newest, older]).major == 16


def test_a_postgresql_without_postgis_is_told_the_package_for_its_version(tmp_path: Path) -> None:
    plain = installation(tmp_path, version="16.2", postgis=False)

    with pytest.raises(DatabaseUnavailableError, match="postgresql-16-postgis-3"):
        find_installation(bin_dirs=[plain])


def test_too_old_a_postgresql_counts_as_none(tmp_path: Path) -> None:
    old = installation(tmp_path, version="14.9", postgis=True)

    with pytest.raises(DatabaseUnavailableError, match="No PostgreSQL 15 or newer"):
        find_installation(bin_dirs=[old])


def test_data_of_a_version_that_was_removed_is_told_how_to_go_on(tmp_path: Path) -> None:
    newer = installation(tmp_path, version="17.1", postgis=True)

    with pytest.raises(DatabaseUnavailableError, match=r"made by PostgreSQL 15.*postgresql-15-postgis-3"):
        find_installation(major=15, bin_dirs=[newer])


def test_a_throwaway_cluster_is_gone_afterwards(folder: Path) -> None:
    with throwaway(parent=folder) as lent:
        assert ask(lent.start(), "SHOW fsync") == "off"
        pid = postmaster(lent)

    assert list(folder.iterdir()) == []
    await_end(pid)


def test_the_next_borrower_cleans_up_after_one_who_was_killed(folder: Path) -> None:
    child = os.fork()
    if child == 0:
        borrowing = throwaway(parent=folder)
        borrowing.__enter__().start()
        os._exit(0)
    os.waitpid(child, 0)
    (abandoned,) = folder.iterdir()
    pid = postmaster(Cluster(abandoned))

    with throwaway(parent=folder):
        assert not abandoned.exists()
        await_end(pid)


def test_a_cluster_that_is_still_lent_is_left_alone(folder: Path) -> None:
    with throwaway(parent=folder) as first, throwaway(parent=folder):
        assert first.home.exists()
