"""Sending mails: a few connections that are kept open and used again, one result for each mail."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from email.message import EmailMessage
from typing import TYPE_CHECKING

import structlog

from bot.mail import answers
from bot.mail.settings import MailSettings
from governance.delivery_reasons import DeliveryReason
from scheduler.ports import Result, Sent, Throttled, Unknown

if TYPE_CHECKING:
    from aiosmtplib import SMTP

log = structlog.get_logger(__name__)

_MOST_PER_CONNECTION = 100
"""Many servers end a connection after so many mails."""

_IDLE_SECONDS = 15.0
_PLACE_SECONDS = 10.0
_CONNECT_SECONDS = 12.0
_SLOWER_SECONDS = 2.0


class Mailer:
    """A mail server that mails can be handed to."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._places = asyncio.Semaphore(settings.connections)
        self._open: list[_Line] = []
        self._closing: asyncio.TimerHandle | None = None

    async def send(self, mail: EmailMessage, to: str) -> Result:
        """Hand one mail over and say what happened to it. Never raises for what the server does.

        All that comes before the mail itself takes less than the pump's patience (45 s): what the
        pump gives up on may have arrived, what is given up here has not.
        """
        try:
            async with asyncio.timeout(_PLACE_SECONDS):
                await self._places.acquire()
        except TimeoutError:  # the server is slower than we are: the lane learns to be
            return Throttled(seconds=_SLOWER_SECONDS)
        try:
            return await self._send(mail, to)
        finally:
            self._places.release()

    async def _send(self, mail: EmailMessage, to: str) -> Result:
        line = self._open.pop() if self._open else None
        if line is not None and line.alive:
            result = await line.send(mail, self._settings.sender, to)
            if result is not None:
                self._keep(line)
                return result
        # None was open, or it was closed while it was kept: nothing was said about this mail yet.
        opened = await self._connect()
        if not isinstance(opened, _Line):
            return opened
        result = await opened.send(mail, self._settings.sender, to)
        self._keep(opened)
        return result or Throttled(seconds=answers.BUSY_SECONDS)

    async def check(self) -> str | None:
        """Connect and sign in, for the doctor. Why that cannot be done, or None."""
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                smtp = await _open(self._settings)
        except Exception as error:
            return _in_words(error)
        smtp.close()
        return None

    async def close(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
        lines, self._open = self._open, []
        for line in lines:
            await line.quit()

    async def _connect(self) -> _Line | Result:
        """A new connection. Where there is none, all mails wait: it is not about this one."""
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                return _Line(await _open(self._settings))
        except Exception as error:
            log.warning("mail.no_connection", why=_in_words(error))
            return Throttled(seconds=answers.BUSY_SECONDS)

    def _keep(self, line: _Line) -> None:
        if not line.alive:
            return
        if line.sent >= _MOST_PER_CONNECTION:
            line.close()
            return
        self._open.append(line)
        if self._closing is not None:
            self._closing.cancel()
        loop = asyncio.get_running_loop()
        self._closing = loop.call_later(_IDLE_SECONDS, self._close_idle)

    def _close_idle(self) -> None:
        lines, self._open = self._open, []
        for line in lines:
            line.close()


class _Line:
    """One connection to the server, signed in."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp
        self.sent = 0

    @property
    def alive(self) -> bool:
        return bool(self._smtp.is_connected)

    def close(self) -> None:
        self._smtp.close()

    async def quit(self) -> None:
        with suppress(Exception):
            await self._smtp.quit(timeout=2)
        self._smtp.close()

    async def send(self, mail: EmailMessage, sender: str, to: str) -> Result | None:
        """None: the connection was gone before anything was said about this mail."""
        try:
            refused = await self._address(sender, to)
            if refused is not None:
                return refused
            self.sent += 1
            return await self._hand_over(mail)
        except _gone():
            return None
        except BaseException:
            self.close()  # in the middle of a sentence: nothing that follows would be understood
            raise

    async def _address(self, sender: str, to: str) -> Result | None:
        """Say from whom and to whom. None: the server takes both."""
        from aiosmtplib import SMTPException, SMTPRecipientRefused, SMTPSenderRefused

        try:
            await self._smtp.mail(sender)
            await self._smtp.rcpt(to)
        except SMTPSenderRefused as no:
            return await self._refused(answers.to_sender(no.code))
        except SMTPRecipientRefused as no:
            return await self._refused(answers.to_recipient(no.code, str(no.message)))
        except _gone():
            self.close()
            raise
        except (SMTPException, OSError):
            self.close()
            return Throttled(seconds=answers.BUSY_SECONDS)
        return None

    async def _hand_over(self, mail: EmailMessage) -> Result:
        from aiosmtplib import SMTPDataError, SMTPException

        try:
            await self._smtp.data(mail.as_bytes())
        except SMTPDataError as no:
            return await self._refused(answers.to_content(no.code))
        except (SMTPException, OSError):
            self.close()
            return Unknown(why=DeliveryReason.MAIL_NO_ANSWER)
        return Sent(reference=str(mail["Message-ID"]))

    async def _refused(self, result: Result) -> Result:
        """Ready for the next mail after a no."""
        try:
            await self._smtp.rset()
        except Exception:
            self.close()
        return result


def _gone() -> type[Exception]:
    from aiosmtplib import SMTPServerDisconnected

    return SMTPServerDisconnected


async def _open(settings: MailSettings) -> SMTP:
    from aiosmtplib import SMTP

    smtp = SMTP(
        hostname=settings.host,
        port=settings.port,
        username=settings.user or None,
        password=settings.password or None,
        local_hostname=settings.domain,
        timeout=settings.seconds,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",
    )
    await smtp.connect()
    return smtp


def _in_words(error: Exception) -> str:
    from aiosmtplib import (
        SMTPAuthenticationError,
        SMTPConnectError,
        SMTPException,
        SMTPTimeoutError,
    )

    match error:
        case SMTPAuthenticationError():
            return "The mail server does not take our user name and password."
        case SMTPTimeoutError() | TimeoutError():
            return "The mail server did not answer in time."
        case SMTPConnectError():
            return "The mail server cannot be reached."
        case SMTPException():
            return "The mail server does not do what smtp_security asks for."
        case OSError():
            return "The mail server's certificate is not trusted, or the connection broke."
        case _:
            return f"Something unexpected: {type(error).__name__}."
