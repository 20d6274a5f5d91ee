"""Linking: a committee says what an item has to do with: a goal of the plan, a rule, or what was
announced. Its author hears it with the answer, or when the announcement comes later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from core.forms import Opening
from governance.access import Actor, refusal, worker_on_item
from governance.announcements.model import Announcement, AnnouncementState
from governance.docket.handlers import brief
from governance.docket.history import StepKind
from governance.docket.stepping import note_step
from governance.feedback.handlers import tell_author
from governance.feedback.model import OPEN_STATES, Item
from governance.forms.messages import FormView, again
from governance.messages import Brief, News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.references import forms
from governance.references.binding import (
    can_be_linked,
    goal_bound,
    goals_of,
    line,
    links_of,
    proposed,
    voices,
)
from governance.references.commands import LinkItem, SettleProposal
from governance.references.model import Bound, BoundKind, BoundLine
from governance.refusals import NOT_HERE, TEN_LINKS
from governance.rules.citing import bound_to, cited, open_rules
from surveys.questions import Unfit

MOST_LINKS = 10
"""Of one item: more would tell nothing."""

ANNOUNCED_SHOWN, RULES_SHOWN = 30, 40
"""Announcements to choose from, the newest, and rules: a list in Slack has room for 100 in all."""

AT_ONCE = 5
"""Messages behind an announcement are told in steps of so many: the count of today beside that of
yesterday must not tell that one person's was linked."""

_NOTHING = "Choose what it is about, or enter a rule’s number."


def open_link(
    store: GovernanceStore, _: Actor, command: LinkItem, __: datetime
) -> Opening | Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if not can_be_linked(store.district(), item):
        return brief(store, item)
    return _opening(store, item, command)


def _opening(store: GovernanceStore, item: Item, command: LinkItem) -> Opening:
    """What was linked or taken away a moment ago may be chosen once more: the button was pressed
    twice, and the second time changes nothing."""
    linked = links_of(store, item)
    there = {one.bound.token for one in linked} - {command.to}
    gone = _gone(store, command.away) if command.away not in there else None
    return forms.linking(
        item.id,
        item.reading.redacted if item.reading else "",
        tuple(line(store, one) for one in _choices(store) if one.token not in there),
        (*linked, *((line(store, gone),) if gone else ())),
    )


def _gone(store: GovernanceStore, token: str) -> Bound | None:
    kind, _, key = token.partition(":")
    typed = Bound(kind=BoundKind.RULE, key=key) if kind == BoundKind.RULE and key else None
    return _chosen(store, token) or typed


def _choices(store: GovernanceStore) -> Iterator[Bound]:
    for goal in goals_of(store.district()):
        if not goal.retired:
            yield Bound(kind=BoundKind.GOAL, key=goal.key, version=goal.version)
    for rule, version in islice(open_rules(store), RULES_SHOWN):
        yield bound_to(rule, version)
    sent = [one for one in store.announcements() if _is_out(one)]
    for one in sent[:ANNOUNCED_SHOWN]:
        yield Bound(kind=BoundKind.ANNOUNCEMENT, key=str(one.id))


def _is_out(one: Announcement) -> bool:
    """Whether it went out and stands: a draft is nobody's to read."""
    out = one.state is AnnouncementState.SENDING and one.sent_at is not None
    return out and one.recalled_at is None


def link(
    store: GovernanceStore, actor: Actor, command: LinkItem, now: datetime
) -> Brief | FormView | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if not can_be_linked(store.district(), item):
        return brief(store, item)
    # Its author reads it, too: no name that was typed may travel along.
    screened = screen((command.rule,), command.put_back)
    if screened.doubt:
        return again(command, _opening(store, item, command), doubt=screened.doubt)
    command = replace(command, rule=screened.texts[0])
    there = {one.bound.token: one for one in links_of(store, item)}
    for one in _wanted(store, command):
        if one.token not in there:
            _add(store, actor, item, one, now)
    if command.away in there:
        _drop(store, actor, item, there[command.away], now)
    note_returned(store, actor.person_id, screened, item.id, now)
    return brief(store, item)


def unfit_links(
    store: GovernanceStore, _: Actor, command: LinkItem, __: datetime
) -> dict[str, Unfit]:
    """Why what was chosen cannot be linked."""
    item = store.item(command.item_id)
    if item is None or not can_be_linked(store.district(), item):
        return {}
    if command.to and _chosen(store, command.to) is None:
        return {"to": Unfit(why="This choice is no longer available. Choose again.")}
    wanted = _wanted(store, command)
    if not wanted and not command.away:
        return {"to": Unfit(why=_NOTHING)}
    if len(links_of(store, item)) + len(wanted) > MOST_LINKS:
        return {"to": Unfit(why=TEN_LINKS)}
    return {}


def _wanted(store: GovernanceStore, command: LinkItem) -> list[Bound]:
    """What is to be linked."""
    rule, chosen = command.rule, _chosen(store, command.to)
    typed = [cited(store, rule) or Bound(kind=BoundKind.RULE, key=rule)] if rule else []
    return [*typed, *((chosen,) if chosen else ())]


def _chosen(store: GovernanceStore, token: str) -> Bound | None:
    """What a choice stands for; None where it is not there anymore."""
    kind, _, key = token.partition(":")
    if kind == BoundKind.GOAL:
        return goal_bound(store.district(), key)
    if kind == BoundKind.RULE:
        return cited(store, key)
    if kind != BoundKind.ANNOUNCEMENT:
        return None
    try:
        found = store.announcement(UUID(key))
    except ValueError:
        return None
    if found is None or not _is_out(found):
        return None
    return Bound(kind=BoundKind.ANNOUNCEMENT, key=str(found.id))


def settle(
    store: GovernanceStore, actor: Actor, command: SettleProposal, now: datetime
) -> Brief | Refused:
    """Link the rule that the reader proposes, or note that it is another thing; once."""
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    bound = proposed(store, item)
    if bound is None or item.reading is None:
        return brief(store, item)  # someone else was first, or it has moved on
    if command.links and len(links_of(store, item)) >= MOST_LINKS:
        return refusal(TEN_LINKS)
    item = replace(item, reading=replace(item.reading, speaks_of=None))
    store.update_item(item)
    if command.links:
        _add(store, actor, item, bound.bound, now)
    else:
        store.audit(actor.person_id, f"not about {bound.bound.token}", item.id, now)
    return brief(store, item)


def _add(store: GovernanceStore, actor: Actor, item: Item, bound: Bound, now: datetime) -> None:
    if not store.add_link(item.id, bound, actor.person_id, now):
        return
    note_step(store, actor, item, StepKind.LINKED, now, about=line(store, bound).name)
    store.audit(actor.person_id, f"linked to {bound.token}", item.id, now)
    announced = bound.kind is BoundKind.ANNOUNCEMENT
    if announced and item.state not in OPEN_STATES:  # else they hear it with the answer
        tell_author(store, item, News.BECAME, now, about=UUID(bound.key))


def _drop(store: GovernanceStore, actor: Actor, item: Item, one: BoundLine, now: datetime) -> None:
    said = (item.id, *(other.id for other in store.kept_with(item.id)))
    if store.drop_link(said, one.bound):
        note_step(store, actor, item, StepKind.UNLINKED, now, about=one.name)
        store.audit(actor.person_id, f"no longer linked to {one.bound.token}", item.id, now)


def led_to(store: GovernanceStore, announcement_id: UUID) -> int | None:
    """How many messages led to an announcement, at least, in steps of ``AT_ONCE``; None: none, or
    of fewer people than may be told."""
    bound = Bound(kind=BoundKind.ANNOUNCEMENT, key=str(announcement_id))
    return at_least(store, store.linked_to(bound))


def led_to_each(store: GovernanceStore, announcements: Iterable[UUID]) -> list[int | None]:
    """The same of several, in their order."""
    some = list(announcements)
    bounds = [Bound(kind=BoundKind.ANNOUNCEMENT, key=str(one)) for one in some]
    store.linked_ahead(bounds)
    store.items_ahead([item for one in bounds for item in store.linked_to(one)])
    return [led_to(store, one) for one in some]


def at_least(store: GovernanceStore, items: Iterable[UUID]) -> int | None:
    """How many messages these are, with those that say the same, in the same steps."""
    return in_steps(voices(store, items))


def in_steps(many: int | None) -> int | None:
    return many - many % AT_ONCE if many else None


OPERATIONS: Operations = (
    Operation(
        command=LinkItem,
        in_channel=True,
        run=link,
        may=worker_on_item,
        at_lead=True,
        button="link-item",
        opens=open_link,
        fits=unfit_links,
        form_button="link-form",
    ),
    Operation(
        command=SettleProposal,
        in_channel=True,
        run=settle,
        may=worker_on_item,
        at_lead=True,
        button="about-rule",
    ),
)
