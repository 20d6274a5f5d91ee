"""How a campaign stands is said in one place, and every surface says it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from bot.cards import card_of
from core.people import Audience
from core.words import Words
from governance.announcements import campaign_wording as wording
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    RecallAnnouncement,
    ShowCampaign,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.announcements.model import Announcement, Standing, Tally, standing, standing_of
from governance.home.commands import ShowDesk
from governance.messages import Progress
from governance.views import DeskView
from governance.waves import asking_wording
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, hall
from tests.bot.web import examples
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_announcing import WORDS
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

EN = Words("en", "UTC")
SOME = Audience(people=frozenset({TEACHER, OFFICE, CHAIR, ISO}))
ENDS = {
    "nothing was sent": {"state": "failed", "why": "x"},
    "nobody can be reached": {"state": "unreachable", "why": "x"},
    "nobody knows": {"state": "unknown"},
    "all have it": {"state": "sent"},
    "the app was not opened": {"state": "queued", "lane": None},
    "it goes out": {"state": "queued"},
    "it leaves just now": {"state": "leased"},
}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def sent(town: Hall) -> UUID:
    found = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=found, **by_name(WORDS), audience=SOME))
    await town.ask(CTO, SendAnnouncement(announcement_id=found))
    return found


async def become(town: Hall, found: UUID, ends: str) -> None:
    """Every delivery of it."""
    values = ENDS[ends]
    values = values | ({"sent_at": town.clock()} if values["state"] == "sent" else {})
    changed = update(delivery).where(delivery.c.subject == found, delivery.c.kind == "notice")
    await town.core.store.write(lambda tx: tx.connection.execute(changed.values(values)))


async def told(town: Hall, found: UUID) -> tuple[Announcement, set[str], set[str]]:
    """The announcement, and what is said of it: (tags, sentences) of every surface."""
    desk = await town.ask(CTO, ShowDesk())
    assert isinstance(desk, DeskView)
    line = next(one for one in desk.announcements if one.announcement.id == found)
    page = await town.ask(CTO, ShowCampaign(announcement_id=found))
    chat = await town.ask(CTO, ShowProgress(announcement_id=found))
    assert isinstance(chat, Progress)
    tallies = (line.tally, page.tally, chat.tally)
    sentences = {wording.sentence(EN, chat.announcement, one) for one in tallies}
    card = card_of(chat, EN)
    assert all(one in repr(card) for one in sentences), "the card in chat"
    assert sentences <= {*wording.lines(EN, chat)}, "the terminal"
    return (
        chat.announcement,
        {wording.tag(EN, chat.announcement, one) for one in tallies},
        sentences,
    )


@pytest.mark.parametrize(
    ("ends", "tag", "sentence"),
    [
        ("nothing was sent", "Failed", "Nobody got it. Sending it to 4 people failed."),
        ("nobody can be reached", "Failed", "Nobody got it. 4 people cannot be reached."),
        (
            "nobody knows",
            "Not sure it arrived",
            "We do not know whether any of 4 people got it.",
        ),
        ("all have it", "Sent", "4 of 4 sent, 0 confirmed."),
        (
            "the app was not opened",
            "Waiting to be sent",
            "Nobody has it yet. 4 people have not opened the app.",
        ),
        ("it goes out", "Being sent", "0 of 4 sent, 0 confirmed."),
        ("it leaves just now", "Being sent", "0 of 4 sent, 0 confirmed."),
    ],
)
async def test_list_page_chat_and_terminal_say_the_same(
    town: Hall, ends: str, tag: str, sentence: str
) -> None:
    found = await sent(town)
    await become(town, found, ends)
    _, tags, sentences = await told(town, found)
    assert (tags, sentences) == ({tag}, {sentence})


async def test_what_is_being_sent_says_since_when(town: Hall) -> None:
    """Its tag and its facts are read together."""
    found = await sent(town)
    await become(town, found, "it goes out")
    async with browser(town, CTO) as page:
        going = (await page.get(f"/announcements/{found}/progress")).text
        await become(town, found, "all have it")
        over = (await page.get(f"/announcements/{found}/progress")).text
    assert "since Monday, October 5" in going
    assert "sent on Monday" not in going
    assert "on Monday, October 5" in over


async def test_what_was_taken_back_had_been_sent(town: Hall) -> None:
    found = await sent(town)
    await become(town, found, "all have it")
    await town.ask(CTO, RecallAnnouncement(announcement_id=found))
    _, tags, sentences = await told(town, found)
    assert (tags, sentences) == ({"Being taken back"}, {"4 sent. 4 still have it."})
    back = {"state": "recalled", "why": "x"}
    of = update(delivery).where(delivery.c.subject == found)
    gone = update(delivery).where(delivery.c.kind == "recall").values(state="sent")
    await town.core.store.write(
        lambda tx: (
            tx.connection.execute(of.where(delivery.c.kind == "notice").values(back)),
            tx.connection.execute(gone),
        )
    )
    _, tags, sentences = await told(town, found)
    assert (tags, sentences) == ({"Taken back"}, {"4 sent, then taken back."})


async def test_what_was_stopped_says_how_many_have_it(town: Hall) -> None:
    found = await sent(town)
    await town.ask(CTO, StopCampaign(subject=found))
    _, tags, sentences = await told(town, found)
    assert (tags, sentences) == ({"Stopped"}, {"0 of 4 sent, then stopped."})


@pytest.mark.parametrize("urgent", [False, True])
async def test_what_has_not_gone_out_yet_says_when_it_does_or_whose_yes_it_waits_for(
    town: Hall, urgent: bool
) -> None:
    """Its tally is empty until then, which does not mean that its audience is."""
    found = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=found, **by_name(WORDS), audience=SOME))
    at = None if urgent else town.clock() + timedelta(days=1)
    await town.ask(CTO, SendAnnouncement(announcement_id=found, urgent=urgent, at=at))
    _, _, sentences = await told(town, found)
    sentence = (
        f"“{WORDS['title']}” is waiting for a second person’s approval."
        if at is None
        else f"Goes out on {EN.when(at)}."
    )
    assert sentences == {sentence}
    async with browser(town, CTO) as client:
        page = (await client.get(f"/announcements/{found}/progress")).text
    assert "The audience is empty" not in page
    assert ("is waiting for a second person’s approval" if urgent else "Goes out on") in page


def tallies() -> list[Tally]:
    """Each count none, or some: every combination of states that deliveries can be in."""
    names = (
        "queued",
        "unwritten",
        "waiting",
        "sent",
        "unknown",
        "failed",
        "unreachable",
        "stopped",
        "recalled",
    )
    found = []
    for counts in product((0, 3), repeat=len(names)):
        by_name = dict(zip(names, counts, strict=True))
        found += [
            Tally(people=sum(counts), acknowledged=0, recalling=recalling, **by_name)
            for recalling in {0, by_name["sent"]}
        ]
    return found


def test_every_combination_is_said_as_it_is() -> None:
    seen = set()
    base = examples.ANNOUNCEMENT
    for tally in tallies():
        for stopped, back in ((False, False), (True, False), (True, True)):
            at = {
                "stopped_at": base.sent_at if stopped else None,
                "recalled_at": base.sent_at if back else None,
            }
            announcement = Announcement(**{**vars(base), **at})
            found = standing(tally, stopped=stopped, taken_back=back)
            assert found is standing_of(announcement, tally)
            seen.add(found)
            said = wording.sentence(EN, announcement, tally)
            assert said.endswith("."), said
            numbers = [int(n) for n in re.findall(r"\d+", said)]
            if found is Standing.SENT:
                assert tally.sent > 0, "“Sent” where somebody has it"
            if not back and not stopped and not tally.sent and not tally.to_go:
                assert "0 of" not in said, said
            if back and tally.had:
                assert numbers[0] == tally.had, "who had it is not forgotten"
            asked = asking_wording.said(EN, tally)
            if not (tally.sent or tally.to_go or tally.stopped) and tally.people:
                assert not asked.startswith("0 of") or tally.recalled, asked
    assert seen == set(Standing)
