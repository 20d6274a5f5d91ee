"""Wrong people with right ids: students, strangers, former officers, responders, old cards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from bot.operator.loading import load
from core.people import Audience
from governance.access import STUDENT
from governance.announcements.commands import ShowAnnouncement
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.conversations.commands import AskAuthor
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    GiveFeedback,
    MoveItem,
    ShowItem,
)
from governance.duplicates.commands import JoinItem, PartItem
from governance.feedback.model import ItemState, Urgency
from governance.forms.commands import Open
from governance.home.commands import ShowDocket, ShowInbox
from governance.messages import Brief, FeedbackReceived, Notice, Refused, UrgentAlert
from governance.views import DocketView, InboxView
from storage.district import duties_of
from storage.tables import person as person_table
from storage.transaction import Transaction
from surveys.messages import Results
from surveys.results.release import live_results
from surveys.survey import Wave
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person, small_roster

SAID = "The wifi in the portables drops every afternoon"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def officer(office: Office) -> str:
    found = next(one for one in example().district.officers if one.office is office)
    return found.person


async def duties_taken_from(town: Hall, email: str) -> None:
    """Somebody steps down from everything."""
    duties = [one for one in duties_of(example().district) if one[2] != email]
    await town.core.store.write(lambda tx: tx.assign_duties(duties))


# -- students ---------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", ["students.example.org", "mail.Students.example.org"])
async def test_an_address_of_the_students_is_refused_whatever_the_roster_says(
    town: Hall, domain: str
) -> None:
    def enrol(tx: Transaction) -> None:
        who = tx.person_by_email(OFFICE)
        assert who is not None
        tx.connection.execute(
            person_table.update()
            .where(person_table.c.id == who.id)
            .values(email=f"sly@{domain}".lower())
        )

    await town.core.store.write(enrol)
    sly = f"sly@{domain}".lower()
    for command in (ShowInbox(), GiveFeedback(item_id=uuid4(), text="hi")):
        answer = await town.ask(sly, command)
        assert isinstance(answer, Refused)
        assert answer.why.why == STUDENT


async def test_a_roster_file_cannot_bring_a_student_in_as_staff(town: Hall) -> None:
    loaded, roster = example(), small_roster(5)
    sly = replace(roster.people[0], sourced_id="sly", email="sly@students.example.org")
    more = replace(loaded, roster=replace(roster, people=(*roster.people, sly)))
    await load(town.core.store, more, town.clock(), apply=True)
    asked = await town.core.store.read(lambda tx: tx.people_of(Audience()))
    assert len(asked) >= len(roster.people) - 1
    assert "sly@students.example.org" not in {one.email for one in asked}


# -- items of other people ---------------------------------------------------------------------


async def test_an_item_that_moved_on_is_closed_to_whom_it_left(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    assert isinstance(await town.ask(CHAIR, ShowItem(item_id=item)), Brief)
    await town.ask(CHAIR, MoveItem(item_id=item, to=TRIAGE, why="not ours"))
    before = await town.stored(item)
    for command in (
        ShowItem(item_id=item),
        AcknowledgeItem(item_id=item),
        Open(of=MoveItem(item_id=item)),
        MoveItem(item_id=item, to="network"),
        AnswerItem(item_id=item, text="Mine!"),
        Open(of=JoinItem(item_id=item)),
        JoinItem(item_id=item, to=str(item)),
        PartItem(item_id=item, to=str(item)),
        Open(of=AskAuthor(item_id=item)),
        AskAuthor(item_id=item, text="Who are you?"),
    ):
        assert isinstance(await town.ask(CHAIR, command), Refused), command
    assert await town.stored(item) == before
    docket = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(docket, DocketView)
    assert not docket.open_items


async def test_an_author_without_a_seat_cannot_open_the_item_and_cto_and_iso_neither(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    for email in (TEACHER, OFFICE, CTO):
        assert isinstance(await town.ask(email, ShowItem(item_id=item)), Refused), email
    for queue in (TRIAGE, RESTRICTED, "network"):
        for email in (TEACHER, CTO, ISO):
            answer = await town.ask(email, ShowDocket(queue=queue))
            assert isinstance(answer, Refused), (email, queue)


async def test_an_announcement_is_not_shown_to_whom_it_was_not_sent(town: Hall) -> None:
    draft = (await town.core.store.read(lambda tx: tx.announcements()))[0]
    assert isinstance(await town.ask(TEACHER, ShowAnnouncement(announcement_id=draft.id)), Refused)
    assert isinstance(await town.ask(CTO, ShowAnnouncement(announcement_id=draft.id)), Notice)


async def test_who_left_a_committee_or_the_district_is_out(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await duties_taken_from(town, CHAIR)
    assert isinstance(await town.ask(CHAIR, ShowItem(item_id=item)), Refused)
    who = await person(town.core, CTO)
    await town.core.store.write(
        lambda tx: tx.connection.execute(
            person_table.update().where(person_table.c.id == who.id).values(active=False)
        )
    )
    assert isinstance(await town.ask(CTO, ShowInbox()), Refused)


# -- urgent things -------------------------------------------------------------------------------


async def test_a_responder_can_say_that_they_take_care_of_it(town: Hall) -> None:
    item = await town.item(TEACHER, "Somebody phished us", urgency=Urgency.SECURITY)
    responder = officer(Office.RESPONDER_SECURITY)
    other = officer(Office.RESPONDER_PRIVACY)
    before = await town.core.store.read(lambda tx: tx.audit_length())
    answer = await town.ask(responder, AcknowledgeItem(item_id=item))
    assert isinstance(answer, Brief)
    assert not answer.can_answer, "the answer is the committee's"
    assert await town.core.store.read(lambda tx: tx.audit_length()) == before + 2, (
        "that it was read, and that it was taken"
    )
    assert (await town.stored(item)).state is ItemState.NEW, "the committee has yet to look"
    assert isinstance(await town.ask(responder, AnswerItem(item_id=item, text="x")), Refused)
    if other != responder:
        assert isinstance(await town.ask(other, AcknowledgeItem(item_id=item)), Refused)
    calm = await town.item(TEACHER, SAID)
    assert isinstance(await town.ask(responder, AcknowledgeItem(item_id=calm)), Refused)


async def test_a_former_responder_no_longer_reads_the_original(town: Hall) -> None:
    item = await town.item(TEACHER, "Naomi was phished", urgency=Urgency.SECURITY)
    email = officer(Office.RESPONDER_SECURITY)
    reader = await person(town.core, email)

    def shown(tx: Transaction) -> object:
        return compose(tx, "urgent-security", item, reader, None, town.clock())

    assert isinstance(await town.core.store.read(shown), UrgentAlert)
    await duties_taken_from(town, email)
    assert await town.core.store.read(shown) is None


async def test_a_former_cto_no_longer_gets_results_on_their_page(town: Hall) -> None:
    view = await town.ask(CTO, ShowInbox())
    assert isinstance(view, InboxView)
    assert view.cto
    reader = await person(town.core, CTO)

    def shown(tx: Transaction) -> object:
        survey = example().surveys[0]
        now = town.clock()
        wave = Wave(id=uuid4(), survey=survey, audience=Audience(), opens_at=now, closes_at=now)
        tx.add_wave(wave)
        tx.put_results(wave.id, live_results(wave, (), 9, None, now))
        return compose(tx, "results", wave.id, reader, None, now)

    assert isinstance(await town.core.store.write(shown), Results)
    await duties_taken_from(town, CTO)
    assert await town.core.store.write(shown) is None


# -- nothing that was thanked for is lost ---------------------------------------------------------


async def test_a_form_sent_again_with_other_words_loses_neither(town: Hall) -> None:
    form = uuid4()
    for words in ("first words", "first words", "other words"):
        answer = await town.ask(TEACHER, GiveFeedback(item_id=form, text=words))
        assert isinstance(answer, FeedbackReceived)
    assert isinstance(
        await town.ask(OFFICE, GiveFeedback(item_id=form, text="first words")), FeedbackReceived
    )

    def said(tx: Transaction) -> list[tuple[str, str | None]]:
        found = []
        for email in (TEACHER, OFFICE):
            who = tx.person_by_email(email)
            assert who is not None
            found += [(email, tx.original(one.id)) for one in tx.items_by(who.id)]
        return sorted(found)

    assert await town.core.store.read(said) == sorted(
        [(TEACHER, "first words"), (TEACHER, "other words"), (OFFICE, "first words")]
    )
