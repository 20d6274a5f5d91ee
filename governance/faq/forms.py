"""What the form of an entry of the FAQ shows beside its fields."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.cards import Look
from core.forms import Above, Opening, Said
from governance import links


def entry(
    change: UUID,
    found: UUID | None,
    words: Mapping[str, Mapping[str, str]],
    *,
    language: str,
    from_item: bool = False,
) -> Opening:
    """``found``: the entry that is there; None: a new one. ``words``: its texts, by their inputs.
    ``from_item``: it begins with a question of somebody's."""
    title = Said("Edit the answer" if found else "Write an answer")
    neutral = Said(
        "Write it so that nothing points to the person who asked. Names that we recognized were "
        "taken out."
    )
    return Opening(
        title=title,
        above=(
            Said("Everyone who can see the change can read it. Fill in at least one language."),
            *((Above(neutral, Look.STRONG),) if from_item else ()),
        ),
        values=words,
        language=language,
        anew=found is None,
        submit=Said("Publish"),
        shows=title,
        leave=links.faq("", change, found),
        up=(Said("All answers"), links.faq("", change)),
    )
