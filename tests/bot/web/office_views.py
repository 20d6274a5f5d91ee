"""What the CTO's office looks up, as the pages get it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.lists import Found
from core.people import Level, Platform, Role
from governance.announcements.campaign_commands import ShowAnnouncements
from governance.announcements.model import AnnouncementFilter, AnnouncementState, Tally
from governance.office.commands import (
    ShowAudit,
    ShowFileCheck,
    ShowHealth,
    ShowHeld,
    ShowImport,
    ShowPeople,
    StartImport,
)
from governance.office.files import FileDifference, FileProblem, FilesChecked
from governance.office.importing import (
    Becomes,
    ImportDifference,
    ImportView,
    PersonDifference,
    ReadyImport,
)
from governance.office.model import (
    AddressLine,
    AuditChecked,
    AuditKind,
    AuditLine,
    AuditView,
    Connection,
    FeedbackHold,
    FileCheckView,
    HealthView,
    HeldView,
    PeopleFilter,
    PeopleView,
    PersonLine,
    PersonReach,
)
from governance.people.rosters import RosterImport, RosterSource
from governance.upkeep.messages import RosterRefused
from governance.views import AnnouncementLine, AnnouncementsView
from surveys.survey import WaveState
from tests.bot.web.examples import NOW, PULSE_WAVE, UNSENT

_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)


def _line(number: int, name: str, connection: Connection, *, active: bool = True) -> PersonLine:
    web = connection is Connection.WEB
    return PersonLine(
        id=UUID(int=number),
        name=name,
        email=f"{name.split()[0].lower()}@schools.example.org",
        role=Role.TEACHER,
        level=Level.ELEMENTARY,
        building="Maple Elementary School",
        platform=Platform.WEB if web else Platform.SLACK,
        connection=connection,
        active=active,
    )


_MARIA = _line(1, "Maria Lopez", Connection.CHAT)

PEOPLE = PeopleView(
    people=(
        _MARIA,
        _line(2, "Ben Okafor", Connection.NEVER),
        _line(3, "Ada Reyes", Connection.CLOSED),
        _line(4, "Dana Whitfield", Connection.WEB),
    ),
    found=Found(
        counts={PeopleFilter.HERE: 7_000, PeopleFilter.NOT_IN_CHAT: 12, Role.TEACHER: 3_400},
        matching=7_000,
    ),
    opened=PersonReach(
        line=_MARIA,
        locale="es",
        timezone="America/Chicago",
        addresses=(
            AddressLine(platform=Platform.SLACK, workspace="T1", reachable=True, opened=True),
            AddressLine(platform=Platform.TEAMS, workspace="", reachable=False, opened=True),
        ),
        committees=(("Network and Infrastructure", True), ("Devices", False)),
        lists=(("pilots", "Pilots"),),
    ),
    imported=RosterImport(source=RosterSource.GRAPH, at=_AT, added=3, changed=12, left=1),
    refused=(RosterRefused(source=RosterSource.SLACK, why="Too many would leave.", at=_AT),),
)
NO_PEOPLE = PeopleView(
    people=(), found=Found(counts={}, matching=0), opened=None, imported=None, refused=()
)
AUDIT = AuditView(
    lines=(
        AuditLine(
            number=231, at=_AT, by="Dana Whitfield", what="survey launched", kind=AuditKind.SURVEYS
        ),
        AuditLine(number=230, at=_AT, by="", what="district loaded", kind=AuditKind.OPERATION),
    ),
    found=Found(counts={"": 2, AuditKind.SURVEYS: 1, AuditKind.OPERATION: 1}, matching=2),
    length=231,
    checked=None,
)
AUDIT_INTACT = AuditView(
    lines=AUDIT.lines,
    found=AUDIT.found,
    length=231,
    checked=AuditChecked(lines=231, broken_at=None, head="0" * 64),
)
AUDIT_BROKEN = AuditView(
    lines=(),
    found=Found(counts={}, matching=0),
    length=231,
    checked=AuditChecked(lines=11, broken_at=12, head="0" * 64),
)
IMPORT = ImportDifference(
    source=RosterSource.CSV,
    at=_AT,
    people=(
        PersonDifference(
            becomes=Becomes.JOINS,
            name="Ines Prado",
            email="ines@schools.example.org",
            role="teacher",
            building="maple",
        ),
        PersonDifference(
            becomes=Becomes.CHANGES,
            name="Maria Lopez",
            email="maria@schools.example.org",
            role="office",
            building="maple",
            fields=(("role", "teacher", "office"), ("building", "oak", "maple")),
        ),
        *(
            PersonDifference(
                becomes=Becomes.LEAVES,
                name=f"Pat Former{n}",
                email=f"pat{n}@schools.example.org",
                role="support",
                building="oak",
            )
            for n in range(30)
        ),
    ),
    same=40,
    here=71,
    many_leave=True,
    left_out={"students": 1_204, "inactive": 3},
    buildings={"maple": "Maple Elementary School", "oak": "Oak Middle School"},
)


class Waiting:
    """A file that was chosen, and waits to be applied."""

    async def read(self, person_id: UUID, body: bytes) -> tuple[str, ...]:
        return ('people.csv:4:5: "wizard" is not a role here. Use one of: teacher.',)

    async def kept(self, person_id: UUID) -> ImportDifference | None:
        return IMPORT

    async def ready(self, person_id: UUID) -> ReadyImport | None:
        return None

    async def drop(self, person_id: UUID) -> None: ...


async def checked(body: bytes) -> FilesChecked:
    """Files with a problem where they begin with "wrong"."""
    if body.startswith(b"wrong"):
        problem = FileProblem(place="plan.yaml, 12", said='"goal" is missing. Add it.')
        return FilesChecked(problems=(problem,))
    return FilesChecked(
        differences=(
            FileDifference(sign="+", said="committee devices: Devices"),
            FileDifference(sign="~", said="district: calendar"),
            FileDifference(sign="-", said="survey pulse: retired"),
            FileDifference(sign="!", said="goal a1 was changed on the web and is kept"),
        )
    )


HELD = HeldView(
    waves=(
        replace(PULSE_WAVE, state=WaveState.CLOSED, hold=True, hold_why="A request for records."),
        replace(PULSE_WAVE, id=UUID(int=9), hold=True),
    ),
    feedback=(
        FeedbackHold(of_all=True, by="", at=_AT),
        FeedbackHold(of_all=False, by="Dana Whitfield", at=_AT),
    ),
)
NOT_HELD = HeldView(waves=(), feedback=())
FINDINGS = (
    (True, "Quiet hours are kept; holidays are known until Friday, May 21, 2027."),
    (False, "Nobody holds the office iso. Name someone in district.yaml."),
)


def _announced(number: int, state: AnnouncementState, **more: Any) -> AnnouncementLine:
    one = replace(UNSENT, id=UUID(int=number), state=state, **more)
    sent = 6_300 if state is AnnouncementState.SENDING else 0
    tally = Tally(
        people=6_312, queued=0, sent=sent, unknown=0, failed=0, unreachable=0, acknowledged=2_100
    )
    return AnnouncementLine(announcement=one, tally=tally)


ANNOUNCEMENTS = AnnouncementsView(
    lines=(
        _announced(71, AnnouncementState.DRAFT),
        _announced(72, AnnouncementState.SCHEDULED, send_at=NOW + timedelta(days=2)),
        _announced(73, AnnouncementState.SENDING, sent_at=NOW - timedelta(days=9)),
        _announced(
            74, AnnouncementState.SENDING, sent_at=NOW - timedelta(days=12), recalled_at=NOW
        ),
    ),
    found=Found(
        counts={
            AnnouncementFilter.ALL: 41,
            AnnouncementFilter.DRAFT: 1,
            AnnouncementFilter.SCHEDULED: 1,
            AnnouncementFilter.SENT: 38,
            AnnouncementFilter.TAKEN_BACK: 1,
        },
        matching=41,
    ),
)
NO_ANNOUNCEMENTS = AnnouncementsView(lines=(), found=Found(counts={}, matching=0))

ANSWERS = {
    ShowAnnouncements: ANNOUNCEMENTS,
    ShowPeople: PEOPLE,
    ShowAudit: AUDIT,
    ShowHealth: HealthView(),
    ShowImport: ImportView(),
    StartImport: ImportView(),
    ShowFileCheck: FileCheckView(),
    ShowHeld: HELD,
}
