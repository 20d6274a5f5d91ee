"""Where tests fork processes of the service from: one that has imported what each of them needs.
There is one such server in a test run, whoever asks first."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext


def forking() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.preloaded"])
    return context
