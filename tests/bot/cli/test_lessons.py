"""Lessons come in as a file: drafts for who leads IT security, who dates and sends them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.demo.examples import example_district
from bot.files.announcement_yaml import AnnouncementDraft, dump_announcement, load_announcement
from bot.files.lesson_yaml import load_lessons
from bot.operator.lesson_operations import id_of_lesson
from bot.operator.operations import do
from governance.announcements.commands import SendAnnouncement
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.lessons.commands import WriteLesson
from governance.messages import AnnouncementDrafted, AnnouncementScheduled, Progress
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, ISO, example

LESSONS = example_district().parent / "lessons.yaml"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def test_the_example_is_brought_in_dated_and_sent(town: Hall) -> None:
    told = await do(town.core, "lesson-import", {"path": str(LESSONS)})
    assert told.ok, told.lines
    assert set(told.lines) == {
        f"{one}: a new draft." for one in ("phishing", "passwords-and-mfa", "student-data")
    }
    again = await do(town.core, "lesson-import", {"path": str(LESSONS)})
    assert all(line.endswith(": unchanged.") for line in again.lines)
    lesson = id_of_lesson("student-data")
    undated = await town.ask(ISO, SendAnnouncement(announcement_id=lesson, everyone="everyone"))
    assert isinstance(undated, Rejected), "it needs a date"
    form = await town.ask(ISO, Open(of=WriteLesson(announcement_id=lesson)))
    assert isinstance(form, FormView)
    given: dict[str, Any] = {**form.values, "due": date(2026, 10, 16)}
    dated = await town.ask(ISO, WriteLesson(announcement_id=lesson, **given))
    assert isinstance(dated, AnnouncementDrafted)
    question = dated.announcement.question
    assert question is not None
    assert question.text.translations.keys() == {"es"}, "what was not changed stays translated"
    send = SendAnnouncement(announcement_id=lesson, everyone="everyone")
    assert isinstance(await town.ask(ISO, send), AnnouncementScheduled | Progress)
    kept = await do(town.core, "lesson-import", {"path": str(LESSONS)})
    assert "student-data: it was sent and stays as it is." in kept.lines or any(
        "student-data" in line and "stays" in line for line in kept.lines
    )
    assert await town.ask(CTO, WriteLesson(announcement_id=id_of_lesson("phishing")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      right: 2\n", "      right: 4\n", "right"),
        ("      right: 2\n", "", "right"),
        ("    audience: everyone\n", "", "audience"),
        ("  - key: phishing\n", "  - key: student-data\n", "student-data"),
        ("      right: 2\n", "      right: 2\n      wrong: 1\n", "wrong"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "lessons.yaml"
    path.write_text(LESSONS.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = load_lessons(path)
    assert isinstance(found, list)
    assert any(said in str(one) for one in found), found


def test_an_announcements_file_keeps_its_date_and_question(tmp_path: Path) -> None:
    lessons = load_lessons(LESSONS)
    assert not isinstance(lessons, list)
    draft = replace(
        example().announcements[0], due=date(2026, 12, 11), question=lessons[0].question
    )
    assert isinstance(draft, AnnouncementDraft)
    path = tmp_path / f"{draft.key}.yaml"
    path.write_text(dump_announcement(draft), encoding="utf-8")
    assert load_announcement(path) == draft
