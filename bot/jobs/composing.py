"""What a batch of deliveries says when its turn comes: one message for all who get the same, in
which only the order of choices may be a person's own. What is personal is composed for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from bot.app.core import Core
from governance.composing import asks, compose, is_personal
from governance.messages import Message
from scheduler.ports import Claimed, Spared
from storage.transaction import Transaction
from surveys.asking.presenting import invited
from surveys.messages import Invitation

Composing = Callable[[Sequence[Claimed]], Awaitable[Sequence[Message | Spared | None]]]


def composing(core: Core) -> Composing:
    """What the pump asks for: the messages of a batch as they stand now."""

    async def composed(batch: Sequence[Claimed]) -> Sequence[Message | Spared | None]:
        moment = core.now()
        return await core.store.read(lambda tx: _composed(tx, batch, moment))

    return composed


def _composed(
    tx: Transaction, batch: Sequence[Claimed], moment: datetime
) -> list[Message | Spared | None]:
    made: dict[tuple[str, UUID, str | None], Message | None] = {}
    for one in batch:
        key, queue = _alike(one), queue_of(one.recipient)
        if key not in made:
            to = tx.person(person_of(one)) if is_personal(one.kind) else None
            made[key] = compose(tx, one.kind, one.subject, None, queue, moment, to)
    spared = _spared(tx, batch)

    def content(one: Claimed) -> Message | Spared | None:
        message = made[_alike(one)]
        # What is wanted by nobody any more comes first: it must not tell who had answered.
        if message and (one.subject, one.recipient) in spared:
            return Spared()
        return invited(message, person_of(one)) if isinstance(message, Invitation) else message

    return [content(one) for one in batch]


def _alike(one: Claimed) -> tuple[str, UUID, str | None]:
    """What deliveries have in common that say the same."""
    to = one.recipient if is_personal(one.kind) else queue_of(one.recipient)
    return (one.kind, one.subject, to)


def _spared(tx: Transaction, batch: Sequence[Claimed]) -> Collection[tuple[UUID, str]]:
    """Whom a wave would ask although they answered or said no while their message waited."""
    asked: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one in batch:
        if asks(one.kind):
            asked[one.subject].add(person_of(one))
    return {
        (wave, f"person:{person}")
        for wave, people in asked.items()
        for person in tx.settled_among(wave, list(people))
    }


def person_of(one: Claimed) -> UUID:
    """Whom a delivery is for that is for a person."""
    return UUID(one.recipient.removeprefix("person:"))


def queue_of(recipient: str) -> str | None:
    """The queue of ``queue:<key>@<channel>``; None for a person."""
    if not recipient.startswith("queue:"):
        return None
    return recipient.removeprefix("queue:").partition("@")[0]
