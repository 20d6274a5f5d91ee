"""Urgent cases as they are shown on every platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from governance.feedback.model import Urgency
from governance.help_desk.model import HandOverState, HelpDeskOffer, Ticket
from governance.messages import Message, News, RestrictedWaiting, Told
from governance.urgent import forms
from governance.urgent.commands import CloseCase, ReleaseItem
from governance.urgent.messages import (
    CaseLine,
    CaseNews,
    Goal,
    UrgentAlert,
    Withdrawn,
)
from governance.urgent.model import Did, Outcome
from surveys.questions import Unfit
from tests.bot.samples.forms import form

ITEM = UUID("1c1f5e52-6c1e-4a51-9d55-0a4b8f1f7a02")
AT = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
"""Ten at night on a Sunday, in Chicago."""

HOSTILE = "<!channel> <@U0EVERYONE> *bold* <https://evil.example|R&D> `x` @here :boom:"

ALERT = UrgentAlert(
    item_id=ITEM,
    urgency=Urgency.SAFETY,
    original=HOSTILE,
    author="T. Rivera",
    building="North High",
    received_at=AT,
    answer_by=AT + timedelta(minutes=10),
    history=(CaseLine(did=Did.TOLD, who="C. Ashgrove", at=AT),),
)
TAKEN = replace(
    ALERT,
    answer_by=None,
    taken_by="S. Lindqvist",
    history=(
        *ALERT.history,
        CaseLine(did=Did.TOLD, who="S. Lindqvist", at=AT + timedelta(minutes=10)),
        CaseLine(did=Did.TAKEN, who="S. Lindqvist", at=AT + timedelta(minutes=12)),
    ),
)
CLOSED = replace(
    TAKEN,
    closed_at=AT + timedelta(hours=1),
    outcome=Outcome.HELPED,
    note="The counselor called the family.",
    history=(
        *TAKEN.history,
        CaseLine(did=Did.CLOSED, who="S. Lindqvist", at=AT + timedelta(hours=1)),
    ),
)
CLOSES = CloseCase(item_id=ITEM, urgency=Urgency.SAFETY)

CASE_MESSAGES: Mapping[str, Message] = {
    "urgent_alert": ALERT,
    "urgent_alert_taken": TAKEN,
    "urgent_alert_closed": CLOSED,
    "urgent_alert_mine": replace(
        TAKEN, mine=True, contacts={"safety": "School Safety, 402-555-0111, day and night"}
    ),
    "urgent_alert_anonymous": replace(ALERT, author=None, building=None),
    "urgent_alert_gone": replace(CLOSED, original="[name] said it.", gone=True),
    "case_taken": CaseNews(
        item_id=ITEM, urgency=Urgency.SECURITY, did=Did.TAKEN, who="S. Lindqvist", at=AT
    ),
    "case_closed": CaseNews(
        item_id=ITEM, urgency=Urgency.PRIVACY, did=Did.CLOSED, who="S. Lindqvist", at=AT
    ),
    "case_asked": CaseNews(
        item_id=ITEM, urgency=Urgency.SAFETY, did=Did.REMINDED, who="S. Lindqvist", at=AT
    ),
    "case_late": CaseNews(
        item_id=ITEM, urgency=Urgency.SECURITY, did=Did.LATE, who="S. Lindqvist", at=AT
    ),
    "close_case_form": form(CLOSES, forms.closing(ITEM, Urgency.SAFETY)),
    "close_case_rejected": form(
        replace(CLOSES, outcome="helped"),
        forms.closing(ITEM, Urgency.SAFETY),
        unfit={"note": Unfit(why="Write what was done. Others have to know.")},
    ),
    "urgent_alert_closed_anonymous": replace(CLOSED, author=None, building=None),
    "urgent_held_back": replace(TAKEN, held_back=True),
    "release_form": form(
        ReleaseItem(item_id=ITEM),
        forms.releasing(
            ITEM,
            HOSTILE,
            (
                Goal(queue="network", name="Network", people=7),
                Goal(queue="triage", name="Triage", people=1),
            ),
        ),
    ),
    "withdrawn": Withdrawn(items=3),
    "told_urgent_off_hours": Told(
        item_id=ITEM,
        news=News.URGENT,
        said="He said he would …",
        received_at=AT,
        urgency=Urgency.SAFETY,
        contacts={"safety": "555-0106"},
        called=("C. Ashgrove", "S. Lindqvist"),
        at_work=False,
    ),
    **{
        f"help_desk_{state}": HelpDeskOffer(
            item_id=ITEM,
            said="The projector in [name]'s room is dead.",
            received_at=AT,
            state=state,
            number="INC-4711" if state is HandOverState.NUMBERED else "",
            contact="555-0100",
        )
        for state in HandOverState
    },
    "ticket": Ticket(
        item_id=ITEM,
        redacted=HOSTILE,
        building="North High",
        room="room 204",
        received_at=AT,
        name="T. Rivera",
        email="t.rivera@schools.example.org",
    ),
    "restricted_waiting_late": RestrictedWaiting(item_id=ITEM, received_at=AT, count=3, late=True),
    **{
        name: RestrictedWaiting(item_id=ITEM, received_at=AT, late=late, stands_in=True)
        for name, late in (("restricted_stand_in", False), ("restricted_stand_in_late", True))
    },
    **{
        name: Told(
            item_id=ITEM,
            news=news,
            said="They all comment on …",
            received_at=AT,
            contacts={"human-resources": "555-0152", "association": "555-0171"},
            stood_in=news is News.RESTRICTED,
        )
        for name, news in (("told_stood_in", News.RESTRICTED), ("told_no_reader", News.NO_READER))
    },
    "told_urgent_nobody": Told(
        item_id=ITEM,
        news=News.URGENT,
        said="They all have …",
        received_at=AT,
        urgency=Urgency.SAFETY,
        contacts={"safety": "555-0106"},
    ),
    "told_taken": Told(
        item_id=ITEM,
        news=News.TAKEN,
        said="He said he would …",
        received_at=AT,
        urgency=Urgency.SAFETY,
    ),
}
