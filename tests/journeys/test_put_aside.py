"""An item that can wait is put aside in Slack, in Teams and on the web, and brought back."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.school_calendar import Calendar
from tests.journeys.running import Running, running, until
from tests.journeys.test_pages_that_depend import hand_in, sign_in
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.test_web import briefed
from tests.journeys.town import CHAIR, TEACHER, settle
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("quick_reader")

SAID = "The wifi in the portables drops every afternoon, again"
WHY = "The access points arrive that week."


def later(service: Running) -> date:
    return Calendar().school_day_after(service.clock().date(), 4)


def weekend(service: Running) -> date:
    day = later(service)
    return date.fromordinal(day.toordinal() + 5 - day.weekday())


async def _soon(value: Any) -> Any:
    return value


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_an_item_is_put_aside_and_brought_back(tmp_path: Path) -> None:
    async with in_slack(tmp_path, []) as place:
        slack, users, network = place.slack, place.users, place.channels["network"]
        await slack.dm(users[TEACHER], SAID)
        brief = await place.message(network, SAID[:30])
        await slack.click(users[CHAIR], brief, "Put aside until…")
        assert await until(lambda: _soon(slack.modal(users[CHAIR])))
        form = slack.modal(users[CHAIR])
        assert form is not None
        assert "comes back by itself" in texts(form)
        fields = {"until": weekend(place.service).isoformat(), "why": WHY}
        refused = await slack.submit(users[CHAIR], fields)
        assert "This is a weekend." in refused.text
        fields = {"until": later(place.service).isoformat(), "why": WHY}
        await slack.submit(users[CHAIR], fields)
        aside = await place.message(network, WHY)
        before = len(slack.from_app(network))
        await slack.click(users[CHAIR], aside, "Bring back now")

        async def back() -> bool:
            shown = [texts(one) for one in slack.from_app(network)]
            return not [one for one in shown if WHY in one]

        assert await until(back)
        assert len(slack.from_app(network)) == before, "no new message goes out"


async def test_in_teams_an_item_is_put_aside_and_brought_back(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        teams = place.teams
        author, chair = await place.join(TEACHER), await place.join(CHAIR)
        await teams.say(author, SAID)
        brief = await place.message(place.channels["network"], SAID[:30])
        form = await teams.execute(chair, brief, "Put aside until…")
        fields = {"field.until": weekend(place.service).isoformat(), "field.why": WHY}
        again = await teams.execute(chair, form.card, "Put this aside", fields)
        assert "This is a weekend." in again.text
        fields["field.until"] = later(place.service).isoformat()
        aside = await teams.execute(chair, again.card, "Put this aside", fields)
        assert WHY in aside.text
        back = await teams.execute(chair, aside.card, "Bring back now")
        assert WHY not in back.text


async def test_on_the_web_an_item_is_put_aside_named_and_brought_back(tmp_path: Path) -> None:
    async with running(tmp_path, settle()) as service:
        async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
            await sign_in(web, await service.signin_url(TEACHER))
            form = (await web.get("/feedback")).text
            hidden = dict(re.findall(r'name="(csrf|item_id)" value="([^"]*)"', form))
            await web.post("/feedback", data={**hidden, "text": SAID})
        await until(lambda: briefed(service, "network"))
        async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as web:
            await sign_in(web, await service.signin_url(CHAIR))
            docket = (await web.get("/committees/network")).text
            tick = re.search(r'name="items" value="([^"]+)"', docket)
            assert tick
            docket = (await web.get(f"/committees/network?item={tick[1]}")).text
            assert ways(docket, "Put aside until…"), "it stands beside the list"

            form = ways(docket, "Put aside until…")
            again = await hand_in(
                web,
                form,
                at=form.replace("-form", ""),
                until=weekend(service).isoformat(),
                why=WHY,
            )
            assert again.status_code == 422
            assert "This is a weekend. Choose a school day." in again.text
            assert WHY in html.unescape(again.text)
            done = await hand_in(
                web, form, at=form.replace("-form", ""), until=later(service).isoformat(), why=WHY
            )
            assert "0 items are open. 1 is put aside." in done.text
            listed = (await web.get(f"/committees/network?state=aside&item={tick[1]}")).text
            assert WHY in listed

            form = ways(listed, "Edit the subject")
            named = await hand_in(web, form, at=form.replace("-form", ""), subject="Portables")
            assert "Subject saved." in named.text
            listed = (await web.get("/committees/network?state=aside")).text
            assert re.search(r'<th scope="row"><a [^>]*>Portables</a>', listed)

            undone = await press(web, named, "/do/undo-change")
            assert "Undone. Everything is as it was before." in undone.text
            listed = (await web.get("/committees/network?state=aside")).text
            assert ">Portables</a>" not in listed
            late = await press(web, named, "/do/undo-change")
            assert late.status_code == 403
            assert "It is too late to undo this." in late.text

            opened = (await web.get(f"/committees/network?state=aside&item={tick[1]}")).text
            token = re.search(r'action="(/do/bring-back[^"]*)"', opened)
            assert token
            back = await hand_in(web, "/committees/network", at=token[1])
            assert "1 item is open." in back.text
            assert "It is back on the open list." in back.text

            listed = (await web.get("/committees/network")).text
            tick = re.search(r'name="items" value="([^"]+)"', listed)
            assert tick
            none = await web.get("/committees/network/together?do=assign")
            assert "No message was selected. Check the box in front of each message" in none.text
            some = f"/committees/network/together?do=aside&items={tick[1]}"
            assert "Put these messages aside" in (await web.get(some)).text
            fields = {"items": tick[1], "until": later(service).isoformat(), "why": WHY}
            aside = await hand_in(web, some, at="/do/put-aside-together|network", **fields)
            assert "1 message is put aside until" in aside.text
            undone = await press(web, aside, "/do/undo-change")
            assert "Undone." in undone.text
            assert "1 item is open." in undone.text

            kept = (await web.get("/committees/network/saved-answers")).text
            form = ways(kept, "Save an answer")
            at = form.replace("-form", "")
            saved = await hand_in(web, form, at=at, title="Portables", text="Soon, I promise.")
            assert "Answer saved." in saved.text
            form = f"/do/answer-form|{tick[1]}"
            assert ">Portables</option>" in (await web.get(form)).text
            answer = re.search(r'<option value="([^"]+)">Portables<', (await web.get(form)).text)
            assert answer
            fields = {"saved": answer[1], "text": "Dear colleague,"}
            filled = await hand_in(web, form, at=f"/do/fill-answer|{tick[1]}", **fields)
            assert filled.status_code == 200
            assert "Dear colleague,\n\nSoon, I promise.</textarea>" in filled.text
            fields = {"saved": "", "text": "Dear colleague,"}
            empty = await hand_in(web, form, at=f"/do/fill-answer|{tick[1]}", **fields)
            assert "Choose a saved answer." in empty.text
            assert "Dear colleague,</textarea>" in empty.text
            assert "1 item is open." in (await web.get("/committees/network")).text


async def press(web: httpx.AsyncClient, page: httpx.Response, at: str) -> httpx.Response:
    """Press the button of a page that leads to an address that begins so."""
    button = re.search(
        rf'action="({at}[^"]*)">\s*<input type="hidden" name="csrf" value="([^"]*)"', page.text
    )
    assert button, page.text
    return await web.post(html.unescape(button[1]), data={"csrf": button[2]})


def ways(page: str, label: str) -> str:
    found = re.search(rf'href="(/do/[^"]*)">{label}<', page)
    return html.unescape(found[1]) if found else ""
