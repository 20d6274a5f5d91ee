"""A question about a change that was answered before: its answer is shown at once, and the question
is sent only if that did not help.

Until then the words wait, encrypted (``HeldWordsStore``). If it helped they are deleted, and the
entry is counted: nothing is kept of who asked.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.people import Person
from governance.access import anybody
from governance.changes.model import ChangeState
from governance.docket.commands import GiveFeedback
from governance.faq.commands import CountHelped
from governance.faq.matching import answering, in_only
from governance.faq.messages import FaqAnswer, FaqHelped
from governance.faq.model import LONGEST_QUESTION, Offer
from governance.faq.subject import CHANGE, change_about
from governance.feedback.about import kept, read_about
from governance.feedback.model import Naming
from governance.messages import FeedbackReceived
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.typed import typed
from governance.urgent.alarming import urgent_at_once


def may_be_answered(command: GiveFeedback) -> bool:
    """Whether it is worth knowing what a message means, before anything is looked up."""
    about = read_about(command.about)
    asks = about is not None and about.kind == CHANGE
    return asks and 0 < len(command.text) <= LONGEST_QUESTION


def answered_before(
    store: GovernanceStore, person: Person, command: GiveFeedback, now: datetime
) -> FaqAnswer | None:
    """The entry that answers a question. Nothing that states danger is held up, and of a change
    that was withdrawn nobody knows whether its answers still hold."""
    text, unfit = typed(command.text, LONGEST_QUESTION)
    record = change_about(store, command.about)
    if not text or unfit or record is None or record.state is ChangeState.WITHDRAWN:
        return None
    about = kept(store, command.about, now, person)
    if not about or command.naming is Naming.ANONYMOUS or urgent_at_once(text, command.glanced):
        return None
    if store.item(command.item_id) is not None:
        return None  # it was sent before
    entries = store.faq(record.id)
    found = answering(text, entries, command.meant, store.faq_meanings(record.id))
    if found is None:
        return None
    entry, language = found
    offer = Offer(entry_id=entry.id, about=about, naming=command.naming)
    store.drop_words(command.item_id, person.id)  # of the same form, with other words in it
    store.hold_words(command.item_id, person.id, text, now, offer)
    return FaqAnswer(
        item_id=command.item_id,
        title=record.words.title,
        question=in_only(entry.question, language),
        answer=in_only(entry.answer, language),
    )


def helped(store: GovernanceStore, person: Person, item_id: UUID) -> FaqHelped | FeedbackReceived:
    """Count it once, and delete what was typed."""
    offer = store.offered(item_id, person.id)
    if offer is not None:
        store.drop_words(item_id, person.id)
        store.count_helped(offer.entry_id)
        record = change_about(store, offer.about)
        return FaqHelped(change_id=record.id if record else None)
    there = store.item(item_id)
    if there is not None and there.author == person.id:  # it was sent before
        return FeedbackReceived(item_id=there.id, naming=there.naming)
    return FaqHelped(change_id=None)


OPERATIONS: Operations = (
    Operation(
        command=CountHelped,
        run=lambda store, actor, command, _: helped(store, actor.somebody, command.item_id),
        may=anybody,
        button="faq-helped",
    ),
)
