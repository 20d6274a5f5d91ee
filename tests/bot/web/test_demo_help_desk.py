"""The demo's help desk: somebody to be, and the tickets as they come."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from bot.help_desk.webhook import _body
from bot.web.demo_help_desk import PATH
from governance.help_desk.model import Ticket
from tests.bot.web.site import stand, visitor

TICKET = Ticket(
    item_id=UUID(int=1),
    redacted="The projector <b>hums</b>",
    building="Maple Elementary",
    room="room 12",
    received_at=datetime(2026, 11, 27, 16, tzinfo=UTC),
)


def sent(**more: Any) -> bytes:
    return json.dumps(_body(TICKET, "1", "http://testserver/help-desk/token") | more).encode()


async def test_the_help_desk_can_be_looked_at_and_shows_what_was_handed_over() -> None:
    async with visitor(stand(demo=True).app) as client:
        assert 'href="/demo/help-desk"' in (await client.get("/demo")).text
        assert "No tickets yet." in (await client.get("/demo/help-desk")).text
        for _ in range(2):  # sent again it is the same ticket
            assert (await client.post(PATH, content=sent())).status_code == 201
        page = (await client.get("/demo/help-desk")).text
        assert page.count("To be fixed: Maple Elementary, room 12") == 1
        assert "The projector &lt;b&gt;hums&lt;/b&gt;" in page
        assert "The author did not share their name." in unescape(page)
        assert 'href="/help-desk/token"' in page
        contact = {"name": "Ada Reyes", "email": "ada@example.org"}
        assert (await client.post(PATH, content=sent(contact=contact))).status_code == 201
        assert "Ada Reyes, ada@example.org" in (await client.get("/demo/help-desk")).text


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", sent(received_at="soon"), sent(contact="Ada")])
async def test_what_is_no_ticket_is_refused(body: bytes) -> None:
    async with visitor(stand(demo=True).app) as client:
        assert (await client.post(PATH, content=body)).status_code == 400
        assert "No tickets yet." in (await client.get("/demo/help-desk")).text


async def test_it_is_in_the_demo_alone() -> None:
    async with visitor(stand().app) as client:
        assert (await client.get("/demo/help-desk")).status_code == 404
        assert (await client.post(PATH, content=sent())).status_code == 404
