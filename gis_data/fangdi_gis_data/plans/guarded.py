"""Reading a plan in a process of its own, with limits of time and memory: whatever a file does, the worker stays.

A crash, a hang and a memory bomb become findings of an empty plan. Several files can be read at once.
"""

import array
import atexit
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Plan, PlanFormat, Reading, Units
from fangdi.errors import InvalidInputError
from fangdi_gis_data.plans import replies
from fangdi_gis_data.plans.contents import Kind, kind_of
from fangdi_gis_data.plans.reading_server import ANSWER, HEADER, OUT_OF_TIME, Task

_log = logging.getLogger(__name__)
_GRACE_S = 10.0
"""How much longer to wait for the keeper, which ends the reader in time: only a stopped machine needs it."""

_WORDS: dict[str, tuple[str, str]] = {
    "crash": (
        "the reader came upon content that it cannot handle, and was ended; the file is damaged or made to do harm",
        "读取程序遇到无法处理的内容而终止,文件可能已损坏或经过恶意构造",
    ),
    "other": (
        "its content contradicts itself in a way that the reader does not know",
        "文件内容自相矛盾,读取程序无法解释",
    ),
}


def read_guarded(file: Path, reading: Reading, *, seconds: float = 60, memory_mb: int = 1024) -> Plan:
    """Read a plan as `reader.read_plan` does; what the reader cannot stand becomes the finding of an empty plan.

    `memory_mb` is what the reading may take beyond the libraries.

    Raises:
        InvalidInputError: the file is of a kind that is not read, or damaged; the message says what to do.
    """
    found = _SERVER.ask(Task("plan", str(file.absolute()), reading, seconds, memory_mb))
    if isinstance(found, Plan):
        return found
    return Plan(_format(file), floors=(), units=Units("m", 1.0, "format"), findings=(_finding(file, found),))


def backdrop_guarded(
    file: Path, page: int = 0, *, seconds: float = 60, memory_mb: int = 1024
) -> tuple[bytes, int, int]:
    """Return a picture or page as `picture.backdrop_image` does.

    Raises:
        InvalidInputError: it is damaged, protected or too large.
    """
    found = _SERVER.ask(Task("backdrop", str(file.absolute()), page, seconds, memory_mb))
    if isinstance(found, tuple):
        png, width, height = found
        return bytes(png), int(width), int(height)
    said = _finding(file, found).values
    chinese = said.get("reason_zh", "文件过大")
    english = said.get("reason", "it takes too much time or memory")
    raise InvalidInputError(f"{file.name}:{chinese}。 / It cannot be shown: {english}.", place={"file": file.name})


def _format(file: Path) -> PlanFormat:
    """Return what a file that could not be read claims to be."""
    try:
        kind = kind_of(file)
    except InvalidInputError:
        return PlanFormat.GIS
    return {Kind.DXF: PlanFormat.DXF, Kind.IFC: PlanFormat.IFC, Kind.PICTURE: PlanFormat.PICTURE}.get(
        kind, PlanFormat.GIS
    )


def _finding(file: Path, failed: Any) -> Finding:
    """Return what a failure means for the person who gave the file; the log has what it means for us."""
    kind, detail, task = failed
    _log.warning("Reading %s failed: %s; %s", file.name, kind, detail)
    if kind == "time":
        values = {"found": f"> {task.seconds:g} s", "most": f"{task.seconds:g} s"}
        what = {"what": "The time to read it", "what_zh": "读取时间"}
        return Finding(FindingCode.TOO_LARGE, Severity.ERROR, what | values)
    if kind == "memory":
        values = {"found": f"> {task.memory_mb} MB", "most": f"{task.memory_mb} MB"}
        what = {"what": "The memory to read it", "what_zh": "读取所需内存"}
        return Finding(FindingCode.TOO_LARGE, Severity.ERROR, what | values)
    english, chinese = _WORDS[kind]
    return Finding(FindingCode.UNREADABLE, Severity.ERROR, {"reason": english, "reason_zh": chinese})


class _Server:
    """The reading process of this process: started when first needed, again after a fork or when it has gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def ask(self, task: Task) -> Any:
        """Return the answer to a task, or how it failed: (kind, detail, task)."""
        ours, theirs = socket.socketpair()
        with ours:
            ours.settimeout(task.seconds + _GRACE_S)
            with theirs:
                self._send(theirs)
            try:
                packed = pickle.dumps(task)
                ours.sendall(HEADER.pack(ANSWER, len(packed)) + packed)
                answer, status = _frames(ours)
            except (OSError, EOFError) as error:  # a reading process that was ended from outside
                return "crash", repr(error), task
        return _judged(answer, status, task)

    def _send(self, job: socket.socket) -> None:
        """Pass the socket on, starting the process if there is none, once more if it has just gone."""
        passed = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [job.fileno()]))]
        with self._lock:
            try:
                self._started().sendmsg([b"j"], passed)
            except OSError:
                self.stop()
                self._started().sendmsg([b"j"], passed)

    def _started(self) -> socket.socket:
        if self._control is not None and self._owner == os.getpid():
            return self._control
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by the interpreter we run in
                [sys.executable, "-m", "fangdi_gis_data.plans.reading_server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=os.environ
                | {
                    "OPENBLAS_NUM_THREADS": "1",
                    "OMP_NUM_THREADS": "1",
                    "ARROW_DEFAULT_MEMORY_POOL": "system",
                },  # a fork has one thread
            )
        self._owner = os.getpid()
        return self._control

    def stop(self) -> None:
        """End the process; readers that are at work end in their time."""
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.terminate()
            self._process.wait()
        self._process = self._control = None


def _frames(job: socket.socket) -> tuple[bytes | None, bytes]:
    """Return the answer, if one came whole, and how the reader ended."""
    answer: bytes | None = None
    while True:
        kind, length = HEADER.unpack(_exactly(job, HEADER.size))
        if length > replies.MOST_BYTES:
            raise EOFError
        body = _exactly(job, length)
        if kind != ANSWER:
            return answer, body
        answer = body


def _exactly(job: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = job.recv(min(1 << 20, length - len(parts)))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _judged(answer: bytes | None, status: bytes, task: Task) -> Any:
    """Return what was read; raise what was refused; or return how it failed."""
    if answer is not None:
        try:
            found = replies.unpack(answer)
        except Exception as error:  # noqa: BLE001 - bytes of a process that may have been taken over
            return "crash", repr(error), task
        if isinstance(found, replies.Refused):
            raise InvalidInputError(found.message, place=found.place)
        if isinstance(found, replies.Failed):
            return ("memory" if found.kind == "memory" else "other"), found.detail, task
        return found
    late, by_signal = status[0] == OUT_OF_TIME, status[1]
    kind = "time" if late else _BY_SIGNAL.get(by_signal, "crash")
    return kind, f"signal {by_signal}", task


_BY_SIGNAL = {int(signal.SIGXCPU): "time", int(signal.SIGKILL): "memory"}
"""The keeper ends a reader only when it is late; any other kill is the system's, which has run out of memory."""
_SERVER = _Server()
atexit.register(_SERVER.stop)
