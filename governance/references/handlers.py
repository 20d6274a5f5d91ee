"""Linking: a committee says what an item has to do with: a goal of the plan, a rule, or what was
announced. Its author hears it with the answer, or when the announcement comes later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from governance.access import Actor, refusal, worker_on_item
from governance.announcements.model import Announcement, AnnouncementState
from governance.docket.handlers import brief
from governance.docket.history import StepKind
from governance.docket.messages import LinkForm
from governance.docket.stepping import note_step
from governance.feedback.handlers import tell_author
from governance.feedback.model import OPEN_STATES, Item
from governance.messages import Brief, News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.recommendations.model import LONGEST_RULE
from governance.redaction.screening import note_returned, screen
from governance.references.binding import (
    can_be_linked,
    goal_bound,
    goals_of,
    line,
    links_of,
    proposed,
    voices,
)
from governance.references.commands import LinkItem, SettleProposal, ShowLinkForm
from governance.references.model import Bound, BoundKind, BoundLine
from governance.refusals import NOT_HERE, TEN_LINKS
from governance.rules.citing import bound_to, cited, open_rules
from governance.typed import typed
from surveys.messages import Rejected
from surveys.questions import Unfit

MOST_LINKS = 10
"""Of one item: more would tell nothing."""

ANNOUNCED_SHOWN, RULES_SHOWN = 30, 40
"""Announcements to choose from, the newest, and rules: a list in Slack has room for 100 in all."""

AT_ONCE = 5
"""Messages behind an announcement are told in steps of so many: the count of today beside that of
yesterday must not tell that one person's was linked."""

_NOTHING = "Choose what it is about, or enter a rule’s number."


def show_form(store: GovernanceStore, command: ShowLinkForm) -> LinkForm | Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if not can_be_linked(store.district(), item):
        return brief(store, item)
    return _form(store, item)


def _form(store: GovernanceStore, item: Item) -> LinkForm:
    linked = links_of(store, item)
    there = {one.bound.token for one in linked}
    choices = (one for one in _choices(store) if one.token not in there)
    return LinkForm(
        item_id=item.id,
        redacted=item.reading.redacted if item.reading else "",
        choices=tuple(line(store, one) for one in choices),
        linked=linked,
    )


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
) -> Brief | LinkForm | Rejected | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if not can_be_linked(store.district(), item):
        return brief(store, item)
    rule, too_long = typed(command.rule, LONGEST_RULE)
    if too_long:
        return Rejected(unfit={"rule": too_long})
    # Its author reads it, too: no name that was typed may travel along.
    screened = screen((rule,), command.put_back)
    if screened.doubt:
        form = _form(store, item)
        return replace(form, to=command.to, rule=rule, away=command.away, doubt=screened.doubt)
    command = replace(command, rule=screened.texts[0])
    there = {one.bound.token: one for one in links_of(store, item)}
    wanted, unfit = _wanted(store, command, len(there))
    if unfit:
        return Rejected(unfit=unfit)
    for one in wanted:
        if one.token not in there:
            _add(store, actor, item, one, now)
    if command.away in there:
        _drop(store, actor, item, there[command.away], now)
    note_returned(store, actor.person_id, screened, item.id, now)
    return brief(store, item)


def _wanted(
    store: GovernanceStore, command: LinkItem, there: int
) -> tuple[list[Bound], dict[str, Unfit]]:
    """What is to be linked, or why it cannot be."""
    rule = command.rule
    kind, _, key = command.to.partition(":")
    wanted = [cited(store, rule) or Bound(kind=BoundKind.RULE, key=rule)] if rule else []
    if command.to:
        chosen = _bound(store, kind, key)
        if chosen is None:
            return [], {"to": Unfit(why="This choice is no longer available. Choose again.")}
        wanted.append(chosen)
    if not wanted and not command.away:
        return [], {"to": Unfit(why=_NOTHING)}
    if there + len(wanted) > MOST_LINKS:
        return [], {"to": Unfit(why=TEN_LINKS)}
    return wanted, {}


def _bound(store: GovernanceStore, kind: str, key: str) -> Bound | None:
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
        return brief(store, item)  # somebody was faster, or it has moved on
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
        command=ShowLinkForm,
        in_channel=True,
        run=lambda store, _, command, __: show_form(store, command),
        may=worker_on_item,
        at_lead=True,
        reads=True,
        button="link-form",
    ),
    Operation(
        command=LinkItem,
        form=lambda command: ShowLinkForm(item_id=command.item_id),
        in_channel=True,
        run=link,
        may=worker_on_item,
        at_lead=True,
        button="link-item",
        takes=("to", "rule", "away", "put_back"),
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
