"""Chance that repeats: every subject of the city has a stream of its own, so that a change to one leaves the rest."""

import zlib
from typing import TypeVar

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

T = TypeVar("T")


def stream(seed: int, *subject: str | int) -> Generator:
    """Return the random numbers of one subject, the same on every machine."""
    words = [part if isinstance(part, int) else zlib.crc32(part.encode()) for part in subject]
    return Generator(PCG64(SeedSequence([seed, *words])))


def pick(rng: Generator, weighted: dict[T, float]) -> T:
    """Return one of the keys, each as likely as its weight says."""
    keys = list(weighted)
    weights = np.fromiter(weighted.values(), dtype=float)
    return keys[int(rng.choice(len(keys), p=weights / weights.sum()))]
