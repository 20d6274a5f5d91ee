"""Lessons: written, sent, answered; and what is kept of answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, table, text

from bot.cards import card_of
from bot.exports.acknowledged import acknowledged_csv
from core.people import Audience
from core.words import Words
from governance.announcements.asked import by_name
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    CheckAnnouncement,
    SendAnnouncement,
    TryAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import AnnouncementState
from governance.composing import compose
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.lessons import model
from governance.lessons.commands import (
    AnswerQuestion,
    CountAnswers,
    ShowLessons,
    ShowQuestion,
    WriteLesson,
    WriteQuestion,
)
from governance.lessons.messages import LessonsView, QuestionForm
from governance.lessons.model import AnswerCount, shares, to_be_shown
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementScheduled,
    Notice,
    Progress,
    Refused,
)
from governance.read_reminders.commands import ExportAcknowledged, ShowUnread
from storage.lessons import answered_before
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_campaigning import ALL, became, rows
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

RIGHT, WRONG = "2", "3"

LESSON: dict[str, Any] = {
    "title": "Spot a phishing mail",
    "text": "A mail asks you to sign in at once. Look at the address first.",
    "question": "What do you do with such a mail?",
    "choice_1": "Click the link",
    "choice_2": "Report it to the help desk",
    "choice_3": "Forward it to everybody",
    "right": RIGHT,
    "explanation": "The help desk can warn others.",
    "due": date(2026, 10, 16),
}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def written(town: Hall, email: str = ISO, **other: Any) -> UUID:
    lesson, audience = uuid4(), Audience(people=frozenset(ALL))
    command = WriteLesson(announcement_id=lesson, audience=audience, **{**LESSON, **other})
    found = await town.ask(email, command)
    assert isinstance(found, AnnouncementDrafted), found
    return lesson


async def sent(town: Hall, email: str = ISO) -> UUID:
    lesson = await written(town, email)
    found = await town.ask(email, SendAnnouncement(announcement_id=lesson))
    assert isinstance(found, AnnouncementScheduled), found
    for one in ALL:
        await became(town, one, state="sent")
    return lesson


async def answer(town: Hall, email: str, lesson: UUID, choice: str) -> Any:
    return await town.ask(email, AnswerQuestion(announcement_id=lesson, choice=choice))


async def counts(town: Hall, lesson: UUID) -> list[int]:
    found = await town.core.store.read(lambda tx: tx.answer_counts(lesson))
    return [one.waiting for one in found]


async def test_a_wrong_answer_is_told_why_and_the_right_one_confirms(town: Hall) -> None:
    lesson = await sent(town)
    shown = await town.ask(TEACHER, ShowQuestion(announcement_id=lesson))
    assert isinstance(shown, QuestionForm)
    wrong = await answer(town, TEACHER, lesson, WRONG)
    assert isinstance(wrong, Rejected)
    assert wrong.unfit["choice"].values == {"explanation": LESSON["explanation"]}
    right = await answer(town, TEACHER, lesson, RIGHT)
    assert isinstance(right, Notice)
    assert right.acknowledged_at is not None
    found = await town.ask(CTO, ShowUnread(announcement_id=lesson))
    assert (found.asked, found.done) == (4, 1)


async def test_only_the_first_answer_counts(town: Hall) -> None:
    lesson = await sent(town)
    for choice in (WRONG, WRONG, "1", RIGHT, RIGHT, WRONG):
        await answer(town, TEACHER, lesson, choice)
    await answer(town, OFFICE, lesson, RIGHT)
    await answer(town, OFFICE, lesson, WRONG)
    assert await counts(town, lesson) == [0, 1, 1]
    for nothing in ("", "9", "x", "0", "-1"):
        assert isinstance(await answer(town, CHAIR, lesson, nothing), Rejected)
    assert await counts(town, lesson) == [0, 1, 1]


async def test_it_is_not_confirmed_without_its_answer(town: Hall) -> None:
    lesson = await sent(town)
    found = await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=lesson))
    assert found.acknowledged_at is None


async def dumped(town: Hall) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""

    def read(tx: Any) -> dict[str, list[dict[str, Any]]]:
        names = tx.connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).scalars()
        return {
            name: [
                dict(row)
                for row in tx.connection.execute(
                    select(text("*")).select_from(table(name))
                ).mappings()
            ]
            for name in names
        }

    return await town.core.store.read(read)


_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_HASH_OR_TIME = re.compile(r"[0-9a-f]{40,}|\b1[78]\d{14}\b")


def _told(row: dict[str, Any], names: dict[str, str]) -> str:
    """A row without made-up ids, hashes, times and running numbers."""
    said = repr({key: value for key, value in row.items() if key not in ("number", "turn")})
    said = _ID.sub(lambda found: names.get(found.group().replace("-", ""), "<id>"), said)
    return _HASH_OR_TIME.sub("<other>", said)


async def test_nothing_that_is_kept_says_who_chose_what(
    town: Hall, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two people swap their answers: but for times and made-up ids, nothing is another."""

    async def kept(first: str, second: str) -> tuple[dict[str, Any], str]:
        lesson = await sent(town)
        before = await dumped(town)
        capfd.readouterr()
        await answer(town, TEACHER, lesson, first)
        await answer(town, OFFICE, lesson, second)
        for email in (TEACHER, OFFICE):
            await answer(town, email, lesson, RIGHT)
        log = capfd.readouterr()
        names = {lesson.hex: "<lesson>"}
        for email in (TEACHER, OFFICE):
            names[(await person(town.core, email)).id.hex] = f"<{email}>"
        new = {
            name: sorted(_told(row, names) for row in table if row not in before[name])
            for name, table in (await dumped(town)).items()
        }
        return {name: table for name, table in new.items() if table}, log.out + log.err

    one, first_log = await kept("1", WRONG)
    other, second_log = await kept(WRONG, "1")
    assert one == other
    assert set(one) >= {"answer_count", "acknowledgement", "asked_duty"}
    assert "answered_before" not in one, "both were right in the end"
    for log in (first_log, second_log):
        assert "choice" not in log
    assert "choice='3'" not in repr(AnswerQuestion(announcement_id=uuid4(), choice="3"))


async def test_who_was_wrong_and_stopped_is_not_named(town: Hall) -> None:
    lesson = await sent(town)
    await answer(town, TEACHER, lesson, WRONG)
    found = await town.core.store.read(
        lambda tx: tx.connection.execute(select(answered_before)).mappings().all()
    )
    (row,) = found
    assert set(row) == {"announcement_id", "who"}
    who = await person(town.core, TEACHER)
    assert who.id.hex not in row["who"]
    assert await rows(town, "read-by-again") == {}


def test_counts_are_shown_from_a_floor_on_with_noise_and_nobody_is_in_two_draws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half = [AnswerCount(waiting=6), AnswerCount(waiting=6)]
    assert to_be_shown(half, 11) is None, "whoever answered and did not confirm has no say"
    assert shares(half) is None
    drawn = {to_be_shown(half, 12) for _ in range(60)}
    assert len(drawn) > 5, "each draw is another"
    late = [AnswerCount(waiting=10, shown=50), AnswerCount(waiting=9, shown=30)]
    assert to_be_shown(late, 99) is None, "a fifth of all wait at most"
    assert to_be_shown(late, 100) is not None
    quiet = model.noisy
    monkeypatch.setattr(model, "noisy", lambda n, *_: replace(quiet(0, 2, model.EPSILON), value=n))
    assert to_be_shown([AnswerCount(waiting=9), AnswerCount(waiting=3)], 12) == (9, 3)
    assert shares([AnswerCount(shown=30), AnswerCount(shown=-2), AnswerCount(shown=10)]) == (
        75,
        0,
        25,
    )


@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=5),
    st.lists(st.integers(0, 60), min_size=2, max_size=5),
    st.integers(0, 200),
    st.integers(-5, 150),
)
def test_when_counts_are_shown_does_not_depend_on_what_was_answered(
    one: list[int], other: list[int], confirmed: int, shown: int
) -> None:
    """Two worlds in which the same people confirmed, and others were wrong first."""
    released = {
        to_be_shown(
            [AnswerCount(waiting=n, shown=shown if at == 0 else 0) for at, n in enumerate(world)],
            confirmed,
        )
        is not None
        for world in (one, other)
    }
    assert len(released) == 1


async def seen(town: Hall, lesson: UUID) -> tuple[bool, int, str]:
    """What the office can see: whether shares are shown, how many confirmed, and the file."""
    page = await town.ask(ISO, ShowUnread(announcement_id=lesson))
    file = await town.ask(ISO, ExportAcknowledged(announcement_id=lesson))
    return page.shares is not None, page.done, acknowledged_csv(file.rows).decode("utf-8-sig")


async def test_whoever_watches_page_and_file_does_not_learn_who_was_wrong(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 589ad58b counts appeared with an answer: the one that changed them and was not in the
    file was a wrong one, of whoever came into the file next. 179 of 180 lessons named somebody.
    """
    monkeypatch.setattr(model, "FLOOR", 2)
    transcripts = []
    for wrong in (TEACHER, CHAIR):
        lesson = await sent(town)
        watched = [await seen(town, lesson)]
        for email in (OFFICE, TEACHER, CHAIR):
            if email == wrong:
                await answer(town, email, lesson, WRONG)
                assert (await seen(town, lesson)) == watched[-1], "a wrong answer shows nowhere"
            await answer(town, email, lesson, RIGHT)
            watched.append(await seen(town, lesson))
        assert not any(shown for shown, *_ in watched), "nothing is shown at an answer"
        await town.core.dispatch.by_itself(CountAnswers())
        transcripts.append([(done, file) for _, done, file in watched])
        assert await counts(town, lesson) == [0, 0, 0], "the night counts what waited"
    assert transcripts[0] == transcripts[1]
    assert not re.search(r"\d:\d", transcripts[0][-1][1]), "the file has days, no times"


async def test_lessons_are_the_isos_and_the_ctos_to_write(town: Hall) -> None:
    for email in (TEACHER, OFFICE, CHAIR):
        command = WriteLesson(announcement_id=uuid4(), **LESSON)
        assert isinstance(await town.ask(email, command), Refused)
        assert isinstance(await town.ask(email, Open(of=WriteLesson())), Refused)
    ctos = await written(town, CTO)
    for command in (
        CheckAnnouncement(announcement_id=ctos),
        SendAnnouncement(announcement_id=ctos),
    ):
        assert isinstance(await town.ask(ISO, command), Refused), "the CTO's office wrote it"
    plain = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=plain, **by_name(WORDS)))
    assert isinstance(await town.ask(ISO, SendAnnouncement(announcement_id=plain)), Refused)
    mine = await written(town, ISO)
    found = await town.ask(ISO, Open(of=WriteLesson(announcement_id=mine)))
    assert isinstance(found, FormView)
    assert (found.values["title"], found.values["right"]) == (LESSON["title"], RIGHT)
    assert found.values["choice_3"] == LESSON["choice_3"]


async def test_a_lesson_to_everyone_is_typed_and_approved(town: Hall) -> None:
    lesson = uuid4()
    await town.ask(ISO, WriteLesson(announcement_id=lesson, **LESSON))
    drafted = await town.ask(ISO, CheckAnnouncement(announcement_id=lesson))
    few = replace(
        (await town.core.store.read(lambda tx: tx.district())).announcements, approve_above=1
    )
    district = await town.core.store.read(lambda tx: tx.district())
    changed = replace(district, announcements=few)
    await town.core.store.write(lambda tx: tx.put_district(changed, "", town.clock()))
    assert isinstance(drafted, AnnouncementDrafted)
    send = SendAnnouncement(announcement_id=lesson)
    found = await town.ask(ISO, send)
    assert isinstance(found, Rejected)
    assert set(found.unfit) == {"everyone"}
    waits = await town.ask(ISO, replace(send, everyone="everyone"))
    assert isinstance(waits, Progress | Refused)
    kept = await town.core.store.read(lambda tx: tx.announcement(lesson))
    assert kept is not None
    assert kept.state is not AnnouncementState.SENDING


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"title": ""}, {"title"}),
        ({"text": "x" * 1501}, {"text"}),
        ({"question": ""}, {"question"}),
        ({"choice_2": "", "choice_3": "", "right": "1"}, {"choice_2"}),
        ({"right": "5"}, {"right"}),
        ({"right": ""}, {"right"}),
        ({"explanation": ""}, {"explanation"}),
        ({"choice_3": "Click the link"}, {"choice_1"}),
        ({"choice_1": "x" * 76}, {"choice_1"}),
        ({"due": None}, {"due"}),
        ({"due": date(2026, 10, 2)}, {"due"}),
    ],
)
async def test_what_does_not_fit_is_said(
    town: Hall, other: dict[str, Any], wrong: set[str]
) -> None:
    command = WriteLesson(announcement_id=uuid4(), **{**LESSON, **other})
    found = await town.ask(ISO, command)
    assert isinstance(found, FormView), found
    assert set(found.unfit) == wrong


async def test_the_page_says_what_is_to_do_and_how_far_each_is(town: Hall) -> None:
    lesson = await sent(town)
    await answer(town, TEACHER, lesson, RIGHT)
    mine = await town.ask(TEACHER, ShowLessons())
    assert isinstance(mine, LessonsView)
    assert [one.done_at is not None for one in mine.mine] == [True]
    assert mine.lines == ()
    theirs = await town.ask(CHAIR, ShowLessons())
    assert [one.done_at for one in theirs.mine] == [None]
    office = await town.ask(ISO, ShowLessons())
    (line,) = office.lines
    assert (line.asked, line.done, line.right) == (4, 1, None)


async def test_any_announcement_can_ask_a_question(town: Hall) -> None:
    plain, audience = uuid4(), Audience(people=frozenset(ALL))
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=plain, **by_name(WORDS), audience=audience)
    )
    asked = {key: LESSON[key] for key in LESSON if key not in ("title", "text", "due")}
    drafted = await town.ask(CTO, WriteQuestion(announcement_id=plain, **asked))
    assert drafted.announcement.question.right == 1
    again = WriteAnnouncement(announcement_id=plain, **by_name(WORDS), audience=audience)
    assert (await town.ask(CTO, again)).announcement.question == drafted.announcement.question
    await town.ask(CTO, SendAnnouncement(announcement_id=plain))
    assert isinstance(await answer(town, TEACHER, plain, WRONG), Rejected)
    assert (await answer(town, TEACHER, plain, RIGHT)).acknowledged_at


async def test_neither_a_preview_nor_a_test_to_oneself_shows_the_solution(town: Hall) -> None:
    lesson = await written(town)
    async with browser(town, ISO) as client:
        preview = (await client.get(f"/announcements/{lesson}/draft")).text
    assert str(LESSON["question"]) in preview
    await town.ask(ISO, TryAnnouncement(announcement_id=lesson))
    author = await person(town.core, ISO)
    mine = await town.core.store.read(
        lambda tx: compose(tx, "notice-test", lesson, author, None, town.clock())
    )
    assert isinstance(mine, Notice)
    test = str(card_of(mine, Words()))
    assert str(LESSON["question"]) in test
    for shown in (preview, test):
        assert "(right)" not in shown
        assert str(LESSON["explanation"]) not in shown
