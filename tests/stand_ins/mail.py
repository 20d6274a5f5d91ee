"""A mail server that behaves, or misbehaves as it is told: real SMTP on a real socket."""

from __future__ import annotations

import asyncio
import email
import re
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "sounding-board", "correct horse battery staple"


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A mail that the server took. ``connection`` counts from 1."""

    to: str
    sender: str
    mail: EmailMessage
    connection: int

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def links(self) -> list[str]:
        """Addresses in the text, in order."""
        return re.findall(r"https?://\S+", self.text)

    def _part(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        assert body is not None
        content: str = body.get_content()
        return content


@dataclass
class MailStandIn:
    """What arrived, and how to answer next. ``refuses`` maps a recipient to an answer to RCPT;
    ``answers`` are used up one by one: to MAIL, or ``DROP`` to lose the connection after DATA."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    to_mail: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    connections: int = 0
    busiest: int = 0
    on_taken: Callable[[], None] | None = None
    """Called between a mail's being taken and its being answered."""
    _now: int = 0
    _servers: list[_Connection] = field(default_factory=list)

    def to(self, address: str) -> list[Arrived]:
        return [one for one in self.arrived if one.to == address]

    def hang_up(self) -> None:
        """End every connection, as a server does with those that are kept too long."""
        for one in self._servers:
            if one.transport is not None:
                one.transport.close()

    # -- aiosmtpd's hooks ---------------------------------------------------------------------

    async def handle_MAIL(  # noqa: N802 (the library names it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_mail:
            return self.to_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.to_data.pop(0) if self.to_data else "250 OK"
        if answer == DROP or answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            mail = email.message_from_bytes(content, policy=default)
            assert isinstance(mail, EmailMessage)
            number = getattr(server, "number", 0)
            self.arrived += [
                Arrived(to=to, sender=envelope.mail_from or "", mail=mail, connection=number)
                for to in envelope.rcpt_tos
            ]
            if self.on_taken is not None:
                self.on_taken()
        if answer == DROP:
            assert server.transport is not None
            server.transport.abort()
        return answer if answer != DROP else "250 OK"

    def began(self) -> None:
        self._now += 1
        self.busiest = max(self.busiest, self._now)

    def ended(self) -> None:
        self._now -= 1


DROP = "drop"
"""Take the mail, then lose the connection before the answer."""


class _Connection(SMTP):
    """One connection, counted."""

    def __init__(self, stand_in: MailStandIn, **given: Any) -> None:
        super().__init__(stand_in, enable_SMTPUTF8=True, **given)
        stand_in.connections += 1
        self.number = stand_in.connections
        self._stand_in = stand_in
        stand_in._servers.append(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._stand_in.began()

    def connection_lost(self, error: Exception | None) -> None:
        self._stand_in.ended()
        super().connection_lost(error)


@asynccontextmanager
async def mail_stand_in(
    *, password: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[MailStandIn]:
    """A mail server on a port of its own. ``password``: it wants USER and PASSWORD."""
    stand_in = MailStandIn()
    loop = asyncio.get_running_loop()

    def authenticate(server: Any, session: Any, envelope: Any, kind: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=right, handled=False)

    def connect() -> _Connection:
        given: dict[str, Any] = {"loop": loop, "hostname": "mail.schools.example.org"}
        if tls is not None:
            given |= {"tls_context": tls, "require_starttls": True}
        if password:
            given |= {"authenticator": authenticate, "auth_required": True}
            given |= {"auth_require_tls": tls is not None}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a password without TLS: it never leaves the machine
            return _Connection(stand_in, **given)

    server = await loop.create_server(connect, "127.0.0.1", 0)
    stand_in.port = server.sockets[0].getsockname()[1]
    try:
        yield stand_in
    finally:
        server.close()
        stand_in.hang_up()
        await server.wait_closed()
