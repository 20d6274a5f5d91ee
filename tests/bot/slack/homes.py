"""Home tabs, by what somebody is: from nothing at all to far more than Slack would take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from core.messages import Order
from governance.announcements.model import AnnouncementState
from governance.committees.model import RESTRICTED
from governance.feedback.model import ItemState
from governance.messages import Message
from governance.views import AnnouncementLine, DeskView, HomeView, InboxEntry, InboxView, MyItem
from governance.waiting import order_of
from surveys.questions import Unfit
from surveys.survey import Participation
from tests.bot.slack.samples import (
    ANNOUNCEMENT,
    AT,
    HOSTILE,
    ITEM,
    LONG,
    SAMPLES,
    TALLY,
    brief,
)

ASKED_IT = Participation.ASKED


def waiting(*names: str) -> tuple[InboxEntry, ...]:
    return tuple(
        InboxEntry(
            delivery_id=UUID(int=n),
            at=AT,
            message=_message(name),
            order=order_of("", _message(name), ASKED_IT) or Order.DUTY,
        )
        for n, name in enumerate(names)
    )


def _message(name: str) -> Message:
    found: Any = SAMPLES[name]
    return found  # type: ignore[no-any-return]


def mine(**changes: object) -> MyItem:
    whole: dict[str, Any] = {
        "item_id": ITEM, "received_at": AT, "said": "The Wi-Fi drops.",
        "state": ItemState.ANSWERED, "queue_name": "Network", "answer": "We found it.", **changes,
    }  # fmt: skip
    return MyItem(**whole)


INBOX = InboxView(entries=(), items=(), queues=(), cto=False)
NOBODY = HomeView(inbox=INBOX, open_briefs={}, desk=None, contacts={})
TEACHER = replace(
    NOBODY,
    inbox=replace(
        INBOX,
        entries=waiting("invitation_modal", "notice", "approval_asked"),
        items=(mine(), mine(outcome=Unfit(why="Your comment was declined."))),
    ),
)
CHAIR = replace(
    NOBODY,
    inbox=replace(
        INBOX,
        queues=(("network", "Network"), (RESTRICTED, "Restricted")),
        open_items={"network": 7, RESTRICTED: 1},
    ),
    open_briefs={"network": (brief(redacted="The portables have no Wi-Fi."),)},
)
DESK = DeskView(
    surveys=(),
    waves=(),
    announcements=(
        AnnouncementLine(
            announcement=replace(ANNOUNCEMENT, state=AnnouncementState.SENDING), tally=TALLY
        ),
    ),
)
CTO = replace(NOBODY, desk=DESK)
ASKED = replace(
    NOBODY,
    inbox=replace(
        INBOX,
        entries=waiting("advice_sent", "help_desk_offered", "taken_out", "told_asked"),
        urgent_cases=2,
    ),
)
_HOSTILE = ("invitation_hostile", "notice_long_hostile", "approval_asked")
EVERYTHING = HomeView(
    inbox=replace(
        INBOX,
        entries=waiting(*_HOSTILE * 40),
        items=(mine(said=HOSTILE + LONG, answer=LONG),) * 50,
        queues=tuple((f"c-{n}", HOSTILE) for n in range(30)),
        open_items={f"c-{n}": 999 for n in range(30)},
    ),
    open_briefs={f"c-{n}": (brief(redacted=HOSTILE + LONG),) * 3 for n in range(30)},
    desk=replace(DESK, announcements=DESK.announcements * 60),
    contacts={"Help desk": LONG},
)

HOMES = {
    "of_nobody": NOBODY,
    "of_a_teacher": TEACHER,
    "of_a_chair": CHAIR,
    "of_the_cto": CTO,
    "of_all_that_is_asked": ASKED,
    "of_everything": EVERYTHING,
}
"""What is agreed in golden files."""
