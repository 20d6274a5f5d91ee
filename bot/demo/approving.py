"""The second person of the demo's past: what went to many was approved by somebody else, through
the same operations as everywhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from core.commands import Command
from governance.announcements.approvals import others
from governance.announcements.commands import ApproveAnnouncement
from governance.announcements.model import EVERYONE, AnnouncementState
from governance.second_person.commands import ApproveRequest, AskSecondPerson
from governance.second_person.model import RequestState
from storage.store import Store
from storage.transaction import Transaction

Act = Callable[[UUID, Command], Awaitable[object]]
"""Gives a command as a person."""


async def approve_what_waits(store: Store, act: Act) -> None:
    """Whoever asked confirms it, and a second person approves it."""
    for by, asking in await store.read(_unconfirmed):
        await act(by, asking)
    for by, approving in await store.read(_waiting):
        await act(by, approving)


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
