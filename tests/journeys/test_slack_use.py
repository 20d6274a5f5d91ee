"""What a person does in Slack beside writing to the bot: menus, taps and words."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest

from tests.journeys.running import Running, until
from tests.journeys.test_slack import STAFF, Place, in_slack
from tests.journeys.town import CHAIR, TEACHER
from tests.journeys.trips import PULSE, launch
from tests.stand_ins.slack import texts
from tests.stand_ins.slack_world import throttled


@pytest.mark.prove
async def test_a_message_of_a_colleague_is_told_without_their_name(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, speaker = place.slack, place.users[TEACHER]
        room = slack.add_channel("staff-room", member=False)
        colleague = slack.add_user("pia.lund@district.example.org", name="Pia Lund")
        message = slack.said(colleague, room, "The wifi in the portables drops every afternoon")

        await slack.message_shortcut(speaker, message)
        modal = await until(lambda: _modal(place, speaker))
        assert "We don’t pass on who wrote it" in texts(modal)
        await slack.submit(speaker)
        assert "We have your message." in texts(slack.modal(speaker) or {})
        (item,) = await place.service.core.store.read(lambda tx: tx.unread_items())
        kept = await place.service.core.store.read(lambda tx: tx.original(item))
        assert kept == "The wifi in the portables drops every afternoon"


async def test_the_bots_own_message_is_not_sent_on_and_a_chair_asks_for_the_docket(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, chair = place.slack, place.users[CHAIR]
        await slack.dm(chair, "help")
        await slack.message_shortcut(chair, await place.message(chair, "You sit on"))
        refused = await place.message(chair, "I wrote that message")
        assert "in your own words" in texts(refused)
        await slack.command(chair, "docket")
        assert "0 items are open" in texts(slack.ephemeral(chair)[-1])


async def test_where_slack_opens_no_form_its_link_signs_in_and_leads_to_the_survey(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, user = place.slack, place.users[STAFF[0]]
        wave = await launch(place.service, STAFF[:1], "technology-priorities")
        invitation = await place.message(user, "Technology priorities")
        slack.fail("views.open", throttled(30))
        await slack.click(user, invitation, "Answer")
        aside = await until(lambda: _aside(place, user))
        (url,) = set(re.findall(r"https?://[^' ]+/signin[^' ]+", str(aside["blocks"])))
        async with httpx.AsyncClient(base_url=place.service.url, follow_redirects=True) as web:
            button = await web.get(urlsplit(url).path + "?" + urlsplit(url).query)
            fields = dict(re.findall(r'name="(csrf|token|next)" value="([^"]*)"', button.text))
            page = await web.post("/signin", data=fields)
            assert page.url.path == f"/surveys/{wave}"
            assert "Wi-Fi" in page.text


async def _aside(place: Place, user: str) -> dict[str, Any] | None:
    return next(iter(place.slack.ephemeral(user)), None)


async def test_a_pulse_of_one_question_is_answered_with_one_tap_and_changed(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, STAFF[:2]) as place:
        slack, service, user = place.slack, place.service, place.users[STAFF[0]]
        wave = await launch(service, STAFF[:2], only_first=True)
        asked = deepcopy(await place.message(user, PULSE))
        tapped = next(b for b in asked["blocks"] if b["type"] == "actions")["elements"]
        assert len(tapped) == 5
        await slack.click(user, asked, tapped[1]["text"]["text"])
        kept = await place.message(user, "are saved")
        assert await _answers(service, wave) == {"week": 2}
        await slack.click(user, asked, tapped[3]["text"]["text"])
        assert await place.message(user, "change is saved")
        assert await _answers(service, wave) == {"week": 4}
        await slack.click(user, kept, "Change my answers")
        modal = await until(lambda: _modal(place, user))
        assert "initial_option" in str(modal), "the form begins with what was said"


async def _answers(service: Running, wave: UUID) -> object:
    person = await service.core.store.read(lambda tx: tx.person_by_email(STAFF[0]))
    assert person is not None
    response = await service.core.store.read(lambda tx: tx.response(wave, person.id))
    return dict(response.answers) if response else None


async def _modal(place: Place, user: str) -> dict[str, object] | None:
    return place.slack.modal(user)
