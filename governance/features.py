"""What the features declare: ``OPERATIONS``, ``DELIVERIES``, ``CARDS`` and ``NOTES``.

No list names them: a file in a feature's folder that declares one of these is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import governance

_HEAVY = "governance.reading"
"""Language models, which are loaded where something is read."""


def declared(name: str) -> Iterator[Any]:
    """The value of that name in every file of the features that has one, in the order of files."""
    for module in _files():
        if name in vars(module):
            yield vars(module)[name]


@cache
def _files() -> tuple[ModuleType, ...]:
    features = (one.name for one in iter_modules(governance.__path__, "governance.") if one.ispkg)
    return tuple(
        import_module(file.name)
        for feature in features
        if feature != _HEAVY
        for file in iter_modules(import_module(feature).__path__, f"{feature}.")
    )
