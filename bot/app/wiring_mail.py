"""Wires mail: built only where a mail server is set."""

from __future__ import annotations

from contextlib import AsyncExitStack
from uuid import UUID

from bot.app.core import Core
from bot.app.settings import Settings
from bot.mail.sending import Mailer
from bot.mail.settings import PORTS, MailSettings
from bot.mail.telling import Letters
from core.people import STAFF_ROLES
from scheduler.lanes import Budget


def mail_settings(settings: Settings, *, district: str, web_url: str) -> MailSettings:
    """The part of the settings that mail needs."""
    password = settings.smtp_password
    return MailSettings(
        host=settings.smtp_host,
        port=settings.smtp_port or PORTS[settings.mail_security],
        security=settings.mail_security,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else "",
        sender=settings.mail_from,
        reply_to=settings.mail_reply_to,
        district=district,
        web_url=web_url,
    )


def mail_budget(settings: Settings) -> Budget:
    """The budget of the lane in which people are told by mail."""
    rate = settings.mail_per_second
    return Budget(per_second=rate, burst=max(1, round(rate)))


async def open_mail(core: Core, stack: AsyncExitStack) -> Letters:
    """A mailer that is closed with the house, and who writes with it."""
    district = await core.store.read(lambda tx: tx.loaded_district())
    named = district.name if district else "Sounding Board"
    settings = mail_settings(core.settings, district=named, web_url=core.web_url)
    mailer = Mailer(settings)
    stack.push_async_callback(mailer.close)

    async def address_of(person_id: UUID) -> str | None:
        person = await core.store.read(lambda tx: tx.person(person_id))
        if person is None or not person.active or person.role not in STAFF_ROLES:
            return None
        return person.email

    return Letters(settings, mailer, address_of, core.now)
