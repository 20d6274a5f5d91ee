"""Composing: what a message says is decided when it is sent or shown, as things stand then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.jobs.composing import queue_of
from core.people import Audience, Person
from governance.access import Source
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.committees.model import RESTRICTED, Office
from governance.composing import compose
from governance.docket.commands import AnswerItem
from governance.feedback.excerpts import excerpt
from governance.feedback.model import Urgency
from governance.messages import (
    Brief,
    Message,
    News,
    Notice,
    RestrictedWaiting,
    Told,
    UrgentAlert,
)
from governance.redaction.messages import TakenOut
from surveys.commands import CloseWave, LaunchSurvey
from surveys.messages import Invitation, Results
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, example, person

SAID = "The wifi in the portables drops every afternoon"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def composed(
    town: Hall,
    kind: str,
    subject: UUID,
    reader: Person | None = None,
    queue: str | None = None,
) -> Message | None:
    return await town.core.store.read(
        lambda tx: compose(tx, kind, subject, reader, queue, town.clock())
    )


async def launch(town: Hall) -> UUID:
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
        audience=Audience(people=frozenset({TEACHER, OFFICE})),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
    )
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return reply.message.wave_id  # type: ignore[union-attr]


# -- surveys ------------------------------------------------------------------------------------


async def test_an_invitation_is_wanted_only_while_the_survey_is_open(town: Hall) -> None:
    wave = await launch(town)
    invited = await composed(town, "invitation", wave)
    reminded = await composed(town, "reminder", wave)
    assert isinstance(invited, Invitation)
    assert isinstance(reminded, Invitation)
    assert (invited.reminder, reminded.reminder) == (0, 1)
    assert invited.question_count == len(invited.inline), "a short one is answered in the message"
    town.clock.forward(days=2)
    assert await composed(town, "invitation", wave) is None, "past its closing, sealed or not"
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    assert await composed(town, "reminder", wave) is None
    assert await composed(town, "invitation", uuid4()) is None


async def test_results_are_there_once_they_are(town: Hall) -> None:
    wave = await launch(town)
    assert await composed(town, "results", wave) is None
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    assert isinstance(await composed(town, "results", wave), Results)


# -- announcements ------------------------------------------------------------------------------


async def test_a_notice_is_the_same_for_all_when_sent_and_the_readers_own_when_shown(
    town: Hall,
) -> None:
    draft = uuid4()
    change = example().announcements[0].change
    to_one = Audience(people=frozenset({TEACHER}))
    write = WriteAnnouncement(announcement_id=draft, change=change, audience=to_one)
    await town.ask(CTO, write)
    await town.ask(CTO, SendAnnouncement(announcement_id=draft))
    sent = await composed(town, "notice", draft)
    assert isinstance(sent, Notice)
    assert sent.acknowledge
    shown = await composed(town, "notice", draft, await person(town.core, OFFICE))
    assert isinstance(shown, Notice)
    assert not shown.acknowledge, "it was not sent to them"
    assert await composed(town, "notice", uuid4()) is None


# -- feedback -----------------------------------------------------------------------------------


async def test_a_brief_is_for_the_queue_that_has_it_now(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    assert isinstance(await composed(town, "brief", item, queue="network"), Brief)
    assert await composed(town, "brief", item, queue="library-media") is None
    assert await composed(town, "brief", uuid4(), queue="network") is None


async def test_restricted_things_are_announced_without_a_word_of_theirs(town: Hall) -> None:
    item = await town.item(TEACHER, SAID, queue=RESTRICTED)
    waiting = await composed(town, "restricted", item)
    assert waiting == RestrictedWaiting(
        item_id=item, received_at=(await town.stored(item)).received_at
    )
    assert SAID not in repr(waiting)


async def test_an_urgent_alert_has_the_original_and_its_author(town: Hall) -> None:
    item = await town.item(TEACHER, "Naomi was phished", urgency=Urgency.SECURITY)
    alert = await composed(town, "urgent-security", item)
    author = await person(town.core, TEACHER)
    assert isinstance(alert, UrgentAlert)
    assert alert.original == "Naomi was phished"
    assert alert.author == author.name
    assert alert.building != author.building, "its name, not its key"


async def test_what_is_not_urgent_has_no_alert(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    officer = next(
        one for one in example().district.officers if one.office is Office.RESPONDER_SECURITY
    )
    assert await composed(town, "urgent-security", item) is None
    reader = await person(town.core, officer.person)
    assert await composed(town, "urgent-security", item, reader) is None


@pytest.mark.parametrize(
    "news", [one for one in News if one not in (News.TAKEN_OUT, News.NO_READER)]
)
async def test_an_author_hears_each_news_with_whom_to_turn_to(town: Hall, news: News) -> None:
    item = await town.item(TEACHER, SAID, urgency=Urgency.SECURITY)
    await town.ask(CHAIR, AnswerItem(item_id=item, text="Soon."))
    told = await composed(town, f"told-{news}", item)
    assert isinstance(told, Told)
    assert told.news is news
    assert (told.answer, bool(told.answered_by)) == (
        ("Soon.", True) if news is News.ANSWERED else (None, False)
    )
    contacts = example().district.contacts
    wanted = {
        News.RESTRICTED: {"human-resources", "title-ix", "association"},
        News.URGENT: {"security", "help-desk"},
    }.get(news, set())
    assert set(told.contacts) == wanted & set(contacts)


async def test_what_was_taken_out_is_shown_to_its_author(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    told = await composed(town, f"told-{News.TAKEN_OUT}", item)
    assert isinstance(told, TakenOut)
    assert (told.item_id, told.redacted) == (item, SAID)


async def test_authors_see_the_first_words_of_what_they_said(town: Hall) -> None:
    short = await town.item(TEACHER, SAID)
    long = await town.item(TEACHER, "word " * 100)
    endless = await town.item(TEACHER, "x" * 400)
    assert excerpt(await town.stored(short)) == SAID
    assert excerpt(await town.stored(long)).endswith("word…")
    for item in (long, endless):
        assert len(excerpt(await town.stored(item))) <= 141


async def test_every_kind_that_a_ledger_may_hold_is_composed(town: Hall) -> None:
    """``kinds_sent.txt`` has those of November 2026, and is never shortened."""
    kinds = (Path(__file__).parent / "kinds_sent.txt").read_text("utf-8").split()
    for kind in kinds:
        await composed(town, kind, uuid4())


async def test_a_kind_that_nobody_knows_is_a_fault(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    with pytest.raises(ValueError, match="unknown kind"):
        await composed(town, "parcel", item)


@pytest.mark.parametrize(
    ("recipient", "queue"),
    [
        ("person:1", None),
        ("queue:network", "network"),
        ("queue:network@slack:C1", "network"),
        ("queue:triage@web:queue:triage", "triage"),
    ],
)
def test_the_queue_of_a_recipient(recipient: str, queue: str | None) -> None:
    assert queue_of(recipient) == queue
