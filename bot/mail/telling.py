"""Tells people by mail: a delivery to somebody's page becomes a letter to their address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID, uuid4

from bot.mail.draw import Drawn, draw, signin_letter
from bot.mail.draw_help_desk import draw_ticket
from bot.mail.letter import is_address, letter
from bot.mail.sending import Mailer
from bot.mail.settings import MailSettings
from core.words import Words
from governance.delivery_reasons import DeliveryReason
from governance.help_desk.model import Ticket
from scheduler.ports import Outgoing, Result, Unreachable

AddressOf = Callable[[UUID], Awaitable[str | None]]
"""A person's address, None where there is none or they have left."""


class Letters:
    """Writes letters and hands them to the mail server."""

    def __init__(
        self,
        settings: MailSettings,
        mailer: Mailer,
        address_of: AddressOf,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._mailer = mailer
        self._address_of = address_of
        self._now = now

    async def tell(self, outgoing: Outgoing) -> Result:
        """Mail a delivery to the person whose page it is on. A repeat has the same Message-ID, so
        that mail programs can tell that it is the same."""
        to = await self._address_of(UUID(outgoing.conversation))
        if not to:
            return Unreachable(why=DeliveryReason.MAIL_NO_ADDRESS)
        if not is_address(to):
            return Unreachable(why=DeliveryReason.MAIL_BAD_ADDRESS)
        words = Words(outgoing.locale, outgoing.timezone)
        drawn = draw(outgoing.message, words, self._settings.web_url)
        return await self._send(drawn, words, to, outgoing.delivery_id)

    async def send_link(self, to: str, url: str, words: Words, minutes: int) -> Result:
        """Mail a link to sign in with. It answers a question, so it is no delivery."""
        return await self._send(signin_letter(words, url, minutes), words, to, uuid4())

    async def send_ticket(
        self, to: str, ticket: Ticket, words: Words, page: str, ident: UUID
    ) -> Result:
        """Mail to the help desk what was handed to it."""
        return await self._send(draw_ticket(ticket, words, page), words, to, ident)

    async def _send(self, drawn: Drawn, words: Words, to: str, ident: UUID) -> Result:
        message_id = f"<{ident}@{self._settings.domain}>"
        mail = letter(drawn, self._settings, words, to=to, message_id=message_id, now=self._now())
        return await self._mailer.send(mail, to)
