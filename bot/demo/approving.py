"""The second person of the demo's past: what went to many was approved by somebody else, through
the same operations as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bot.app.dispatch import Dispatch
from bot.conversation import Speaker
from core.commands import Command
from core.people import Platform
from governance.announcements.approvals import others
from governance.announcements.commands import ApproveAnnouncement
from governance.announcements.model import EVERYONE, AnnouncementState
from governance.second_person.commands import ApproveRequest, AskSecondPerson
from governance.second_person.model import RequestState
from storage.store import Store
from storage.transaction import Transaction


async def approve_what_waits(store: Store, dispatch: Dispatch) -> None:
    """Whoever asked confirms it, and a second person approves it."""
    for step in (_unconfirmed, _waiting):
        for by, command in await store.read(step):
            await dispatch.handle(Speaker(platform=Platform.WEB, person=by), command)


def _unconfirmed(tx: Transaction) -> Sequence[tuple[UUID, Command]]:
    return [
        (one.asked_by, AskSecondPerson(request_id=one.id, everyone=EVERYONE[0]))
        for one in tx.held_requests(RequestState.DRAFT)
        if one.asked_by is not None
    ]


def _waiting(tx: Transaction) -> Sequence[tuple[UUID, Command]]:
    found: list[tuple[UUID, Command]] = [
        (approver.id, ApproveRequest(request_id=one.id, number=one.number))
        for one in tx.held_requests(RequestState.WAITING)
        for approver in others(tx, one.asked_by)[:1]
    ]
    for one in tx.announcements():
        if one.state is AnnouncementState.WAITING:
            yes = ApproveAnnouncement(announcement_id=one.id, request=one.request)
            who = others(tx, one.asked_by, one.written_by)[:1]
            found += [(approver.id, yes) for approver in who]
    return found
