"""Lessons: announcements with a question and a date; and the question of any announcement.

What somebody answers is counted and not kept. Only the first answer counts; the right one confirms
that they have read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from core.forms import Opening
from core.people import Audience
from core.text import Text
from governance import links
from governance.access import (
    CLOCK,
    Actor,
    announced_to,
    announcer,
    anybody,
    own_lesson,
    refusal,
)
from governance.announcements.commands import CheckAnnouncement
from governance.announcements.handlers import (
    NO_DRAFT,
    NOBODY,
    NOT_HERE,
    TAKEN_BACK,
    confirm,
    drafted,
    notice,
    unfit_due,
)
from governance.announcements.model import Announcement, AnnouncementState, Change
from governance.chat.shortcuts import Shortcut
from governance.committees.model import Office
from governance.duties.handlers import administers, building_name
from governance.lessons import forms
from governance.lessons.commands import (
    AnswerQuestion,
    CountAnswers,
    ShowLessons,
    ShowQuestion,
    WriteLesson,
    WriteQuestion,
)
from governance.lessons.messages import LessonsView, QuestionForm
from governance.lessons.model import (
    LessonLine,
    MyLesson,
    Question,
    shares,
    to_be_shown,
)
from governance.lessons.written import question_of
from governance.lists.audiences import offered, unfit_audience, with_people_of
from governance.messages import AnnouncementDrafted, Done, Notice, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.read_reminders.model import READ_BY
from governance.refusals import ISO_AND_CTO
from surveys.messages import Rejected
from surveys.questions import Unfit

NIGHTLY = "45 1 * * *"
"""When first answers are counted and shown, on the district's wall clock."""

_NO_QUESTION = "This announcement has no question."


# -- answering -------------------------------------------------------------------------------------


def _asked(
    store: GovernanceStore, actor: Actor, command: ShowQuestion | AnswerQuestion
) -> tuple[Announcement, Question] | Notice | Refused:
    """The question, to somebody who has still to answer it."""
    found = store.announcement(command.announcement_id)
    if found is None or not store.was_announced_to(found.id, actor.somebody.id):
        return refusal(NOT_HERE)
    if found.recalled_at is not None:
        return refusal(TAKEN_BACK)
    if found.question is None:
        return refusal(_NO_QUESTION)
    if store.acknowledged_at(found.id, actor.somebody.id):
        return notice(store, found, actor)
    return found, found.question


def show_question(
    store: GovernanceStore, actor: Actor, command: ShowQuestion
) -> QuestionForm | Notice | Refused:
    asked = _asked(store, actor, command)
    if not isinstance(asked, tuple):
        return asked
    found, question = asked
    return QuestionForm(announcement_id=found.id, change=found.change, question=question)


def answer(
    store: GovernanceStore, actor: Actor, command: AnswerQuestion, now: datetime
) -> Notice | Rejected | Refused:
    """The right answer confirms; a wrong one is told why. The first is counted."""
    asked = _asked(store, actor, command)
    if not isinstance(asked, tuple):
        return asked
    (found, question), person = asked, actor.somebody
    places = {str(place + 1): place for place in range(len(question.choices))}
    choice = places.get(command.choice.strip())
    if choice is None:
        return Rejected(unfit={"choice": Unfit(why="Choose one of the answers.")})
    right, of = choice == question.right, len(question.choices)
    store.count_answer(found.id, person.id, choice, of, right=right)
    if not right:
        why = "That is not right. {explanation} Choose another answer."
        said = question.explanation.in_locale(person.locale)
        return Rejected(unfit={"choice": Unfit(why=why, values={"explanation": said})})
    confirm(store, actor, found, now)
    return notice(store, found, actor)


def count_answers(store: GovernanceStore) -> Done:
    """Once a night. Shown at an answer, counts would tell what that person answered."""
    for announcement_id, confirmed in store.confirmed_questions():
        if more := to_be_shown(store.answer_counts(announcement_id), confirmed):
            store.show_answers(announcement_id, more)
    return Done()


# -- the list --------------------------------------------------------------------------------------


def show(store: GovernanceStore, actor: Actor) -> LessonsView:
    person, offices = actor.somebody, actor.standing.offices
    writes = bool(offices & {Office.ISO, Office.CTO})
    lines: tuple[LessonLine, ...] = ()
    if writes:
        found = [*store.lessons()]
        if actor.cto:
            found += [one for one in store.to_confirm_by_a_date() if not one.lesson]
        mine = [one for one in found if _is_theirs(store, actor, one)]
        lines = _lines(store, mine, None, answers=True)
    elif administers(person):
        lines = _lines(store, store.to_confirm_by_a_date(), person.building, answers=False)
    return LessonsView(
        mine=tuple(
            _mine(store, one, person.id)
            for one in store.lessons_of(person.id)
            if one.recalled_at is None
        ),
        lines=lines,
        building=building_name(store, person) if lines and not writes else "",
        writes=writes,
        responsible=writes or administers(person),
    )


def _mine(store: GovernanceStore, found: Announcement, person: UUID) -> MyLesson:
    duty = store.duty(READ_BY, found.id, person)
    return MyLesson(
        announcement_id=found.id,
        title=found.change.title,
        due=duty.due if duty else found.due,
        done_at=store.acknowledged_at(found.id, person),
    )


def _is_theirs(store: GovernanceStore, actor: Actor, found: Announcement) -> bool:
    """What goes out is for everybody who is responsible; until then it is its author's."""
    if found.state is AnnouncementState.SENDING:
        return True
    return announcer(actor, CheckAnnouncement(announcement_id=found.id), store) is None


def _lines(
    store: GovernanceStore, found: Sequence[Announcement], building: str | None, *, answers: bool
) -> tuple[LessonLine, ...]:
    here = [one for one in found if one.recalled_at is None]
    totals = store.duty_totals(READ_BY, [one.id for one in here], building)
    lines = []
    for one in here:
        count, shown = totals.get(one.id), None
        if answers and one.question:
            shown = shares(store.answer_counts(one.id))
        lines.append(
            LessonLine(
                announcement_id=one.id,
                title=one.change.title,
                sent=one.state is AnnouncementState.SENDING,
                draft=one.state is AnnouncementState.DRAFT,
                lesson=one.lesson,
                due=one.due,
                asked=count.asked if count else 0,
                done=count.done if count else 0,
                right=shown[one.question.right] if shown and one.question else None,
            )
        )
    return tuple(one for one in lines if building is None or one.asked)


# -- writing ---------------------------------------------------------------------------------------


def _draft_of(store: GovernanceStore, announcement_id: UUID) -> Announcement | None:
    found = store.announcement(announcement_id)
    return found if found and found.state is AnnouncementState.DRAFT else None


def open_question(
    store: GovernanceStore, _: Actor, command: WriteQuestion, __: datetime
) -> Opening | Refused:
    found = _draft_of(store, command.announcement_id)
    if found is None:
        return refusal(NO_DRAFT)
    return forms.question(found.id, found.question)


def unfit_question(
    store: GovernanceStore, _: Actor, command: WriteQuestion, __: datetime
) -> dict[str, Unfit]:
    """Either a whole question or none."""
    return question_of(command, None, store.district().locale)[1]


def write_question(
    store: GovernanceStore, actor: Actor, command: WriteQuestion, now: datetime
) -> AnnouncementDrafted | Refused:
    found = _draft_of(store, command.announcement_id)
    if found is None:
        return refusal(NO_DRAFT)
    question, _ = question_of(command, found.question, store.district().locale)
    draft = replace(found, question=question, acknowledge=found.acknowledge or bool(question))
    store.put_announcement(draft)
    return drafted(store, actor, draft, now)


def _lesson(store: GovernanceStore, command: WriteLesson) -> Announcement | Refused | None:
    """The lesson as it is kept; None: a new one."""
    found = store.announcement(command.announcement_id) if command.announcement_id else None
    if found is not None and (found.state is not AnnouncementState.DRAFT or not found.lesson):
        return refusal(NO_DRAFT)
    return found


def open_lesson(
    store: GovernanceStore, _: Actor, command: WriteLesson, __: datetime
) -> Opening | Refused:
    found = _lesson(store, command)
    if isinstance(found, Refused):
        return found
    return forms.lesson(found, offered(store))


def _audience(command: WriteLesson, old: Announcement | None) -> Audience:
    """Whom a lesson is for. One begun without an audience is addressed to its author; nobody chose
    that."""
    if old is None or old.question is None:
        return command.audience
    return with_people_of(command.audience, old.audience)


def unfit(
    store: GovernanceStore, _: Actor, command: WriteLesson, now: datetime
) -> dict[str, Unfit]:
    """Its question, its day, and whom it reaches."""
    old = _lesson(store, command)
    if isinstance(old, Refused):
        return {}
    wrong = question_of(command, None, store.district().locale)[1]
    if command.due is not None and (late := unfit_due(store, command.due, now)):
        wrong["due"] = late
    audience = _audience(command, old)
    wrong |= unfit_audience(store, audience)
    if not wrong and store.reach(audience, now).people == 0:
        wrong["audience"] = Unfit(why=NOBODY)
    return wrong


def write(
    store: GovernanceStore, actor: Actor, command: WriteLesson, now: datetime
) -> AnnouncementDrafted | Refused:
    """A draft, which is checked and sent as every announcement is."""
    old = _lesson(store, command)
    if isinstance(old, Refused):
        return old
    language = store.district().locale
    question, _ = question_of(command, old.question if old else None, language)
    draft = Announcement(
        id=command.announcement_id or uuid4(),
        change=lesson_words(command.title, command.text, old.change if old else None, language),
        audience=_audience(command, old),
        written_by=actor.person_id,
        due=command.due,
        question=question,
        lesson=True,
    )
    if old is not None:
        draft = replace(
            old,
            change=draft.change,
            audience=draft.audience,
            due=draft.due,
            question=question,
            written_by=old.written_by or actor.person_id,
        )
    store.put_announcement(draft)
    return drafted(store, actor, draft, now)


def lesson_words(title: str, text: str, old: Change | None, language: str) -> Change:
    """A lesson as an announcement's words. Translations of what stays the same are kept."""

    def kept(said: str, before: Text | None) -> Text:
        same = before is not None and before.default == said
        return before if before and same else Text(default=said, language=language)

    none = Text(default="")
    return Change(
        title=kept(title, old.title if old else None),
        what=kept(text, old.what if old else None),
        why=none,
        when=none,
        who=none,
        action=none,
    )


def _offices(actor: Actor, _: object, __: GovernanceStore) -> Refused | None:
    return None if actor.standing.offices & {Office.ISO, Office.CTO} else refusal(ISO_AND_CTO)


def _may_write(actor: Actor, command: WriteLesson, store: GovernanceStore) -> Refused | None:
    """Whoever writes lessons; and one that is there, only its writer and the CTO's office."""
    there = store.announcement(command.announcement_id) if command.announcement_id else None
    if there is None or actor.cto or own_lesson(actor, there):
        return _offices(actor, command, store)
    return refusal(ISO_AND_CTO)


OPERATIONS: Operations = (
    Operation(
        command=CountAnswers,
        run=lambda store, *_: count_answers(store),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind="count-answers", command=lambda *_: CountAnswers(), rule=NIGHTLY),
    ),
    Operation(
        command=ShowQuestion,
        run=lambda store, actor, command, _: show_question(store, actor, command),
        may=announced_to,
        reads=True,
        untold=True,  # on the web it is shown again after a wrong answer, and after a right one not
        button="question",
    ),
    Operation(
        command=AnswerQuestion,
        keeps_drafts=False,
        run=answer,
        may=announced_to,
        untold=True,
        button="lesson-answer",
        takes=("choice",),
        form=lambda command: ShowQuestion(announcement_id=command.announcement_id),
        refreshes_home=True,
    ),
    Operation(
        command=ShowLessons,
        run=lambda store, actor, _, __: show(store, actor),
        may=anybody,
        reads=True,
        button="lessons",
    ),
    Operation(
        command=WriteQuestion,
        run=write_question,
        may=announcer,
        button="write-question",
        form_button="question-form",
        opens=open_question,
        fits=unfit_question,
    ),
    Operation(
        command=WriteLesson,
        run=write,
        may=_may_write,
        button="write-lesson",
        form_button="lesson-form",
        carries=("announcement_id",),
        opens=open_lesson,
        fits=unfit,
    ),
)

SHORTCUTS = (
    Shortcut(
        command=ShowLessons(),
        label=lambda words: words.say("Lessons"),
        typed=lambda words: words.say("lessons"),
        words=("lessons", "lesson", "my lessons", "lecciones", "leccion", "mis lecciones"),
        path=links.lessons(""),
    ),
)
