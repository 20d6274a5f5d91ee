"""What was learned before, from the same lessons and with the same code, is read from a file of
this machine: learning takes fifteen seconds of a processor, in each process anew, for which others
in a test wait.

Readers number words by their hashes, so that a file serves processes with one seed of hashes: the
children that read in tests, and in ``make test`` the tests themselves.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, TypeVar

from governance.reading import child, worker

if TYPE_CHECKING:
    from governance.committees.model import Committee
    from governance.reading.examples import Example
    from governance.reading.reader import Reader

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".pytest_cache" / "learned"
SEED = "0"
SERVE = "from tests.learned_once import serve; serve()"
"""In place of ``child.SERVE``."""

Made = TypeVar("Made")


def serve() -> None:
    if os.environ.get("PYTHONHASHSEED") != SEED:
        seeded = {**os.environ, "PYTHONHASHSEED": SEED}
        os.execve(sys.executable, [sys.executable, "-c", SERVE], seeded)  # noqa: S606
    worker._learn = _learn
    child.serve()


_learn_anew = worker._learn


def _learn(lessons: worker._Lessons) -> None:
    from governance.reading.reader import Reader

    _anew()
    Reader.train = train  # type: ignore[method-assign,assignment]
    _learn_anew(lessons)


@functools.cache
def _anew() -> Callable[..., Reader]:
    from governance.reading.reader import Reader

    return Reader.train


def train(
    committees: Sequence[Committee], examples: Sequence[Example], names: Collection[str] = ()
) -> Reader:
    """As ``Reader.train``."""
    from governance.reading.personal_data import find, redact

    known = frozenset(names)

    def without_personal_data() -> tuple[str, ...]:
        return tuple(redact(one.text, find(one.text, known)) for one in examples)

    def learned() -> Reader:
        return _anew()(committees, examples, names)

    if os.environ.get("PYTHONHASHSEED") != SEED:
        return learned()
    plain = kept((sorted(known), [one.text for one in examples]), without_personal_data)
    found = kept((tuple(committees), tuple(examples), plain), learned)
    found._names = known
    return found


def kept(lessons: object, make: Callable[[], Made]) -> Made:
    """What was made of these before, or is made now. Whoever wants the same meanwhile waits."""
    folder = FOLDER / code()
    if not folder.exists():
        shutil.rmtree(FOLDER, ignore_errors=True)  # of other code
        folder.mkdir(parents=True, exist_ok=True)
    file = folder / hashlib.blake2b(repr(lessons).encode(), digest_size=16).hexdigest()
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            new = file.with_suffix(".new")
            with new.open("wb") as out:
                _Pickler(out).dump(make())
            new.replace(file)
    with file.open("rb") as found:
        made: Made = pickle.load(found)  # noqa: S301  (our own)
    return made


@functools.cache
def code() -> str:
    """What learning depends on but for its lessons."""
    reads = sorted((ROOT / "governance" / "reading").rglob("*.*"))
    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in (*reads, ROOT / "requirements" / "tools.txt", Path(__file__)):
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


class _Pickler(pickle.Pickler):
    """Also of what a reader has made for itself: it is made again."""

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, FunctionType) and one.__qualname__ == "said_by.<locals>.<lambda>":
            return _said_by, (one.__closure__[0].cell_contents,)  # type: ignore[index]
        if isinstance(one, functools._lru_cache_wrapper) and isinstance(
            one.__wrapped__, MethodType
        ):
            return _remembering, (one.__wrapped__, one.cache_parameters()["maxsize"])
        return NotImplemented


def _said_by(apart: Any) -> Any:
    from governance.reading.wording import said_by

    class Spent:
        build_analyzer = staticmethod(lambda: apart)

    return said_by(Spent)


def _remembering(found: Any, most: int | None) -> Any:
    return functools.lru_cache(maxsize=most)(found)
