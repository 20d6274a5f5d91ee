"""What the forms about an item show beside their fields: who has it, until when it can wait, and
what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from core.cards import Look
from core.forms import Above, Label, Opening, Said
from core.words import Words
from governance import links, wording
from governance.card_parts import quoted
from governance.docket.commands import ShowItem
from governance.docket.messages import NOBODY
from governance.docket.open_items import Aside
from governance.urgent import wording as case_words

STAYS = "stays"
"""Where an item goes that is left where it is: the first choice for what is restricted."""

HELD_BACK = (
    "It may be about someone in danger. A named responder has to look at it and release it before "
    "a committee or triage can have it. You can answer it here."
)
_LEFT_OUT = Said("It names someone who would read it in some places. They are left out.")
_READ_THERE = Said("Once you move it, that committee can read it. You can’t take it back.")


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


def moving(
    item: UUID,
    redacted: str,
    places: tuple[tuple[str, str], ...],
    *,
    readers: Mapping[str, int] | None = None,
    held_back: bool = False,
    names_somebody: bool = False,
) -> Opening:
    """``places``: (key, name) of where it can go, likeliest first. ``readers``: how many people
    will read it there, where it was restricted: then staying there is the first choice, and no
    place is likelier than another. ``held_back``: a responder has to release it first.
    ``names_somebody``: places where somebody works whom it names are left out."""
    few = readers or {}
    stays = any(key == STAYS for key, _ in places)
    return Opening(
        title=Said("Where does this belong?"),
        above=(
            *quoted(redacted),
            *((Said(HELD_BACK),) if held_back else ()),
            *((_LEFT_OUT,) if names_somebody else ()),
            *((_READ_THERE,) if few else ()),
        ),
        choices={"to": tuple((key, _place(name, few.get(key))) for key, name in places)},
        values={"to": STAYS if stays else ""},
        hints={} if stays else {"to": Said("Most likely first.")},
        submit=Said("Move"),
        leave=links.item("", item),
        back=ShowItem(item_id=item),
    )


def _place(name: str, readers: int | None) -> Label:
    """Where it can go; with how many people will read it there, if few could so far."""

    def said(words: Words) -> str:
        if readers is None:
            return wording.queue(words, name)
        return case_words.goes_to(words, name, readers)

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
