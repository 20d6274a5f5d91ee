"""How features add to a page that another feature shows.

A feature declares facets in a file of its folder, under the name that the page asks for. Each has
``of`` (the dataclass that ``find`` gives), ``order``, ``find`` and ``draw``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from governance.features import declared


@cache
def in_order(name: str) -> tuple[Any, ...]:
    """The facets declared under a name, by ``order``."""
    found = [one for of_feature in declared(name) for one in of_feature]
    return tuple(sorted(found, key=lambda one: one.order))


def found(name: str, *about: object) -> tuple[object, ...]:
    """What each facet finds; None is left out. ``about``: what its ``find`` takes."""
    each = (one.find(*about) for one in in_order(name))
    return tuple(one for one in each if one is not None)


def facet_of(name: str, what: object) -> Any:
    """The facet that found it."""
    return next(one for one in in_order(name) if one.of is type(what))
