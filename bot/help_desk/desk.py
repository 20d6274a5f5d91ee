"""Hands a ticket over, and notes what happened to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from bot.help_desk.tokens import TicketLinks
from core.commands import Command
from governance.delivery_reasons import DeliveryReason
from governance.help_desk.model import HandOverState, NoteHandOver, NoteTicket, Ticket
from scheduler.ports import Failed, Outgoing, Result, Sent, Unknown, Unreachable

Send = Callable[[Ticket, str, str], Awaitable[Result]]
"""A ticket, its key (the same at every try) and the page for its number."""

Tell = Callable[[Command], Awaitable[object]]


class HelpDesk:
    """What is addressed to the help desk goes here instead of to a page."""

    def __init__(self, send: Send, links: TicketLinks, web_url: str, tell: Tell) -> None:
        self._send = send
        self._links = links
        self._web_url = web_url
        self._tell = tell

    async def hand_over(self, outgoing: Outgoing) -> Result:
        ticket = outgoing.message
        if not isinstance(ticket, Ticket):
            return Failed(why=DeliveryReason.DESK_NO_TICKET)
        page = f"{self._web_url}/help-desk/{self._links.token(ticket.item_id)}"
        result = await self._send(ticket, str(outgoing.delivery_id), page)
        await self._note(ticket.item_id, result)
        return result

    async def _note(self, item_id: UUID, result: Result) -> None:
        """What is final is told. What is tried again is not, yet."""
        match result:
            case Sent(reference=number) if number:
                await self._tell(NoteTicket(item_id=item_id, number=number))
            case Sent():
                await self._tell(NoteHandOver(item_id=item_id, state=HandOverState.SENT))
            case Unknown(why=why):
                state = HandOverState.UNKNOWN
                await self._tell(NoteHandOver(item_id=item_id, state=state, why=why))
            case Failed(why=why) | Unreachable(why=why):
                state = HandOverState.FAILED
                await self._tell(NoteHandOver(item_id=item_id, state=state, why=why))
            case _:
                pass
