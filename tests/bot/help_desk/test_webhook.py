"""The help desk's webhook: one address, signed, and honest about what became of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.app.settings import SettingsError, load_settings
from bot.help_desk import webhook as room
from bot.help_desk.tokens import TicketLinks
from bot.help_desk.webhook import Webhook
from governance.delivery_reasons import DeliveryReason
from governance.help_desk.model import Ticket
from scheduler.ports import Away, Failed, Result, Sent, Throttled, Unknown
from tests.stand_ins.help_desk import SECRET, TOKEN, HelpDeskStandIn, help_desk_stand_in

AT = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
ITEM = UUID("1c1f5e52-6c1e-4a51-9d55-0a4b8f1f7a02")
TICKET = Ticket(
    item_id=ITEM,
    redacted="The projector is dead.",
    building="North High",
    room="room 204",
    received_at=AT,
)
Answer = tuple[int, dict[str, str], str]


async def sent_to(desk: HelpDeskStandIn, ticket: Ticket = TICKET) -> Result:
    webhook = Webhook(desk.url, TOKEN, SECRET.encode(), lambda: AT)
    try:
        return await webhook.send(ticket, "key-1", "https://board.example.org/help-desk/x")
    finally:
        await webhook.close()


async def test_what_it_gets_is_signed_and_holds_what_was_agreed_to() -> None:
    async with help_desk_stand_in() as desk:
        assert await sent_to(desk) == Sent(reference="INC-4711")
    (got,) = desk.received
    assert got.is_signed
    assert got.headers["authorization"] == f"Bearer {TOKEN}"
    assert got.headers["idempotency-key"] == "key-1"
    assert got.json == {
        "id": "key-1",
        "text": "The projector is dead.",
        "building": "North High",
        "room": "room 204",
        "contact": None,
        "received_at": "2026-11-30T15:00:00+00:00",
        "number_page": "https://board.example.org/help-desk/x",
    }


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ((200, {}, '{"number": 4711}'), Sent(reference="4711")),
        ((202, {}, ""), Sent(reference="")),
        ((200, {}, "thanks"), Sent(reference="")),
        ((200, {}, '{"number": {"x": 1}}'), Sent(reference="")),
        ((200, {}, '{"number": "' + "9" * 70_000 + '"}'), Sent(reference="")),
        ((429, {"Retry-After": "7"}, ""), Throttled(seconds=7)),
        ((400, {}, ""), Failed(why=DeliveryReason.DESK_REFUSED.about("400"))),
        (
            (302, {"Location": "http://169.254.169.254/latest"}, ""),
            Failed(why=DeliveryReason.DESK_REFUSED.about("302")),
        ),
        ((503, {}, ""), Unknown(why=DeliveryReason.DESK_FAULT.about("503"))),
    ],
)
async def test_each_answer_means_what_it_says(answer: Answer, result: Result) -> None:
    async with help_desk_stand_in() as desk:
        desk.answer = answer
        assert await sent_to(desk) == result
        assert [one.path for one in desk.received] == ["/tickets"], "it went nowhere else"


async def test_without_an_answer_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SECONDS", 0.3)
    async with help_desk_stand_in() as desk:
        desk.answer = None
        assert isinstance(await sent_to(desk), Unknown)
    assert len(desk.received) == 1


async def test_what_cannot_be_reached_waits() -> None:
    async with help_desk_stand_in() as desk:
        gone = HelpDeskStandIn(port=desk.port)
    assert isinstance(await sent_to(gone), Away)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"help_desk_webhook": "http://desk.example.org/in"}, "https"),
        ({"help_desk_webhook": "https://user:pw@desk.example.org/in"}, "password"),
        ({"help_desk_webhook": "https://desk.example.org/in"}, "HELP_DESK_SECRET"),
        ({"help_desk_email": "desk@example.org"}, "SMTP_HOST"),
        (
            {
                "help_desk_email": "desk@example.org",
                "help_desk_webhook": "https://desk.example.org/in",
            },
            "Not both",
        ),
    ],
)
def test_settings_that_would_not_do_are_refused(given: dict[str, str], why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        load_settings(**given)


def test_a_link_for_the_number_is_about_one_item_for_a_while() -> None:
    now = [AT]

    async def note(item: UUID, number: str) -> None:
        raise AssertionError(f"{item} {number}")

    links = TicketLinks(b"k" * 32, lambda: now[0], note)
    token = links.token(ITEM)
    assert links.item_of(token) == ITEM
    assert links.item_of(token.replace("1c1f", "2c1f")) is None
    assert links.item_of("") is None
    assert links.item_of("x.y.z") is None
    assert TicketLinks(b"j" * 32, lambda: now[0], note).item_of(token) is None
    now[0] += timedelta(days=61)
    assert links.item_of(token) is None
