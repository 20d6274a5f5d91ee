"""What the forms about an item show beside their fields: who has it, until when it can wait, and
what it is called."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from core.cards import Look
from core.forms import Above, Label, Opening, Said
from core.words import Words
from governance import links
from governance.card_parts import quoted
from governance.docket.commands import ShowItem
from governance.docket.messages import NOBODY
from governance.docket.open_items import Aside


def assigning(
    item: UUID, redacted: str, people: tuple[tuple[str, str], ...], assigned_to: str
) -> Opening:
    """``people``: (id, name) of everybody on its committee. ``assigned_to``: who has it now."""
    return Opening(
        title=Said("Who is it assigned to?"),
        above=quoted(redacted),
        choices={"to": ((NOBODY, Said("Not assigned")), *people)},
        values={"to": assigned_to},
        submit=Said("Assign"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )


def putting_aside(
    item: UUID, redacted: str, *, until: date, now: Aside | None, due: datetime | None
) -> Opening:
    """``until``: the day that is offered. ``now``: how it is put aside already. ``due``: by when
    its author is to have an answer, which stays."""
    return Opening(
        title=Said("Put this aside"),
        above=(
            *quoted(redacted),
            Said("It leaves the open list until that day, then it comes back by itself."),
            Above(_stays(due), look=Look.QUIET),
        ),
        values={"until": now.until if now else until, "why": now.why if now else ""},
        submit=Said("Put this aside"),
        shows=Said("Put aside until…"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )


def _stays(due: datetime | None) -> Label:
    def said(words: Words) -> str:
        if due is None:
            return words.say("The author is not notified.")
        return words.say(
            "You still answer by {day}, as the author was told. The author is not notified of "
            "this.",
            day=words.day(due),
        )

    return said


def naming(item: UUID, redacted: str, subject: str) -> Opening:
    """``subject``: what somebody wrote before; "": nobody did."""
    return Opening(
        title=Said("What is it about?"),
        above=quoted(redacted),
        values={"subject": subject},
        submit=Said("Save"),
        shows=Said("Edit the subject"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )
