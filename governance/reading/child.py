"""A process beside the service, for what would hold up everybody in it: reading messages, computing
results. Questions and answers are pickles over its standard input and output, and never in a file.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import IO, Any, TypeVar

_Result = TypeVar("_Result")
_Asked = TypeVar("_Asked")

_SILENCE = 10.0
"""Seconds by the clock. A child that says nothing for so much longer hangs, and is killed: also
where the machine is busy with something else."""

_HEAD = struct.Struct(">Q")
"""Bytes of the pickle that follows."""

_SERVICE = "SOUNDINGBOARD_SERVICE_PID"
"""Told to the child: a service that is killed while its child starts is no parent any more."""

SERVE = "from governance.reading.child import serve; serve()"
"""What a child runs."""


class ChildAwayError(Exception):
    """The child died, or did not answer in time."""


class ChildFaultError(Exception):
    """The child could not do what it was asked. It says where (frames) and never what about."""


class Child:
    """The process, from the side of the service. Its pipes are read and written in a thread: the
    end of the process ends that, too. ``code``: what it runs, ``SERVE`` after what it may load
    before it is asked."""

    def __init__(self, code: str = SERVE) -> None:
        # The model's weights are read from end to end for each message; in large pages that takes
        # a fifth less (only glibc knows the variable, and a district's own goes before).
        found = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(  # noqa: S603  (ourselves)
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
                **os.environ,
                "PYTHONPATH": found,
                _SERVICE: str(os.getpid()),
            },
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(
        self, task: Callable[[_Asked], _Result], asked: _Asked, seconds: float
    ) -> _Result:
        """``seconds``: what it may take. ``ChildAwayError``: the child is no more."""
        talk = asyncio.get_running_loop().run_in_executor(
            None, self._talk, pickle.dumps((task, asked))
        )
        talk.add_done_callback(heard)
        try:
            failed, answer = await asyncio.wait_for(asyncio.shield(talk), seconds + _SILENCE)
        except (OSError, EOFError) as error:  # a TimeoutError is an OSError
            await self.end()
            await asyncio.wait([talk])  # it ends with the process
            raise ChildAwayError(type(error).__name__) from None
        if failed:
            raise ChildFaultError(answer)
        result: _Result = answer
        return result

    def _talk(self, question: bytes) -> tuple[bool, Any]:
        to_it, from_it = self._process.stdin, self._process.stdout
        assert to_it is not None and from_it is not None  # noqa: S101, PT018  (made with both)
        _put(to_it, question)
        answer = _next(from_it)
        if answer is None:
            raise EOFError
        found: tuple[bool, Any] = pickle.loads(answer)  # noqa: S301  (of our own child)
        return found

    async def end(self) -> None:
        self._process.kill()  # also one that is stopped; nothing where it is dead
        await asyncio.to_thread(self._process.wait)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was left to write
                    pipe.close()


def heard(talk: asyncio.Future[Any]) -> None:
    """Also where nobody listens anymore, an error is no news to the loop."""
    if not talk.cancelled():
        talk.exception()


def _put(pipe: IO[bytes], body: bytes) -> None:
    pipe.write(_HEAD.pack(len(body)) + body)
    pipe.flush()


def _next(pipe: IO[bytes]) -> bytes | None:
    """What comes next; None where the other side has gone."""
    head = pipe.read(_HEAD.size)
    size = _HEAD.unpack(head)[0] if len(head) == _HEAD.size else None
    body = b"" if size is None else pipe.read(size)
    return body if len(body) == size else None


# -- in the child -------------------------------------------------------------------------------


def serve() -> None:
    """Answer questions until there are no more."""
    # Before the libraries load: on matrices this small a second thread only spins beside the first
    # (49 ms of processor a message became 25 without it).
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the service's: it ends the child
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what it works on is in no core dump, either
    threading.Thread(
        target=_end_with_parent, args=(int(os.environ[_SERVICE]),), daemon=True
    ).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while question := _next(sys.stdin.buffer):
        task, asked = pickle.loads(question)  # noqa: S301  (the service's)
        try:
            answer: tuple[bool, object] = False, task(asked)
        except Exception as error:
            answer = True, where(error)
        _put(answers, pickle.dumps(answer))


def _end_with_parent(parent: int) -> None:
    """A killed service must not leave its child at work."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def where(error: BaseException) -> str:
    """Kind and place of an error, without its words: they may be somebody's."""
    frames = traceback.extract_tb(error.__traceback__)
    places = (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return "\n".join((type(error).__name__, *places))
