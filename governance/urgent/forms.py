"""What the forms about an urgent case show beside their fields."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from core.cards import Quote, Secrecy
from core.forms import Opening, Said
from governance import links
from governance.feedback.model import Urgency
from governance.urgent import wording
from governance.urgent.commands import ShowCase
from governance.urgent.messages import Goal


def closing(item: UUID, urgency: Urgency) -> Opening:
    return Opening(
        badge=lambda words: wording.kind(words, urgency),
        title=Said("Close this case"),
        submit=Said("Close it"),
        leave=links.case("", item, urgency),
        back=ShowCase(item_id=item, urgency=urgency),
    )


def releasing(item: UUID, redacted: str, goals: Iterable[Goal]) -> Opening:
    """``redacted``: what they will read there; "" where that is worked out at the press. None is
    chosen beforehand: what reads as danger has no likely committee."""
    told = Said(
        "Do this only if nobody is in danger, or the danger is over. The people you choose will "
        "read these words. Your name and the time are kept on record. You cannot take it back."
    )
    quoted = (Quote(text=redacted, secrecy=Secrecy.SIGNED_IN),) if redacted else ()
    return Opening(
        title=Said("Send this message to a committee"),
        above=(told, *quoted),
        choices={
            "to": tuple(
                (one.queue, partial(wording.goes_to, name=one.name, people=one.people))
                for one in goals
            )
        },
        submit=Said("Send it"),
        leave=links.case("", item, Urgency.SAFETY),
        back=ShowCase(item_id=item, urgency=Urgency.SAFETY),
    )
