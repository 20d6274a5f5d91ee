"""How features add to a page that another feature shows.

A feature declares facets in a file of its folder, under the name that the page asks for. Each has
``of`` (the dataclass that ``find`` gives), ``order``, ``find`` and ``draw``. An ``Aside`` is added
to the page on the web alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from core.commands import Command
from governance.committees.model import Office
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


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A card below every web page about something, declared in ``ASIDES``. ``parts``: names in the
    page's address ("rule" in "/rules/{rule}"). ``command``: answers with the card, for the id at
    that place. ``offices``: who gets one; for anyone else, nothing is asked."""

    parts: tuple[str, ...]
    offices: frozenset[Office]
    command: Callable[[UUID], Command]
