"""Everybody whom the demo has presses every button of every page that they get to: with what
somebody would plausibly type, with nothing, with too much, with what no page offers, and a second
time. Each is answered by a page that says what happened, and never by a fault of ours."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from bot.app.core import Core
from bot.app.server import application
from bot.app.serving import listening, server_config
from bot.app.settings import load_settings
from bot.app.wiring import House, open_house
from bot.demo.start import _personas, follow
from bot.web.demo_help_desk import PATH as HELP_DESK
from bot.web.unsent import DISCARD
from governance.docket.commands import FileReading
from governance.help_desk.model import HandOverItem
from tests.attacks.hall import Hall, reading
from tests.bot.web.reading import Form, Input, offered
from tests.governance.controls.assessed import answer, begun, opened
from tests.journeys.logged import Log
from tests.journeys.running import MovableClock
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER, settle
from tests.upgrades import fill

pytestmark = [
    pytest.mark.usefixtures("quick_reader"),
    pytest.mark.timeout(900),  # it posts each form of each persona
]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_LINK = re.compile(r"/help-desk/[^/]+")
_KEY = re.compile(r"/(committees|launch|questions|languages|plan)/[a-z0-9-]+")
_NAME = re.compile(r' name="([^"]+)"')
_LEAVES = re.compile(r"/(signout.*|demo/.*|language)$")
"""Forms after which one is somebody else, or reads another language."""
ROUNDS, TRIES = 3, 4
"""Walks, for what is pressed opens pages with forms of their own; tries at a form that says what is
wrong."""

Data = dict[str, list[str]]


def kind_of(path: str) -> str:
    """An address without whose it is."""
    path = _LINK.sub("/help-desk/…", urlsplit(path).path)
    return _KEY.sub(r"/\1/…", _ID.sub("…", path))


NO_MORE = "reached the survey limit"
NO_CODE = "No message has this code"
TAKEN = "Another assessment of this framework has this name"
NO_FILE = "Choose a file."
"""What refuses even a careful person: all of the town was asked to answer twice this week, a code
cannot be guessed, a form that was seen before is given the same name again, and no file is
chosen here."""

STAYS: Mapping[str, str] = {
    "/say-anonymously/": "a code that is shown once",
    "/do/make-rule-calendar": "a secret address that is shown once",
    "/do/write-list": "what was found in a file",
    "spoken=": "the same page in the other language, with what was typed",
    "preview=yes": "what was typed, as people will read it; nothing is saved",
    "A second person has to approve this": "a question before anything is done",
}
"""What is answered with a page of its own (200), by address or words, and why; anything else that
is done leads on to a page that can be opened again, and what is not done says so (4xx)."""

FREE = ("with nothing", "with too much", "with odd signs")
"""What a browser lets anybody type: of these the answer says which and why."""


@dataclass
class Press:
    """One button of a form, and the page it stands on."""

    at: str
    form: Form
    button: tuple[str, str, str]

    @property
    def to(self) -> str:
        return urljoin(self.at, self.button[2] or urlsplit(self.at).path)

    @property
    def kind(self) -> str:
        name, value, _ = self.button
        said = "" if _ID.fullmatch(value) else f" {name}={value}"
        return f"{self.form.method} {kind_of(self.to)}{said} {sorted(self.form.inputs)}"

    def untouched(self) -> Data:
        found: Data = {}
        for name, value in self.form.fields:
            found.setdefault(name, []).append(value)
        name, value, _ = self.button
        if name:
            found[name] = [value]
        return found

    def filled(self, today: date, otherwise: Collection[str] = ()) -> Data:
        """With something in what is empty; ``otherwise`` names what is empty then, or another."""
        data = self.untouched()
        for name, one in self.form.inputs.items():
            if one.kind != "file" and any(data.get(name, ())) == (name in otherwise):
                data[name] = typed(one, today)
        return data

    def nasty(self) -> Iterator[tuple[str, Data]]:
        """Kinds of what should not come, each with the fields."""
        free = [one for one in self.form.inputs.values() if not one.values]
        chosen = [one for one in self.form.inputs.values() if one.values]
        data = self.untouched()
        if free:
            yield "nothing", {**data, **{one.name: [""] for one in free}}
            yield "too much", {**data, **{one.name: ["wide " * 4_000] for one in free}}
            yield "odd signs", {**data, **{one.name: ["\x00\u202e<b>'\"%s{x}"] for one in free}}
        if chosen:
            yield "none chosen", {k: v for k, v in data.items() if k not in self.form.inputs}
            yield "no option", {**data, **{one.name: ["no-such-option"] for one in chosen}}
        hidden = [name for name in data if name not in self.form.inputs and name != "csrf"]
        for number, name in enumerate(hidden):
            for other, value in enumerate(("", str(uuid4()), "9" * 400)):
                if (number - other) % 3 == 0:
                    yield f"{value[:9]!r} in {name}", {**data, name: [value]}


CERTAIN = {
    "value": "92",
    "begins": "15:30",
    "ends": "16:30",
    "addresses": "naomi.whitehorse@schools.example.org",
    "owners": f"1.1 {OFFICE}",
    "to": CHAIR,
    "score": "3.5",
}
"""What inputs for text take that take no text at all."""


def school_day(today: date) -> date:
    """In two weeks or so."""
    return next(day for n in range(12, 15) if (day := today + timedelta(days=n)).isoweekday() < 6)


def typed(one: Input, today: date) -> list[str]:
    """What somebody puts into an input that is empty."""
    if one.values:
        return [next((value for value in one.values if value), "")]
    if one.name in CERTAIN:
        return [CERTAIN[one.name]]
    match one.kind:
        case "date":
            return [one.most or school_day(today).isoformat()]
        case "time":
            return ["10:00"]
        case "number":
            return [one.least or "1"]
        case "email":
            return ["naomi.whitehorse@schools.example.org"]
        case "textarea":
            return ["The access points in the gym are replaced before the spring tests."]
        case _:
            if one.name.startswith("choice_"):  # no two are the same
                return [f"Wi-Fi in the gym, {one.name}"]
            return ["4"] if "number" in one.name or one.name == "target" else ["Wi-Fi in the gym"]


@dataclass(kw_only=True)
class Visitor:
    """One persona with a browser. ``done`` and ``nasty_done`` are the kinds of forms that were sent
    as a person would, and with what should not come. ``read``: how far the log was looked at."""

    client: httpx.AsyncClient
    log: Log
    today: date
    done: set[str]
    nasty_done: set[str]
    read: int
    wrong: list[str] = field(default_factory=list)

    async def get(self, path: str) -> httpx.Response:
        answer = await self.client.get(path, follow_redirects=True)
        self.look(f"GET {path}", answer)
        return answer

    def look(self, what: str, answer: httpx.Response) -> None:
        if answer.status_code >= 500:
            self.wrong.append(f"{what}: {answer.status_code}")
        self.log.written.seek(self.read)
        for line in self.log.written:
            if '"level": "error"' in line or "Traceback" in line:
                self.wrong.append(f"{what}: {line[-800:]}")
        self.read = self.log.written.tell()

    async def walk(self, start: str) -> list[Press]:
        """Every page that links lead to, one of each kind; the buttons there."""
        seen: set[str] = set()
        often: set[str] = set()
        waiting, found, source = [start], [], {start: ""}
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(path)
            if path in seen or kind in often:
                continue
            seen.add(path)
            often.add(kind)
            answer = await self.get(path)
            unfinished = answer.status_code == 422 and kind.endswith("/preview")  # and says so
            if answer.status_code != 200 and not unfinished:
                self.wrong.append(f"GET {path} from {source[path]}: {answer.status_code}")
            if "text/html" not in answer.headers["content-type"]:
                continue
            links = offered(answer.text).links
            there = [urljoin(path, one).partition("#")[0] for one in links]
            for one in there:
                source.setdefault(one, path)
            waiting += [one for one in there if one.startswith("/") and one != "/demo"]
            found += presses(path, answer.text)
        return found

    async def send(self, press: Press, data: Data) -> httpx.Response:
        answer = await self.sent(press, data)
        told = said(answer.text)
        stays = answer.status_code == 200 and press.form.method == "post"
        if stays and not any(one in press.kind or one in told for one in STAYS):
            self.wrong.append(f"{press.kind} cannot be opened again: {told[:150]}")
        return answer

    async def sent(self, press: Press, data: Data) -> httpx.Response:
        if press.form.method == "get":
            return await self.client.get(press.to, params=data)
        if "multipart" in press.form.encoding:
            parts = [(name, (None, value)) for name, values in data.items() for value in values]
            return await self.client.post(press.to, files=parts)
        return await self.client.post(press.to, data=data)

    async def press(self, press: Press) -> None:
        name = press.kind
        if name in self.done:
            return
        self.done.add(name)
        fresh = await self.again(press)
        if fresh is None:
            return
        press, before = fresh
        if name not in self.nasty_done:
            self.nasty_done.add(name)
            for how, data in press.nasty():
                answer = await self.send(press, data)
                self.look(f"{name} with {how}", answer)
                if answer.status_code >= 400:
                    self.clear(f"{name} with {how}", answer)
            await self.discard(press.at)
            fresh = await self.again(press)
            if fresh is None:
                return
            press, _ = fresh
        await self.as_a_person_would(press, before)

    async def again(self, press: Press) -> tuple[Press, str] | None:
        """The button as its page has it now, and the words there; None: it is gone meanwhile."""
        page = await self.get(press.at)
        now = (one for one in presses(press.at, page.text) if one.kind == press.kind)
        found = next(now, None)
        return (found, said(page.text)) if found else None

    async def discard(self, at: str) -> None:
        """Discard what the forms of a page kept of what was sent before."""
        page = await self.get(at)
        for one in presses(at, page.text):
            if one.to == DISCARD:
                answer = await self.send(one, one.untouched())
                self.look(f"{one.kind} of {at}", answer)

    async def as_a_person_would(self, press: Press, before: str) -> None:
        """Everything filled in; then as the form came; then otherwise where the answer says that
        something is wrong."""
        blank: set[str] = set()
        for at in range(TRIES):
            data = press.filled(self.today, blank)
            answer = await self.send(press, data)
            self.look(f"{press.kind} {data}", answer)
            told = said(answer.text)
            if answer.status_code != 422 or (NO_MORE in told and at) or TAKEN in told:
                break
            came = press.untouched()
            empty = {name for name in data if not any(came.get(name, ()))}
            blank = blank ^ wrong_in(answer.text) if at else empty
        if answer.status_code >= 400:
            if not any(one in told for one in (NO_MORE, NO_CODE, TAKEN, NO_FILE)):
                self.wrong.append(f"{press.at} {press.kind} {data}: {answer.status_code} {told}")
            return
        if answer.is_redirect:
            answer = await self.get(urljoin(press.to, answer.headers["location"]))
        if press.form.method == "post" and said(answer.text) == before:
            self.wrong.append(f"{press.kind} {data}: says nothing {answer.url}")
        again = await self.send(press, data)
        self.look(f"{press.kind} a second time", again)
        if again.status_code >= 400:
            self.clear(f"{press.kind} a second time", again)

    def clear(self, what: str, answer: httpx.Response) -> None:
        """An error is a page of ours, in words."""
        text = said(answer.text)
        vague = "We could not read that form" in text and what.endswith(FREE)
        if "text/html" not in answer.headers["content-type"] or not text or vague:
            self.wrong.append(f"{what}: {answer.status_code} {text[:200]}")


def presses(at: str, page: str) -> list[Press]:
    """All buttons of a page, but those after which one is somebody else."""
    found = [
        Press(at=at, form=form, button=button)
        for form in offered(page).forms
        for button in form.buttons or [("", "", form.action)]
    ]
    return [one for one in found if not _LEAVES.search(urlsplit(one.to).path)]


def wrong_in(page: str) -> set[str]:
    """The inputs beside which an error stands."""
    parts = page.split('class="field wrong"')[1:]
    return {name for part in parts for name in _NAME.findall(part.partition('class="field')[0])}


def said(page: str) -> str:
    """The words of a page's main part."""
    _, _, main = page.partition("<main")
    main = main.partition("</main>")[0].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


@pytest.fixture(autouse=True)
def database() -> None:
    """SQLite, as the demo has it."""


async def filled(core: Core) -> None:
    """A small town in the middle of its work."""
    await settle(staff=25)(core)
    town = Hall(core, MovableClock())
    await fill.ask(town)
    await fill.lead(town, await fill.say(town))
    for words in ("The projector in room 204 is dead", "The phone in room 7 is dead"):
        item = await town.unread(TEACHER, words)
        broken = replace(reading(words, "network"), needs_fixing=True)
        await core.dispatch.by_itself(FileReading(item_id=item, reading=broken))
    await town.ask(TEACHER, HandOverItem(item_id=item, contact=True))
    await fill.announce(town)
    await assess(town)


async def assess(town: Hall) -> None:
    """An open assessment with an answer in it, and a draft."""
    due = school_day(town.clock().date())
    owners = f"1.1 {TEACHER}\n1.2 {TEACHER}\n1.10 {ISO}\n2.1 {CHAIR}"
    which = await opened(town, owners, group="g2", due=due)
    await town.ask(TEACHER, answer(which, "1.2"))
    await begun(town, owners="", name="Spring", due=due)


@asynccontextmanager
async def demo(
    folder: Path, prepare: Callable[[Core], Awaitable[None]]
) -> AsyncIterator[tuple[House, str]]:
    """The demo as it is served, and where; its help desk is called there, too."""
    settings = load_settings(database_url=f"sqlite:///{folder / 'demo.sqlite3'}", port=0)
    async with listening(settings) as (bound, at):
        url = f"http://127.0.0.1:{at.port}"
        more = {"help_desk_webhook": url + HELP_DESK, "help_desk_secret": SecretStr("s" * 32)}
        at = at.model_copy(update=more)
        async with open_house(
            at, demo=True, personas=_personas, follow=follow, prepare=prepare
        ) as house:
            server = uvicorn.Server(server_config(application(house)))
            serving = asyncio.create_task(server._serve([bound]))
            try:
                yield house, url
            finally:
                server.should_exit = True
                await serving


@asynccontextmanager
async def browser_at(url: str, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    html = {"accept": "text/html"}
    async with httpx.AsyncClient(base_url=url, headers=html, trust_env=False, **more) as client:
        yield client


async def visit_all(house: House, url: str, log: Log) -> dict[str, list[str]]:
    """What went wrong, by whom it happened to. Each form is sent by the first who comes to it."""
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    nasty_done: set[str] = set()
    guests = [(one.what, str(one.person), "/") for one in await _personas(house.core)]
    for who, person, start in [*guests, ("The help desk", "", "/demo/help-desk")]:
        async with browser_at(url) as client:
            if person:
                door = offered((await client.get("/demo")).text).form("/demo/become")
                chosen = {**door.data, "person": person, "next": "/"}
                assert (await client.post("/demo/become", data=chosen)).status_code == 303
            visitor = Visitor(
                client=client,
                log=log,
                today=house.core.now().date(),
                done=done,
                nasty_done=nasty_done,
                read=log.written.tell(),
            )
            for _ in range(ROUNDS):
                for press in await visitor.walk(start):
                    await visitor.press(press)
            if visitor.wrong:
                found[who] = visitor.wrong
    assert any("post /help-desk/…" in kind for kind in done), "the help desk gave no number"
    assert any("/hand-over" in kind for kind in done), "nobody was offered the help desk"
    for one in ("assess|", "review|", "name-owners|", "close-assessment|"):
        pressed = any(f"post /do/{one}" in kind for kind in done)
        assert pressed, f"nobody pressed {one}: {sorted(done)}"
    return found


async def test_every_form_is_answered_and_every_page_of_every_persona(
    tmp_path: Path, log: Log
) -> None:
    async with demo(tmp_path, filled) as (house, url):
        wrong = await visit_all(house, url, log)
    assert not wrong, json.dumps(wrong, indent=1)[:6000]
