"""An announcement is written on the web in three steps: what was typed is kept between them, and
what does not fit is named on the step where it is put right."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.engine import Engine

from bot.cards import card_of
from bot.registry import decode, encode
from bot.web.composing.steps import Step, of_trouble
from core.cards import Card
from core.lists import ListRequest
from core.people import Audience, Level, Role
from core.words import Words
from governance.announcements.asked import LIMITS, REQUIRED, by_name
from governance.announcements.checked import state_of
from governance.announcements.commands import CheckAnnouncement, SendUrgent, WriteAnnouncement
from governance.announcements.model import Announcement, AnnouncementFilter, AnnouncementState
from governance.forms.commands import Open
from governance.lessons.commands import QUESTION
from governance.messages import AnnouncementDrafted, AnnouncementScheduled
from storage.tables import person
from tests.attacks.hall import Hall, hall
from tests.bot.web.reading import offered
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_announcing import TO_THREE, WORDS, notices, write
from tests.journeys.town import CTO, TEACHER

NEW = "/announcements/new"
ASKED = {
    "confirm": "answer",
    "question": "Where do you sign in?",
    "choice_1": "On the new page",
    "choice_2": "On the old page",
    "right": "1",
    "explanation": "The old page is gone.",
}
MOST_STATEMENTS = 25


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture
async def office(town: Hall) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(town, CTO) as client:
        yield client


def action_of(page: str) -> str:
    found = re.search(r'action="(/announcements/[0-9a-f-]{36}/edit)"', page)
    assert found is not None, "the page has the form"
    return found[1]


async def on(client: httpx.AsyncClient, page: str, do: str, **typed: object) -> httpx.Response:
    """Fill in the form of a page, press one of its buttons, and follow where it leads."""
    action = action_of(page)
    data = {**offered(page).form(action).data, **typed, "do": do}
    answer = await client.post(action, data=data)
    return await client.get(answer.headers["location"]) if answer.is_redirect else answer


async def first(client: httpx.AsyncClient) -> str:
    shown = await client.get(NEW)
    assert shown.status_code == 200
    return shown.text


async def drafts(town: Hall) -> list[Announcement]:
    """Those that came with no file."""
    asked = ListRequest(filter=AnnouncementFilter.DRAFT, sort="when")
    found, _ = await town.core.store.read(lambda tx: tx.announcements_listed(asked))
    return [one for one in found if one.key is None]


async def test_three_steps_keep_a_draft_and_one_button_sends_it(
    town: Hall, office: httpx.AsyncClient
) -> None:
    who = await first(office)
    what = await on(office, who, "what", roles=["teacher"], levels=["high"])
    assert what.status_code == 200
    assert 'aria-current="step"><span class="step-label">What it says' in what.text
    check = await on(office, what.text, "check", **WORDS, **{"title.es": "Otro inicio"}, **ASKED)
    assert 'aria-current="step"><span class="step-label">When, and check' in check.text
    (draft,) = await drafts(town)
    assert draft.audience == Audience(
        roles=frozenset({Role.TEACHER}), levels=frozenset({Level.HIGH})
    )
    assert draft.change.title.default == WORDS["title"]
    assert draft.change.title.translations == {"es": "Otro inicio"}
    assert draft.question is not None
    assert draft.question.choices[draft.question.right].default == "On the new page"
    assert check.text.count('class="primary"') == 1

    send = f"/announcements/{draft.id}/send"
    await office.post(send, data={**offered(check.text).form(send).data, "send": "go"})
    sent = await town.core.store.read(lambda tx: tx.announcement(draft.id))
    assert sent is not None
    assert sent.state is AnnouncementState.SENDING
    assert "unsent draft" not in await first(office), "the next one starts empty"


async def test_the_question_that_people_answer_has_a_step_of_its_own(
    town: Hall, office: httpx.AsyncClient
) -> None:
    what = await on(office, await first(office), "what", roles=["teacher"])
    assert "What they are asked</span>" not in what.text, "most announcements have none"
    asks = {"confirm": "answer"}
    page = await on(office, what.text, "question", **WORDS, **asks)
    assert page.status_code == 200
    assert 'aria-current="step"><span class="step-label">What they are asked' in page.text
    empty = await on(office, page.text, "check")
    assert empty.status_code == 422, "it is not sent without the question"
    assert 'href="#f-question"' in empty.text
    back = await on(office, page.text, "what", **{**ASKED, **asks})
    assert f'value="{WORDS["title"]}"' in back.text
    again = await on(office, back.text, "question")
    assert 'value="Where do you sign in?"' in again.text, "what was typed came along"
    check = await on(office, again.text, "check")
    assert 'aria-current="step"><span class="step-label">When, and check' in check.text
    (draft,) = await drafts(town)
    assert draft.question is not None
    assert draft.question.choices[draft.question.right].default == "On the new page"


async def test_what_changed_in_another_tab_after_the_check_is_not_sent(
    town: Hall, office: httpx.AsyncClient
) -> None:
    what = await on(office, await first(office), "what", roles=["teacher"])
    check = await on(office, what.text, "check", **WORDS)
    (draft,) = await drafts(town)
    everybody = replace(draft, audience=Audience(roles=frozenset({Role.TEACHER, Role.SUPPORT})))
    await town.core.store.write(lambda tx: tx.put_announcement(everybody))
    send = f"/announcements/{draft.id}/send"
    answer = await office.post(send, data={**offered(check.text).form(send).data, "send": "go"})
    assert answer.status_code == 422
    assert "was changed after you opened it: who gets it. It was not sent." in answer.text
    again = {**offered(answer.text).form(send).data, "send": "go"}
    assert (await office.post(send, data=again)).is_redirect, "it was checked again"
    sent = await town.core.store.read(lambda tx: tx.announcement(draft.id))
    assert sent is not None
    assert sent.state is AnnouncementState.SENDING


async def test_a_card_sends_what_was_checked_and_shows_what_changed_since(town: Hall) -> None:
    """In Slack and Teams, whose button carries what was checked; as urgent, too."""
    draft = await write(town, TO_THREE)

    async def checked() -> Card:
        return card_of(await town.ask(CTO, CheckAnnouncement(announcement_id=draft)), Words())

    async def change(what: str) -> None:
        await town.ask(
            CTO,
            WriteAnnouncement(
                announcement_id=draft, **by_name({**WORDS, "what": what}), due=date(2026, 10, 30)
            ),
        )

    old = await checked()
    await change("Tablets, and for each room.")
    urgent = next(
        one.command
        for one in old.presses
        if isinstance(one.command, Open) and isinstance(one.command.of, SendUrgent)
    )
    assert old.form is not None
    for command in (old.form.submit.command, urgent):
        shown = await town.ask(CTO, decode(encode(command)))
        assert isinstance(shown, AnnouncementDrafted)
        assert shown.changed == ("change", "due")
        drawn = str(card_of(shown, Words()).parts)
        assert "changed after you opened it: what it says and the day to confirm it by." in drawn
        assert "Tablets, and for each room." in drawn
    stored = await town.core.store.read(lambda tx: tx.announcement(draft))
    assert stored is not None
    assert stored.state is AnnouncementState.DRAFT
    again = card_of(shown, Words()).form
    assert again is not None
    assert isinstance(await town.ask(CTO, again.submit.command), AnnouncementScheduled)


async def test_what_becomes_urgent_was_checked(town: Hall) -> None:
    draft = await write(town, TO_THREE)
    opens = Open(of=SendUrgent(announcement_id=draft))
    unseen = await town.ask(CTO, opens)
    assert isinstance(unseen, AnnouncementDrafted), "an old button leads to the draft first"
    assert not unseen.changed
    urgent = replace(opens.of, checked=state_of(unseen.announcement))
    form = card_of(await town.ask(CTO, Open(of=urgent)), Words()).form
    assert form is not None
    other = {**WORDS, "title": "Other words"}
    await town.ask(CTO, WriteAnnouncement(announcement_id=draft, **by_name(other)))
    shown = await town.ask(CTO, form.submit.command)
    assert isinstance(shown, AnnouncementDrafted)
    assert shown.changed == ("change",)


async def test_the_count_is_of_everybody_who_gets_it(town: Hall, office: httpx.AsyncClient) -> None:
    chosen: dict[str, str | list[str]] = {"roles": ["teacher", "office"], "levels": "high"}
    page = await first(office)
    announcement = action_of(page).split("/")[2]
    counted = await office.get(f"/announcements/{announcement}/count", params=chosen)
    told = re.search(r"(\d+) (?:person|people)", counted.text)
    assert told is not None
    assert "<html" not in counted.text, "a part of the page"
    without_script = await on(office, page, "count", **chosen)
    assert told[0] in without_script.text.partition('id="reach-h"')[2]
    what = await on(office, without_script.text, "what")
    check = await on(office, what.text, "check", **WORDS)
    assert f"Reaches {told[0]}." in check.text
    send = f"/announcements/{announcement}/send"
    await office.post(send, data={**offered(check.text).form(send).data, "send": "go"})
    assert await notices(town, UUID(announcement)) == int(told[1]) > 0


async def test_what_a_file_says_of_single_people_is_counted_and_stays(
    town: Hall, office: httpx.AsyncClient
) -> None:
    draft = await write(town, TO_THREE)
    page = await office.get(f"/announcements/{draft}/edit")
    assert "3 people" in page.text.partition('id="reach-h"')[2]
    what = await on(office, page.text, "what")
    check = await on(office, what.text, "check")
    assert "Reaches 3 people." in check.text


async def test_what_was_typed_is_kept_on_the_way_back_and_in_a_second_tab(
    town: Hall, office: httpx.AsyncClient
) -> None:
    what = await on(office, await first(office), "what", roles=["teacher"])
    back = await on(office, what.text, "who", title="Half a title", **ASKED)
    assert re.search(r'value="teacher" checked', back.text)
    second = await office.get(f"{NEW}?step=what")
    assert 'value="Half a title"' in second.text
    assert 'value="Where do you sign in?"' in second.text
    assert action_of(second.text) == action_of(what.text)
    again = await office.get(NEW)
    assert "You have an unsent draft" in again.text
    assert await drafts(town) == [], "half an announcement is nobody’s but its author’s"


@pytest.mark.parametrize(
    ("typed", "key", "said"),
    [
        ({"title": ""}, "title", "Fill in this field"),
        ({"why": "x" * (LIMITS["why"] + 1)}, "why", "Please keep it to 1500"),
        ({"title.es": "x" * 200}, "title.es", "Please keep it to 120"),
        ({"learn_url": "ftp://x"}, "learn_url", "https://"),
        ({"due": "2026-01-01"}, "due", "before it goes out"),
        ({**ASKED, "right": ""}, "right", "Say which choice is right"),
        ({**ASKED, "choice_2": ""}, "choice_2", "at least two choices"),
    ],
)
async def test_what_does_not_fit_is_named_at_its_field_and_the_rest_stays(
    town: Hall, office: httpx.AsyncClient, typed: dict[str, str], key: str, said: str
) -> None:
    what = await on(office, await first(office), "what", roles=["teacher"])
    given = {**WORDS, "confirm": "read", "due": "", **typed}
    wrong = await on(office, what.text, "check", **given)
    assert wrong.status_code == 422
    assert f'href="#f-{key}"' in wrong.text
    assert re.search(rf'id="f-{re.escape(key)}-why">.*{re.escape(said)}', wrong.text)
    filled = offered(wrong.text).form(action_of(wrong.text)).data
    assert {name: filled.get(name, "") for name in given} == given
    assert filled["roles"] == "teacher"
    assert await drafts(town) == []
    mended = {**WORDS, "title.es": "", "due": "", "confirm": "read"}
    check = await on(office, wrong.text, "check", **mended)
    assert "Check before you send" in check.text


@pytest.mark.parametrize(
    ("typed", "key"),
    [({"joiners_until": "2020-01-01"}, "joiners_until"), ({"buildings": "gone"}, "audience")],
)
async def test_a_problem_of_the_audience_is_named_on_its_step(
    office: httpx.AsyncClient, typed: dict[str, str], key: str
) -> None:
    wrong = await on(office, await first(office), "what", **typed)
    assert wrong.status_code == 422
    assert f'href="#f-{key}"' in wrong.text
    assert 'aria-current="step"><span class="step-label">Who gets it' in wrong.text
    assert f'id="f-{key}-why"' in wrong.text


async def test_a_past_time_is_named_and_the_choice_stays(
    town: Hall, office: httpx.AsyncClient
) -> None:
    draft = await write(town)
    send = f"/announcements/{draft}/send"
    page = await office.get(f"/announcements/{draft}/draft")
    day = f"{town.clock() - timedelta(days=2):%Y-%m-%d}"
    typed = {"send": "go", "when": "at", "at_date": day, "at_time": "08:00"}
    wrong = await office.post(send, data={**offered(page.text).form(send).data, **typed})
    assert wrong.status_code == 422
    assert 'href="#at_date"' in wrong.text
    assert f'value="{day}"' in wrong.text
    assert re.search(r'name="when" value="at" checked', wrong.text)
    found = await town.core.store.read(lambda tx: tx.announcement(draft))
    assert found is not None
    assert found.state is AnnouncementState.DRAFT


async def test_somebody_elses_words_are_not_overwritten_unseen(
    town: Hall, office: httpx.AsyncClient
) -> None:
    draft = await write(town)
    edit = f"/announcements/{draft}/edit?step=what"
    mine = (await office.get(edit)).text
    theirs = WriteAnnouncement(
        announcement_id=draft, **by_name({**WORDS, "why": "Theirs."}), audience=TO_THREE
    )
    assert isinstance(await town.ask(CTO, theirs), AnnouncementDrafted)
    wrong = await on(office, mine, "check", why="Mine.")
    assert wrong.status_code == 422
    assert "Someone else changed this to “Theirs.”" in wrong.text
    await on(office, wrong.text, "check")
    found = await town.core.store.read(lambda tx: tx.announcement(draft))
    assert found is not None
    assert found.change.why.default == "Mine."


async def test_what_readers_will_see_stands_beside_the_words(office: httpx.AsyncClient) -> None:
    what = await on(office, await first(office), "what")
    assert "Once you have written a title" in what.text
    seen = await on(office, what.text, "see", **WORDS)
    assert WORDS["action"] in seen.text.partition('id="seen-h"')[2]


async def test_chat_and_old_links_lead_to_the_steps(town: Hall, office: httpx.AsyncClient) -> None:
    draft = await write(town)
    for press, to in (
        ("announce-form", NEW),
        (f"announce-form|{draft}", f"/announcements/{draft}/edit"),
    ):
        answer = await office.get(f"/do/{press}")
        assert (answer.status_code, answer.headers["location"]) == (303, to)
    checked = await town.ask(CTO, CheckAnnouncement(announcement_id=draft))
    assert isinstance(checked, AnnouncementDrafted)


async def test_nobody_else_counts_or_reads_a_draft(town: Hall) -> None:
    draft = await write(town)
    async with browser(town, TEACHER) as client:
        for path in ("/new", f"/{draft}/edit", f"/{draft}/edit?step=what", f"/{draft}/count"):
            answer = await client.get(f"/announcements{path}")
            assert answer.status_code == 403, path
            assert WORDS["title"] not in answer.text


def test_each_field_belongs_to_the_step_that_shows_it() -> None:
    for key in (*REQUIRED, "due", "title.es"):
        assert of_trouble(key) is Step.WHAT
    for key in QUESTION:
        assert of_trouble(key) is Step.QUESTION
    for key in ("audience", "levels", "lists", "joiners_until"):
        assert of_trouble(key) is Step.WHO


async def test_each_step_asks_as_much_of_a_large_district_as_of_a_small_one(town: Hall) -> None:
    draft = await write(town, Audience())
    at = f"/announcements/{draft}"
    paths = (
        *(NEW, f"{NEW}?step=what", f"{at}/edit", f"{at}/edit?step=what"),
        *(f"{at}/draft", f"{at}/count?roles=teacher"),
    )
    async with browser(town, CTO) as client:
        buildings = await town.core.store.read(lambda tx: tx.buildings())
        kept = {"buildings": buildings[0].key, "joiners_until": "2026-11-02", **WORDS, **ASKED}
        await on(client, await first(client), "see", **kept)
        page = (await client.get(f"{at}/edit?step=what")).text
        await on(client, page, "who", what="Something else.")
        few = [await statements(client, path) for path in paths]
        await town.core.store.write(_many)
        many = [await statements(client, path) for path in paths]
    assert few == many
    assert max(many) <= MOST_STATEMENTS, dict(zip(paths, many, strict=True))


def _many(tx: Any) -> None:
    """Seven thousand more people of the staff."""
    who = dict(tx.connection.execute(select(person).limit(1)).mappings().one())
    many = (
        {"id": uuid4(), "sourced_id": f"many-{n}", "email": f"many-{n}@example.org"}
        for n in range(7_000)
    )
    tx.connection.execute(insert(person), [{**who, **one} for one in many])


async def statements(client: httpx.AsyncClient, path: str) -> int:
    seen: list[str] = []

    def saw(connection: object, cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    await client.get(path)
    event.listen(Engine, "before_cursor_execute", saw)
    try:
        assert (await client.get(path)).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", saw)
    return len(seen)


async def test_more_choices_are_folded_until_one_is_used(office: httpx.AsyncClient) -> None:
    what = await on(office, await first(office), "what", roles=["teacher"])
    asks = await on(office, what.text, "question", **WORDS)
    folded = '<details class="more">\n<summary>More choices</summary>'
    assert folded in asks.text
    used = await on(office, asks.text, "question", **ASKED, choice_4="At the help desk")
    page = await office.get(used.headers["location"]) if used.is_redirect else used
    assert folded not in page.text
    assert '<details class="more" open>\n<summary>More choices</summary>' in page.text
    assert "At the help desk" in page.text
