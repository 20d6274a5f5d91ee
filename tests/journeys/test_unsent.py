"""Nothing typed is lost: a form that does not fit, a language link, a second tab, a session that
is over. What is kept is its author's alone, encrypted, and gone once it was sent, or after a week.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.app.settings import Settings
from bot.web.render_card import at
from bot.web.unsent import FIELD
from governance.docket.commands import FileReading, GiveFeedback, ShowAnswerForm
from governance.feedback.model import Naming
from governance.home.commands import KeepHouse
from governance.redaction.commands import RemoveStudentData
from storage.unsent import unsent_form
from tests.attacks.hall import reading
from tests.attacks.visiting import ask, signed_in
from tests.journeys.running import SECRET, MovableClock, Running, opened
from tests.journeys.town import CHAIR, TEACHER, settle
from tests.journeys.trips import launch

MINE = "We replace the access point on Thursday <and> say so"
THEIRS = "It was the cable: it is mended"
TOO_LONG = f"{MINE} {'x' * 4000}"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'town.sqlite3'}",
        secret_key=SecretStr(SECRET),
        port=0,
    )
    running = Running(settings=settings, prepare=settle(staff=5), clock=MovableClock(), crew=0)
    async with opened(running, tmp_path):
        yield running


async def an_item(service: Running) -> UUID:
    item, words = uuid4(), "The Wi-Fi in the library drops every morning"
    await ask(service, TEACHER, GiveFeedback(item_id=item, text=words, naming=Naming.WITHHELD))
    await service.core.dispatch.by_itself(
        FileReading(item_id=item, reading=reading(words, "network"))
    )
    return item


def fields(page: str, label: str) -> dict[str, str]:
    """The hidden fields of the form with this button, and its address as ``action``."""
    for form in re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL):
        if f">{label}</button>" in form:
            hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
            found = re.search(r'action="([^"]*)"', form)
            assert found
            return {name: unescape(value) for name, value in hidden} | {"action": found[1]}
    raise AssertionError(f"no form with {label!r}")


def typed(page: str) -> list[str]:
    return [
        unescape(one).removeprefix("\n")
        for one in re.findall(r"<textarea(?![^>]*readonly)[^>]*>(.*?)</textarea>", page, re.DOTALL)
    ]


async def hand_in(client: httpx.AsyncClient, page: str, label: str, **more: str) -> httpx.Response:
    form = fields(page, label) | more
    return await client.post(form.pop("action"), data=form)


async def rows(service: Running) -> list[Any]:
    return await service.core.store.read(
        lambda tx: list(tx.connection.execute(select(unsent_form)))
    )


async def test_what_did_not_fit_is_in_the_form_again_until_it_is_sent(service: Running) -> None:
    item = await an_item(service)
    form = at(ShowAnswerForm(item_id=item))
    async with signed_in(service, CHAIR) as chair, signed_in(service, TEACHER) as other:
        page = (await chair.get(form)).text
        assert typed(page) == [""]
        wrong = await hand_in(chair, page, "Send the answer", text=TOO_LONG)
        assert wrong.status_code == 422
        assert typed(wrong.text) == [TOO_LONG]
        # The language link, Back and a new visit lead to the form's own page.
        back = re.search(r'name="back" value="([^"]*)"', wrong.text)
        assert back
        assert unescape(back[1]) == form
        again = (await chair.get(form)).text
        assert typed(again) == [TOO_LONG]
        assert "You have an unsent draft from" in again
        (kept,) = await rows(service)
        assert MINE.encode() not in kept.sealed
        assert "unsent draft" not in (await other.get(form)).text
        sent = await hand_in(chair, again, "Send the answer", text=MINE)
        assert sent.status_code == 303
        assert await rows(service) == []

        page = (await chair.get("/feedback")).text
        label = "Send"
        wrong = await hand_in(chair, page, label, text="x" * 9000)
        assert wrong.status_code == 422
        page = (await chair.get("/feedback")).text
        assert typed(page)[0] == "x" * 9000
        assert (await hand_in(chair, page, "Discard")).status_code == 303
        assert await rows(service) == []

        await hand_in(chair, page, label, text="y" * 9000)
        assert len(await rows(service)) == 1
        service.clock.forward(days=8)
        await service.core.dispatch.by_itself(KeepHouse())
        assert await rows(service) == []


async def test_a_second_tab_sees_both_answers_and_chooses(service: Running) -> None:
    item = await an_item(service)
    form = at(ShowAnswerForm(item_id=item))
    async with signed_in(service, CHAIR) as one, signed_in(service, CHAIR) as two:
        first, second = (await one.get(form)).text, (await two.get(form)).text
        assert (await hand_in(one, first, "Send the answer", text=THEIRS)).status_code == 303
        late = await hand_in(two, second, "Send the answer", text=MINE)
        assert late.status_code == 409
        assert THEIRS in late.text
        assert typed(late.text) == [MINE]
        top = late.text.index("data-focus"), late.text.index("Someone else answered this")
        assert top[1] - top[0] < 600, "the notice is at the top, and focused"
        both = await hand_in(two, late.text, "Send mine as well", text=MINE)
        assert both.status_code == 303
        said = await service.core.store.read(lambda tx: tx.item(item))
        assert said is not None
        assert said.answer == f"{THEIRS}\n\n{MINE}"
    async with signed_in(service, TEACHER) as author:
        home = unescape((await author.get("/")).text)
        assert MINE in home
        assert THEIRS in home


async def test_what_comes_after_a_session_is_over_waits_for_its_author(service: Running) -> None:
    item = await an_item(service)
    form = at(ShowAnswerForm(item_id=item))
    async with signed_in(service, CHAIR) as chair:
        page = (await chair.get(form)).text
        service.clock.forward(hours=service.settings.session_hours + 1)
        late = await hand_in(chair, page, "Send the answer", text=MINE)
        assert late.status_code == 401
        assert "we kept it" in unescape(late.text)
        assert f'name="next" value="{form}"' in late.text or "sign in" in late.text
    async with signed_in(service, TEACHER) as other:
        assert MINE not in unescape((await other.get(form)).text)
    async with signed_in(service, CHAIR) as chair:
        assert typed((await chair.get(form)).text) == [MINE]
        await ask(service, CHAIR, RemoveStudentData(item_id=item, words="library"))
        ended = (await chair.get(form)).text
        await chair.post("/signout", data={"csrf": fields(ended, "Send the answer")["csrf"]})
        before = len(await rows(service))
        gone = await hand_in(chair, ended, "Send the answer", text=MINE)
        assert gone.status_code == 401, "a session that somebody ended keeps nothing"
        assert len(await rows(service)) == before


async def test_answers_are_never_kept_as_drafts(service: Running) -> None:
    async with signed_in(service, TEACHER) as teacher:
        wave = await launch(service, [TEACHER])
        page = await teacher.get(f"/surveys/{wave}/0")
        assert page.status_code == 200
        assert FIELD not in page.text
        form = re.search(r'name="csrf" value="([^"]*)"', page.text)
        assert form
        bad = {"csrf": form[1], "asked": "week", "week": "not a choice", FIELD: "/surveys#week"}
        assert (await teacher.post(f"/surveys/{wave}/0", data=bad)).status_code >= 400
        assert await rows(service) == []
