"""A question that the service can answer is answered, from the service status, the training
sessions, the change calendar, the published rules or an FAQ. Its words are held, and one press
passes them on; where nothing here answers it, it is passed on as ever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from governance.access import Actor, anybody
from governance.changes.commands import ShowCalendar
from governance.changes.handlers import show_calendar
from governance.changes.messages import ChangeRow
from governance.changes.model import ChangeState
from governance.chat.handlers import hold
from governance.chat.messages import AnsweredBefore, KnownHere
from governance.chat.model import AskHere, HoldWords, ShallIPassItOn
from governance.docket.commands import GiveFeedback
from governance.faq.matching import answering, in_only
from governance.faq.subject import about_change
from governance.feedback.about import kept
from governance.feedback.author_news import answered
from governance.feedback.handlers import LONGEST, give_feedback
from governance.learning.commands import ShowLearning
from governance.learning.handlers import show_learning
from governance.learning.messages import LearningView, SessionLine
from governance.messages import FeedbackReceived, Told
from governance.operations import Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.reading.chat_questions import Topic
from governance.rules.asking import shown_section
from governance.rules.citing import published_rules
from governance.rules.messages import FoundSection
from governance.rules.searching import Found, Meant, find_sections, in_spanish, stems
from governance.service_notices.commands import ShowServiceStatus
from governance.service_notices.handlers import show_status
from governance.typed import typed
from governance.urgent.alarming import urgent_at_once
from surveys.messages import Rejected

MOST = 3

_ASKED_PLAINLY = 0.4
"""For questions about whether something is allowed: the lowest score at which a section answers
(cosine and words, decision 58)."""
_ASKED_OTHERWISE = 0.65
"""For any other question. It is higher because much of what people ask a committee is not about a
rule."""
_WORDS, _SHARE = 2, 0.5
"""Where words alone are compared (in Spanish, or while the reader is away): how many of the
question's words a section has at least, and which share of them."""

Answer = KnownHere | ShallIPassItOn | FeedbackReceived | Told | Rejected


def ask(store: GovernanceStore, actor: Actor, command: AskHere, now: datetime) -> Answer:
    """Danger comes before everything: what may be it is passed on at once."""
    text, unfit = typed(command.text, LONGEST)
    found, urgent = None, bool(urgent_at_once(text, command.glanced))
    if text and not unfit and not urgent:
        found = _known(store, actor, command, now)
    if found is None and command.unclear and not urgent:
        return hold(store, actor.somebody, HoldWords(item_id=command.item_id, text=text), now)
    if found is None:
        given = GiveFeedback(item_id=command.item_id, text=text, glanced=command.glanced)
        received = give_feedback(store, actor.somebody, given, now)
        return answered(store, received)
    store.hold_words(command.item_id, actor.somebody.id, text, now)
    return found


def _known(
    store: GovernanceStore, actor: Actor, command: AskHere, now: datetime
) -> KnownHere | None:
    here = KnownHere(item_id=command.item_id)
    match command.topic:
        case Topic.SERVICES:
            return replace(here, services=show_status(store, actor, ShowServiceStatus(), now))
        case Topic.TRAINING:
            return replace(here, sessions=_sessions(store, actor, command.text, now))
        case Topic.CHANGES if changes := _changes(store, actor, command.text, now):
            return replace(here, changes=changes)
        case _:
            if faq := _faq(store, actor, command, now):
                return replace(here, answered=faq)
            rules = _rules(store, command)
            return replace(here, rules=rules) if rules else None


def _sessions(
    store: GovernanceStore, actor: Actor, text: str, now: datetime
) -> tuple[SessionLine, ...]:
    """Those that are to come, what was named in the question first."""
    view = show_learning(store, actor, ShowLearning(), now)
    there = view.sessions if isinstance(view, LearningView) else ()
    coming = [one for one in there if one.ends > now]
    asked = set(stems(text))
    coming.sort(key=lambda one: (asked.isdisjoint(stems(one.session.title.default)), one.starts))
    return tuple(coming[:MOST])


def _changes(
    store: GovernanceStore, actor: Actor, text: str, now: datetime
) -> tuple[ChangeRow, ...]:
    """Changes to come that share a word with the question."""
    asked = set(stems(text)) - _WHEN
    over = (ChangeState.DONE, ChangeState.WITHDRAWN)
    rows = [
        one
        for one in show_calendar(store, actor, ShowCalendar(), now).rows
        if one.state not in over and not asked.isdisjoint(_words_of(one))
    ]
    return tuple(sorted(rows, key=lambda one: one.day)[:MOST])


_WHEN = frozenset(
    stems("change changes switch switching move moving new start update upgrade replace roll live")
    + stems("cambio cambia cambiamos nuevo nueva actualiza reemplaza empieza llega")
)


def _words_of(row: ChangeRow) -> Collection[str]:
    titles = (row.title.default, *row.title.translations.values())
    return {stem for title in titles for stem in stems(title)}


def _faq(
    store: GovernanceStore, actor: Actor, command: AskHere, now: datetime
) -> AnsweredBefore | None:
    """The entry of any change's FAQ that surely answers it."""
    every = store.every_faq()
    for record in store.changes() if every else ():
        if record.state is ChangeState.WITHDRAWN or record.id not in every:
            continue
        entries, meanings = every[record.id]
        found = answering(command.text, entries, command.meant, meanings)
        if found and kept(store, about_change(record.id), now, actor.somebody):
            entry, language = found
            return AnsweredBefore(
                change_id=record.id,
                title=record.words.title,
                question=in_only(entry.question, language),
                answer=in_only(entry.answer, language),
            )
    return None


def _rules(store: GovernanceStore, command: AskHere) -> tuple[FoundSection, ...]:
    """Searches only versions in force. A draft does not count."""
    published = list(published_rules(store))
    numbers = {rule.id: rule.number for rule, _ in published}
    versions = [version for _, version in published]
    meant = Meant(vector=command.meant, sections=store.rule_meanings()) if command.meant else None
    found = find_sections(command.text, versions, meant, most=MOST)
    least = _ASKED_PLAINLY if command.topic is Topic.PERMISSION else _ASKED_OTHERWISE
    by_words = meant is None or in_spanish(command.text)
    asked = set(stems(command.text))
    return tuple(
        shown_section(one, numbers[one.version.rule_id])
        for one in found
        if (_shares(asked, one) if by_words else one.score >= least)
    )


def _shares(asked: Collection[str], found: Found) -> bool:
    section = found.section
    said = {*stems(found.version.title.default), *stems(f"{section.heading} {section.body}")}
    both = said.intersection(asked)
    return len(both) >= _WORDS and len(both) >= _SHARE * len(asked)


OPERATIONS: Operations = (
    Operation(command=AskHere, run=ask, may=anybody, wakes=frozenset({Wake.READER})),
)
