"""An urgent announcement: asked for by one person, approved or declined by another."""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response

from bot.web.visiting import Visit
from governance.approval_messages import ApprovalSettled, DeclineForm
from governance.commands import (
    ApproveAnnouncement,
    DeclineAnnouncement,
    SendAnnouncement,
    ShowApproval,
    ShowDeclineForm,
    ShowUrgentForm,
)
from governance.messages import Progress
from surveys.messages import Rejected


async def offer(visit: Visit) -> Response:
    """What it means, before anybody is asked."""
    announcement = visit.subject("announcement")
    reply = await visit.ask(ShowUrgentForm(announcement_id=announcement))
    if isinstance(reply.message, Progress):  # somebody is asked already
        return visit.go(f"/announcements/{announcement}/progress")
    return await visit.anything(reply.message, reply.reader)


async def ask(visit: Visit) -> Response:
    announcement = visit.subject("announcement")
    reply = await visit.ask(SendAnnouncement(announcement_id=announcement, urgent=True))
    if not isinstance(reply.message, Progress):
        return await visit.anything(reply.message, reply.reader)
    note = visit.words(reply.reader).say("Asked. It goes out as soon as one of them approves it.")
    return visit.go(f"/announcements/{announcement}/progress", note=note)


async def show(visit: Visit) -> Response:
    """What an approver decides on, or what was decided."""
    reply = await visit.ask(ShowApproval(announcement_id=visit.subject("announcement")))
    return await visit.anything(reply.message, reply.reader)


async def approve(visit: Visit) -> Response:
    announcement = visit.subject("announcement")
    request = visit.form.whole("request")
    reply = await visit.ask(ApproveAnnouncement(announcement_id=announcement, request=request))
    if isinstance(reply.message, ApprovalSettled):
        return _decided(visit, announcement)
    return await visit.anything(reply.message, reply.reader)


async def decline_form(visit: Visit) -> Response:
    reply = await visit.ask(ShowDeclineForm(announcement_id=visit.subject("announcement")))
    return await visit.anything(reply.message, reply.reader)


async def decline(visit: Visit) -> Response:
    announcement = visit.subject("announcement")
    request, why = visit.form.whole("request"), visit.form.one("why")
    no = DeclineAnnouncement(announcement_id=announcement, request=request, why=why)
    reply = await visit.ask(no)
    match reply.message:
        case ApprovalSettled():
            return _decided(visit, announcement)
        case Rejected(unfit=unfit):
            shown = await visit.ask(ShowDeclineForm(announcement_id=announcement))
            if not isinstance(shown.message, DeclineForm):
                return await visit.anything(shown.message, shown.reader)
            # The reason is for what it was written about, whatever was asked since.
            form = DeclineForm(
                announcement_id=announcement,
                request=request,
                title=shown.message.title,
                why=why,
                unfit=unfit,
            )
            title = visit.words(shown.reader).say("Decline")
            return await visit.form_page(title, form, shown.reader, status=422)
        case message:
            return await visit.anything(message, reply.reader)


def _decided(visit: Visit, announcement: UUID) -> Response:
    """On to what was decided, which says itself by whom and when."""
    return visit.go(f"/announcements/{announcement}/approval")
