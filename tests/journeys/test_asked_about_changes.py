"""On three platforms: a question about a change is answered, becomes an answer for everybody, and
whoever asks it again has the answer at once, in English and Spanish."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from governance.changes.commands import TakeChangeStep
from governance.changes.model import ChangeStep
from governance.faq.commands import ShowFaq
from governance.faq.matching import texts_of
from governance.faq.messages import FaqView
from governance.faq.subject import about_change
from governance.reading.embedding import embed
from governance.reading.matching import meanings, packed
from storage.exchange_tables import held_words
from storage.tables import item
from tests.bot.web.seeing import faults, serious
from tests.governance.faq.test_asked_again import AGAIN, ANSWER, ASKED, DE_NUEVO, WORDS
from tests.journeys import test_slack, test_teams
from tests.journeys.rote import Rote
from tests.journeys.running import Running, running, until
from tests.journeys.test_changes import HEADS_UP, ask, days_pass, monday, press, proposed
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import shows, signed_in
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, settle
from tests.stand_ins.slack import texts

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

MAY = "This may answer your question."


@pytest.fixture(autouse=True)
def meaning(quick_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads by rote, and knows what a question means."""

    async def meant(_: Rote, text: str) -> bytes:
        return packed(embed([text])[0])

    monkeypatch.setattr(Rote, "meaning", meant)


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


async def told(service: Running) -> UUID:
    """A change whose first message has gone out."""
    change = await proposed(service)
    await ask(service, CHAIR, TakeChangeStep(change_id=change, step=ChangeStep.APPROVED))
    await days_pass(service, monday(service, 2) + timedelta(days=1))
    return change


async def read_entries(service: Running) -> None:
    """The reader's turn."""
    entry = await service.core.store.read(lambda tx: tx.faq_without_meaning())
    assert entry is not None
    vectors = meanings(texts_of(entry)) or b""
    await service.core.store.write(lambda tx: tx.keep_faq_meaning(entry, vectors))


async def kept(service: Running, change: UUID) -> tuple[int, int, int]:
    """How many questions about it there are, how many wait for a yes or no, and how often the
    answer helped."""

    def counted(tx: Any) -> tuple[int, int]:
        mine = select(func.count()).where(item.c.about == about_change(change))
        held = select(func.count()).select_from(held_words)
        return tuple(tx.connection.execute(one).scalar_one() for one in (mine, held))  # type: ignore[return-value]

    view = await ask(service, CTO, ShowFaq(change_id=change))
    assert isinstance(view, FaqView)
    asked, held = await service.core.store.read(counted)
    return asked, held, sum(one.helped for one in view.entries)


def filled(prefix: str = "") -> dict[str, str]:
    return {f"{prefix}{key}": said for key, said in WORDS.items()}


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack(slack_place: test_slack.Place) -> None:
    slack, users, service = slack_place.slack, slack_place.users, slack_place.service
    change = await told(service)
    notice = await slack_place.message(users[TEACHER], HEADS_UP)
    await slack.click(users[TEACHER], notice, "Ask about this change")
    assert await until(lambda: _soon(slack.modal(users[TEACHER])))
    await slack.submit(users[TEACHER], {"text": ASKED})
    assert "We have your message" in texts(slack.modal(users[TEACHER]) or {})

    brief = await slack_place.message(slack_place.channels["network"], ASKED)
    await slack.click(users[CHAIR], brief, "Answer")
    assert await until(lambda: _soon(slack.modal(users[CHAIR])))
    await slack.submit(users[CHAIR], {"text": ANSWER})
    answered = await slack_place.message(slack_place.channels["network"], "Add to the FAQ")
    await slack.click(users[CHAIR], answered, "Add to the FAQ")
    view = await until(lambda: _soon(in_modal(slack.modal(users[CHAIR]), "Write an answer")))
    assert ASKED in str(view)
    await slack.submit(users[CHAIR], filled())
    view = await until(lambda: _soon(in_modal(slack.modal(users[CHAIR]), "personal data")))
    await slack.submit(users[CHAIR], filled())  # "Sí" stays
    assert await until(lambda: published(service, change))
    await read_entries(service)

    aviso = await slack_place.message(users[OFFICE], "Próximamente")
    await slack.click(users[OFFICE], aviso, "Preguntar sobre este cambio")
    assert await until(lambda: _soon(slack.modal(users[OFFICE])))
    await slack.submit(users[OFFICE], {"text": DE_NUEVO})
    view = await until(lambda: _soon(in_modal(slack.modal(users[OFFICE]), WORDS["answer.es"])))
    await slack.click(users[OFFICE], view, "Sí, me sirvió")
    assert await until(lambda: helped(service, change))
    assert await kept(service, change) == (1, 0, 1)

    await slack.click(users[TEACHER], notice, "Ask about this change")
    assert await until(lambda: _soon(in_modal(slack.modal(users[TEACHER]), "Your message")))
    await slack.submit(users[TEACHER], {"text": AGAIN})
    view = await until(lambda: _soon(in_modal(slack.modal(users[TEACHER]), MAY)))
    await slack.click(users[TEACHER], view, "No, send my question")
    assert await slack_place.message(slack_place.channels["network"], AGAIN)
    assert await kept(service, change) == (2, 0, 1)


async def published(service: Running, change: UUID) -> bool:
    return bool((await ask(service, TEACHER, ShowFaq(change_id=change))).entries)


async def helped(service: Running, change: UUID) -> bool:
    return (await kept(service, change))[2] == 1


def in_modal(view: Any, words: str) -> Any:
    """The modal, once it says something."""
    return view if view is not None and words in texts(view) else None


async def test_in_teams(teams_place: test_teams.Place) -> None:
    teams, network = teams_place.teams, teams_place.channels["network"]
    service = teams_place.service
    teacher, office = await teams_place.join(TEACHER), await teams_place.join(OFFICE)
    chair = await teams_place.join(CHAIR)
    change = await told(service)
    notice = await teams_place.message(teacher.chat, HEADS_UP)
    form = await teams.execute(teacher, notice, "Ask about this change")
    done = await teams.execute(teacher, form.card, "Send", {"field.text": ASKED})
    assert "We have your message" in done.text

    brief = await teams_place.message(network, ASKED)
    form = await teams.execute(chair, brief, "Answer")
    done = await teams.execute(chair, form.card, "Send the answer", {"field.text": ANSWER})
    form = await teams.execute(chair, done.card, "Add to the FAQ")
    assert ASKED in str(form.card)
    doubt = await teams.execute(chair, form.card, "Publish", filled("field."))
    assert "personal data" in str(doubt.card)
    shown = await teams.execute(chair, doubt.card, "Publish", filled("field."))  # "Sí" stays
    assert "Questions and answers" in shown.text
    await read_entries(service)

    aviso = await teams_place.message(office.chat, "Próximamente")
    form = await teams.execute(office, aviso, "Preguntar sobre este cambio")
    answer = await teams.execute(office, form.card, "Enviar", {"field.text": DE_NUEVO})
    assert WORDS["answer.es"] in answer.text
    done = await teams.execute(office, answer.card, "Sí, me sirvió")
    assert "no la guardamos" in done.text
    assert await kept(service, change) == (1, 0, 1)

    form = await teams.execute(teacher, notice, "Ask about this change")
    answer = await teams.execute(teacher, form.card, "Send", {"field.text": AGAIN})
    assert MAY in answer.text
    (sent,) = await teams.say(teacher, "no")  # typed: it did not help
    assert "We have your message" in sent.text
    assert await teams_place.message(network, AGAIN)
    assert await kept(service, change) == (2, 0, 1)


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(staff=10)) as service:
        change = await told(service)
        address = f"/calendar/{change}"
        async with (
            signed_in(browser, service, CHAIR) as chair,
            signed_in(browser, service, TEACHER) as teacher,
            signed_in(browser, service, OFFICE) as office,
        ):
            await ask_there(teacher, address, "Ask about this change", ASKED, "Send")
            await shows(teacher, "We have your message")
            assert await until(lambda: waits(chair, address))
            await chair.goto("/committees/network")
            await chair.locator("table.rows tbody th a").first.click()
            await chair.get_by_label("Your answer").fill(ANSWER)
            await chair.get_by_role("button", name="Send the answer").click()
            await chair.goto("/committees/network")
            await chair.get_by_role("link", name="Done").click()
            await chair.locator("table.rows tbody th a").first.click()
            await chair.get_by_role("link", name="Add to the FAQ").click()
            for key, said in WORDS.items():
                await chair.locator(f"[name='{key}']").fill(said)
            await chair.locator("[name='answer.es']").fill("")
            await press(chair, "Publish")
            await shows(chair, "Fill in this field.")
            assert await chair.locator("[name='question.es']").input_value() == WORDS["question.es"]
            await chair.locator("[name='answer.es']").fill(WORDS["answer.es"])
            assert [*await faults(chair), *await serious(chair)] == []
            await press(chair, "Publish")
            await shows(chair, "These words look like personal data")
            await press(chair, "Publish")
            await shows(chair, "Published. Staff can read it now.")
            await read_entries(service)

            await ask_there(office, address, "Preguntar sobre este cambio", DE_NUEVO, "Enviar")
            await shows(office, WORDS["answer.es"])
            assert [*await faults(office), *await serious(office)] == []
            await press(office, "Sí, me sirvió")
            await shows(office, "no la guardamos")
            assert await kept(service, change) == (1, 0, 1)

            await ask_there(teacher, address, "Ask about this change", AGAIN, "Send")
            await shows(teacher, MAY)
            await shows(teacher, ANSWER)
            await press(teacher, "No, send my question")
            await shows(teacher, "We have your message")
            assert await kept(service, change) == (2, 0, 1)
            await teacher.goto(f"{address}/faq")
            await shows(teacher, ANSWER)


async def ask_there(page: Page, address: str, link: str, said: str, send: str) -> None:
    await page.goto(address)
    await page.get_by_role("link", name=link).click()
    await page.get_by_role("textbox").fill(said)
    await press(page, send)


async def waits(page: Page, address: str) -> bool:
    """Whether the change's page says that a question waits."""
    await page.goto(address)
    return "1 question has been waiting for an answer" in await page.content()
