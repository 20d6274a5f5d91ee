"""Urgent announcements as every platform draws them: asked for, decided on, on their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.people import Held
from core.text import Text
from governance.announcements import forms
from governance.announcements.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    EditAsked,
    Settlement,
)
from governance.announcements.asked import TO_EVERYONE
from governance.announcements.commands import DeclineAnnouncement, SendUrgent, WriteAnnouncement
from governance.announcements.handlers import lacks
from governance.announcements.model import (
    Announcement,
    AnnouncementState,
    Approval,
    EditRequest,
    Guard,
    Missed,
    Reach,
    Tally,
)
from governance.messages import (
    AnnouncementDrafted,
    Message,
    Notice,
    Progress,
    ResendCheck,
)
from surveys.questions import Unfit
from tests.bot.samples.forms import form as form_of

TITLE = Text(default="No school on Monday")
ASKER, APPROVER = "Ramona Castellanos", "Cormac Ashgrove"
APPROVERS = (APPROVER, "Anders Holmquist", "Philippa Dunmore")
NOTHING = Tally(people=0, queued=0, sent=0, unknown=0, failed=0, unreachable=0, acknowledged=0)


def urgents(
    announcement: Announcement, tally: Tally, hostile: str, now: datetime
) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    reach = Reach(
        people=7000,
        by_platform=(("slack", 4000), ("teams", 2500), ("web", 500)),
        waiting=12,
        waiting_by=(("slack", 5), ("teams", 7)),
        seconds=1100,
        held=Held(people=6120, until=now + timedelta(hours=9)),
        lasting=(("slack", 1100.0), ("teams", 88.0), ("web", 105.0)),
    )
    ident, end = announcement.id, now + timedelta(hours=24)
    approval = Approval(
        urgent=True, asked_by=ASKER, asked_at=now, lapses_at=end, approvers=APPROVERS
    )
    waiting = replace(announcement, state=AnnouncementState.WAITING, urgent=True, sent_at=None)
    approved = replace(approval, approvers=(), approved_by=APPROVER, approved_at=now)
    back = replace(announcement, state=AnnouncementState.DRAFT, sent_at=None, declined_why=hostile)
    decline = DeclineAnnouncement(announcement_id=ident, request=1764050000123)
    sends = SendUrgent(announcement_id=ident, checked="0" * 72)
    safety = "School Safety, 402-555-0111, day and night"
    titled = replace(announcement, change=replace(announcement.change, title=TITLE))
    to_everyone = forms.urgent(titled, reach, APPROVERS, safety)
    ended = ApprovalSettled(
        announcement_id=ident, title=TITLE, settlement=Settlement.APPROVED, by=APPROVER, at=now
    )
    return {
        "urgent_form": form_of(sends, replace(to_everyone, without=frozenset({"everyone"}))),
        "urgent_form_to_everyone": form_of(
            sends, to_everyone, unfit={"everyone": Unfit(why=TO_EVERYONE)}
        ),
        "approval_asked": ApprovalAsked(
            announcement_id=ident,
            request=1764050000123,
            change=announcement.change,
            sender=ASKER,
            asked_by=ASKER,
            asked_at=now,
            lapses_at=end,
            reach=reach,
        ),
        "decline_form": form_of(decline, forms.declining(ident, TITLE)),
        "decline_form_unfit": form_of(
            replace(decline, why=hostile),
            forms.declining(ident, Text(default=hostile)),
            unfit={
                "why": Unfit(
                    why="Enter a reason. The person who asked needs to know what to change."
                )
            },
        ),
        "approval_approved": ended,
        "approval_approved_to_asker": replace(ended, to_asker=True),
        "approval_declined_to_asker": replace(
            ended, settlement=Settlement.DECLINED, at=None, why=hostile, to_asker=True
        ),
        "approval_lapsed_to_asker": replace(
            ended, settlement=Settlement.LAPSED, by="–", at=None, to_asker=True
        ),
        "approval_withdrawn": replace(ended, settlement=Settlement.WITHDRAWN, by=""),
        "edit_asked": (
            edit := EditAsked(
                request=EditRequest(
                    announcement_id=ident, change=announcement.change, by=None, at=now
                ),
                title=TITLE,
                asked_by=ASKER,
                decided_by="",
                people=3180,
                open=True,
            )
        ),
        "edit_approved_to_asker": replace(
            edit,
            request=replace(edit.request, approved=True, decided_at=now),
            decided_by=APPROVER,
            open=False,
            to_asker=True,
        ),
        "edit_lapsed": replace(edit, open=False),
        "progress_waiting": Progress(announcement=waiting, tally=NOTHING, approval=approval),
        "progress_urgent": Progress(
            announcement=replace(
                announcement, state=AnnouncementState.SENDING, urgent=True, sent_at=now
            ),
            tally=tally,
            approval=approved,
        ),
        "notice_urgent": Notice(
            announcement_id=ident,
            change=replace(announcement.change, title=TITLE),
            sender=ASKER,
            acknowledge=True,
            urgent=True,
        ),
        "resend_check_urgent": ResendCheck(
            announcement_id=ident, title=TITLE, missed=Missed(unreachable=95, wakes=True)
        ),
        "announcement_declined": AnnouncementDrafted(announcement=back, sender=ASKER, reach=reach),
        "lesson_begun": AnnouncementDrafted(
            announcement=replace(back, declined_why=None, lesson=True, due=None),
            sender=ASKER,
            reach=reach,
            lacks=tuple(lacks(replace(back, lesson=True, due=None))),
        ),
        "announcement_to_everyone": AnnouncementDrafted(
            announcement=replace(back, declined_why=None),
            sender=ASKER,
            reach=reach,
            guard=Guard(everyone=True, second=True, approvers=APPROVERS),
            unfit={
                "everyone": Unfit(
                    why="This goes to everyone: {n} people. Type “everyone” to confirm.",
                    values={"n": 7000},
                )
            },
        ),
        "approval_asked_for_many": ApprovalAsked(
            announcement_id=ident,
            request=1764050000123,
            change=announcement.change,
            sender=ASKER,
            asked_by="",
            asked_at=now,
            lapses_at=end,
            reach=reach,
            urgent=False,
            at=now + timedelta(days=2),
        ),
        "approval_approved_for_later": replace(ended, goes_at=now + timedelta(days=2)),
        "progress_waiting_for_many": Progress(
            announcement=replace(waiting, urgent=False),
            tally=NOTHING,
            approval=replace(approval, urgent=False),
        ),
        "notice_test": Notice(
            announcement_id=ident,
            change=announcement.change,
            sender=ASKER,
            acknowledge=False,
            trial=True,
        ),
        "announcement_form_declined": form_of(
            WriteAnnouncement(announcement_id=ident),
            forms.announcement(replace(announcement, declined_why=hostile), {}, language="en"),
        ),
    }
