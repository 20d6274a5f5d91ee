"""What the forms to combine messages, and to split one off, show beside their field."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from core.forms import Label, Opening, Said
from governance import links
from governance.card_parts import quoted
from governance.docket.commands import ShowItem
from governance.duplicates import wording

Messages = Iterable[tuple[UUID, str]]
"""Their ids, and their first words, the likeliest first."""


def joining(item: UUID, redacted: str, found: Messages) -> Opening:
    """``found``: the open items that may say the same."""
    asked = Said("Which message says the same?")
    return _choosing(item, redacted, found, asked, Said("Combine them"))


def parting(item: UUID, redacted: str, found: Messages) -> Opening:
    """``found``: those that are kept with it."""
    asked = Said("Which message is about something else?")
    return _choosing(item, redacted, found, asked, Said("Split it off"))


def _choosing(item: UUID, redacted: str, found: Messages, asked: Label, submit: Label) -> Opening:
    return Opening(
        title=asked,
        above=quoted(redacted),
        choices={"to": tuple((str(key), words) for key, words in found)},
        submit=submit,
        shows=Said("Choose"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
        page=(wording.all_of_it, links.matter("", item)),
    )
