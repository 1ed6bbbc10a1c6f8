"""Finished tiles kept in memory, up to a number of bytes; the one used longest ago goes first."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from threading import Lock

_OVERHEAD = 400
"""Bytes a kept tile takes beside its content: key, entry and headers of the objects, measured on CPython 3.11."""


class TileCache:
    """Keeps bytes under a key; reading and keeping is safe from any thread."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._making: dict[Hashable, asyncio.Task[bytes]] = {}

    @property
    def bytes_kept(self) -> int:
        """Memory in use."""
        return self._bytes

    def get(self, key: Hashable) -> bytes | None:
        """Return what is kept under the key."""
        with self._lock:
            content = self._kept.get(key)
            if content is not None:
                self._kept.move_to_end(key)
            return content

    def put(self, key: Hashable, content: bytes) -> None:
        """Keep content, unless it alone is too large."""
        cost = len(content) + _OVERHEAD
        if cost > self._most_bytes:
            return
        with self._lock:
            known = self._kept.pop(key, None)
            self._bytes += cost - (len(known) + _OVERHEAD if known is not None else 0)
            self._kept[key] = content
            while self._bytes > self._most_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped) + _OVERHEAD

    async def get_or_make(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """Return what is kept, else make and keep it; those who ask meanwhile wait for the same.

        Called from one event loop. Making goes on when the one who asked first goes away, since others may wait.
        """
        content = self.get(key)
        if content is not None:
            return content
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._make(key, make))
            self._making[key] = task
            task.add_done_callback(lambda made: self._made(key, made))
        return await asyncio.shield(task)

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        content = await make()
        self.put(key, content)
        return content

    def _made(self, key: Hashable, task: asyncio.Task[bytes]) -> None:
        self._making.pop(key, None)
        if not task.cancelled():
            task.exception()  # seen, even when nobody waits for it any more
