"""What an author hears about what they said."""

from __future__ import annotations

from governance.conversations.model import open_question
from governance.deliveries import Deliveries, Delivery, about_item, items_told
from governance.docket.handlers import queue_name
from governance.feedback.about import name_of, outcome
from governance.feedback.excerpts import excerpt
from governance.feedback.model import Item, Naming, Urgency
from governance.messages import FeedbackReceived, News, Told
from governance.ports import GovernanceStore
from governance.recommendations.model import AdviceState, Recommendation
from governance.references.binding import links_of
from governance.references.model import BoundLine
from governance.sensitive import handlers as sensitive
from governance.sensitive.substitutes import stood_in
from governance.urgent.handlers import whom_called
from governance.urgent.model import at_work, contacts_of
from surveys.messages import Rejected

OUTSIDE = ("human-resources", "title-ix", "association")

_CONTACTS = {
    News.RESTRICTED: OUTSIDE,
    News.NO_READER: OUTSIDE,
}


def answered(
    store: GovernanceStore, given: FeedbackReceived | Rejected
) -> FeedbackReceived | Told | Rejected:
    """What somebody hears who told us something: where it states danger, who was called and what to
    do, and nothing else."""
    if isinstance(given, Rejected) or not store.open_urgent(given.item_id):
        return given
    item = store.item(given.item_id)
    return told(store, item, News.URGENT) if item else given


def told(store: GovernanceStore, item: Item, news: News) -> Told:
    """What an author hears. Who answered is named by committee, and by name where they answered."""
    district, news = store.district(), sensitive.as_it_stands(store, item, news)
    answerer = store.person(item.answered_by) if item.answered_by else None
    cases = store.cases_of(item.id)
    urgency = next((kind for kind in Urgency if any(c.urgency is kind for c in cases)), None)
    known = district.contacts
    contacts = {key: known[key] for key in _CONTACTS.get(news, ()) if key in known}
    if news is News.URGENT and urgency is not None:
        contacts = contacts_of(district, urgency)
    decided = _decided(store, item, news)
    queue = decided.queue if decided else item.queue
    return Told(
        item_id=item.id,
        news=news,
        said=excerpt(item),
        received_at=item.received_at,
        committee=queue_name(district, queue) if queue else None,
        answer=item.answer if news is News.ANSWERED else None,
        answered_by=answerer.name if answerer and news is News.ANSWERED else None,
        urgency=urgency,
        advice=decided.title if decided else None,
        reason=decided.reason if decided else None,
        contacts=contacts,
        stood_in=news is News.RESTRICTED and stood_in(store, item),
        unread=item.reading is not None and item.reading.unread,
        called=whom_called(store, item.id) if news in (News.URGENT, News.TAKEN) else (),
        at_work=all(at_work(district, one.urgency, one.opened_at) for one in cases),
        anonymous=item.naming is Naming.ANONYMOUS,
        question=_asked(store, item) if news is News.ASKED else None,
        about=name_of(store, item),
        outcome=outcome(store, item) if news is News.ANSWERED else None,
        became=_became(store, item) if news in (News.ANSWERED, News.BECAME) else (),
    )


def _became(store: GovernanceStore, item: Item) -> tuple[BoundLine, ...]:
    """Without what was taken back or retired since: to an author it says nothing anymore."""
    lead = store.item(store.lead_of(item.id) or item.id)
    return tuple(one for one in links_of(store, lead or item) if one.now != 0)


def _asked(store: GovernanceStore, item: Item) -> str | None:
    question = open_question(store.exchanges(item.id))
    return question.words if question else None


_DECIDED = {News.ACCEPTED: AdviceState.ACCEPTED, News.DECLINED: AdviceState.DECLINED}


def _decided(store: GovernanceStore, item: Item, news: News) -> Recommendation | None:
    """The recommendation that an author hears of: the last with their words that ended so."""
    if news not in _DECIDED:
        return None
    for one in (item.id, store.lead_of(item.id)):  # their words may stand for those of others
        found = store.recommendations(_DECIDED[news], item=one) if one else ()
        if found:
            return found[0]
    return None


_MAY_WAIT = (News.ASKED, News.URGENT, News.TAKEN)
"""A question of the committee waits for its reply; danger stays on Home until it is settled."""


def _declared(news: News) -> Delivery:
    return Delivery(
        kind=f"told-{news}",
        compose=about_item(lambda on, item: told(on.store, item, news)),
        ahead=items_told,
        may_wait=news in _MAY_WAIT,
    )


DELIVERIES: Deliveries = tuple(_declared(news) for news in News if news is not News.TAKEN_OUT)
"""What was taken out of their words is a message of its own (``taking_out``)."""
