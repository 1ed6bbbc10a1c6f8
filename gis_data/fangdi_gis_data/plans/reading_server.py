"""The process that reads files of strangers: it has all libraries loaded, and forks for every file.

    python -m fangdi_gis_data.plans.reading_server FD

FD is a socket over which another socket comes for each file. For each, a keeper is forked, and from it a reader with
limits; the keeper waits for it, ends it when its time is over, and says how it ended. Linux only: pidfd, rlimit.
"""

import array
import contextlib
import ctypes
import importlib
import os
import pickle
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

HEADER = struct.Struct("!cQ")
"""A frame begins with what it is and its length: A the answer, S how the reader ended."""
ANSWER, STATUS = b"A", b"S"
IN_TIME, OUT_OF_TIME = 0, 1

_PRELOADED = (
    "ezdxf",
    "ezdxf.recover",
    "ifcopenshell",
    "ifcopenshell.geom",
    "fangdi_gis_data.plans.dxf",
    "fangdi_gis_data.plans.ifc",
    "fangdi_gis_data.plans.layers",
    "fangdi_gis_data.plans.picture",
    "fangdi_gis_data.plans.reader",
    "fangdi_gis_data.plans.replies",
)
_MOST_WRITTEN = 2 << 30
"""Bytes of one file that a reader may write: what it unfolds from a zip."""
_NEW_NETWORK = 0x40000000
_NEW_USERS = 0x10000000
_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec")


@dataclass(frozen=True, slots=True)
class Task:
    """What to read: `name` is plan or backdrop, `what` a Reading or the number of a page."""

    name: str
    file: str
    what: Any
    seconds: float
    memory_mb: int


def main() -> None:
    """Serve until the other end of the socket is closed."""
    for module in _PRELOADED:
        with contextlib.suppress(ImportError):  # a reader that cannot be loaded says so when it is asked
            importlib.import_module(module)
    _leave_network()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are nobody's to wait for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ends with its parent, not with the terminal
    control = socket.socket(fileno=int(sys.argv[1]))
    while True:
        job = _next(control)
        if job is None:
            return
        if os.fork() == 0:
            control.close()
            _keep(job)
        job.close()


def _next(control: socket.socket) -> socket.socket | None:
    """Return the socket of the next file, or None when there will be none."""
    try:
        said, ancillary, _, _ = control.recvmsg(1, socket.CMSG_LEN(array.array("i").itemsize))
    except OSError:
        return None
    if not said:
        return None
    passed = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            passed.frombytes(data[: passed.itemsize])
    return socket.socket(fileno=passed[0]) if passed else None


def _keep(job: socket.socket) -> NoReturn:
    """Fork the reader, wait for it within its time, and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    status = b""
    try:
        task: Task = pickle.loads(_received(job))  # noqa: S301 - from the process that started this one
        folder = tempfile.mkdtemp(prefix="fangdi-reading-")
        try:
            reader = os.fork()
            if reader == 0:
                _limit(task, folder)
                _answer(job, task)
            status = _waited(reader, job, task.seconds)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            job.sendall(HEADER.pack(STATUS, len(status)) + status)
    finally:
        os._exit(0)


def _waited(reader: int, job: socket.socket, seconds: float) -> bytes:
    """Wait for the reader to end, or end it; return whether it was in time, and the signal that ended it."""
    handle = os.pidfd_open(reader)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.register(job, 0)  # hang-up only: nobody waits any more
    happened = poll.poll(seconds * 1000)
    in_time = any(descriptor == handle for descriptor, _ in happened)
    if not in_time:
        os.kill(reader, signal.SIGKILL)
    _, ended = os.waitpid(reader, 0)
    by_signal = os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0
    return bytes([IN_TIME if in_time else OUT_OF_TIME, by_signal])


def _limit(task: Task, folder: str) -> None:
    """Take from this process what a reader of files needs not: more time and memory, core dumps, programs, output."""
    with Path(os.devnull).open("r+b") as nowhere:
        for stream in range(3):
            os.dup2(nowhere.fileno(), stream)
    tempfile.tempdir = folder
    os.environ["TMPDIR"] = folder
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * resource.getpagesize() + (task.memory_mb << 20)
    for limit, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(task.seconds) + 1),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
    ):
        resource.setrlimit(limit, (most, most))
    sys.addaudithook(_forbid)


def _forbid(event: str, _: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} has no place in reading a file")


def _answer(job: socket.socket, task: Task) -> NoReturn:
    """Read, and send what was found; ends this process."""
    from fangdi_gis_data.plans import replies  # noqa: PLC0415 - loaded before

    packed = replies.pack(_found(task))
    job.sendall(HEADER.pack(ANSWER, len(packed)))
    job.sendall(packed)
    os._exit(0)


def _found(task: Task) -> Any:
    from fangdi.errors import InvalidInputError  # noqa: PLC0415
    from fangdi_gis_data.plans import picture, reader, replies  # noqa: PLC0415

    try:
        if task.name == "backdrop":
            return picture.backdrop_image(Path(task.file), task.what)
        return reader.read_plan(Path(task.file), task.what)
    except InvalidInputError as error:
        return replies.Refused(error.message, error.place)
    except (MemoryError, RecursionError) as error:
        return replies.Failed("memory", repr(error))
    except BaseException:  # noqa: BLE001 - whatever a library raises becomes a finding; the log has the rest
        return replies.Failed("other", traceback.format_exc(limit=-8))


def _received(job: socket.socket) -> bytes:
    """Return the task, which comes with its length before it."""
    kind_and_length = _exactly(job, HEADER.size)
    return _exactly(job, HEADER.unpack(kind_and_length)[1])


def _exactly(job: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = job.recv(min(1 << 20, length - len(parts)))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _leave_network() -> None:
    """Move into a network of one's own, with nothing in it, where the system lets us; readers need none."""
    user, group = os.getuid(), os.getgid()
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(_NEW_NETWORK) == 0 or library.unshare(_NEW_NETWORK | _NEW_USERS) != 0:
        return
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


if __name__ == "__main__":
    main()
