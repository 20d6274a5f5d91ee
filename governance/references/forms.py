"""What the form to link an item shows beside its fields."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.forms import Label, Opening
from core.words import Words
from governance import links
from governance.card_parts import quoted
from governance.docket.commands import ShowItem
from governance.references import wording
from governance.references.model import BoundLine


def linking(
    item: UUID, redacted: str, offered: tuple[BoundLine, ...], linked: tuple[BoundLine, ...]
) -> Opening:
    """``offered``: the goals of the plan, the rules, and what was announced, the newest first.
    ``linked``: what it has to do with now."""
    return Opening(
        title=wording.title,
        above=quoted(redacted),
        choices={"to": _choices(offered), "away": _choices(linked)},
        without=frozenset(name for name, some in (("to", offered), ("away", linked)) if not some),
        submit=wording.opens,
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )


def _choices(some: Iterable[BoundLine]) -> tuple[tuple[str, Label], ...]:
    return tuple((one.bound.token, _named(one)) for one in some)


def _named(one: BoundLine) -> Label:
    def said(words: Words) -> str:
        return wording.named(words, one)

    return said
