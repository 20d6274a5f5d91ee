"""Examples of assessments and gaps. Each file ``practices_*.py`` here has ``samples(hostile)``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from governance.messages import Message
from tests.bot import samples


def practices(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    found: dict[str, Message] = {}
    for one in iter_modules(samples.__path__, f"{samples.__name__}."):
        if "practices_" in one.name:
            more = import_module(one.name).samples(hostile)
            assert not found.keys() & more.keys(), one.name
            found |= more
    return found
