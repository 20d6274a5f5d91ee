"""A committee asks an author back, and the author replies: who sees what, and how often."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.cards import card_of
from core.words import Words
from governance.committees.model import RESTRICTED
from governance.composing import compose
from governance.conversations.commands import (
    LONGEST_QUESTION,
    LONGEST_REPLY,
    AskAuthor,
    FileReply,
    ReplyToCommittee,
)
from governance.conversations.handlers import ASKED_ALREADY
from governance.conversations.messages import ReplyKept
from governance.docket.commands import AnswerItem, ShowItem
from governance.docket.due import ASKED_HOLDS
from governance.feedback.model import ItemState, Urgency
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import KeepHouse, ShowDocket, ShowInbox
from governance.messages import Brief, Refused, Told
from storage.exchange_tables import item_exchange
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CHAIR, OFFICE, TEACHER, person

QUESTION, REPLY = "Which room is it?", "Room 12, ask Maria Lopez."
REDACTED = "Room 12, ask [name]."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=40) as found:
        yield found


async def asked(town: Hall) -> UUID:
    item = await town.item(TEACHER, "The wifi drops.")
    shown = await town.ask(CHAIR, AskAuthor(item_id=item, text=QUESTION))
    assert isinstance(shown, Brief)
    assert shown.asked_back
    return item


async def replied(town: Hall, item: UUID, **more: Any) -> None:
    """The author replies, and the reply is read."""
    kept = await town.ask(TEACHER, ReplyToCommittee(item_id=item, text=REPLY))
    assert isinstance(kept, ReplyKept)
    (unread,) = await town.core.store.read(lambda tx: tx.unread_replies())
    read = reading(REDACTED, more.get("queue", "network"), more.get("urgency"))
    await town.core.dispatch.by_itself(FileReply(exchange_id=unread, reading=read))


async def queued(town: Hall, item: UUID) -> list[tuple[str, str]]:
    rows = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(delivery.c.kind, delivery.c.recipient).where(delivery.c.subject == item)
        ).all()
    )
    return [(row.kind, row.recipient) for row in rows]


async def test_the_author_is_told_the_question_and_may_reply(town: Hall) -> None:
    item = await asked(town)
    author = await person(town.core, TEACHER)
    assert ("told-asked", f"person:{author.id}") in await queued(town, item)
    told = await town.core.store.read(
        lambda tx: compose(tx, "told-asked", item, author, None, town.clock())
    )
    assert isinstance(told, Told)
    assert told.question == QUESTION
    form = await town.ask(TEACHER, Open(of=ReplyToCommittee(item_id=item)))
    assert isinstance(form, FormView)
    assert QUESTION in str(card_of(form, Words()).parts)
    assert (await town.stored(item)).state is ItemState.ACKNOWLEDGED, "who asks has read it"


async def test_the_committee_sees_a_reply_only_once_it_was_read_and_without_names(
    town: Hall,
) -> None:
    item = await asked(town)
    await town.ask(TEACHER, ReplyToCommittee(item_id=item, text=REPLY))
    shown = await town.ask(CHAIR, ShowItem(item_id=item))
    assert [one.words for one in shown.conversation] == [QUESTION], "it is being read"
    (unread,) = await town.core.store.read(lambda tx: tx.unread_replies())
    command = FileReply(exchange_id=unread, reading=reading(REDACTED, "network"))
    await town.core.dispatch.by_itself(command)
    await town.core.dispatch.by_itself(command)  # again, after a restart
    briefs = [kind for kind, _ in await queued(town, item) if kind == "brief"]
    shown = await town.ask(CHAIR, ShowItem(item_id=item))
    assert [one.words for one in shown.conversation] == [QUESTION, REDACTED]
    assert not shown.asked_back
    assert len(briefs) == 2, "the committee is told that there is a reply, once"


async def test_a_reply_is_kept_encrypted_and_its_original_goes_once_it_was_read(
    town: Hall,
) -> None:
    item = await asked(town)
    await replied(town, item)
    rows = await town.core.store.read(lambda tx: tx.connection.execute(select(item_exchange)).all())
    assert [row.encrypted for row in rows] == [None, None]
    path = town.core.store.path
    assert path is not None
    assert b"Maria Lopez." not in b"".join(
        file.read_bytes() for file in path.parent.glob(f"{path.name}*")
    )


async def test_there_can_be_several_rounds_but_one_question_at_a_time(town: Hall) -> None:
    item = await asked(town)
    form = await town.ask(CHAIR, Open(of=AskAuthor(item_id=item)))
    assert form.asked_back, "the item, which says that a question is open"
    again = await town.ask(CHAIR, AskAuthor(item_id=item, text="And since when?"))
    assert isinstance(again, FormView)
    assert again.unfit["text"].why == ASKED_ALREADY
    await replied(town, item)
    second = await town.ask(CHAIR, AskAuthor(item_id=item, text="And since when?"))
    assert second.asked_back
    author = await person(town.core, TEACHER)
    told = [to for kind, to in await queued(town, item) if kind == "told-asked"]
    assert told == [f"person:{author.id}"] * 2, "each question is told"
    inbox = await town.ask(TEACHER, ShowInbox())
    words = [one.words for one in inbox.items[0].conversation]
    assert words == [QUESTION, REDACTED, "And since when?"]
    assert inbox.items[0].asked_back


async def test_a_reply_sent_twice_is_one_and_one_that_nobody_asked_for_is_refused(
    town: Hall,
) -> None:
    item = await asked(town)
    command = ReplyToCommittee(item_id=item, text=REPLY)
    first, second = await town.ask(TEACHER, command), await town.ask(TEACHER, command)
    assert first == second
    assert len(await town.core.store.read(lambda tx: tx.exchanges(item))) == 2
    more = await town.ask(TEACHER, ReplyToCommittee(item_id=item, text="One more thing."))
    assert isinstance(more, Refused)
    assert isinstance(await town.ask(OFFICE, command), Refused), "it is not theirs"


async def test_danger_in_a_reply_reaches_a_responder_with_its_words(town: Hall) -> None:
    item = await asked(town)
    await replied(town, item, urgency=Urgency.SAFETY)
    urgent = [to for kind, to in await queued(town, item) if kind == "urgent-safety"]
    assert urgent
    alert = await town.core.store.read(
        lambda tx: compose(tx, "urgent-safety", item, None, None, town.clock())
    )
    assert REPLY in alert.original
    town.clock.forward(days=8)
    await town.core.dispatch.by_itself(KeepHouse())
    (_, reply) = await town.core.store.read(lambda tx: tx.exchanges(item))
    assert await town.core.store.read(lambda tx: tx.reply_original(reply.id)) is None


async def test_a_sensitive_reply_takes_the_item_from_its_committee(town: Hall) -> None:
    item = await asked(town)
    await replied(town, item, queue=RESTRICTED)
    assert (await town.stored(item)).queue == RESTRICTED
    assert not (await town.ask(CHAIR, ShowDocket(queue="network"))).open_items
    assert isinstance(await town.ask(CHAIR, ShowItem(item_id=item)), Refused)


async def test_nothing_is_asked_about_what_was_answered(town: Hall) -> None:
    item = await town.item(TEACHER, "The wifi drops.")
    assert isinstance(await town.ask(CHAIR, Open(of=AskAuthor(item_id=item))), FormView)
    await town.ask(CHAIR, AnswerItem(item_id=item, text="Done."))
    assert (await town.ask(CHAIR, Open(of=AskAuthor(item_id=item)))).answer == "Done."
    late = await town.ask(CHAIR, AskAuthor(item_id=item, text=QUESTION))
    assert isinstance(late, FormView), "nothing that was typed is dropped"
    assert (late.values["text"], late.unfit["text"].values) == (QUESTION, {"reason": "Done."})
    assert not await town.core.store.read(lambda tx: tx.exchanges(item))


@pytest.mark.parametrize("typed", ["", "  ", "x" * (LONGEST_QUESTION + 1)])
async def test_a_question_that_does_not_fit_is_sent_back(town: Hall, typed: str) -> None:
    item = await town.item(TEACHER, "The wifi drops.")
    assert isinstance(await town.ask(CHAIR, AskAuthor(item_id=item, text=typed)), FormView)
    assert not await town.core.store.read(lambda tx: tx.exchanges(item))


@pytest.mark.parametrize("typed", ["", "  ", "x" * (LONGEST_REPLY + 1)])
async def test_a_reply_that_does_not_fit_is_sent_back(town: Hall, typed: str) -> None:
    item = await asked(town)
    assert isinstance(await town.ask(TEACHER, ReplyToCommittee(item_id=item, text=typed)), FormView)
    assert len(await town.core.store.read(lambda tx: tx.exchanges(item))) == 1


def later(due: datetime, first: datetime) -> int:
    """By how many days. That it entered is a moment after it was said."""
    return round((due - first) / timedelta(days=1))


async def test_a_committees_days_stand_still_while_it_waits_for_the_author(town: Hall) -> None:
    item = await town.item(TEACHER, "The wifi drops.")
    first = (await town.stored(item)).due_at
    assert first is not None
    town.clock.forward(days=2)
    shown = await town.ask(CHAIR, AskAuthor(item_id=item, text=QUESTION))
    assert shown.waits_since is not None
    assert later(shown.due_at, first) == ASKED_HOLDS, "as if the author took all of them"
    town.clock.forward(days=3)
    await replied(town, item)
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert page.waits_since is None
    assert later(page.due_at, first) == 3, "as many as the reply took"


async def test_asking_again_and_again_puts_no_answer_off_for_longer_than_a_week(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, "The wifi drops.")
    first = (await town.stored(item)).due_at
    assert first is not None
    for _ in range(3):
        await town.ask(CHAIR, AskAuthor(item_id=item, text=QUESTION))
        town.clock.forward(days=4)
        await replied(town, item)
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert later(page.due_at, first) == ASKED_HOLDS
