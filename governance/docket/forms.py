"""What the form to assign an item shows beside its field."""

from __future__ import annotations

from uuid import UUID

from core.cards import Quote, Secrecy
from core.forms import Opening, Said
from governance import links
from governance.docket.commands import ShowItem
from governance.docket.messages import NOBODY


def assigning(
    item: UUID, redacted: str, people: tuple[tuple[str, str], ...], assigned_to: str
) -> Opening:
    """``people``: (id, name) of everybody on its committee. ``assigned_to``: who has it now."""
    return Opening(
        title=Said("Who is it assigned to?"),
        above=(Quote(text=redacted, secrecy=Secrecy.SIGNED_IN),) if redacted else (),
        choices={"to": ((NOBODY, Said("Not assigned")), *people)},
        values={"to": assigned_to},
        submit=Said("Assign"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )
