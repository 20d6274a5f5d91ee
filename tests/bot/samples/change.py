"""Changes and the messages about them, as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.people import Audience, Role
from core.text import text
from governance.announcements.campaign_commands import EditAnnouncement
from governance.announcements.forms import editing, words_of
from governance.announcements.model import Announcement, AnnouncementState, Change, Tally
from governance.changes import forms
from governance.changes.commands import PlanMessage, TakeChangeStep, TranslateChange, WriteChange
from governance.changes.messages import (
    ChangeCalendar,
    ChangeNews,
    ChangeRow,
    ChangeView,
    Collision,
    MessageDate,
    PlannedLine,
    PlannedView,
    SequenceView,
)
from governance.changes.model import (
    USUAL,
    ChangeRecord,
    ChangeState,
    ChangeStep,
    Decision,
    Phase,
    Planned,
    Risk,
    Step,
)
from governance.changes.planning import message_words, spoken_day
from governance.changes.reached import Reached
from governance.forms.messages import FormView
from governance.lists.model import NAMED, AudienceChoices
from governance.messages import AnnouncementEdited, Message, Notice
from governance.references.model import Bound, BoundKind, BoundLine
from surveys.questions import Unfit
from tests.bot.samples.forms import form

CHANGE = UUID("9a1c5c1e-0000-4000-8000-000000000018")
NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
DAY = date(2026, 12, 7)
_ZONE = "America/Chicago"

_WORDS = Change(
    title=text("New sign-in page", es="Nueva página de inicio"),
    what=text("You sign in with your badge number.", es="Entre con el número de su credencial."),
    why=text("The old page is no longer supported.", es="La anterior ya no tiene soporte."),
    when=spoken_day(DAY, _ZONE),
    who=text("Everyone who uses a district computer.", es="Quienes usan una computadora."),
    action=text("Have your badge with you.", es="Tenga su credencial a la mano."),
    learn_url="https://schools.example.org/sign-in",
    ask=text("The help desk, 402-555-0100."),
)

SENT = Tally(people=5100, queued=0, sent=5100, unknown=0, failed=0, unreachable=0, acknowledged=900)


def _announcement(number: int, phase: Phase, record: ChangeRecord) -> Announcement:
    return Announcement(
        id=UUID(int=number),
        change=message_words(record, phase, _ZONE),
        audience=Audience(roles=frozenset({Role.TEACHER})),
        written_by=None,
    )


def _step(step: ChangeStep, **more: object) -> Step:
    made = Step(id=CHANGE, change_id=CHANGE, step=step, by=None, at=NOW)
    return replace(made, **more)  # type: ignore[arg-type]


CHOICES = AudienceChoices(
    buildings=tuple((f"b-{number}", f"School {number}") for number in range(1, 13)),
    committees=(("network", "Network and Infrastructure"), ("devices", "Devices")),
    lists=(("powerschool", "Who uses PowerSchool"), ("pilots", "Pilot teachers")),
)


def _step_form(
    step: ChangeStep,
    asks: set[str],
    *,
    planned: int = 0,
    optional: bool = False,
    day: date | None = None,
) -> FormView:
    opening = forms.step(
        CHANGE,
        _WORDS.title,
        step,
        planned=planned,
        asks=frozenset(asks),
        optional=optional,
        day=day,
    )
    return form(TakeChangeStep(change_id=CHANGE, step=step), opening)


OFFERED = {name: getattr(CHOICES, name) for name in NAMED}


def changes(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    draft = ChangeRecord(
        id=CHANGE,
        words=_WORDS,
        day=DAY,
        committee="network",
        serves=("safe-use",),
        sponsor=hostile,
        risk=Risk.MEDIUM,
        risk_note="Some schools have no badges yet.",
    )
    approved = replace(
        draft,
        state=ChangeState.APPROVED,
        decision=Decision(by=None, at=NOW, words="Good timing."),
    )
    goal = Bound(kind=BoundKind.GOAL, key="safe-use", version=1)
    view = ChangeView(
        record=approved,
        committee="Network and Infrastructure",
        owner="Ramona Castellanos",
        decided_by="Nikolai Drobny",
        serves=(BoundLine(bound=goal, name="Safe use"),),
        steps=((_step(ChangeStep.APPROVED, why="Good timing."), "Nikolai Drobny"),),
        works=False,
        can=frozenset(),
        writes=False,
        messages=5,
        led=10,
    )
    offered = {**OFFERED, "committee": CHOICES.committees}
    written = replace(
        draft,
        audience=Audience(roles=frozenset({Role.TEACHER})),
        sponsor="",
        risk=Risk.LOW,
        risk_note=hostile,
    )
    owner = "ramona.castellanos@schools.example.org"
    writing = forms.writing(written, offered, owner=owner, language="en")
    anew = forms.writing(None, offered, owner="", language="en")
    lines = _lines(approved)
    sequence = SequenceView(record=approved, lines=lines, collisions=(), edits=True)
    planned = PlannedView(
        record=approved, line=lines[1], sender="Ramona Castellanos", edits=True, announces=True
    )
    notice = Notice(
        announcement_id=UUID(int=1),
        change=lines[0].announcement.change,
        sender="Ramona Castellanos",
        acknowledge=True,
        edited_at=NOW,
    )
    return {
        "change_calendar": ChangeCalendar(
            rows=(
                ChangeRow(
                    change_id=CHANGE,
                    title=_WORDS.title,
                    who=_WORDS.who,
                    day=DAY,
                    state=ChangeState.APPROVED,
                ),
                ChangeRow(
                    change_id=UUID(int=8),
                    title=text(hostile),
                    who=text("Middle schools."),
                    day=date(2027, 1, 11),
                    state=ChangeState.PROPOSED,
                ),
            ),
            writes=True,
            today=NOW.date(),
        ),
        "change_calendar_empty": ChangeCalendar(rows=(), writes=False),
        "change_of_staff": view,
        "change_to_decide": replace(
            view,
            record=replace(draft, state=ChangeState.PROPOSED),
            decided_by="",
            works=True,
            can=frozenset({ChangeStep.APPROVED, ChangeStep.RETURNED}),
            led=None,
        ),
        "change_draft": replace(
            view,
            record=draft,
            decided_by="",
            works=True,
            writes=True,
            can=frozenset({ChangeStep.PROPOSED, ChangeStep.WITHDRAWN}),
            steps=(),
            messages=0,
        ),
        "change_moved": replace(
            view,
            works=True,
            facets=(
                Reached(
                    sent=1,
                    messages=5,
                    people=3210,
                    reached=3180,
                    late=1,
                    next_at=NOW + timedelta(days=2),
                    change_id=CHANGE,
                ),
            ),
            dates=tuple(
                MessageDate(
                    announcement=one.announcement,
                    phase=one.planned.phase,
                    at=one.at,
                    tally=one.tally,
                )
                for one in lines
            ),
            today=NOW.date(),
            writes=True,
            can=frozenset({ChangeStep.STARTED, ChangeStep.MOVED, ChangeStep.WITHDRAWN}),
            steps=(
                (_step(ChangeStep.MOVED, day=DAY, why="The badges are late."), "R. Castellanos"),
            ),
        ),
        "change_done": replace(
            view, record=replace(approved, state=ChangeState.DONE, learned=hostile)
        ),
        "change_form": form(WriteChange(change_id=CHANGE), writing),
        "change_form_unfit": form(
            WriteChange(change_id=CHANGE),
            replace(anew, values={**writing.values, "day": None}),
            unfit={"day": Unfit(why="Choose a day.")},
        ),
        "change_translation_form": form(
            TranslateChange(change_id=CHANGE),
            forms.translation(
                CHANGE,
                {
                    key: said
                    for key, said in words_of(_WORDS).items()
                    if "." not in key and key not in ("when", "learn_url")
                },
                {
                    key.removesuffix(".es"): one
                    for key, one in words_of(_WORDS).items()
                    if "." in key
                },
                "es",
            ),
        ),
        "change_move_form": _step_form(ChangeStep.MOVED, {"day", "why"}, planned=4, day=DAY),
        "change_approve_form": _step_form(ChangeStep.APPROVED, {"why"}, planned=4, optional=True),
        "change_done_form": replace(
            _step_form(ChangeStep.DONE, {"why"}),
            unfit={"why": Unfit(why="Fill in this field.")},
        ),
        "change_news": ChangeNews(
            step=_step(ChangeStep.PROPOSED),
            title=_WORDS.title,
            day=DAY,
            committee="Network and Infrastructure",
            by="Ramona Castellanos",
        ),
        "change_news_returned": ChangeNews(
            step=_step(ChangeStep.RETURNED, why=hostile),
            title=_WORDS.title,
            day=DAY,
            committee="",
            by="Nikolai Drobny",
        ),
        "sequence": replace(
            sequence,
            collisions=(
                Collision(
                    week=date(2026, 11, 30),
                    groups=(("teacher", "elementary", 4),),
                    periods=("Midterm exams",),
                ),
            ),
        ),
        "sequence_to_everyone": replace(
            sequence, lines=(lines[0], replace(lines[1], everyone=True), *lines[2:])
        ),
        "sequence_empty": replace(sequence, record=draft, lines=()),
        "sequence_moved": replace(
            sequence,
            lines=(
                lines[0],
                *(replace(one, was=one.at - timedelta(days=7)) for one in lines[1:]),
            ),
            moved_from=DAY - timedelta(days=7),
        ),
        "planned_draft": planned,
        "planned_scheduled": replace(planned, line=lines[3]),
        "planned_sent": replace(planned, line=lines[0]),
        "plan_form": form(
            PlanMessage(
                change_id=CHANGE,
                announcement_id=UUID(int=2),
                days="5",
                at="noon",
                audience=Audience(roles=frozenset({Role.TEACHER})),
                acknowledge=True,
                joiners_until=DAY + timedelta(days=30),
            ),
            forms.planned(lines[1].planned, {}, OFFERED),
            unfit={"at": Unfit(why="Enter a time of day, such as 07:30.")},
        ),
        "edit_form": form(
            EditAnnouncement(announcement_id=UUID(int=1)),
            editing(UUID(int=1), lines[0].announcement.change, sent=5100, everyone=False),
        ),
        "notice_edited": notice,
        "correction": AnnouncementEdited(notice=notice),
    }


def _lines(record: ChangeRecord) -> tuple[PlannedLine, ...]:
    """One was sent, one is a draft, one is late, and two are scheduled."""
    found = []
    for number, (phase, (days, at)) in enumerate(USUAL.items(), start=1):
        planned = Planned(
            change_id=CHANGE,
            announcement_id=UUID(int=number),
            phase=phase,
            days=days,
            at=at,
        )
        announcement = _announcement(number, phase, record)
        goes = datetime.combine(DAY, time(14), UTC) + timedelta(days=days)
        if number == 1:
            sending = AnnouncementState.SENDING
            announcement = replace(
                announcement, state=sending, sent_at=goes, edited_at=goes + timedelta(days=1)
            )
        elif number in (4, 5):
            waits = AnnouncementState.SCHEDULED
            announcement = replace(announcement, state=waits, send_at=goes)
        found.append(
            PlannedLine(
                planned=planned,
                announcement=announcement,
                at=goes,
                people=5100,
                passed=number == 3,
                tally=SENT if announcement.sent_at else None,
            )
        )
    return tuple(found)
