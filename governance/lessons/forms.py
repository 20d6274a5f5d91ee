"""The forms of lessons and questions, beside the fields that are declared on their commands."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.forms import Opening, Said
from governance import links
from governance.announcements.commands import CheckAnnouncement
from governance.announcements.model import Announcement
from governance.lessons.commands import QUESTION
from governance.lessons.model import Question
from governance.lessons.written import typed_of


def question(announcement_id: UUID, found: Question | None) -> Opening:
    """``found``: the question as it is kept. An empty one removes it."""
    return Opening(
        title=Said("Ask a question"),
        above=(
            Said(
                "People confirm that they read it by choosing the right answer. Answers are "
                "counted without names."
            ),
        ),
        values=typed_of(found),
        optional=frozenset(QUESTION),
        submit=Said("Save and check"),
        shows=Said("Ask a question"),
        leave=links.draft("", announcement_id),
        back=CheckAnnouncement(announcement_id=announcement_id),
    )


def lesson(
    found: Announcement | None, offered: Mapping[str, tuple[tuple[str, str], ...]]
) -> Opening:
    """``found``: the lesson as it is kept; None: a new one. ``offered``: what its audience can be
    chosen of."""
    values: dict[str, object] = {}
    if found is not None:
        values = {
            "title": found.change.title.default,
            "text": found.change.what.default,
            "due": found.due,
            "audience": found.audience,
            **typed_of(found.question),
        }
    declined = found.declined_why or "" if found else ""
    return Opening(
        title=Said("Write a lesson"),
        above=(
            *((Said("Declined: {why}", {"why": declined}),) if declined else ()),
            Said(
                "A lesson takes two minutes: a short text and one question. Answers are "
                "counted without names."
            ),
            Said("Nothing is sent yet. Next, you’ll see how it looks and who gets it."),
        ),
        values=values,
        choices=offered,
        anew=found is None,
        submit=Said("Save and check"),
        shows=Said("Write a lesson"),
        leave=links.lessons(""),
        up=(Said("Lessons"), links.lessons("")),
    )
