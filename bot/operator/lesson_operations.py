"""An operator's part in lessons: bring in drafts from a file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.app.core import Core
from bot.files.lesson_yaml import LessonDraft, load_lessons
from bot.operator.telling import Arguments, Told, problems_told
from core.text import Text
from governance.announcements.model import Announcement, AnnouncementState, Change
from storage.transaction import Transaction


def id_of_lesson(key: str) -> UUID:
    """The same for a key, so that a file that is brought in again makes nothing twice."""
    return uuid5(NAMESPACE_URL, f"lesson/{key}")


async def lesson_import(core: Core, given: Arguments) -> Told:
    """``path``: a file of lessons. All of them become drafts, or none."""
    district = await core.store.read(lambda tx: tx.district())
    loaded = await asyncio.to_thread(load_lessons, Path(given["path"]), locale=district.locale)
    if isinstance(loaded, list):
        return problems_told(loaded)
    return Told(lines=await core.store.write(lambda tx: tuple(_put(tx, one) for one in loaded)))


def _put(tx: Transaction, lesson: LessonDraft) -> str:
    known = tx.announcement(id_of_lesson(lesson.key))
    if known is not None and known.state is not AnnouncementState.DRAFT:
        return f"{lesson.key}: it was sent and stays as it is."
    if known is not None and known.written_by is not None:
        return f"{lesson.key}: it was edited on the web and stays as it is."
    none = Text(default="")
    new = Announcement(
        id=id_of_lesson(lesson.key),
        change=Change(
            title=lesson.title, what=lesson.text, why=none, when=none, who=none, action=none
        ),
        audience=lesson.audience,
        written_by=None,
        due=known.due if known else None,
        question=lesson.question,
        lesson=True,
    )
    if known == new:
        return f"{lesson.key}: unchanged."
    tx.put_announcement(new)
    return f"{lesson.key}: its draft is replaced." if known else f"{lesson.key}: a new draft."
