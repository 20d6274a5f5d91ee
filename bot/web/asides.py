"""What features add below the pages about something they know of (``governance.facets.Aside``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from core.commands import Command
from governance.committees.model import Office
from governance.features import declared


def asides_at(parts: Mapping[str, object], offices: frozenset[Office]) -> Iterator[Command]:
    """The commands to ask for a page with these parts in its address, when its reader holds these
    offices."""
    for aside in (one for of_feature in declared("ASIDES") for one in of_feature):
        if not offices & aside.offices:
            continue
        for part in aside.parts:
            subject = _id(parts.get(part))
            if subject is not None:
                yield aside.command(subject)


def _id(written: object) -> UUID | None:
    try:
        return UUID(str(written))
    except ValueError:
        return None
