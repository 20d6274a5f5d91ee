"""What the CTO's office looks up, in each of its states."""

from __future__ import annotations

from governance.announcements.campaign_commands import ShowAnnouncements
from governance.office.commands import (
    ShowAudit,
    ShowFileCheck,
    ShowHealth,
    ShowHeld,
    ShowImport,
    ShowPeople,
)
from tests.bot.web.examples import MESSAGES
from tests.bot.web.looking import page
from tests.bot.web.office_views import (
    AUDIT_BROKEN,
    AUDIT_INTACT,
    NO_ANNOUNCEMENTS,
    NO_PEOPLE,
    NOT_HELD,
)

_NO = MESSAGES["refused"]

OFFICE = (
    page("/people"),
    page("/people", locale="es"),
    page("/people?state=not-in-chat&q=okafor&sort=-name"),
    page("/people", (ShowPeople, NO_PEOPLE)),
    page("/people", (ShowPeople, _NO), status=403),
    page("/audit"),
    page("/audit", locale="es"),
    page("/audit?check=yes", (ShowAudit, AUDIT_INTACT)),
    page("/audit?check=yes", (ShowAudit, AUDIT_BROKEN)),
    page("/audit", (ShowAudit, _NO), status=403),
    page("/announcements"),
    page("/announcements", locale="es"),
    page("/announcements?state=draft", (ShowAnnouncements, NO_ANNOUNCEMENTS)),
    page("/announcements", (ShowAnnouncements, _NO), status=403),
    page("/people/import"),
    page("/people/import", locale="es"),
    page("/people/import/check"),
    page("/people/import/check", locale="es"),
    page("/people/import/check?state=leaves&page=2"),
    page("/people/import", (ShowImport, _NO), status=403),
    page("/files"),
    page("/files", locale="es"),
    page("/files", (ShowFileCheck, _NO), status=403),
    page("/held"),
    page("/held", locale="es"),
    page("/held?state=feedback&item=feedback-1"),
    page("/held", (ShowHeld, NOT_HELD)),
    page("/held", (ShowHeld, _NO), status=403),
    page("/health"),
    page("/health", locale="es"),
    page("/health?state=fix"),
    page("/health", (ShowHealth, _NO), status=403),
)
