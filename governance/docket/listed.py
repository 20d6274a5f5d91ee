"""The items of a queue as a list has them. However many there are, it takes the same statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from governance.committees.model import RESTRICTED
from governance.conversations.model import open_question
from governance.docket.bylines import byline
from governance.docket.messages import DocketLine
from governance.duplicates.model import said_by
from governance.feedback.model import OPEN_STATES, Byline, Item, Naming
from governance.ports import GovernanceStore
from governance.reading.themes import theme_name
from governance.school_days import today
from governance.urgent.model import handling, how_cases_stand

MOST = 1_000
"""Items of a docket that are listed, what is open first."""


def docket_lines(
    store: GovernanceStore, items: Sequence[Item], now: datetime
) -> tuple[DocketLine, ...]:
    """In their order. What is sensitive and was opened by nobody has no words."""
    ids = [one.id for one in items]
    people, said = store.people_saying_each(ids), store.exchanges_of_each(ids)
    asides, subjects = store.asides_of(ids, date.min), store.subjects_of(ids)
    day = today(store, now)
    urgent = [one.id for one in items if one.reading and one.reading.urgency]
    cases = store.cases_of_each(urgent) if urgent else {}
    handlers = {one for some in cases.values() for one in handling(some)}
    named = {*handlers, *(one.assigned_to for one in items if one.assigned_to)}
    authors = (one.author for one in items if one.naming is Naming.NAMED)
    store.people_ahead((*named, *authors))
    store.roster_counts_ahead()
    names = store.names_of(named)
    sensitive = [one.id for one in items if one.queue == RESTRICTED and one.state in OPEN_STATES]
    unopened = frozenset(sensitive) - store.opened_among(sensitive)

    def line(item: Item) -> DocketLine:
        reading, hidden, aside = item.reading, item.id in unopened, asides.get(item.id)
        theme = next(iter(reading.themes if reading else ()), "")
        return DocketLine(
            item_id=item.id,
            redacted="" if hidden or reading is None else reading.redacted,
            state=item.state,
            received_at=item.received_at,
            due_at=item.due_at,
            byline=Byline() if hidden else byline(store, item),
            urgency=reading.urgency if reading else None,
            theme="" if hidden else theme_name(theme),
            assigned_to=names.get(item.assigned_to) if item.assigned_to else None,
            said_by=said_by(people.get(item.id, 1)),
            asked_back=open_question(said.get(item.id, ())) is not None,
            unopened=hidden,
            aside=aside if aside and aside.until > day and item.state in OPEN_STATES else None,
            subject="" if hidden else subjects.get(item.id, ""),
            age=(day - today(store, item.received_at)).days,
            case=how_cases_stand(cases.get(item.id, ()), names),
        )

    return tuple(line(one) for one in items)
