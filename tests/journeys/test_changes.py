"""On three platforms: a change with its five messages, in two languages and to two audiences, is
approved by its committee's chair; its day moves, one message is edited after it was sent, and one
is taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.commands import Command
from core.people import Audience, Platform, Role
from core.words import Words
from governance.announcements.campaign_commands import RecallAnnouncement
from governance.announcements.forms import words_of
from governance.announcements.model import Announcement, AnnouncementState
from governance.changes.commands import (
    AddMessage,
    PlanMessage,
    ShowSequence,
    TakeChangeStep,
)
from governance.changes.messages import SequenceView
from governance.changes.model import ChangeStep, Phase
from governance.people.reading_language import ChooseLanguage
from tests.bot.web.seeing import faults, serious
from tests.governance.changes.test_process import SPANISH, WORDS, translated, written
from tests.journeys import test_slack, test_teams
from tests.journeys.running import Running, running, until
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

TITLE = "New sign-in page"
HEADS_UP, AVISO = f"Coming up: {TITLE}", "Próximamente: Nueva página de inicio"
CORRECTED = "Have your badge with you, and know your room number."

pytestmark = pytest.mark.usefixtures("quick_reader")


@pytest.fixture
async def slack_place(tmp_path: Path) -> AsyncIterator[test_slack.Place]:
    async with in_slack(tmp_path, [OFFICE]) as found:
        yield found


@pytest.fixture
async def teams_place(tmp_path: Path) -> AsyncIterator[test_teams.Place]:
    async with in_teams(tmp_path) as found:
        yield found


async def _soon(value: Any) -> Any:
    return value


async def ask(service: Running, email: str, command: Command) -> Any:
    who = await person(service.core, email)
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    return (await service.core.dispatch.handle(speaker, command)).message


def monday(service: Running, weeks: int) -> date:
    """The Monday so many weeks from now."""
    today = service.clock().date()
    return today + timedelta(days=7 * weeks - today.weekday())


async def proposed(service: Running) -> UUID:
    """The CTO has proposed a change for a Monday in four weeks; its how-to is for teachers only."""
    change = uuid4()
    everybody = Audience(people=frozenset({TEACHER, OFFICE, CHAIR}))
    day = monday(service, 4)
    await ask(service, CTO, written(change, day=day, audience=everybody))
    await ask(service, CTO, translated(change))
    await ask(service, CTO, AddMessage(change_id=change))
    how_to = PlanMessage(
        change_id=change,
        announcement_id=(await messages(service, change))[Phase.HOW_TO].id,
        days="5",
        at="08:00",
        audience=Audience(roles=frozenset({Role.TEACHER})),
        acknowledge=True,
    )
    await ask(service, CTO, how_to)
    await ask(service, CTO, TakeChangeStep(change_id=change, step=ChangeStep.PROPOSED))
    await ask(service, OFFICE, ChooseLanguage(locale="es"))
    return change


async def messages(service: Running, change: UUID) -> dict[Phase, Announcement]:
    view = await ask(service, CTO, ShowSequence(change_id=change))
    assert isinstance(view, SequenceView)
    return {one.planned.phase: one.announcement for one in view.lines}


async def scheduled(service: Running, change: UUID) -> list[Phase]:
    found = await messages(service, change)
    return [one for one in found if found[one].state is AnnouncementState.SCHEDULED]


async def days_pass(service: Running, until_day: date) -> None:
    while service.clock().date() < until_day:
        await service.pass_time(days=1)


@pytest.mark.prove_on_postgres("what an edit and a recall find in the ledger")
async def test_in_slack_a_change_is_approved_moved_edited_and_taken_back(
    slack_place: test_slack.Place,
) -> None:
    slack, users, service = slack_place.slack, slack_place.users, slack_place.service
    change = await proposed(service)
    assert await slack_place.message(slack_place.channels["network"], f"Change: {TITLE}")
    told = await slack_place.message(users[CHAIR], "You can approve it or send it back.")
    await slack.click(users[CHAIR], told, "Open the change")
    seen = await slack_place.message(users[CHAIR], "Waiting for approval. Planned for")
    await slack.click(users[CHAIR], seen, "Approve")
    assert await until(lambda: _soon(slack.modal(users[CHAIR])))
    await slack.submit(users[CHAIR], {"why": "Good timing."})
    assert await scheduled(service, change) == list(Phase)

    await days_pass(service, monday(service, 2) + timedelta(days=1))
    notice = await slack_place.message(users[TEACHER], HEADS_UP)
    assert "Have your badge with you." in texts(notice)
    assert await slack_place.message(users[OFFICE], AVISO)
    await slack_place.restart()

    await slack.dm(users[CTO], "help")
    helps = await slack_place.message(users[CTO], "What you can do here")
    await slack.click(users[CTO], helps, "Change calendar")
    coming = await slack_place.message(users[CTO], "What changes in technology")
    assert TITLE in texts(coming)
    await move(service, change, weeks=5)
    sent = (await messages(service, change))[Phase.HEADS_UP]
    news = await slack_place.message(users[CTO], f"Change: {TITLE}")
    await slack.click(users[CTO], news, "Open the change")
    seen = await slack_place.message(users[CTO], "Approved. Planned for")
    await slack.click(users[CTO], seen, "Messages (5)")
    listed = await slack_place.message(users[CTO], "Sent")
    await slack.click(users[CTO], listed, said_heads_up(sent))
    one = await slack_place.message(users[CTO], "10 school days before the change")
    await slack.click(users[CTO], one, "Edit what was sent")
    assert await until(lambda: _soon(slack.modal(users[CTO])))
    await slack.submit(users[CTO], {"action": CORRECTED})
    edited = await slack_place.message(users[TEACHER], CORRECTED)
    assert "Edited on" in texts(edited)
    assert edited["ts"] == notice["ts"], "it changed where it stood"
    assert slack_place.count(users[TEACHER], HEADS_UP) == 1
    spanish = await slack_place.message(users[OFFICE], "Editado el")
    assert AVISO in texts(spanish)
    assert slack_place.count(users[OFFICE], AVISO) == 1, "nobody has it twice"

    for words in ("Edited on", "cannot be undone"):
        view = await until(lambda said=words: _soon(in_modal(slack.modal(users[CTO]), said)))
        await slack.click(users[CTO], view, "Take it back")
    assert await until(lambda: _soon(slack_place.count(users[TEACHER], HEADS_UP) == 0))
    assert await until(lambda: _soon(slack_place.count(users[OFFICE], AVISO) == 0))


def in_modal(view: Any, words: str) -> Any:
    """The modal, once it says something."""
    return view if view is not None and words in texts(view) else None


def said_heads_up(sent: Announcement) -> str:
    """Its line in the list of messages."""
    assert sent.sent_at is not None
    return f"Heads-up ({Words('en').day(sent.sent_at)})"


async def move(service: Running, change: UUID, weeks: int) -> None:
    day = monday(service, weeks)
    command = TakeChangeStep(
        change_id=change, step=ChangeStep.MOVED, why="The badges are late.", day=day
    )
    assert isinstance(await ask(service, CTO, command), SequenceView)


async def test_in_teams_a_change_is_approved_moved_edited_and_taken_back(
    teams_place: test_teams.Place,
) -> None:
    teams, service = teams_place.teams, teams_place.service
    teacher, office = await teams_place.join(TEACHER), await teams_place.join(OFFICE)
    chair, cto = await teams_place.join(CHAIR), await teams_place.join(CTO)
    change = await proposed(service)
    told = await teams_place.message(chair.chat, "You can approve it or send it back.")
    seen = await teams.execute(chair, told, "Open the change")
    form = await teams.execute(chair, seen.card, "Approve")
    done = await teams.execute(chair, form.card, "Approve", {"field.why": "Good timing."})
    assert "Approved. Planned for" in done.text
    assert await scheduled(service, change) == list(Phase)

    await days_pass(service, monday(service, 2) + timedelta(days=1))
    notice = await teams_place.message(teacher.chat, HEADS_UP)
    assert await teams_place.message(office.chat, AVISO)
    (listed,) = await teams.say(cto, "change calendar")
    assert TITLE in listed.text
    await move(service, change, weeks=5)
    sent = (await messages(service, change))[Phase.HEADS_UP]
    news = await teams_place.message(cto.chat, "It is in the change calendar")
    seen = await teams.execute(cto, news, "Open the change")
    assert "Moved to" in seen.text
    listed = await teams.execute(cto, seen.card, "Messages (5)")
    assert "Sent" in listed.text
    chosen = {"Something else": f"planned|{change}|{sent.id}"}
    one = await teams.execute(cto, listed.card, "Continue", chosen)
    form = await teams.execute(cto, one.card, "Edit what was sent")
    typed = {f"field.{key}": said for key, said in words_of(sent.change).items()}
    await teams.execute(
        cto, form.card, "Save and send the change", {**typed, "field.action": CORRECTED}
    )
    edited = await teams_place.message(teacher.chat, CORRECTED)
    assert "Edited on" in edited.text
    assert edited.id == notice.id, "it changed where it stood"
    assert await teams_place.message(office.chat, "Editado el")
    assert len([m for m in teams.messages(office.chat) if AVISO in m.text]) == 1

    await ask(service, CTO, RecallAnnouncement(announcement_id=sent.id))
    assert await until(
        lambda: _soon(not [m for m in teams.messages(teacher.chat) if HEADS_UP in m.text])
    )


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web_a_change_is_written_approved_moved_edited_and_taken_back(
    tmp_path: Path, browser: Browser
) -> None:
    async with running(tmp_path, settle(staff=10)) as service:
        async with (
            signed_in(browser, service, CTO) as cto,
            signed_in(browser, service, CHAIR) as chair,
            signed_in(browser, service, TEACHER) as teacher,
        ):
            await written_by_hand(cto, service)
            address = cto.url
            await chair.goto(address)
            await chair.get_by_role("link", name="Approve", exact=True).click()
            assert [*await faults(chair), *await serious(chair)] == []
            await press(chair, "Approve")
            await shows(chair, "Approved by Nikolai Drobny")
            await shows(chair, "planned for")
            await teacher.goto("/calendar")
            await teacher.get_by_role("link", name=TITLE, exact=True).click()
            await shows(teacher, "Approved by Nikolai Drobny")

        await days_pass(service, monday(service, 2) + timedelta(days=1))
        sent = await first_sent(service)
        assert await until(lambda: service.sent("notice", sent))
        async with (
            signed_in(browser, service, CTO) as cto,
            signed_in(browser, service, TEACHER) as teacher,
        ):
            await shows(teacher, HEADS_UP)
            await cto.goto(address)
            await cto.locator("details.menu > summary").click()
            await cto.get_by_role("link", name="Move the date", exact=True).click()
            day = cto.get_by_label("When does it take effect?")
            await day.fill(str(monday(service, 5)))
            await cto.get_by_label("Why?", exact=True).fill("The badges are late.")
            assert [*await faults(cto), *await serious(cto)] == []
            await press(cto, "Move the date")
            await shows(cto, "people know the old date")
            await shows(cto, "(was Monday")
            await cto.goto(f"{address}/messages")
            await cto.get_by_role("link", name="Heads-up").first.click()
            await cto.get_by_role("link", name="Edit what was sent").click()
            action = cto.get_by_label("What should people do?", exact=True)
            await action.fill(CORRECTED)
            await press(cto, "Save and send the change")
            await shows(cto, "Edited on")
            read = f"/announcements/{sent}"
            await teacher.goto(read)
            await shows(teacher, CORRECTED)
            await shows(teacher, "Edited on")
            await cto.locator("details.menu > summary").click()
            await cto.get_by_role("link", name="Take it back").click()
            await press(cto, "Take it back")
            await shows(cto, "Taken back on")
            await teacher.goto(read)
            await shows(teacher, "This announcement was taken back")


async def first_sent(service: Running) -> UUID:
    changes = await service.core.store.read(lambda tx: tx.changes())
    return (await messages(service, changes[0].id))[Phase.HEADS_UP].id


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).first.click()


async def written_by_hand(page: Page, service: Running) -> None:
    """From the calendar to a proposal with its messages."""
    await page.goto("/")
    await page.get_by_role("link", name="Change calendar").click()
    await page.get_by_role("link", name="Propose a change").click()
    await press(page, "Save draft")
    await shows(page, "Fill in this field")
    labels = {
        "Title": "title",
        "What changes?": "what",
        "Why?": "why",
        "Who is affected, and how?": "who",
        "What should people do?": "action",
    }
    for label, key in labels.items():
        await page.get_by_label(label, exact=True).fill(WORDS[key])
    await page.get_by_label("When does it take effect?").fill(str(monday(service, 4)))
    await page.get_by_label("Which committee oversees it?").select_option("network")
    assert [*await faults(page), *await serious(page)] == []
    await press(page, "Save draft")
    await shows(page, "Draft saved.")
    await page.locator("details.menu > summary").click()
    await page.get_by_role("link", name="Translate it").click()
    await page.locator("[name='title']").fill(SPANISH["title.es"])
    await press(page, "Save the translation")
    await shows(page, "Translation saved.")
    await page.get_by_role("link", name="Messages (0)").click()
    await press(page, "Add the usual messages")
    await shows(page, "Drafts added.")
    await page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").click()
    await press(page, "Propose it")
    await shows(page, "Waiting for approval")
