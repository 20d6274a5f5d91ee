"""What names every reader of what is sensitive: the next who is independent of it stands in for
them, for this one message; and where nobody is, its author hears that at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.doctor.responder_findings import reader_findings
from bot.registry import may
from core.words import Words
from governance.access import Actor
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.conversations.commands import AskAuthor, FileReply, ReplyToCommittee
from governance.docket.commands import AcknowledgeItem, AnswerItem, MoveItem, ShowItem
from governance.feedback.model import ItemState
from governance.forms.commands import Open
from governance.home.commands import RemindReader, ShowDocket, ShowInbox
from governance.messages import Brief, News, Refused, RestrictedWaiting, Told
from governance.sensitive.handlers import unreadable
from governance.views import InboxView
from storage.district import duties_of
from storage.ledger_tables import audit, delivery
from storage.tables import person as people
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall, reading
from tests.governance.test_access import on_items
from tests.journeys.town import CHAIR, TEACHER, example, person, small_roster, teachers

NOTICES = ("restricted", "restricted-daily")


def holders(office: Office) -> list[str]:
    found = next(one for one in example().district.officers if one.office is office)
    return [found.person, *found.deputies]


READER, DEPUTY = READERS = holders(Office.RESTRICTED_READER)
ISO, ISO_DEPUTY = holders(Office.ISO)
CTO, CTO_DEPUTY = holders(Office.CTO)
OPERATOR, _ = holders(Office.OPERATOR)
ORDER = [ISO, ISO_DEPUTY, CTO, CTO_DEPUTY]
EVERYBODY = [*READERS, *ORDER]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def about(town: Hall, *emails: str) -> str:
    named = [(await person(town.core, email)).name for email in emails]
    return f"They all comment on my body: {', '.join(named)}."


async def sensitive(town: Hall, *emails: str, author: str | None = TEACHER) -> UUID:
    return await town.item(author, await about(town, *emails), queue=RESTRICTED)


async def told(town: Hall, item: UUID, *kinds: str) -> set[str]:
    """Who was sent something about an item, by address."""
    rows = (
        select(people.c.email)
        .join(delivery, delivery.c.person_id == people.c.id)
        .where(delivery.c.subject == item, delivery.c.kind.in_(kinds))
    )
    return await town.core.store.read(lambda tx: set(tx.connection.execute(rows).scalars()))


async def logged(town: Hall, item: UUID) -> str:
    rows = select(audit.c.what).where(audit.c.subject == item)
    return await town.core.store.read(lambda tx: "\n".join(tx.connection.execute(rows).scalars()))


async def composed(town: Hall, kind: str, item: UUID, reader: str | None = None) -> object:
    who = await person(town.core, reader) if reader else None
    return await town.core.store.read(
        lambda tx: compose(tx, kind, item, who, None, town.clock()),
    )


async def remind(town: Hall) -> None:
    await town.core.dispatch.by_itself(RemindReader())


async def test_the_information_security_officer_stands_in_for_readers_who_are_all_named(
    town: Hall,
) -> None:
    item = await sensitive(town, *READERS)
    assert await told(town, item, "restricted") == {ISO}
    await remind(town)
    assert await told(town, item, "restricted-daily") == {ISO}
    waits = await composed(town, "restricted-daily", item, ISO)
    assert isinstance(waits, RestrictedWaiting)
    assert (waits.stands_in, waits.count) == (True, 1)
    opened = await town.ask(ISO, ShowItem(item_id=item))
    assert isinstance(opened, Brief)
    assert "comment on my body" in opened.redacted
    await town.ask(ISO, AcknowledgeItem(item_id=item))
    await town.ask(ISO, AskAuthor(item_id=item, text="When was it?"))
    await town.ask(ISO, AnswerItem(item_id=item, text="It is looked into."))
    stored = await town.stored(item)
    assert (stored.state, stored.answer) == (ItemState.ANSWERED, "It is looked into.")
    lines = await logged(town, item)
    for did in (
        "told of something sensitive",
        "opened something sensitive",
        "acknowledged",
        "asked the author",
        "answered",
    ):
        assert f"{did}, as a stand-in" in lines
    for email in READERS:
        assert isinstance(await town.ask(email, ShowItem(item_id=item)), Refused)
        assert not await told(town, item, *NOTICES) & set(READERS)


@pytest.mark.parametrize("named", range(1, len(ORDER)))
async def test_who_is_named_too_is_passed_over_in_a_fixed_order(town: Hall, named: int) -> None:
    item = await sensitive(town, *READERS, *ORDER[:named])
    await remind(town)
    assert await told(town, item, *NOTICES) == {ORDER[named]}
    may_open = [
        one for one in EVERYBODY if isinstance(await town.ask(one, ShowItem(item_id=item)), Brief)
    ]
    assert may_open == ORDER[named : named + 2], "and who would stand in for them"


async def test_a_stand_in_gets_this_one_message_and_not_the_queue(town: Hall) -> None:
    item = await sensitive(town, *READERS)
    other = await sensitive(town)
    assert await told(town, other, *NOTICES) == {READER}
    assert isinstance(await town.ask(ISO, ShowItem(item_id=other)), Refused)
    assert isinstance(await town.ask(ISO, ShowDocket(queue=RESTRICTED)), Refused)
    inbox = await town.ask(ISO, ShowInbox())
    assert isinstance(inbox, InboxView)
    assert RESTRICTED not in dict(inbox.queues)
    assert RESTRICTED not in inbox.open_items
    asked = await person(town.core, ISO)

    def permitted(tx: Transaction) -> set[str]:
        who = Actor(person=asked, standing=tx.standing(asked.id))
        return {type(one).__name__ for one in on_items(item) if may(who, one, tx) is None}

    unread = {"ShowItem", "MoveItem", "Open"}
    assert await town.core.store.read(permitted) == unread, "it is opened first"
    assert isinstance(await town.ask(ISO, Open(of=MoveItem(item_id=item))), Refused)
    assert isinstance(await town.ask(ISO, ShowItem(item_id=item)), Brief)
    assert await town.core.store.read(permitted) == {
        "ShowItem",
        "AcknowledgeItem",
        "MoveItem",
        "Open",
        "ShowAnswerForm",
        "AnswerItem",
        "FillAnswer",
        "AskAuthor",
        "RemoveStudentData",
    }


async def test_what_a_stand_in_moves_is_theirs_no_more(town: Hall) -> None:
    item = await sensitive(town, *READERS)
    unread = await town.ask(ISO, MoveItem(item_id=item, to="network"))
    assert isinstance(unread, Rejected), "not unread"
    await town.ask(ISO, ShowItem(item_id=item))
    moved = await town.ask(ISO, MoveItem(item_id=item, to=TRIAGE))
    assert isinstance(moved, Brief)
    assert moved.stood_in, "the page leads them back to their own"
    assert (await town.stored(item)).queue == TRIAGE
    assert "moved from restricted to triage, as a stand-in" in await logged(town, item)
    assert isinstance(await town.ask(ISO, ShowItem(item_id=item)), Refused)
    assert await composed(town, "restricted", item, ISO) is None


async def test_after_a_day_unread_the_next_is_told_too(town: Hall) -> None:
    item = await sensitive(town, *READERS)
    town.clock.forward(days=1)
    await remind(town)
    assert await told(town, item, "restricted-daily") == {ISO, ISO_DEPUTY}


async def test_where_nobody_is_independent_the_author_hears_it_at_once(town: Hall) -> None:
    item = await sensitive(town, *EVERYBODY)
    await remind(town)
    assert await told(town, item, *NOTICES) == set()
    assert await told(town, item, f"told-{News.NO_READER}") == {TEACHER}
    assert await told(town, item, f"told-{News.RESTRICTED}") == set(), "nobody reads it"
    for email in EVERYBODY:
        assert isinstance(await town.ask(email, ShowItem(item_id=item)), Refused)
    heard = await composed(town, f"told-{News.NO_READER}", item)
    assert isinstance(heard, Told)
    assert set(heard.contacts) == {"human-resources", "title-ix", "association"}
    assert "nobody may read it whom it does not name" in await logged(town, item)


async def test_one_who_speaks_anonymously_reads_it_with_the_code(town: Hall) -> None:
    item = await sensitive(town, *EVERYBODY, author=None)
    news = await town.core.store.read(lambda tx: [one for one, _ in tx.news_of(item)])
    assert News.NO_READER in news
    assert News.RESTRICTED not in news


async def test_once_somebody_else_is_named_to_read_they_read_it_and_it_is_said_so(
    town: Hall,
) -> None:
    item = await sensitive(town, *EVERYBODY)

    def name_another(tx: Transaction) -> None:
        duties = [*duties_of(example().district)]
        tx.assign_duties([*duties, ("office", Office.RESTRICTED_READER, CHAIR, 9)])

    await town.core.store.write(name_another)
    await remind(town)
    assert await told(town, item, "restricted-daily") == {CHAIR}
    assert isinstance(await town.ask(CHAIR, ShowItem(item_id=item)), Brief)
    heard = await composed(town, f"told-{News.NO_READER}", item)
    assert isinstance(heard, Told)
    assert heard.news is News.RESTRICTED, "that nobody reads it is true no more"


async def test_a_stand_in_stands_down_when_a_reader_is_there_again(town: Hall) -> None:
    item = await sensitive(town, *READERS)

    def name_another(tx: Transaction) -> None:
        duties = [*duties_of(example().district)]
        tx.assign_duties([*duties, ("office", Office.RESTRICTED_READER, CHAIR, 9)])

    await town.core.store.write(name_another)
    assert isinstance(await town.ask(ISO, ShowItem(item_id=item)), Refused)
    assert await composed(town, "restricted", item, ISO) is None


async def test_nobody_reads_what_they_wrote_themselves(town: Hall) -> None:
    by_officer = await sensitive(town, *READERS, author=ISO)
    assert await told(town, by_officer, *NOTICES) == {ISO_DEPUTY}
    assert isinstance(await town.ask(ISO, ShowItem(item_id=by_officer)), Refused)
    by_reader = await sensitive(town, DEPUTY, author=READER)
    await remind(town)
    assert await told(town, by_reader, *NOTICES) == {ISO}
    await town.ask(READER, ShowItem(item_id=by_reader))
    unopened = await town.core.store.read(lambda tx: [one.id for one in tx.unopened_items()])
    assert by_reader in unopened, "that its author looked at it is no reading"


async def test_a_reply_that_names_the_readers_takes_it_from_them(town: Hall) -> None:
    item = await sensitive(town)
    await town.ask(READER, ShowItem(item_id=item))
    await town.ask(READER, AskAuthor(item_id=item, text="Who was it?"))

    async def replied(*emails: str) -> None:
        words = await about(town, *emails)
        await town.ask(TEACHER, ReplyToCommittee(item_id=item, text=words))
        for reply in await town.core.store.read(lambda tx: tx.unread_replies()):
            read = reading("It was them.", RESTRICTED)
            await town.core.dispatch.by_itself(FileReply(exchange_id=reply, reading=read))

    await replied(*READERS)
    assert await told(town, item, "restricted") == {READER, ISO}
    await remind(town)
    assert await told(town, item, "restricted-daily") == {ISO}, "it is unread again"
    await town.ask(ISO, ShowItem(item_id=item))
    await town.ask(ISO, AskAuthor(item_id=item, text="Who else?"))
    await replied(*ORDER)
    assert await told(town, item, f"told-{News.NO_READER}") == {TEACHER}


async def test_the_author_is_not_told_that_a_reader_reads_what_another_reads(town: Hall) -> None:
    stood = await composed(town, f"told-{News.RESTRICTED}", await sensitive(town, *READERS))
    usual = await composed(town, f"told-{News.RESTRICTED}", await sensitive(town))
    assert isinstance(stood, Told)
    assert isinstance(usual, Told)
    assert (stood.stood_in, usual.stood_in) == (True, False)


async def test_how_many_nobody_may_read_is_counted_from_the_next_day_on(town: Hall) -> None:
    await sensitive(town, *EVERYBODY)
    await sensitive(town, *READERS)
    await sensitive(town, *EVERYBODY, OPERATOR)

    async def count() -> int:
        return await town.core.store.read(lambda tx: unreadable(tx, town.clock()))

    assert await count() == 0, "no count tells when it came"
    town.clock.forward(days=1)
    assert await count() == 1, "and none tells somebody who runs the machine that it is they"
    (good, said), *more = await town.core.store.read(
        lambda tx: reader_findings(tx, town.clock()),
    )
    assert (good, more) == (False, [])
    assert said.startswith("1 sensitive message waits that nobody may read.")
    assert "comment on my body" not in said


async def test_no_home_of_the_cto_counts_what_is_sensitive(town: Hall) -> None:
    """Not what names who looks, and nothing else: what is sensitive is counted for nobody."""
    before = [await drawn_on_home(town, email) for email in (CTO, CTO_DEPUTY)]
    await sensitive(town, *EVERYBODY)
    for one in teachers(small_roster(5), 5):
        await sensitive(town, author=one.email)
    assert [await drawn_on_home(town, email) for email in (CTO, CTO_DEPUTY)] == before
    town.clock.forward(days=60)
    for email in (CTO, CTO_DEPUTY):
        (panel,) = [one for one in await drawn_on_home(town, email) if "Committees" in one]
        assert "rows=()" in panel


async def drawn_on_home(town: Hall, email: str) -> list[str]:
    words = Words("en", "America/Chicago")
    view = await town.ask(email, ShowInbox(parts=True))
    return [repr(draw(words)) for _, draw in view.parts]
