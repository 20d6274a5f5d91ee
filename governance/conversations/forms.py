"""What the forms of a committee's question and of its reply show beside their fields."""

from __future__ import annotations

from uuid import UUID

from core.forms import Opening, Quoted, Said
from governance import links, wording
from governance.card_parts import quoted
from governance.conversations import wording as say
from governance.docket.commands import ShowItem


def asking(item: UUID, redacted: str) -> Opening:
    """``redacted``: what the committee may read of the item."""
    return Opening(
        title=Said("Ask the author"),
        above=quoted(redacted),
        submit=Said("Ask"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )


def replying(committee: str, question: str, said: str) -> Opening:
    """``question``: what the committee asks. ``said``: the beginning of what the author told."""
    return Opening(
        title=lambda words: say.has_a_question(words, committee),
        above=(
            *(
                (Quoted(question, lambda words: say.asked_by(words, committee)),)
                if question
                else ()
            ),
            *((Quoted(said, Said("You told us:")),) if said else ()),
        ),
        submit=Said("Send the reply"),
        shows=Said("Reply"),
        leave=links.inbox(""),
        note=wording.not_monitored,
    )
