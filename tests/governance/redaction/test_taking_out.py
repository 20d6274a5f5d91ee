"""What was taken out of somebody's words: shown to who wrote them, corrected, and gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.commands import Command
from governance.access import Source
from governance.committees.model import TRIAGE, Office
from governance.composing import compose
from governance.delivery_reasons import DeliveryReason
from governance.docket.commands import AnswerItem, FileReading, GiveFeedback, MoveItem, ShowItem
from governance.duplicates.commands import TellTriage
from governance.feedback.model import ITEM_CARDS, TRIAGE_LATE
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import KeepHouse, ShowDocket, ShowInbox
from governance.messages import Brief, Refused
from governance.reading.personal_data import find, redact
from governance.redaction.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    HoldOriginals,
    LiftOriginalsHold,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.redaction.messages import (
    Kept,
    StudentDataRemoved,
    TakenOut,
    TakenOutForm,
)
from governance.redaction.originals import ORIGINALS_KEPT
from governance.views import DocketView, InboxView
from scheduler.delivery import RECALL
from scheduler.ports import Sent, Unknown
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall, ledger_of, reading
from tests.governance.feedback.test_named import holders
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER, person

SAID = (
    "Naomi Whitehorse (id 4471029) lost her iPad. Her friend Zuleyka saw it in the gym. "
    "The Wi-Fi in the portables drops every afternoon."
)
CALL = "her mother is at 402-555-0188"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def say(town: Hall, words: str = SAID, *, missed: tuple[str, ...] = ()) -> UUID:
    """Something that was said and read; ``missed`` names are not recognised."""
    item = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=words))
    spans = tuple(one for one in find(words) if words[one.start : one.end] not in missed)
    read = replace(reading(words, "network"), redacted=redact(words, spans), spans=spans)
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    return item


async def original(town: Hall, item: UUID) -> str | None:
    return await town.core.store.read(lambda tx: tx.original(item))


async def keep_house(town: Hall) -> None:
    await town.core.dispatch.by_itself(KeepHouse())


def later(town: Hall, by: timedelta) -> None:
    town.clock.forward(seconds=by.total_seconds())


async def operate(town: Hall, command: Command) -> None:
    await town.core.dispatch.by_itself(command, Source.OPERATOR)


async def kinds_for(town: Hall, email: str, item: UUID) -> list[str]:
    who = await person(town.core, email)

    def kinds(tx: Transaction) -> list[str]:
        mine = select(delivery.c.kind).where(
            delivery.c.subject == item, delivery.c.person_id == who.id
        )
        return sorted(tx.connection.execute(mine).scalars())

    return await town.core.store.read(kinds)


# -- the author looks ---------------------------------------------------------------------------


async def test_the_author_is_asked_to_look_where_something_was_taken_out(town: Hall) -> None:
    item = await say(town)
    assert await kinds_for(town, TEACHER, item) == ["told-taken-out"]
    author = await person(town.core, TEACHER)
    told = await town.core.store.read(
        lambda tx: compose(tx, "told-taken-out", item, author, None, town.clock())
    )
    assert isinstance(told, TakenOut)
    assert "Whitehorse" not in told.redacted
    assert "4471029" not in told.redacted
    assert told.kept is Kept.WAITING
    assert told.delete_at == told.received_at + ORIGINALS_KEPT
    calm = await say(town, "The Wi-Fi in the portables drops every afternoon.")
    assert await kinds_for(town, TEACHER, calm) == []


async def test_the_form_shows_the_authors_own_words_with_what_was_taken_out(town: Hall) -> None:
    form = await town.ask(TEACHER, ShowTakenOut(item_id=await say(town)))
    assert isinstance(form, TakenOutForm)
    assert "".join(one.text for one in form.pieces) == SAID
    out = {one.text: (one.kind, bool(one.key)) for one in form.pieces if one.kind}
    assert out["Naomi Whitehorse"] == ("PERSON", True)
    assert out["4471029"] == ("STUDENT_ID", False), "a number is never put back"


async def test_what_the_reader_missed_is_taken_out_everywhere(town: Hall) -> None:
    item = await say(town, missed=("Zuleyka",))
    before = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(before, Brief)
    assert "Zuleyka" in before.redacted
    back = await town.ask(TEACHER, CorrectTakenOut(item_id=item, also="“zuleyka”\n\n gym "))
    assert isinstance(back, TakenOut)
    assert back.corrected
    brief = await town.ask(CHAIR, ShowItem(item_id=item))
    docket = await town.ask(CHAIR, ShowDocket(queue="network"))
    inbox = await town.ask(TEACHER, ShowInbox())
    assert isinstance(docket, DocketView)
    assert isinstance(inbox, InboxView)
    for words in (brief.redacted, docket.open_items[0].redacted, inbox.items[0].said):
        assert "Zuleyka" not in words
        assert "[taken out]" in words
    assert "gym" not in brief.redacted


async def test_what_was_no_personal_data_comes_back_and_a_number_does_not(town: Hall) -> None:
    item = await say(town, "Amira was kind. Call me about Lightspeed Relay, id 4471029.")
    form = await town.ask(TEACHER, ShowTakenOut(item_id=item))
    assert isinstance(form, TakenOutForm)
    names = tuple(one.key for one in form.pieces if one.key)
    number = next(one for one in form.pieces if one.kind == "STUDENT_ID")
    forged = f"{form.pieces[0].text and 0}-{len(number.text)}-STUDENT_ID"
    await town.ask(TEACHER, CorrectTakenOut(item_id=item, put_back=(*names, forged, "0-99-X")))
    brief = await town.ask(CHAIR, ShowItem(item_id=item))
    assert "Amira was kind" in brief.redacted
    assert "4471029" not in brief.redacted


async def test_words_that_are_not_there_are_told_and_nothing_is_changed(town: Hall) -> None:
    item = await say(town)
    before = await town.stored(item)
    back = await town.ask(TEACHER, CorrectTakenOut(item_id=item, also="Zuleyka\nBartholomew"))
    assert isinstance(back, Rejected)
    assert back.unfit["also"].values == {"words": "Bartholomew"}
    assert await town.stored(item) == before


async def test_the_word_that_stands_for_a_name_cannot_be_taken_out_in_turn(town: Hall) -> None:
    item = await say(town)
    await town.ask(TEACHER, ConfirmTakenOut(item_id=item))
    back = await town.ask(TEACHER, CorrectTakenOut(item_id=item, also="name"))
    assert isinstance(back, Rejected)


# -- originals ----------------------------------------------------------------------------------


async def test_an_original_goes_when_its_author_says_that_it_is_fine(town: Hall) -> None:
    item = await say(town)
    assert await original(town, item) == SAID
    back = await town.ask(TEACHER, ConfirmTakenOut(item_id=item))
    assert isinstance(back, TakenOut)
    assert back.kept is Kept.GONE
    assert await original(town, item) is None
    found = await town.stored(item)
    assert found.reading is not None
    assert found.reading.spans == (), "how long a name was is personal data, too"
    form = await town.ask(TEACHER, ShowTakenOut(item_id=item))
    assert isinstance(form, TakenOutForm)
    assert [one.kind for one in form.pieces] == [""]
    later = await town.ask(TEACHER, CorrectTakenOut(item_id=item, also="gym"))
    assert isinstance(later, TakenOut)
    assert "gym" not in later.redacted


async def test_an_original_goes_after_a_week_and_not_before(town: Hall) -> None:
    item = await say(town)
    later(town, ORIGINALS_KEPT - timedelta(minutes=1))
    await keep_house(town)
    assert await original(town, item) == SAID
    later(town, timedelta(minutes=1))
    await keep_house(town)
    assert await original(town, item) is None


async def test_what_was_not_read_yet_keeps_its_original(town: Hall) -> None:
    item = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=SAID))
    later(town, timedelta(days=30))
    await keep_house(town)
    assert await original(town, item) == SAID
    assert isinstance(await town.ask(TEACHER, ShowTakenOut(item_id=item)), Refused)


@pytest.mark.parametrize("whole_district", [True, False])
async def test_a_records_hold_keeps_an_original_until_it_is_lifted(
    town: Hall, *, whole_district: bool
) -> None:
    item, other = await say(town), await say(town)
    held = None if whole_district else item
    await operate(town, HoldOriginals(item_id=held))
    back = await town.ask(TEACHER, ConfirmTakenOut(item_id=item))
    assert isinstance(back, TakenOut)
    assert back.kept is Kept.HELD
    later(town, timedelta(days=400))
    await keep_house(town)
    assert await original(town, item) == SAID
    assert (await original(town, other) is None) is not whole_district
    await operate(town, LiftOriginalsHold(item_id=held))
    await keep_house(town)
    assert await original(town, item) is None


async def test_an_open_urgent_case_keeps_an_original(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await say(town)
    monkeypatch.setattr(Transaction, "open_urgent", lambda tx, item_id: item_id == item)
    await town.ask(TEACHER, ConfirmTakenOut(item_id=item))
    later(town, timedelta(days=30))
    await keep_house(town)
    assert await original(town, item) == SAID
    monkeypatch.setattr(Transaction, "open_urgent", lambda tx, item_id: False)
    await keep_house(town)
    assert await original(town, item) is None


def on_disk(folder: Path, needles: tuple[bytes, ...]) -> list[str]:
    """Which of the needles are in a file of the database."""
    found = []
    for path in sorted(folder.glob("hall.sqlite3*")):
        body = path.read_bytes()
        found += [f"{path.name}: {needle[:40]!r}" for needle in needles if needle in body]
    return found


async def encrypted(town: Hall, item: UUID) -> bytes:
    from storage.tables import item_original

    def cipher(tx: Transaction) -> bytes:
        mine = select(item_original.c.encrypted).where(item_original.c.item_id == item)
        return bytes(tx.connection.execute(mine).scalar_one())

    return await town.core.store.read(cipher)


async def test_of_a_deleted_original_not_a_byte_is_left_on_the_disk(
    town: Hall, tmp_path: Path
) -> None:
    """Among others that come and stay, so that rows are moved between pages."""
    items = [await say(town, f"{SAID} {n} " + "x" * (n * 37 % 900)) for n in range(40)]
    going, staying = items[::3], [one for n, one in enumerate(items) if n % 3]
    ciphers = {one: await encrypted(town, one) for one in items}
    assert on_disk(tmp_path, (ciphers[going[0]][-40:],)), "the attack itself works"
    for one in going:
        await town.ask(TEACHER, ConfirmTakenOut(item_id=one))
    gone = tuple(ciphers[one][at : at + 24] for one in going for at in (0, 40, -24 - 1))
    assert on_disk(tmp_path, gone) == []
    for one in staying:
        assert await original(town, one) is not None


# -- student data here --------------------------------------------------------------------------


async def test_a_member_takes_student_data_out_for_good(town: Hall, tmp_path: Path) -> None:
    item = await say(town, missed=("Zuleyka",))
    cipher = await encrypted(town, item)
    form = await town.ask(CHAIR, Open(of=RemoveStudentData(item_id=item)))
    assert isinstance(form, FormView)
    brief = await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka, gym"))
    assert isinstance(brief, Brief)
    assert "Her friend [student data] saw it in the [student data]." in brief.redacted
    assert await original(town, item) is None
    assert on_disk(tmp_path, (b"Zuleyka", cipher[:24], cipher[-24:])) == []
    assert await kinds_for(town, ISO, item) == ["student-data"]
    assert await kinds_for(town, TEACHER, item) == ["told-student-data", "told-taken-out"]
    officer = await person(town.core, ISO)
    told = await town.core.store.read(
        lambda tx: compose(tx, "student-data", item, officer, None, town.clock())
    )
    assert isinstance(told, StudentDataRemoved)
    assert told.kept is Kept.GONE
    assert told.marked_by == (await person(town.core, CHAIR)).name
    noted = await town.core.store.read(lambda tx: tx.last_audited(item, "student data"))
    assert noted is not None


async def test_pressed_twice_it_is_done_once(town: Hall) -> None:
    item = await say(town, missed=("Zuleyka",))
    command = RemoveStudentData(item_id=item, words="Zuleyka")
    first, second = await town.ask(CHAIR, command), await town.ask(CHAIR, command)
    assert first == second
    assert await kinds_for(town, ISO, item) == ["student-data"]


async def test_the_whole_text_can_go(town: Hall) -> None:
    item = await say(town)
    for _ in range(2):
        brief = await town.ask(CHAIR, RemoveStudentData(item_id=item, whole=True))
        assert brief.redacted == "[student data]"
    assert await kinds_for(town, ISO, item) == ["student-data"]


@pytest.mark.parametrize("words", ["", " ,\n;", "Bartholomew"])
async def test_nothing_that_is_marked_is_asked_about_again(town: Hall, words: str) -> None:
    item = await say(town)
    back = await town.ask(CHAIR, RemoveStudentData(item_id=item, words=words))
    assert isinstance(back, FormView)
    assert set(back.unfit) == {"words"}
    assert await original(town, item) == SAID


async def test_what_others_wrote_about_it_loses_the_words_too(town: Hall) -> None:
    item = await say(town, missed=("Zuleyka",))
    await town.ask(CHAIR, MoveItem(item_id=item, to=TRIAGE, why="zuleyka is not ours"))
    await town.ask(triage_owner(), MoveItem(item_id=item, to="network", why="It is."))
    await town.ask(CHAIR, AnswerItem(item_id=item, text="We look for Zuleyka."))
    brief = await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    assert "uleyka" not in str(brief)


async def test_the_author_cannot_bring_back_what_a_member_took_out(town: Hall) -> None:
    """Also where the original has to be kept."""
    item = await say(town, missed=("Zuleyka",))
    await operate(town, HoldOriginals())
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    assert await original(town, item) == SAID
    form = await town.ask(TEACHER, ShowTakenOut(item_id=item))
    assert isinstance(form, TakenOutForm)
    assert "Zuleyka" not in str(form.pieces)
    await town.ask(TEACHER, CorrectTakenOut(item_id=item, also="gym", put_back=("0-16-PERSON",)))
    brief = await town.ask(CHAIR, ShowItem(item_id=item))
    assert "Zuleyka" not in brief.redacted
    assert "Naomi" not in brief.redacted
    assert "gym" not in brief.redacted


async def test_a_card_that_was_sent_is_taken_back_once_and_comes_anew(town: Hall) -> None:
    item = await say(town, missed=("Zuleyka",))
    await sent(town, item)
    later(town, timedelta(hours=1))
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="gym"))
    rows = await town.core.store.read(lambda tx: _rows(tx, item))
    first = [row for row in rows if row.kind == "brief" and row.reference]
    recalls = [row for row in rows if row.kind == RECALL]
    assert [row.reference for row in recalls] == [row.reference for row in first]
    assert [row.conversation for row in recalls] == ["C1"]
    anew = [row for row in rows if row.kind == "brief" and not row.reference]
    assert [row.recipient for row in anew] == [first[0].recipient]


async def test_the_card_of_who_sorts_late_things_is_taken_back_and_comes_anew(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, "Zuleyka cannot sign in", TRIAGE)
    owner, deputy = holders(Office.TRIAGE_OWNER)[:2]
    await town.ask(owner, ShowItem(item_id=item))
    town.clock.forward(days=14)
    await town.core.dispatch.by_itself(TellTriage())
    late = (delivery.c.subject == item) & (delivery.c.kind == TRIAGE_LATE)
    arrived = (
        delivery.update()
        .where(late)
        .values(
            state="sent", reference="ts-1", platform="slack", lane="slack:T1", conversation="D1"
        )
    )
    await town.core.store.write(lambda tx: tx.connection.execute(arrived))
    await town.ask(owner, RemoveStudentData(item_id=item, words="Zuleyka"))
    rows = await cards(town, item)
    assert "ts-1" in [row.reference for row in rows if row.kind == RECALL]
    to = (await person(town.core, deputy)).id
    anew = [(row.state, row.person_id) for row in rows if "again-1" in row.campaign]
    assert ("queued", to) in anew


async def test_a_card_that_was_on_its_way_is_taken_back_as_it_arrives_and_comes_anew(
    town: Hall,
) -> None:
    """It was sent with the old words, and nobody knew yet that it had been."""
    item, late, unread = await say(town, missed=("Zuleyka",)), await say(town), await say(town)
    ledger, got = ledger_of(town), Sent(reference="ts-1")
    await in_chat(town, item, "C1")
    await in_chat(town, late, "C2")
    claimed = {one.subject: one for one in await ledger.claim("slack:T1", town.clock(), 4, 60)}
    assert set(claimed) == {item, late}
    later(town, timedelta(seconds=1))
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    await town.ask(CHAIR, RemoveStudentData(item_id=late, words="gym"))
    assert [row for row in await cards(town, item) if row.kind == RECALL] == []
    await ledger.record(
        [(claimed[item], got), (claimed[late], Unknown(why=DeliveryReason.NO_ANSWER))], town.clock()
    )
    await ledger.settle([(claimed[late], Sent(reference="ts-2"))], town.clock())
    for one, reference in ((item, "ts-1"), (late, "ts-2")):
        rows = await cards(town, one)
        assert [row.reference for row in rows if row.kind == RECALL] == [reference]
        anew = [row for row in rows if "again-1" in row.campaign]
        assert [(row.kind, row.state) for row in anew] == [("brief", "queued")]
    assert [row for row in await cards(town, unread) if row.kind == RECALL] == []
    before = len(await cards(town, item))
    await ledger.tidy(town.clock())
    assert len(await cards(town, item)) == before, "each card is taken back once"


async def test_what_two_processes_missed_between_them_goes_within_a_minute(town: Hall) -> None:
    """One wrote that the card had arrived while the other took the words out."""
    item = await say(town, missed=("Zuleyka",))
    await in_chat(town, item)
    later(town, timedelta(seconds=1))
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    await sent(town, item)
    await ledger_of(town).tidy(town.clock())
    assert [row for row in await cards(town, item) if row.kind == RECALL]


async def test_a_card_that_was_not_sent_yet_is_sent_once_with_the_new_words(town: Hall) -> None:
    item = await say(town, missed=("Zuleyka",))
    await in_chat(town, item)
    later(town, timedelta(seconds=1))
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Zuleyka"))
    states = [(row.state, "again" in row.campaign) for row in await cards(town, item)]
    assert sorted(states) == [("queued", True), ("recalled", False)]


async def cards(town: Hall, item: UUID) -> list[Any]:
    """An item's cards, and what takes them back."""
    rows = await town.core.store.read(lambda tx: _rows(tx, item))
    return [row for row in rows if row.kind in (*ITEM_CARDS, RECALL)]


def _rows(tx: Transaction, item: UUID) -> list[Any]:
    return list(tx.connection.execute(select(delivery).where(delivery.c.subject == item)))


async def in_chat(town: Hall, item: UUID, channel: str = "C1") -> None:
    """The brief waits for its turn to go to a channel."""
    to = {"platform": "slack", "workspace": "T1", "conversation": channel, "lane": "slack:T1"}
    mine = (delivery.c.subject == item) & (delivery.c.kind == "brief")
    await town.core.store.write(
        lambda tx: tx.connection.execute(delivery.update().where(mine).values(to))
    )


async def sent(town: Hall, item: UUID) -> None:
    """The brief arrives in a channel, as it was first."""

    def arrive(tx: Transaction) -> None:
        for row in tx.connection.execute(
            select(delivery.c.id).where(
                delivery.c.subject == item,
                delivery.c.kind == "brief",
                ~delivery.c.campaign.contains("again"),
            )
        ).all():
            tx.connection.execute(
                delivery.update()
                .where(delivery.c.id == row.id)
                .values(
                    state="sent",
                    reference=f"ts-{row.id}",
                    platform="slack",
                    workspace="T1",
                    conversation="C1",
                    lane="slack:T1",
                )
            )

    await town.core.store.write(arrive)


def triage_owner() -> str:
    from governance.committees.model import Office
    from tests.journeys.town import example

    return next(o.person for o in example().district.officers if o.office is Office.TRIAGE_OWNER)


# -- who may ------------------------------------------------------------------------------------


async def test_nobody_else_sees_or_changes_what_was_taken_out(town: Hall) -> None:
    item = await say(town)
    mine: list[Command] = [
        ShowTakenOut(item_id=item),
        CorrectTakenOut(item_id=item, also="gym"),
        ConfirmTakenOut(item_id=item),
    ]
    for email in (CHAIR, ISO, OFFICE):
        for command in mine:
            assert isinstance(await town.ask(email, command), Refused), (email, command)
    theirs: list[Command] = [
        Open(of=RemoveStudentData(item_id=item)),
        RemoveStudentData(item_id=item, whole=True),
    ]
    for email in (TEACHER, OFFICE):
        for command in theirs:
            assert isinstance(await town.ask(email, command), Refused), (email, command)
    assert await original(town, item) == SAID
