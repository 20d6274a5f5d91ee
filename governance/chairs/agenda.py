"""The agenda of a committee's meeting: what came, what waits, what was decided since the last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governance.access import member_of_queue, refusal
from governance.chairs.commands import ShowAgenda
from governance.chairs.views import AgendaView, Decided
from governance.committees.model import Cadence
from governance.digests.handlers import line_of, theme_counts, theme_of
from governance.digests.monthly import spoken_of, told_themes
from governance.feedback.excerpts import excerpt
from governance.feedback.named import hidden_on
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.quotes import represent
from governance.references.binding import links_ahead, links_of
from governance.refusals import NOT_HERE
from governance.rules.agenda import rules_for
from governance.school_days import today

BETWEEN = {
    Cadence.WEEKLY: timedelta(days=7),
    Cadence.BIWEEKLY: timedelta(days=14),
    Cadence.MONTHLY: timedelta(days=30),
    Cadence.QUARTERLY: timedelta(days=91),
}
"""From one meeting to the next, where nobody typed when the last one was."""

OLDEST = 5
QUOTED_FROM = 200
"""So many of the newest open messages are looked through for words that stand for many."""

MOST_DECIDED = 30


def show_agenda(store: GovernanceStore, command: ShowAgenda, now: datetime) -> AgendaView | Refused:
    district = store.district()
    committee = district.committee(command.queue)
    if committee is None:
        return refusal(NOT_HERE)
    on = command.on or now.astimezone(ZoneInfo(district.timezone)).date()
    since = min(command.since or on - BETWEEN[committee.cadence], on)
    answered = store.answered_in(command.queue, _morning(store, since))
    recommended = store.recommendations_for_agenda(command.queue, _morning(store, since))
    hidden = hidden_on(store, command.queue)
    answered = [one for one in answered if one.id not in hidden]
    away = hidden | store.asides_on(command.queue, today(store, now))
    oldest = () if command.shared else store.oldest_open(command.queue, most=OLDEST, without=away)
    if not command.shared:
        links_ahead(store, (*answered[:MOST_DECIDED], *oldest))
    decided = [
        Decided(about=title, words=reason, accepted=accepted)
        for title, accepted, reason in recommended
        if accepted is not None
    ]
    if not command.shared:
        decided += [
            Decided(about=excerpt(one), words=one.answer or "", links=links_of(store, one))
            for one in answered[:MOST_DECIDED]
        ]
    newest: Sequence[str] = ()
    if not command.shared:
        newest = store.newest_words(command.queue, most=QUOTED_FROM, without=hidden)
    words = [*newest, *(one.reading.redacted for one in answered if one.reading)]
    return AgendaView(
        queue=command.queue,
        name=committee.name,
        on=on,
        since=since,
        shared=command.shared,
        open=store.open_count(command.queue, without=away),
        themes=told_themes(
            [*store.open_spoken(command.queue, without=hidden), *spoken_of(answered)]
        )
        if command.shared
        else theme_counts(
            [
                *((theme_of(one), 1) for one in answered),
                *store.open_themes(command.queue, without=hidden),
            ]
        ),
        quotes=() if command.shared else represent(words),
        oldest=tuple(line_of(store, one, now) for one in oldest),
        pending=tuple(title for title, accepted, _ in recommended if accepted is None),
        decided=tuple(decided),
        rules=rules_for(store, command.queue, hidden, shared=command.shared),
    )


def _morning(store: GovernanceStore, day: date) -> datetime:
    return store.moment_of(datetime.combine(day, time()))


OPERATIONS: Operations = (
    Operation(
        command=ShowAgenda,
        run=lambda store, _, command, now: show_agenda(store, command, now),
        may=member_of_queue,
        reads=True,
    ),
)
