"""What a reading process answers, as bytes: a plan, a picture, or what went wrong.

The process reads files that strangers made, with libraries in C++. Should one of them be taken over, its answer must
not be able to run anything here: only the values of a plan are unpacked, and nothing else has a name.
"""

import dataclasses
import enum
import io
import pickle
from types import ModuleType
from typing import Any

import numpy as np
import shapely

from fangdi.domain.plans import findings, model

MOST_BYTES = 256 << 20
"""Of an answer: a plan of 100,000 rooms has 50 MB."""


@dataclasses.dataclass(frozen=True, slots=True)
class Refused:
    """The file is refused, in words for the person who gave it."""

    message: str
    place: dict[str, str | int]


@dataclasses.dataclass(frozen=True, slots=True)
class Failed:
    """The reader failed: `kind` is memory or other, `detail` is for the log."""

    kind: str
    detail: str


def pack(value: Any) -> bytes:
    """Return an answer as bytes."""
    packed = io.BytesIO()
    _Packer(packed, protocol=5).dump(value)
    return packed.getvalue()


def unpack(packed: bytes) -> Any:
    """Return the answer in the bytes.

    Raises:
        pickle.UnpicklingError: they hold anything but the values of an answer.
    """
    return _Plain(io.BytesIO(packed)).load()


def _names(module: ModuleType) -> dict[tuple[str, str], Any]:
    """Return the values a module defines: its data classes and enumerations."""
    return {
        (module.__name__, name): value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and value.__module__ == module.__name__
        and (dataclasses.is_dataclass(value) or issubclass(value, enum.Enum))
    }


_SCALAR = np.float64(0).__reduce__()[0]
_KNOWN: dict[tuple[str, str], Any] = {
    **_names(model),
    **_names(findings),
    (Refused.__module__, "Refused"): Refused,
    (Failed.__module__, "Failed"): Failed,
    (shapely.from_wkb.__module__, "from_wkb"): shapely.from_wkb,
    ("numpy", "dtype"): np.dtype,
    (_SCALAR.__module__ or "numpy._core.multiarray", "scalar"): _SCALAR,
}


class _Packer(pickle.Pickler):
    """Packs members of enumerations by their values.

    Early releases of Python 3.11 would have them looked up by name, with a function that can look up anything.
    """

    def reducer_override(self, value: Any, /) -> Any:
        """Say how to make a member again."""
        return (type(value), (value.value,)) if isinstance(value, enum.Enum) else NotImplemented


class _Plain(pickle.Unpickler):
    """Unpacks values of plans and nothing else."""

    def find_class(self, module: str, name: str, /) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
        return _KNOWN[module, name]
