"""Service notices, their updates and forms, as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from core.people import Audience, Level
from core.text import Text, text
from governance.announcements.model import Change
from governance.messages import Message, Notice
from governance.service_notices import forms
from governance.service_notices.commands import PostUpdate, WriteServiceNotice
from governance.service_notices.messages import (
    EndPassed,
    ServiceLine,
    ServiceNoticeView,
    ServiceStatus,
    ServiceUpdated,
)
from governance.service_notices.model import (
    Service,
    ServiceKind,
    ServiceNotice,
    ServiceThread,
    ServiceUpdate,
)
from surveys.questions import Unfit
from tests.bot.samples.forms import form as form_of

OUTAGE = UUID("9a1c5c1e-0000-4000-8000-000000000054")
_MAINTENANCE = UUID("9a1c5c1e-0000-4000-8000-000000000055")
_AT = datetime(2026, 12, 1, 16, tzinfo=UTC)
_TITLE = text("Wi-Fi is down at Lincoln High", es="Sin Wi-Fi en Lincoln High")
_NOTHING = Text(default="")


def _thread(found: UUID, *updates: ServiceUpdate, over: datetime | None = None) -> ServiceThread:
    return ServiceThread(
        notice=ServiceNotice(announcement_id=found, ends=_AT + timedelta(hours=2), ended_at=over),
        updates=updates,
    )


def _update(found: UUID, said: Text, minutes: int, **more: object) -> ServiceUpdate:
    at = _AT + timedelta(minutes=minutes)
    made = ServiceUpdate(id=found, announcement_id=found, at=at, by=None, words=said)
    return replace(made, **more)  # type: ignore[arg-type]


def service_notices(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    outage = Service(kind=ServiceKind.OUTAGE, ends=_AT + timedelta(hours=2))
    begins = _AT + timedelta(days=4, hours=8)
    maintenance = Service(
        kind=ServiceKind.MAINTENANCE, begins=begins, ends=begins + timedelta(hours=4)
    )
    what = text(
        "Classrooms have no Wi-Fi. Use a cable where there is one.",
        es="Las aulas no tienen Wi-Fi. Use un cable donde lo haya.",
    )
    first = _update(OUTAGE, text("A switch in the main building has failed."), 20)
    second = _update(OUTAGE, text(hostile), 65, ends=_AT + timedelta(hours=3))
    last = _update(OUTAGE, text("The switch was replaced.", es="Se cambió el equipo."), 130)
    last = replace(last, last=True)
    going = _thread(OUTAGE, second, first)
    going = replace(going, notice=replace(going.notice, ends=second.ends))
    over = _thread(OUTAGE, last, second, first, over=last.at)
    notice = Notice(
        announcement_id=OUTAGE,
        change=Change(
            title=_TITLE,
            what=what,
            why=_NOTHING,
            when=_NOTHING,
            who=_NOTHING,
            action=_NOTHING,
            service=outage,
        ),
        sender="Ramona Castellanos",
        acknowledge=False,
        thread=_thread(OUTAGE),
    )
    planned = replace(
        notice,
        announcement_id=_MAINTENANCE,
        change=replace(
            notice.change,
            title=text("Email is away for maintenance", es="Correo en mantenimiento"),
            what=text("You can’t read or send email. Messages arrive afterwards."),
            service=maintenance,
        ),
        thread=ServiceThread(
            notice=ServiceNotice(announcement_id=_MAINTENANCE, ends=maintenance.ends)
        ),
    )
    line = ServiceLine(thread=going, title=_TITLE, service=outage, since=_AT)
    coming = ServiceLine(
        thread=planned.thread or going, title=planned.change.title, service=maintenance, since=_AT
    )
    view = ServiceNoticeView(line=line, what=what, sender="Ramona Castellanos", writes=True)
    status = ServiceStatus(now=(line,), planned=(coming,), ended=(), writes=True)
    write = WriteServiceNotice(announcement_id=OUTAGE)
    offered = {"buildings": (("lincoln", "Lincoln High School"),)}
    opening = forms.first_message(None, offered, language="en")
    update = forms.update(going.notice, _TITLE, ServiceKind.OUTAGE, people=214, language="en")
    end = forms.update(
        going.notice,
        _TITLE,
        ServiceKind.MAINTENANCE,
        people=5100,
        language="en",
        last=True,
        to_everyone=True,
    )
    return {
        "service_outage": notice,
        "service_outage_urgent": replace(notice, urgent=True),
        "service_outage_updated": replace(notice, thread=going),
        "service_outage_over": replace(notice, thread=over),
        "service_maintenance": planned,
        "service_maintenance_over": replace(
            planned, thread=_thread(_MAINTENANCE, over=begins + timedelta(hours=3))
        ),
        "service_status": status,
        "service_status_of_staff": ServiceStatus(
            now=(), planned=(coming,), ended=(replace(line, thread=over),), writes=False
        ),
        "service_status_quiet": ServiceStatus(now=(), planned=(), ended=(), writes=False),
        "service_view": view,
        "service_view_over": replace(view, line=replace(line, thread=over), writes=False),
        "service_form": form_of(write, opening),
        "service_form_unfit": form_of(
            replace(
                write,
                kind=ServiceKind.MAINTENANCE,
                title={"": hostile},
                audience=Audience(levels=frozenset({Level.HIGH})),
            ),
            opening,
            unfit={
                "what": Unfit(why="Fill in this field."),
                "begins": Unfit(why="Say when the maintenance begins."),
                "ends_time": Unfit(why="Enter a day and a time."),
            },
        ),
        "service_update_form": form_of(
            PostUpdate(announcement_id=OUTAGE, last=False, update_id=UUID(int=53)), update
        ),
        "service_end_form": form_of(
            PostUpdate(announcement_id=OUTAGE, last=True, update_id=UUID(int=54)),
            end,
            unfit={
                "everyone": Unfit(why="This goes to everyone. Type “everyone” to confirm."),
            },
        ),
        "service_updated": ServiceUpdated(title=_TITLE, kind=ServiceKind.OUTAGE, update=second),
        "service_restored": ServiceUpdated(title=_TITLE, kind=ServiceKind.OUTAGE, update=last),
        "service_maintenance_ended": ServiceUpdated(
            title=planned.change.title,
            kind=ServiceKind.MAINTENANCE,
            update=_update(_MAINTENANCE, _NOTHING, 90, last=True),
        ),
        "service_end_passed": EndPassed(
            announcement_id=OUTAGE,
            title=_TITLE,
            kind=ServiceKind.OUTAGE,
            ends=_AT + timedelta(hours=2),
        ),
    }
