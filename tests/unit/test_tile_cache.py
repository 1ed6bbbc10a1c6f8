"""The memory that keeps finished tiles."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from fangdi_api.tile_cache import TileCache

KB = 1000
OVERHEAD = 400  # what an entry costs beside its content


def test_what_was_kept_is_found_again() -> None:
    cache = TileCache(most_bytes=10 * KB)
    cache.put("a", b"tile")

    assert cache.get("a") == b"tile"
    assert cache.get("b") is None


def test_the_tile_used_longest_ago_goes_first() -> None:
    cache = TileCache(most_bytes=3 * (KB + OVERHEAD))
    for key in "abc":
        cache.put(key, bytes(KB))
    cache.get("a")
    cache.put("d", bytes(KB))

    assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]


def test_a_tile_larger_than_the_cache_is_not_kept_and_drives_nothing_out() -> None:
    cache = TileCache(most_bytes=2 * KB)
    cache.put("small", b"tile")
    cache.put("large", bytes(2 * KB))

    assert cache.get("large") is None
    assert cache.get("small") == b"tile"


def test_keeping_the_same_tile_twice_counts_once() -> None:
    cache = TileCache(most_bytes=10 * KB)
    cache.put("a", bytes(KB))
    cache.put("a", bytes(2 * KB))

    assert cache.bytes_kept == 2 * KB + OVERHEAD


def test_it_stays_within_its_bytes_when_many_threads_use_it() -> None:
    cache = TileCache(most_bytes=20 * KB)

    def use(thread: int) -> None:
        for turn in range(500):
            cache.put((thread, turn % 37), bytes(turn % KB))
            cache.get((thread + 1, turn % 37))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(use, range(8)))

    assert 0 < cache.bytes_kept <= 20 * KB


def test_those_who_ask_for_the_same_tile_at_once_share_one_drawing() -> None:
    cache = TileCache(most_bytes=10 * KB)
    drawn = []

    async def draw() -> bytes:
        drawn.append(1)
        await asyncio.sleep(0.01)
        return b"tile"

    async def ask() -> list[bytes]:
        return await asyncio.gather(*(cache.get_or_make("a", draw) for _ in range(20)))

    assert asyncio.run(ask()) == [b"tile"] * 20
    assert len(drawn) == 1


def test_a_failure_reaches_all_who_wait_and_is_not_kept() -> None:
    cache = TileCache(most_bytes=10 * KB)

    async def fail() -> bytes:
        await asyncio.sleep(0)
        raise RuntimeError("no database")

    async def draw() -> bytes:
        return b"tile"

    async def ask() -> bytes:
        answers = await asyncio.gather(*(cache.get_or_make("a", fail) for _ in range(3)), return_exceptions=True)
        assert [str(answer) for answer in answers] == ["no database"] * 3
        return await cache.get_or_make("a", draw)

    assert asyncio.run(ask()) == b"tile"


def test_drawing_goes_on_for_the_others_when_the_first_goes_away() -> None:
    cache = TileCache(most_bytes=10 * KB)

    async def draw() -> bytes:
        await asyncio.sleep(0.01)
        return b"tile"

    async def ask() -> bytes:
        first = asyncio.create_task(cache.get_or_make("a", draw))
        await asyncio.sleep(0)
        second = asyncio.create_task(cache.get_or_make("a", draw))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert asyncio.run(ask()) == b"tile"
