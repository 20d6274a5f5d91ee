"""The number that a safeguard had in an older version of its framework."""

from __future__ import annotations

from collections.abc import Sequence

from governance.controls.model import Framework
from governance.ports import GovernanceStore


def versions_of(store: GovernanceStore, key: str) -> tuple[Framework, ...]:
    """Every version of a framework, the last one imported first."""
    return tuple(one for one in store.frameworks() if one.key == key)


def number_in(versions: Sequence[Framework], number: str, now: str, then: str) -> str:
    """The number in version ``then`` of the safeguard that has this number in version ``now``;
    "": it was not there yet, even if its number was. ``versions``: newest first. Each version knows
    only the numbers of the one before it, so every version in between is looked up."""
    order = [one.version for one in versions]
    if now not in order or then not in order:
        return ""
    first, last = order.index(now), order.index(then)
    if last < first:
        return ""
    for newer, older in zip(versions[first:last], versions[first + 1 : last + 1], strict=True):
        number = _number_before(newer, number)
        if older.safeguard(number) is None:
            return ""
    return number


def are_same(versions: Sequence[Framework], one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two pairs of a version and a number are the same safeguard."""
    (here, mine), (there, its) = one, other
    if here == there:
        return mine == its
    return (
        number_in(versions, mine, here, there) == its
        or number_in(versions, its, there, here) == mine
    )


def _number_before(framework: Framework, number: str) -> str:
    """The number in the version before; "": the safeguard is new, even if its number is not."""
    if number in framework.renumbered:
        return framework.renumbered[number]
    return "" if number in framework.renumbered.values() else number
