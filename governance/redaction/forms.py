"""What the form to take student data out shows beside its fields."""

from __future__ import annotations

from uuid import UUID

from core.cards import Quote, Secrecy
from core.forms import Opening, Said
from governance import links
from governance.docket.commands import ShowItem
from governance.redaction import wording


def student_data(item: UUID, redacted: str) -> Opening:
    quoted = (Quote(text=redacted, secrecy=Secrecy.SIGNED_IN),) if redacted else ()
    return Opening(
        title=wording.student_data_here,
        above=(wording.student_data_said, *quoted),
        submit=Said("Take it out"),
        shows=wording.student_data_here,
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )
