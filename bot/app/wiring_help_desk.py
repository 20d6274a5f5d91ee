"""Builds the way to the district's help desk, where the settings name one."""

from __future__ import annotations

from contextlib import AsyncExitStack
from uuid import UUID, uuid5

from bot.app.core import Core
from bot.help_desk.desk import HelpDesk, Send
from bot.help_desk.tokens import TicketLinks
from bot.mail.telling import Letters
from core.words import Words
from governance.help_desk.model import NoteTicket, Ticket
from scheduler.ports import Result, Sent


def ticket_links(core: Core) -> TicketLinks:
    async def note(item_id: UUID, number: str) -> None:
        await core.dispatch.by_itself(NoteTicket(item_id=item_id, number=number))

    return TicketLinks(core.vault.key("help-desk"), core.now, note)


def open_help_desk(core: Core, letters: Letters | None, stack: AsyncExitStack) -> HelpDesk | None:
    send = _by_webhook(core, stack) or _by_mail(core, letters)
    if send is None:
        return None
    return HelpDesk(send, ticket_links(core), core.web_url, core.dispatch.by_itself)


def _by_webhook(core: Core, stack: AsyncExitStack) -> Send | None:
    settings = core.settings
    if not settings.help_desk_webhook or settings.help_desk_secret is None:
        return None
    from bot.help_desk.webhook import Webhook

    token = settings.help_desk_token
    webhook = Webhook(
        settings.help_desk_webhook,
        token.get_secret_value() if token else "",
        settings.help_desk_secret.get_secret_value().encode(),
        core.now,
    )
    stack.push_async_callback(webhook.close)
    return webhook.send


def _by_mail(core: Core, letters: Letters | None) -> Send | None:
    to = core.settings.help_desk_email
    if not to or letters is None:
        return None

    async def send(ticket: Ticket, key: str, page: str) -> Result:
        district = await core.store.read(lambda tx: tx.loaded_district())
        words = Words(district.locale, district.timezone) if district else Words()
        ident = uuid5(ticket.item_id, key)
        result = await letters.send_ticket(to, ticket, words, page, ident)
        return Sent(reference="") if isinstance(result, Sent) else result

    return send
