"""A committee's week in one message, instead of a post for each: made once, on a school day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from governance.access import Actor, leader_of_queue, refusal, worker_on_queue
from governance.committees.briefing import choice_of
from governance.committees.model import Committee
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.digests.commands import ChooseBriefs, ShowDigest
from governance.digests.messages import Digest, DigestLine, ThemeCount
from governance.digests.model import BriefChoice, Briefs, KeptDigest, Untold, digest_is_due, monday
from governance.digests.trending import of_queue
from governance.digests.views import WeekView
from governance.docket.handlers import queue_name
from governance.feedback.model import Item
from governance.feedback.named import hidden_on
from governance.messages import Done, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.themes import theme_name
from governance.references.binding import links_ahead, links_of
from governance.refusals import NOT_HERE
from governance.school_days import today

DIGEST = "digest"
"""The kind of the delivery."""

LATE = "late"
"""The kind of the delivery of one item whose answer is late, where a digest is the rule."""

OLDEST = 3
DUE = 5
DUE_WITHIN = timedelta(days=7)
EXCERPT = 140

_FIRST_LOOKS_BACK = timedelta(days=7)
_READ_LATE = timedelta(days=2)
"""What was received before the last digest may have been read after it."""


def choose_briefs(
    store: GovernanceStore, actor: Actor, command: ChooseBriefs, now: datetime
) -> Done | Refused:
    committee = store.district().committee(command.queue)
    if committee is None:
        return refusal(NOT_HERE)
    before = choice_of(store, committee)
    store.put_brief_choice(command.queue, command.choice, actor.person_id, now)
    store.audit(actor.person_id, f"briefs {command.choice.briefs}: {command.queue}", None, now)
    if (before.briefs, command.choice.briefs) == (Briefs.WEEKLY, Briefs.EACH):
        # What came since the last digest would be told by nothing.
        for item_id, moves in store.untold_items(_untold(store, committee, now)):
            campaign = f"item:{item_id}:{moves}"
            store.deliver_to_queue(
                committee.key, campaign=campaign, kind="brief", subject=item_id, now=now
            )
    return Done()


def tell_digests(store: GovernanceStore, now: datetime) -> None:
    """The digests that are due, each once; and at once what became late since the last."""
    district = store.district()
    local = now.astimezone(ZoneInfo(district.timezone))
    for committee in district.committees:
        choice = choice_of(store, committee)
        if choice.briefs is not Briefs.WEEKLY:
            continue
        week = digest_is_due(choice, district.calendar, local)
        last = store.last_digest(committee.key)
        if week is not None and (last is None or last.week != week):
            _make(store, committee, now)
        elif last is not None and digest_is_due(BriefChoice(), district.calendar, local):
            _tell_late(store, committee, last.at, now)


def _make(store: GovernanceStore, committee: Committee, now: datetime) -> None:
    local = now.astimezone(ZoneInfo(store.district().timezone))
    untold = _untold(store, committee, now)
    kept = KeptDigest(
        id=uuid4(),
        queue=committee.key,
        week=monday(local.date()),
        since=untold.since,
        at=now,
    )
    new = store.untold_items(untold)
    if not store.add_digest(kept):
        return  # another look made it
    store.tell_in(kept.id, [item_id for item_id, _ in new])
    if not new and not store.open_count(committee.key, without=()):
        return  # a quiet week is not worth a message
    campaign = f"digest:{kept.id}"
    store.deliver_to_queue(committee.key, campaign=campaign, kind=DIGEST, subject=kept.id, now=now)
    if not store.has_chat_channel(committee.key):
        for email in (committee.chair, committee.deputy):
            leader = store.person_by_email(email)
            if leader is not None and leader.active:
                store.deliver_to_person(
                    leader, campaign=campaign, kind=DIGEST, subject=kept.id, now=now
                )


def _untold(store: GovernanceStore, committee: Committee, now: datetime) -> Untold:
    last = store.last_digest(committee.key)
    since = last.at if last else now - _FIRST_LOOKS_BACK
    return Untold(queue=committee.key, since=since, until=now, looks_back=since - _READ_LATE)


def _tell_late(
    store: GovernanceStore, committee: Committee, since: datetime, now: datetime
) -> None:
    for item_id, moves in store.came_late(committee.key, since, now):
        store.deliver_to_queue(
            committee.key,
            campaign=f"item:{item_id}:late:{moves}",
            kind=LATE,
            subject=item_id,
            now=now,
        )


# -- what it says ----------------------------------------------------------------------------------


def show_digest(
    store: GovernanceStore, actor: Actor, command: ShowDigest, now: datetime
) -> WeekView | Refused:
    """The last digest as it stands now; before the first, what it would tell."""
    committee = store.district().committee(command.queue)
    if committee is None:
        return refusal(NOT_HERE)
    last = store.last_digest(command.queue)
    told = digest_of(store, last.id) if last else None
    return WeekView(
        digest=told or _coming(store, committee, now),
        choice=choice_of(store, committee),
        leads=command.queue in actor.standing.leads,
        in_chat=store.has_chat_channel(command.queue),
    )


def _coming(store: GovernanceStore, committee: Committee, now: datetime) -> Digest:
    new = _untold(store, committee, now)
    kept = KeptDigest(
        id=UUID(int=0), queue=committee.key, week=monday(now.date()), since=new.since, at=now
    )
    hidden = hidden_on(store, committee.key)
    return _composed(store, kept, store.untold_themes(new, without=hidden), hidden)


def digest_of(store: GovernanceStore, digest_id: UUID) -> Digest | None:
    kept = store.digest(digest_id)
    if kept is None:
        return None
    hidden = hidden_on(store, kept.queue)
    return _composed(store, kept, store.themes_told(digest_id, without=hidden), hidden)


def _composed(
    store: GovernanceStore,
    kept: KeptDigest,
    new: Sequence[tuple[str, int]],
    hidden: frozenset[UUID],
) -> Digest:
    grown = of_queue(store, kept.queue, kept.at)
    away = hidden | store.asides_on(kept.queue, today(store, kept.at))
    due = store.first_due(kept.queue, most=DUE, until=kept.at + DUE_WITHIN, without=away)
    oldest = store.oldest_open(kept.queue, most=OLDEST, without=away)
    links_ahead(store, (*due, *oldest))
    return Digest(
        digest_id=kept.id,
        queue=kept.queue,
        queue_name=queue_name(store.district(), kept.queue),
        since=kept.since,
        at=kept.at,
        new=sum(items for _, items in new),
        open=store.open_count(kept.queue, without=away),
        late=store.open_count(kept.queue, without=hidden, late_at=kept.at),
        themes=theme_counts(new),
        oldest=tuple(line_of(store, one, kept.at) for one in oldest),
        due=tuple(line_of(store, one, kept.at) for one in due),
        growing=tuple(one.theme for one in grown.themes) if grown else (),
    )


def theme_of(item: Item) -> str:
    """The key of the theme that an item is counted under: its first; "" where it has none."""
    return next(iter(item.reading.themes if item.reading else ()), "")


def theme_counts(themes: Iterable[tuple[str, int]]) -> tuple[ThemeCount, ...]:
    """(theme's key, items) in sums, the most first; what has no theme last."""
    counts: Counter[str] = Counter()
    for theme, items in themes:
        counts[theme_name(theme)] += items
    ranked = sorted(counts.items(), key=lambda one: (not one[0], -one[1], one[0]))
    return tuple(ThemeCount(name=name, count=count) for name, count in ranked)


def line_of(store: GovernanceStore, item: Item, now: datetime) -> DigestLine:
    words = item.reading.redacted if item.reading else ""
    cut = words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + "…"
    return DigestLine(
        item_id=item.id,
        words=cut,
        received_at=item.received_at,
        due_at=item.due_at,
        late=item.due_at is not None and item.due_at < now,
        links=links_of(store, item),
    )


def _weekly(on: Occasion) -> Digest | None:
    """Not in the inbox of somebody who led the committee."""
    told = digest_of(on.store, on.subject)
    if told is None or on.reader is None:
        return told
    return told if told.queue in on.store.standing(on.reader.id).leads else None


DELIVERIES: Deliveries = (Delivery(kind=DIGEST, compose=_weekly),)

OPERATIONS: Operations = (
    Operation(command=ShowDigest, run=show_digest, may=worker_on_queue, reads=True),
    Operation(command=ChooseBriefs, run=choose_briefs, may=leader_of_queue),
)
