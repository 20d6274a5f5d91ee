"""What features add to the pages of something that they know, beside its content.

A feature declares ``ASIDES`` in a file of its folder: a part of an address ("rule" of
"/rules/{rule}"), and the command that is asked with the id there. A card that it answers with
stands below the page. The pages know none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from core.commands import Command
from governance.features import declared


def asides_at(parts: Mapping[str, object]) -> Iterator[Command]:
    """What is asked for the page at an address with these parts."""
    for of_feature in declared("ASIDES"):
        for part, command in of_feature.items():
            subject = _id(parts.get(part))
            if subject is not None:
                yield command(subject)


def _id(written: object) -> UUID | None:
    try:
        return UUID(str(written))
    except ValueError:
        return None
