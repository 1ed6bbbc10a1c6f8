"""Servers of their own process, and a bounded load on them: wrk where it is installed, else a client of our own."""

import asyncio
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8

_HERE = Path(__file__).parent
_START_S = 60

_WRK = """
local paths, turn = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
function request()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
function done(summary)
  local e = summary.errors
  io.write(string.format("\\nTOTAL %d %d %d %d\\n", summary.requests, summary.duration, summary.bytes,
                         e.connect + e.read + e.write + e.status + e.timeout))
end
"""


@dataclass(frozen=True)
class Rate:
    """What was counted; rates of several rounds add up."""

    requests: int = 0
    seconds: float = 0.0
    size: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.requests + other.requests, self.seconds + other.seconds, self.size + other.size)

    @property
    def per_s(self) -> float:
        """Requests answered a second."""
        return self.requests / self.seconds

    @property
    def kilobytes(self) -> float:
        """Size of an answer with its headers, kB."""
        return self.size / self.requests / 1000


@contextmanager
def server(app: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Run `uvicorn module:app` with one worker on a free port of the loopback, and lend the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "error", "--no-access-log"]
    process = subprocess.Popen(command, cwd=_HERE, env={**os.environ, **environment})
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args!r} did not start")


def load(port: int, paths: Sequence[str], *, seconds: float, headers: Mapping[str, str]) -> Rate:
    """Ask for the paths in turn over eight connections; an answer other than 200 ends the benchmark."""
    if shutil.which("wrk"):
        return _wrk(port, paths, seconds=seconds, headers=headers)
    return asyncio.run(_own(port, paths, seconds=seconds, headers=headers))


def _wrk(port: int, paths: Sequence[str], *, seconds: float, headers: Mapping[str, str]) -> Rate:
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder, "load.lua"), Path(folder, "paths")
        script.write_text(_WRK)
        listed.write_text("\n".join(paths))
        told = subprocess.run(
            [
                *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"),
                *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
                *("-s", str(script), f"http://127.0.0.1:{port}"),
            ],
            env={**os.environ, "PATHS": str(listed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    requests, microseconds, size, failed = (int(figure) for figure in told.rpartition("TOTAL ")[2].split())
    if failed:
        raise RuntimeError(f"{failed} of {requests} requests failed, as for {paths[0]}")
    return Rate(requests, microseconds / 1e6, size)


async def _own(port: int, paths: Sequence[str], *, seconds: float, headers: Mapping[str, str]) -> Rate:
    turns = itertools.cycle(paths)
    began = time.monotonic()
    sent = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    sizes = await asyncio.gather(*(_ask(port, turns, began + seconds, sent) for _ in range(CONNECTIONS)))
    answered = list(itertools.chain.from_iterable(sizes))
    return Rate(len(answered), time.monotonic() - began, sum(answered))


async def _ask(port: int, turns: Iterator[str], until: float, headers: str) -> list[int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sizes = []
    while time.monotonic() < until:
        path = next(turns)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(f"{path}: {head.decode()}")
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        sizes.append(len(head) + length)
    writer.close()
    return sizes
