"""An announcement's draft in YAML: the words of a change, and for whom they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.files.audience_yaml import audience_data, read_audience
from bot.files.fields import Entry, open_entry
from bot.files.lesson_yaml import question_data, read_question
from bot.files.problems import Problem, in_order
from bot.files.writing import text_data, to_yaml
from bot.files.yaml_source import Source
from core.people import Audience
from core.text import Text
from governance.announcements.model import Change
from governance.lessons.model import Question
from governance.typed import BEGINS, unfit_link

LONGEST = {
    "title": 120,
    "what": 1000,
    "why": 1000,
    "when": 300,
    "who": 300,
    "action": 1000,
    "learn": 500,
    "ask": 300,
}

LONGEST_LINK = 2000
"""Characters of an address."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementDraft:
    """An announcement as its file describes it, before anybody sends it."""

    key: str
    change: Change
    audience: Audience
    acknowledge: bool = True
    joiners_until: date | None = None
    due: date | None = None
    question: Question | None = None


def load_announcement(
    path: Path, *, locale: str = "en", file: str | None = None
) -> AnnouncementDraft | list[Problem]:
    """One announcement's file. ``locale`` is the language of texts that name none."""
    source = Source(file=file or path.name, locale=locale)
    entry = open_entry(path, source, "the announcement")
    draft = read_announcement(entry) if entry else None
    return draft if draft and not source.problems else in_order(source.problems)


def read_announcement(entry: Entry) -> AnnouncementDraft:
    known = (*LONGEST, "learn_url", "audience", "acknowledge", "due", "question", "joiners_until")
    entry.only("key", *known)
    return AnnouncementDraft(
        key=entry.key(),
        change=Change(
            title=_text(entry, "title"),
            what=_text(entry, "what"),
            why=_text(entry, "why"),
            when=_text(entry, "when"),
            who=_text(entry, "who"),
            action=_text(entry, "action"),
            learn=entry.maybe_text("learn", longest=LONGEST["learn"]),
            learn_url=_link(entry),
            ask=entry.maybe_text("ask", longest=LONGEST["ask"]),
        ),
        audience=read_audience(entry),
        acknowledge=entry.flag("acknowledge", default=True),
        joiners_until=entry.day("joiners_until") if "joiners_until" in entry.fields else None,
        due=entry.day("due") if "due" in entry.fields else None,
        question=read_question(entry),
    )


def dump_announcement(draft: AnnouncementDraft, locale: str = "en") -> str:
    """YAML that reads back as the same draft."""
    change = draft.change
    data: dict[str, Any] = {"key": draft.key}
    for name in LONGEST:
        value: Text | None = getattr(change, name)
        if value is not None:
            data[name] = text_data(value, locale)
        if name == "learn" and change.learn_url is not None:
            data["learn_url"] = change.learn_url
    if not draft.acknowledge:
        data["acknowledge"] = False
    if draft.joiners_until is not None:
        data["joiners_until"] = draft.joiners_until
    if draft.due is not None:
        data["due"] = draft.due.isoformat()
    if draft.question is not None:
        data["question"] = question_data(draft.question, locale)
    data["audience"] = audience_data(draft.audience)
    return to_yaml(data)


def _text(entry: Entry, name: str) -> Text:
    return entry.text(name, longest=LONGEST[name])


def _link(entry: Entry) -> str | None:
    link = entry.scalar("learn_url", required=False)
    if link is None:
        return None
    if not link or unfit_link(link) or len(link) > LONGEST_LINK:
        fix = f"Use one that starts with {BEGINS}"
        entry.wrong("learn_url", f'"{link}" is not a web address.', fix)
    return link
