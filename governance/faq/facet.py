"""What was asked about a change and answered: a line of its page, and the button to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.cards import Press
from core.words import Words
from governance.access import Actor
from governance.changes.access import works_on
from governance.changes.facets import Facet, FacetLine
from governance.changes.model import ChangeRecord, ChangeState
from governance.faq import wording
from governance.faq.commands import ShowFaq
from governance.faq.model import Asked
from governance.faq.subject import about_change
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class Questions:
    """``entries``: of the FAQ. ``works``: the reader works on the change."""

    change_id: UUID
    asked: Asked
    works: bool


@dataclass(frozen=True, kw_only=True)
class Asking:
    """The change can be asked about. ``about``: its token."""

    about: str


def _find(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, _: datetime
) -> Questions | None:
    asked, works = store.asked_about(record.id), works_on(actor, record)
    if not (record.shown and (works or asked.questions or asked.entries)):
        return None
    return Questions(change_id=record.id, asked=asked, works=works)


def _draw(words: Words, found: Questions) -> FacetLine:
    asked = found.asked
    said = words.count(
        "{n} question, {answered} answered, {entries} in the FAQ",
        "{n} questions, {answered} answered, {entries} in the FAQ",
        asked.questions,
        answered=words.number(asked.answered),
        entries=words.number(found.asked.entries),
    )
    todo = ""
    if found.works and asked.since is not None:
        todo = words.count(
            "{n} question has been waiting for an answer since {day}.",
            "{n} questions are waiting for an answer, the oldest since {day}.",
            asked.waiting,
            day=words.day(asked.since),
        )
    shows = ShowFaq(change_id=found.change_id)
    press = Press(label=words.say("Questions and answers"), command=shows)
    return FacetLine(
        name=words.say("Questions"),
        said=said,
        todo=todo,
        press=press if found.asked.entries or found.works else None,
    )


def _can_ask(_: GovernanceStore, __: Actor, record: ChangeRecord, ___: datetime) -> Asking | None:
    asks = record.shown and record.state is not ChangeState.WITHDRAWN
    return Asking(about=about_change(record.id)) if asks else None


def _draw_asking(words: Words, found: Asking) -> FacetLine:
    (press,) = wording.asking(words, found.about)
    return FacetLine(name="", said="", press=press)


FACETS = (
    Facet(of=Questions, order=50, find=_find, draw=_draw),
    Facet(of=Asking, order=51, find=_can_ask, draw=_draw_asking),
)
