"""Work spread over processes: one that is gone takes nothing along but the task it had, and another takes its place."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_SPAWN = multiprocessing.get_context("spawn")  # a fork would take along connections and threads


def spread(
    do: Callable[[Task], Result], tasks: Iterable[Task], *, processes: int
) -> Iterator[tuple[Task, Result | None]]:
    """Yield each task with what came of it, in the order in which they end; None when its process was gone.

    `do` is a function of a module, and does not raise; a task is taken from the iterable when a process is free for it.
    """
    waiting = iter(tasks)
    hands: list[_Hand[Task, Result]] = [_Hand(do) for _ in range(processes)]
    busy: dict[Connection, _Hand[Task, Result]] = {}
    try:
        idle = list(hands)
        while True:
            while idle and (task := next(waiting, None)) is not None:
                hand = idle.pop()
                hand.give(task)
                busy[hand.connection] = hand
            if not busy:
                return
            for ready in wait(list(busy)):
                hand = busy.pop(ready)  # type: ignore[call-overload]  # what went in comes out
                task, result, alive = hand.take()
                if not alive:
                    hands.remove(hand)
                    hand = _Hand(do)
                    hands.append(hand)
                idle.append(hand)
                yield task, result
    finally:
        for hand in hands:
            hand.dismiss()


@dataclass(slots=True, init=False)
class _Hand(Generic[Task, Result]):
    """A process, and what it has to do."""

    connection: Connection
    _process: BaseProcess
    _task: Task | None

    def __init__(self, do: Callable[[Task], Result]) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_work, args=(theirs, do), daemon=False)  # a reader is its own child
        self._process.start()
        theirs.close()
        self._task = None

    def give(self, task: Task) -> None:
        self._task = task
        with suppress(OSError):  # it is gone, which shows when the result is taken
            self.connection.send(task)

    def take(self) -> tuple[Task, Result | None, bool]:
        """Return the task, what came of it, and whether the process is still there."""
        assert self._task is not None  # noqa: S101 - only those that were given one are waited for
        try:
            result: Result = self.connection.recv()
        except (EOFError, OSError):
            self.dismiss()
            return self._task, None, False
        return self._task, result, True

    def dismiss(self) -> None:
        self.connection.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(connection: Connection, do: Callable[[Task], Result]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says when it is over
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(do(task))
