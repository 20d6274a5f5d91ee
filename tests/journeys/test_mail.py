"""Somebody who has the web only: told by mail, comes in by mail, and answers."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from bot.jobs import link_desk
from bot.web.render_card import at as do
from governance.delivery_reasons import DeliveryReason
from governance.docket.commands import AnswerItem, FileReading, GiveFeedback, ShowAnswerForm
from governance.feedback.handlers import file_reading, give_feedback
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.survey import Participation
from tests.attacks.hall import reading
from tests.attacks.visiting import signed_in, stranger
from tests.journeys.logged import Log
from tests.journeys.running import Running, running, until
from tests.journeys.town import CHAIR, TEACHER, person, settle
from tests.journeys.trips import launch
from tests.stand_ins.mail import Arrived, MailStandIn, mail_stand_in

STRANGER = "nobody@elsewhere.example.org"


class Town:
    """A running service with a mail server behind it."""

    def __init__(self, service: Running, mail: MailStandIn) -> None:
        self.service = service
        self.mail = mail

    async def arrives(self, to: str, count: int = 1) -> list[Arrived]:
        async def enough() -> list[Arrived]:
            return found if len(found := self.mail.to(to)) >= count else []

        found: list[Arrived] = await until(enough)
        return found

    async def row(self, kind: str, email: str) -> tuple[str, str, str | None, str | None]:
        """A delivery's lane, state, reference and why."""
        who = await person(self.service.core, email)
        columns = delivery.c.lane, delivery.c.state, delivery.c.reference, delivery.c.why
        wanted = select(*columns).where(delivery.c.person_id == who.id, delivery.c.kind == kind)
        return await self.service.core.store.read(
            lambda tx: tuple(tx.connection.execute(wanted).one())  # type: ignore[return-value]
        )


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with mail_stand_in() as mail:
        settings = {
            "smtp_host": "127.0.0.1",
            "smtp_port": mail.port,
            "mail_from": "sounding-board@schools.example.org",
            "mail_reply_to": "helpdesk@schools.example.org",
            "mail_per_second": 100,
        }
        async with running(tmp_path, settle(staff=5), **settings) as service:
            yield Town(service, mail)


async def fields(page: httpx.Response) -> dict[str, str]:
    found = re.findall(r'name="(csrf|token|next|asked)" value="([^"]*)"', page.text)
    return {name: html.unescape(value) for name, value in found}


async def ask(client: httpx.AsyncClient, email: str, page: str = "/signin") -> httpx.Response:
    """Ask for a link on the page that a stranger is shown."""
    form = await fields(await client.get(page))
    return await client.post("/signin/link", data={**form, "email": email})


async def said_and_read(town: Town) -> UUID:
    """Feedback of the teacher's, read as being for the network, in one transaction: nothing waits
    for the language process, which takes seconds to start."""
    core, said = town.service.core, "The wifi in the portables drops every afternoon, again"
    author = await person(core, TEACHER)
    give = GiveFeedback(item_id=uuid4(), text=said)
    read = FileReading(item_id=give.item_id, reading=reading(said, "network"))

    def work(tx: Transaction) -> None:
        give_feedback(tx, author, give, core.now())
        file_reading(tx, read, core.now())

    await core.store.write(work)
    core.ears.pump()
    return give.item_id


async def test_a_teacher_is_asked_by_mail_comes_in_by_mail_and_answers(town: Town) -> None:
    service = town.service
    wave = await launch(service, [TEACHER])
    (asked,) = await town.arrives(TEACHER)
    assert asked.mail["Subject"] == "Weekly technology pulse"
    lane, state, reference, _ = await until(lambda: _settled(town, "invitation"))
    assert (lane, state, reference) == ("web:mail", "sent", str(asked.mail["Message-ID"]))

    async with stranger(service) as client:
        link, _ = asked.links  # and one to how answers are protected
        path = urlsplit(link).path
        assert path == f"/surveys/{wave}"
        refused = await client.get(path)
        assert refused.status_code == 401
        assert "Email me a link" in refused.text
        answer = await ask(client, TEACHER.upper(), path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/signin/sent")
        _, signin = await town.arrives(TEACHER, 2)
        (link,) = signin.links
        assert parse_qs(urlsplit(link).query)["next"] == [path]

        page = await client.get(link)
        form = await fields(page)
        into = await client.post("/signin", data=form)
        assert (into.status_code, into.headers["location"]) == (303, path)
        assert (await client.get(link)).status_code == 200, "looking uses nothing up"
        again = await client.post("/signin", data={**await fields(await client.get(link))})
        assert again.status_code == 410, "it works once"

        shown = await client.get(path)
        asks = {"csrf": (await fields(shown))["csrf"], "asked": ["week", "help", "note"]}
        done = await client.post(f"{path}/0", data={**asks, "week": "2", "help": "late"})
        assert done.status_code == 303, done.text
    who = await person(service.core, TEACHER)
    answered = await service.core.store.read(lambda tx: tx.participation(wave, who.id))
    assert answered is Participation.ANSWERED


async def _settled(town: Town, kind: str) -> tuple[str, str, str | None, str | None] | None:
    row = await town.row(kind, TEACHER)
    return row if row[1] not in ("queued", "leased") else None


async def test_the_page_shows_it_whatever_the_mail_server_does(town: Town) -> None:
    service = town.service
    town.mail.refuses[TEACHER] = "550 5.1.1 No such user"
    await launch(service, [TEACHER])
    lane, state, _, why = await until(lambda: _settled(town, "invitation"))
    assert (lane, state) == ("web:mail", "unreachable")
    assert why == DeliveryReason.MAIL_NOT_KNOWN
    async with signed_in(service, TEACHER) as client:
        page = await client.get("/")
        assert "Weekly technology pulse" in page.text


@pytest.mark.prove_on_postgres("what a worker finds, on a replica's page")
async def test_while_the_mail_server_is_away_the_page_shows_it_and_briefs_do_not_wait(
    town: Town, log: Log
) -> None:
    service = town.service
    town.mail.to_mail = ["421 4.3.2 Shutting down"] * 50
    await launch(service, [TEACHER])
    await until(lambda: _throttled(log))
    async with signed_in(service, TEACHER) as client:
        page = await client.get("/")
        assert "Weekly technology pulse" in page.text
    await said_and_read(town)
    briefed = await until(lambda: _delivered(log, "brief"))
    assert briefed[0]["outcome"] == "sent"
    assert (await town.row("invitation", TEACHER))[1] == "queued"


async def _throttled(log: Log) -> list[object]:
    return list(log.lines(event="delivered", outcome="throttled"))


async def _delivered(log: Log, kind: str) -> list[dict[str, str]]:
    return log.lines(event="delivered", kind=kind)


async def test_the_answer_to_feedback_is_not_in_the_mail(town: Town, log: Log) -> None:
    service = town.service
    item = await said_and_read(town)
    await until(lambda: _delivered(log, "brief"))
    async with signed_in(service, CHAIR) as client:
        form = await fields(await client.get(do(ShowAnswerForm(item_id=item))))
        words = "New access points arrive in March."
        sends = do(AnswerItem(item_id=item, text=""))
        await client.post(sends, data={"csrf": form["csrf"], "text": words})
    (mail,) = await town.arrives(TEACHER)
    assert "There is an answer to what you told us." in mail.text
    for private in ("wifi", "portables", "access points", "Nikolai", "Network"):
        assert private not in mail.text + mail.html
    assert mail.mail["Subject"] == "Something is waiting for you"


async def test_whether_an_address_is_known_is_told_to_nobody(town: Town) -> None:
    answers = []
    for email in (TEACHER, STRANGER):
        async with stranger(town.service) as client:
            answer = await ask(client, email)
            shown = await client.get(answer.headers["location"])
            answers.append((answer.status_code, answer.headers["location"], shown.text))
    assert answers[0] == answers[1]
    await town.arrives(TEACHER)
    assert town.mail.to(STRANGER) == []


async def test_three_links_an_hour_are_mailed_to_an_address(town: Town) -> None:
    async with stranger(town.service) as client:
        for _ in range(5):
            assert (await ask(client, TEACHER)).status_code == 303
        await town.arrives(TEACHER, 3)
        town.service.clock.forward(minutes=61)
        assert (await ask(client, TEACHER)).status_code == 303
        await town.arrives(TEACHER, 4)
    assert len(town.mail.to(TEACHER)) == 4


async def test_so_many_links_an_hour_are_asked_for_from_a_network_address(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_desk, "PER_NETWORK", 20)
    async with stranger(town.service) as client:
        for number in range(link_desk.PER_NETWORK):
            assert (await ask(client, f"a{number}@b.example.org")).status_code == 303
        answer = await ask(client, TEACHER)
    assert answer.status_code == 429
    assert "Try again in an hour" in answer.text
    await asyncio.sleep(0)
    assert town.mail.arrived == []


async def test_a_link_leads_to_no_other_site_and_another_sites_form_asks_for_none(
    town: Town,
) -> None:
    async with stranger(town.service) as client:
        form = await fields(await client.get("/signin"))
        data = {"csrf": form["csrf"], "email": TEACHER, "next": "//evil.example"}
        assert (await client.post("/signin/link", data=data)).status_code == 303
        (mail,) = await town.arrives(TEACHER)
        assert parse_qs(urlsplit(mail.links[0]).query)["next"] == ["/"]
        forged = await client.post("/signin/link", data={**data, "csrf": "guess"})
        assert forged.status_code == 403
    assert len(town.mail.arrived) == 1


async def test_what_is_no_address_is_said_beside_the_field(town: Town) -> None:
    async with stranger(town.service) as client:
        for typed in ("", "maria", "a@b@c", "a b@c"):
            answer = await ask(client, typed)
            assert answer.status_code == 422, typed
            assert "Enter your work email address" in answer.text


async def test_without_a_mail_server_nobody_can_ask(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        async with stranger(service) as client:
            assert "Email me a link" not in (await client.get("/")).text
        async with signed_in(service, TEACHER) as client:
            form = await fields(await client.get("/feedback"))
            answer = await client.post("/signin/link", data={**form, "email": TEACHER})
            assert answer.status_code == 404
