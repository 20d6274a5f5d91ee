"""What an item has to do with: its committee says it, its author hears it, the CTO is told sums."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.cards import flat
from core.words import Words
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    RecallAnnouncement,
    ShowCampaign,
    ShowProgress,
)
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.chairs.commands import ShowAgenda
from governance.chairs.views import AgendaView
from governance.committees.model import RESTRICTED
from governance.composing import compose
from governance.conversations.commands import AskAuthor
from governance.digests.commands import ShowDigest
from governance.docket.commands import AnswerItem, MoveItem, ShowItem
from governance.docket.history import StepKind
from governance.duplicates.commands import MergeItem
from governance.duplicates.model import Alike
from governance.feedback.model import Naming
from governance.forms.cards import prose
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import AnnouncementDrafted, Brief, Told
from governance.references.commands import LinkItem
from governance.references.model import BoundKind
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.docket.test_assigning import queued
from tests.journeys.town import CHAIR, CTO, TEACHER, example, person, small_roster, teachers

SAID = "The wifi in the portables drops every afternoon"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=10) as found:
        yield found


def a_goal() -> str:
    return f"goal:{example().district.components[0].goals[0].key}"


async def announced(town: Hall, title: str = "New access points", *, out: bool = True) -> UUID:
    drafted = await town.ask(
        CTO, WriteAnnouncement(announcement_id=uuid4(), **by_name({**WORDS, "title": title}))
    )
    assert isinstance(drafted, AnnouncementDrafted), drafted
    if out:
        await town.ask(CTO, SendAnnouncement(announcement_id=drafted.announcement.id))
    return drafted.announcement.id


async def told(town: Hall, item: UUID, news: str) -> Told:
    author = await person(town.core, TEACHER)
    made = await town.core.store.read(
        lambda tx: compose(tx, f"told-{news}", item, author, None, town.clock())
    )
    assert isinstance(made, Told)
    return made


def said(form: FormView, field: str) -> list[str]:
    """What is offered, as it is read."""
    return [flat(prose(Words(), label)) for _, label in form.opening.choices[field]]


def names(seen: Any) -> list[str]:
    return [one.name for one in seen]


async def test_goals_and_what_went_out_can_be_chosen_and_no_draft_of_the_cto(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await announced(town, "Secret plans", out=False)
    await announced(town, "New access points")
    gone = await announced(town, "A mistake")
    await town.ask(CTO, RecallAnnouncement(announcement_id=gone))
    form = await town.ask(CHAIR, Open(of=LinkItem(item_id=item)))
    assert isinstance(form, FormView)
    kinds = {token.partition(":")[0] for token, _ in form.opening.choices["to"]}
    assert kinds == {BoundKind.GOAL, BoundKind.ANNOUNCEMENT}
    offered = said(form, "to")
    assert "Announcement: New access points" in offered
    assert not [one for one in offered if "Secret plans" in one or "A mistake" in one]
    retired = [g for c in example().district.components for g in c.goals if g.retired]
    assert retired
    assert not {f"Goal: {g.title.default}" for g in retired} & set(offered)


async def test_what_is_linked_stands_on_the_item_in_the_digest_and_on_the_agenda(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    for link in (LinkItem(item_id=item, to=a_goal()), LinkItem(item_id=item, rule="ITR 4.2")):
        for _ in range(2):  # pressed twice it is one
            await town.ask(CHAIR, link)
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    goal = example().district.components[0].goals[0].title.default
    assert names(page.links) == [goal, "ITR 4.2"]
    assert [(one.kind, one.about) for one in page.steps] == [
        (StepKind.LINKED, goal),
        (StepKind.LINKED, "ITR 4.2"),
    ]
    week = await town.ask(CHAIR, ShowDigest(queue="network"))
    assert names(week.digest.oldest[0].links) == [goal, "ITR 4.2"]
    agenda = await town.ask(CHAIR, ShowAgenda(queue="network", on=date(2026, 12, 3)))
    assert isinstance(agenda, AgendaView)
    assert names(agenda.oldest[0].links) == [goal, "ITR 4.2"]

    form = await town.ask(CHAIR, Open(of=LinkItem(item_id=item)))
    assert said(form, "away") == [f"Goal: {goal}", "Rule: ITR 4.2"]
    assert f"Goal: {goal}" not in said(form, "to")
    for _ in range(2):
        after = await town.ask(CHAIR, LinkItem(item_id=item, away="rule:ITR 4.2"))
        assert names(after.links) == [goal]


async def test_an_author_hears_with_the_answer_what_it_has_to_do_with(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    subject = await announced(town)
    await town.ask(CHAIR, LinkItem(item_id=item, to=f"announcement:{subject}", rule="ITR 4.2"))
    assert await queued(town, item, "told-became") == [], "it comes with the answer"
    await town.ask(CHAIR, AnswerItem(item_id=item, text="In March."))
    heard = await told(town, item, "answered")
    assert set(names(heard.became)) == {"ITR 4.2", "New access points"}
    await town.ask(CTO, RecallAnnouncement(announcement_id=subject))
    heard = await told(town, item, "answered")
    assert names(heard.became) == ["ITR 4.2"], "what was taken back is not said"


async def test_who_was_answered_before_hears_once_of_what_is_announced_later(town: Hall) -> None:
    author = await person(town.core, TEACHER)
    items = [await town.item(TEACHER, f"{SAID} {n}") for n in range(2)]
    for item in items:
        await town.ask(CHAIR, AnswerItem(item_id=item, text="We look into it."))
    subject = await announced(town)
    for item in items:
        await town.ask(CHAIR, LinkItem(item_id=item, to=f"announcement:{subject}"))
        await town.ask(CHAIR, LinkItem(item_id=item, to=a_goal()))
    to = [one for item in items for one in await queued(town, item, "told-became")]
    assert to == [f"person:{author.id}"]
    heard = await told(town, items[0], "became")
    assert "New access points" in names(heard.became)


async def test_what_cannot_be_linked_is_said_and_nothing_changes(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    draft = await announced(town, out=False)
    for link in (
        LinkItem(item_id=item),
        LinkItem(item_id=item, to="goal:nothing"),
        LinkItem(item_id=item, to=f"announcement:{draft}"),
        LinkItem(item_id=item, to="announcement:../x"),
        LinkItem(item_id=item, to="rule:ITR 4.2"),
        LinkItem(item_id=item, rule="ITR 4.2, " * 20),
    ):
        assert isinstance(await town.ask(CHAIR, link), FormView), link
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert page.links == ()


async def test_a_name_that_is_typed_for_a_rule_is_taken_out(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    seen = await town.ask(CHAIR, LinkItem(item_id=item, rule="ITR 4.2, call 801-555-0142"))
    assert isinstance(seen, Brief)
    assert "555" not in seen.links[0].name


async def test_the_card_that_stays_behind_says_nothing_of_what_is_restricted_now(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, LinkItem(item_id=item, rule="ITR 4.2"))
    left = await town.ask(CHAIR, MoveItem(item_id=item, to=RESTRICTED))
    assert (left.links, left.can_be_linked) == ((), False)


async def test_what_is_merged_brings_its_links_along_and_its_old_card_asks_about_the_matter(
    town: Hall,
) -> None:
    first, second = [await town.item(TEACHER, f"{SAID} {n}") for n in range(2)]
    await town.ask(CHAIR, LinkItem(item_id=second, rule="ITR 4.2"))
    await town.ask(CHAIR, MergeItem(item_id=second, into=first))
    page = await town.ask(CHAIR, ShowItem(item_id=first))
    assert names(page.links) == ["ITR 4.2"]
    form = await town.ask(CHAIR, Open(of=AskAuthor(item_id=second)))
    assert isinstance(form, FormView)
    assert form.of == AskAuthor(item_id=first), (
        "the item on the docket is asked about, not the one kept with it"
    )
    asked = await town.ask(CHAIR, AskAuthor(item_id=second, text="Which room?"))
    assert (asked.item_id, asked.asked_back) == (first, True)
    after = await town.ask(CHAIR, LinkItem(item_id=second, away="rule:ITR 4.2"))
    assert after.links == ()


async def test_whoever_stands_in_for_a_chair_asks_an_author_and_links_as_they_do(
    town: Hall,
) -> None:
    network = example().district.committee("network")
    assert network is not None
    item = await town.item(TEACHER, SAID)
    for email in (*network.leaders, *network.members):
        assert isinstance(await town.ask(email, Open(of=AskAuthor(item_id=item))), FormView), email
        assert isinstance(await town.ask(email, Open(of=LinkItem(item_id=item))), FormView), email


async def test_how_many_led_to_an_announcement_is_told_of_five_people_and_in_steps_of_five(
    town: Hall,
) -> None:
    subject = await announced(town)
    authors = [one.email for one in teachers(small_roster(10), 6)]
    assert len(authors) == 6

    async def counted() -> list[int | None]:
        shown = await town.ask(CTO, ShowProgress(announcement_id=subject))
        page = await town.ask(CTO, ShowCampaign(announcement_id=subject))
        return [shown.led, page.led]

    seen = []
    for n, email in enumerate([TEACHER, *authors]):
        item = await town.item(email, f"{SAID} {n}")
        await town.ask(CHAIR, LinkItem(item_id=item, to=f"announcement:{subject}"))
        seen.append(await counted())
    assert seen == [[None] * 2] * 4 + [[5] * 2] * 3


async def test_of_one_matter_all_who_say_it_are_counted(town: Hall) -> None:
    subject = await announced(town)
    authors = [TEACHER, *(one.email for one in teachers(small_roster(10), 4))]
    lead = await town.item(authors[0], SAID)
    for email in authors[1:]:
        await town.item(email, SAID, alike=Alike(vector=b"", lead=lead))
    await town.ask(CHAIR, LinkItem(item_id=lead, to=f"announcement:{subject}"))
    shown = await town.ask(CTO, ShowProgress(announcement_id=subject))
    assert shown.led == 5


async def test_who_spoke_anonymously_finds_it_with_their_receipt_and_nobody_is_sent_it(
    town: Hall,
) -> None:
    item = await town.item(None, SAID, naming=Naming.ANONYMOUS)
    await town.ask(CHAIR, AnswerItem(item_id=item, text="We look into it."))
    subject = await announced(town)
    await town.ask(CHAIR, LinkItem(item_id=item, to=f"announcement:{subject}"))
    assert await queued(town, item, "told-became") == []
    kept = await town.core.store.read(lambda tx: tx.news_of(item))
    assert [news for news, _ in kept] == ["answered", "became"]
