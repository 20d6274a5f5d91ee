"""The pages of rules as each of their readers finds them, over a real database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4
from xml.etree import ElementTree as Xml

import httpx
import pytest
import pytest_asyncio

from governance.references.commands import LinkItem
from governance.rules.commands import DisposeComments, ShowComments
from governance.rules.comments import about
from governance.rules.messages import CommentsView, RuleView
from governance.rules.model import Disposition, RuleKind, RuleStep
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser, publish_to_everybody
from tests.bot.web.rules.test_drawing import told
from tests.governance.rules.test_comparing import read as words_of
from tests.governance.rules.test_process import (
    TEXT,
    VOTE,
    commented,
    say,
    take,
    until_comments_end,
    written,
)
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

LAST = "At night call 402-555-0111."
NEWER = TEXT.replace("four words", "five words") + f"\n{LAST}\n"
pytestmark = pytest.mark.asyncio(loop_scope="module")

EVERYBODY = (TEACHER, ISO, CHAIR, CTO, "")


@dataclass(frozen=True)
class Shelf:
    """One rule of each sort: published in its second version, open, a draft, and proposed."""

    town: Hall
    published: UUID
    open: UUID
    draft: UUID
    proposed: UUID


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def shelf(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shelf]:
    async with hall(Path(tmp_path_factory.mktemp("shelf"))) as town:
        published = await _published(town)
        opened, draft, proposed = uuid4(), uuid4(), uuid4()
        await town.ask(ISO, written(opened, number="ITR 7", title="Cameras", spanish="## Cámaras"))
        await town.ask(ISO, written(draft, number="ITR 11", title="A secret draft"))
        await town.ask(
            ISO, written(proposed, number="ITP 2", title="Retiring", kind=RuleKind.PROCEDURE)
        )
        for one in (opened, proposed):
            await take(town, ISO, one, RuleStep.PROPOSED)
        await take(town, CHAIR, opened, RuleStep.OPENED)
        await say(town, OFFICE, opened, "None in the staff room, please", 1)
        yield Shelf(town, published, opened, draft, proposed)


async def _published(town: Hall) -> UUID:
    rule = uuid4()
    await town.ask(ISO, written(rule))
    await take(town, ISO, rule, RuleStep.PROPOSED)
    await take(town, CHAIR, rule, RuleStep.OPENED)
    first = await say(town, TEACHER, rule, "=Four words are a lot for a cart", 1)
    await until_comments_end(town)
    await town.ask(
        ISO,
        DisposeComments(
            rule_id=rule,
            item_id=first,
            comments=(str(first),),
            disposition=Disposition.IN_PART,
            reason="@Carts have a card now.",
        ),
    )
    more = {"changed": "Five words, and a number", "answers": (str(first),)}
    await town.ask(ISO, written(rule, NEWER, **more))
    await take(town, ISO, rule, RuleStep.AMENDED)
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    today = town.clock().date()
    await take(town, CHAIR, rule, RuleStep.RATIFIED, on=today, **VOTE)
    done = await take(town, CTO, rule, RuleStep.PUBLISHED, on=today)
    assert isinstance(done, RuleView), done
    return rule


async def read(shelf: Shelf, who: str, path: str) -> tuple[int, str]:
    async with browser(shelf.town, who) as client:
        page = await client.get(path)
        return page.status_code, page.text


# -- who reads what --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_finds_what_is_theirs_in_the_library(shelf: Shelf, who: str) -> None:
    status, page = await read(shelf, who, "/rules")
    if not who:
        assert status == 401
        assert "ITR 4" not in page
        return
    assert status == 200
    assert "ITR 4: Passwords" in page
    assert "Open for comment until" in page
    assert ("A secret draft" in page) == (who in (ISO, CTO))
    assert ("ITP 2" in page) == (who in (ISO, CTO, CHAIR))
    assert ("Write a new rule" in page) == (who == ISO)
    assert ('href="/rules?state=drafts"' in page) == (who != TEACHER)


@pytest.mark.parametrize("who", [TEACHER, ISO, CHAIR, CTO])
async def test_the_iso_and_the_cto_find_the_figures(shelf: Shelf, who: str) -> None:
    link, theirs = 'href="/acknowledgements"', who in (ISO, CTO)
    for path in ("/", "/rules"):
        page = (await read(shelf, who, path))[1]
        assert (link in page) == theirs, path
    status, _ = await read(shelf, who, "/acknowledgements")
    assert (status == 200) == theirs


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_opens_what_they_may_read(shelf: Shelf, who: str) -> None:
    here = f"/rules/{shelf.published}"
    allowed = {
        here: (TEACHER, ISO, CHAIR, CTO),
        f"{here}/1": (TEACHER, ISO, CHAIR, CTO),
        f"{here}/1/to/2": (TEACHER, ISO, CHAIR, CTO),
        f"{here}/1/comments": (TEACHER, ISO, CHAIR, CTO),
        f"{here}/1/comments.csv": (TEACHER, ISO, CHAIR, CTO),
        f"/rules/{shelf.open}": (TEACHER, ISO, CHAIR, CTO),
        f"/rules/{shelf.proposed}": (ISO, CHAIR, CTO),
        f"/rules/{shelf.proposed}/1/comments": (ISO, CHAIR, CTO),
        f"/rules/{shelf.draft}": (ISO, CTO),
        "/rules/feed.xml": (TEACHER, ISO, CHAIR, CTO),
        "/rules/calendar.ics": (TEACHER, ISO, CHAIR, CTO),
    }
    for path, readers in allowed.items():
        status, _ = await read(shelf, who, path)
        assert status == (200 if who in readers else 403 if who else 401), path


async def test_what_is_a_draft_says_so_on_each_of_its_pages(shelf: Shelf) -> None:
    """Also on paper."""
    said, mark = 'class="tag tone-caution">Draft', '<p class="draft-on-paper">Draft. Not in effect.'
    for path in (
        f"/rules/{shelf.draft}",
        f"/rules/{shelf.open}",
        f"/rules/{shelf.open}/1",
        f"/rules/{shelf.open}/1/to/1",
        f"/rules/{shelf.open}/1/comments",
        f"/rules/{shelf.proposed}",
    ):
        page = (await read(shelf, ISO, path))[1]
        head = page[page.index('<main id="main"') :][:1500]
        assert said in head, path
        assert mark in page, path
    for path in (f"/rules/{shelf.published}", f"/rules/{shelf.published}/1/to/2"):
        page = (await read(shelf, TEACHER, path))[1]
        assert mark not in page, path
        assert "In effect</span>" in page, path
    assert said in (await read(shelf, ISO, f"/rules/{shelf.draft}"))[1]


async def test_a_rule_has_the_steps_of_its_process_and_its_history(shelf: Shelf) -> None:
    page = (await read(shelf, TEACHER, f"/rules/{shelf.open}"))[1]
    now = re.search(r'<li class="now" aria-current="step"><span class="step-label">([^<]*)', page)
    assert now is not None
    assert now[1] == "Comments from staff"
    assert page.count('<li class="later"><span class="step-label">') == 3
    page = (await read(shelf, TEACHER, f"/rules/{shelf.published}"))[1]
    assert page.count('<li class="done"><span class="step-label">') == 6
    history = page[page.index('<ol class="timeline">') :]
    assert history.index("Approved and published") < history.index("Opened for comment")
    compare = f'<a href="/rules/{shelf.published}/1/to/2" rel="noreferrer">Compare versions 1 and 2'
    assert compare in page


@pytest.mark.parametrize("who", EVERYBODY)
async def test_who_works_on_a_rule_reads_the_feedback_that_is_linked_to_it(
    shelf: Shelf, who: str
) -> None:
    words = f"Four words are a lot on {EVERYBODY.index(who) + 2} screens"
    item = await shelf.town.item(OFFICE, words)
    await shelf.town.ask(CHAIR, LinkItem(item_id=item, rule="itr-4.1"))
    _, html = await read(shelf, who, f"/rules/{shelf.published}")
    works = who in (ISO, CTO, CHAIR)
    assert (words in html) is works
    assert ("Feedback linked to this rule" in html) is works
    if works:
        at = html.index("Feedback linked to this rule")
        assert f"/rules/{shelf.published}/2#section-1" in html[at:]
        assert "About section 1." in html[at:]


async def test_what_is_not_there_is_not_found(shelf: Shelf) -> None:
    for path in (f"/rules/{shelf.published}/3", f"/rules/{shelf.published}/0", "/rules/itr-99"):
        assert (await read(shelf, TEACHER, path))[0] == 404, path
    assert (await read(shelf, TEACHER, f"/rules/{uuid4()}"))[0] == 403
    assert (await read(shelf, TEACHER, f"/rules/{shelf.published}/1/to/9"))[0] == 403


async def test_a_number_as_people_write_it_leads_to_its_rule(shelf: Shelf) -> None:
    async with browser(shelf.town, TEACHER) as client:
        for path, place in (("itr-4", ""), ("ITR4", ""), ("itr%204/1", "/1")):
            answer = await client.get(f"/rules/{path}")
            assert answer.status_code == 303
            assert answer.headers["location"] == f"/rules/{shelf.published}{place}"
        assert (await client.get("/rules/itr-11")).status_code == 404, "a draft"


# -- one rule --------------------------------------------------------------------------------------


async def test_a_rule_says_where_it_stands_what_changed_and_who_agreed(shelf: Shelf) -> None:
    _, page = await read(shelf, TEACHER, f"/rules/{shelf.published}")
    assert LAST in page
    assert "five words" in page
    assert 'id="section-1"' in page
    assert f'href="/rules/{shelf.published}/2#section-1"' in page, "an address for ever"
    assert "Five words, and a number" in page
    assert f'href="/rules/{shelf.published}/1/to/2"' in page
    assert "9 members present: 8 for, 1 against, 0 abstained" in page
    assert "Comment on this section" not in page
    assert "Revise it" not in page
    assert "Revise it" in (await read(shelf, ISO, f"/rules/{shelf.published}"))[1]
    assert "Retire it" in (await read(shelf, CTO, f"/rules/{shelf.published}"))[1]
    _, old = await read(shelf, TEACHER, f"/rules/{shelf.published}/1")
    assert "four words" in old
    assert "Version 2 is in effect." in old


async def test_a_rule_names_the_goals_it_supports_and_its_days_with_their_year(
    tmp_path: Path,
) -> None:
    async with hall(tmp_path) as town, browser(town, ISO) as client:
        rule = uuid4()
        await town.ask(ISO, written(rule, serves="reliable-wifi, CIS 5.2"))
        page = (await client.get(f"/rules/{rule}")).text
        assert "Wi-Fi that works in every room where people teach; CIS 5.2" in page
        assert "reliable-wifi" not in page
        until = town.clock().date() + timedelta(days=100)
        await take(town, CTO, rule, RuleStep.INTERIM, on=until, why="Phishing this week")
        page = (await client.get(f"/rules/{rule}")).text
        assert "Version 1 is an interim rule until Wednesday, January 13, 2027." in page


async def test_staff_comment_on_a_section_of_what_is_open(shelf: Shelf) -> None:
    _, page = await read(shelf, TEACHER, f"/rules/{shelf.open}")
    view = await shelf.town.ask(ISO, ShowComments(rule_id=shelf.open))
    assert isinstance(view, CommentsView)
    token = about(view.rule, 1, 2).token
    assert f'href="/feedback?about={token}"' in page
    status, form = await read(shelf, TEACHER, f"/feedback?about={token}")
    assert status == 200
    assert "2. Lost devices" in form


async def test_the_language_that_counts_is_said(shelf: Shelf) -> None:
    _, page = await read(shelf, TEACHER, f"/rules/{shelf.open}")
    assert "the English text is the official one" in page
    _, spanish = await read(shelf, TEACHER, f"/rules/{shelf.open}?language=es")
    assert "Cámaras" in spanish
    assert '<div lang="es">' in spanish
    assert "This is a translation." in spanish
    _, other = await read(shelf, TEACHER, f"/rules/{shelf.open}?language=xx")
    assert "Use a passphrase" in other


async def test_a_rule_is_written_proposed_and_its_comments_answered_on_its_pages(
    tmp_path: Path,
) -> None:
    async with hall(tmp_path) as town, browser(town, ISO) as client:
        write = await _follows(client, "/rules", "Write a new rule")
        form = await client.get(write)
        to = _action(form.text)
        typed = {"kind": "procedure", "number": "ITP 9", "title": "Carts", "text": TEXT}
        unfit = await client.post(to, data={"csrf": _csrf(form.text), **typed})
        assert unfit.status_code == 422
        assert "Carts" in unfit.text, "what was typed is still there"
        fields = {"csrf": _csrf(form.text), "committee": "network", **typed}
        kept = await client.post(to, data=fields)
        assert kept.status_code == 303
        place = kept.headers["location"]
        page = (await client.get(place)).text
        assert "Propose it to the committee" in page
        propose = _action(page, "rule-step")
        gone = await client.post(propose, data={"csrf": _csrf(page)})
        assert gone.headers["location"] == f"{place}/1"
        rule = UUID(place.removeprefix("/rules/"))
        await take(town, CHAIR, rule, RuleStep.OPENED)
        await say(town, TEACHER, rule, "Carts have no keyboard", 1)
        form = await client.get(await _follows(client, f"{place}/1/comments", "Answer<"))
        item = re.search(r'name="comments" value="([^"]+)"', form.text)
        assert item is not None
        answer = {"comments": item[1], "disposition": "accepted", "reason": "A card for each."}
        done = await client.post(_action(form.text), data={"csrf": _csrf(form.text), **answer})
        assert done.headers["location"] == f"{place}/1/comments"
        assert "A card for each." in (await client.get(f"{place}/1/comments")).text


async def test_a_preview_shows_the_text_as_it_is_read_and_keeps_nothing_but_what_was_typed(
    tmp_path: Path,
) -> None:
    async with hall(tmp_path) as town, browser(town, ISO) as client:
        write = await _follows(client, "/rules", "Write a new rule")
        form = await client.get(write)
        to = _action(form.text)
        typed = {"kind": "procedure", "number": "ITP 9", "title": "Carts", "spanish": "## Carros"}
        typed |= {"text": "## Cards\n- one **each**", "preview": "yes"}
        hidden = _stands(form.text)
        shown = await client.post(to, data={"csrf": _csrf(form.text), "stands-at": hidden, **typed})
        assert shown.status_code == 200
        preview = shown.text[shown.text.index('id="preview-h"') :]
        preview = preview[: preview.index("<form")]
        assert '<h3 lang="en">1. Cards</h3>' in preview
        assert "<li>one <strong>each</strong></li>" in preview
        assert '<h3 lang="es">1. Carros</h3>' in preview
        assert ">Draft</span>" in preview
        assert "There is a problem" not in shown.text, "nothing has to be complete yet"
        assert "## Cards\n- one **each**</textarea>" in shown.text
        assert "ITP 9" not in (await client.get("/rules")).text
        again = await client.get(write)
        assert "## Cards\n- one **each**</textarea>" in again.text, "kept for its author"
        assert 'id="preview-h"' not in again.text
        saved = await client.post(
            to,
            data={"csrf": _csrf(form.text), "stands-at": hidden, "committee": "network"}
            | {key: said for key, said in typed.items() if key != "preview"},
        )
        assert saved.status_code == 303
        assert "unsent draft" not in (await client.get(write)).text


async def test_a_preview_of_a_draft_leaves_it_as_it_was(shelf: Shelf) -> None:
    async with browser(shelf.town, ISO) as client:
        form = await client.get(await _follows(client, f"/rules/{shelf.draft}", "Edit the draft"))
        typed = {"number": "ITR 11", "title": "Otherwise", "text": "Gone.", "preview": "yes"}
        shown = await client.post(_action(form.text), data={"csrf": _csrf(form.text), **typed})
        assert "<p>Gone.</p>" in shown.text
        page = (await client.get(f"/rules/{shelf.draft}")).text
        assert "A secret draft" in page
        assert "Gone." not in page


def _stands(page: str) -> str:
    found = re.search(r'name="stands-at" value="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


async def _follows(client: httpx.AsyncClient, path: str, label: str) -> str:
    """Where a link leads."""
    page = (await client.get(path)).text
    found = re.search(rf'href="([^"]+)">{label}', page)
    assert found is not None, page
    return unescape(found[1])


def _action(page: str, of: str = "") -> str:
    found = re.search(rf'action="(/do/{of}[^"]+)"', page)
    assert found is not None, page
    return unescape(found[1])


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


# -- what changed ----------------------------------------------------------------------------------


async def test_what_changed_gives_both_texts_and_says_so_aloud(shelf: Shelf) -> None:
    _, page = await read(shelf, TEACHER, f"/rules/{shelf.published}/1/to/2")
    sides = re.findall(
        r'<div class="was"[^>]*>(.*?)</div>\n<div class="is">(.*?)</div>\n</div>', page, re.DOTALL
    )
    for side, text in zip(zip(*sides, strict=True), (TEXT, NEWER), strict=True):
        assert told("\n".join(side)) == ["Passwords", *words_of(text)]
    assert '<del><span class="unseen">Removed: </span>four ' in page
    assert '<ins><span class="unseen">Added: </span>five ' in page
    assert "1 sentence changed" in page
    assert 'href="#change-1"' in page
    assert 'id="change-1"' in page
    assert "In effect</span>" in page
    _, same = await read(shelf, TEACHER, f"/rules/{shelf.published}/2/to/2")
    assert "Both versions say the same." in same


# -- comments --------------------------------------------------------------------------------------


async def test_comments_are_read_with_their_answers_and_never_with_a_name(shelf: Shelf) -> None:
    _, page = await read(shelf, TEACHER, f"/rules/{shelf.published}/1/comments")
    assert "=Four words are a lot for a cart" in page
    assert "Accepted in part" in page
    assert "@Carts have a card now." in page
    assert "Answered in version 2" in page
    assert "Answer<" not in page
    for who in (OFFICE, ISO):
        _, page = await read(shelf, who, f"/rules/{shelf.published}/1/comments")
        assert "Whitehorse" not in page, "the author"


async def test_staff_read_a_comment_when_it_was_answered(shelf: Shelf) -> None:
    path = f"/rules/{shelf.open}/1/comments"
    _, theirs = await read(shelf, TEACHER, path)
    assert "staff room" not in theirs
    assert "There are no comments to read yet." in theirs
    assert "1 more comment is being considered." in theirs
    assert "staff room" not in (await read(shelf, TEACHER, f"{path}.csv"))[1]
    _, isos = await read(shelf, ISO, path)
    assert "staff room" in isos
    assert "being considered" not in isos
    assert "/do/rule-dispose-form|" in isos
    _, chairs = await read(shelf, CHAIR, path)
    assert "staff room" in chairs
    assert "/do/rule-dispose-form|" not in chairs


async def test_many_comments_are_on_pages_by_section_and_by_what_waits(tmp_path: Path) -> None:
    async with hall(tmp_path) as town, browser(town, ISO) as client:
        rule = await commented(town)
        items = [await say(town, TEACHER, rule, f"Remark {n:03}.", n % 2 + 1) for n in range(104)]
        place = f"/rules/{rule}/1/comments"
        answer = DisposeComments(
            rule_id=rule,
            item_id=items[0],
            comments=(str(items[0]),),
            disposition=Disposition.ACCEPTED,
            reason="Carts have a card.",
        )
        assert isinstance(await town.ask(ISO, answer), CommentsView)

        async def told(asked: str) -> list[str]:
            return re.findall(r">Remark (\d+)\.<", (await client.get(f"{place}{asked}")).text)

        first, second = await told(""), await told("?page=2")
        assert (len(first), len(second)) == (100, 4)
        assert len({*first, *second}) == 104
        assert "104 comments." in (page := (await client.get(place)).text)
        assert "Page 1 of 2" in page
        assert f'href="{place}?page=2"' in page
        assert await told("?section=1&answered=no") == [f"{n:03}" for n in range(2, 104, 2)]
        assert len(await told("?all=yes")) == 104
        table = csv.reader(io.StringIO((await client.get(f"{place}.csv")).text))
        assert len(list(table)) == 105, "a head, and all of them"
        assert (await client.get(f"{place}?page=x")).status_code == 404
        next_one = await client.get(await _follows(client, place, "Answer the next one"))
        assert 'value="' + str(items[2]) in next_one.text, "the first that waits"


async def test_the_table_of_comments_calculates_nothing(shelf: Shelf) -> None:
    _, text = await read(shelf, TEACHER, f"/rules/{shelf.published}/1/comments.csv")
    head, one = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert dict(zip(head, one, strict=True)) == {
        "Section": "1",
        "Heading": "Passwords",
        "Comment": "'=Four words are a lot for a cart",
        "Similar comments": "0",
        "Decision": "Accepted in part",
        "Reason": "'@Carts have a card now.",
        "Answered in version": "2",
    }


# -- searching -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("help desk", ["2. Lost devices", "2. Lost devices"]),
        ("DESK hélp", ["2. Lost devices", "2. Lost devices"]),
        ("402-555", ["2. Lost devices"]),
        ("five", ["1. Passwords"]),
        ("secret", []),
        ("itr4", [""]),
        ("ITR 4", [""]),
        ("ITP 2", []),
        ("the", []),
    ],
)
async def test_rules_and_their_sections_are_found(
    shelf: Shelf, query: str, found: list[str]
) -> None:
    _, page = await read(shelf, TEACHER, f"/rules?q={query}")
    headings = re.findall(r"<li><a [^>]*><strong>IT. \d+(?:, (.*?))?</strong></a>", page)
    assert headings == found, "the draft and what is proposed are not"


async def test_what_is_looked_for_is_shown_and_never_run(shelf: Shelf) -> None:
    status, page = await read(shelf, TEACHER, '/rules?q="><script>x')
    assert status == 200
    assert "<script>x" not in page


# -- for other programs ----------------------------------------------------------------------------


async def test_the_feed_has_what_was_opened_and_published(shelf: Shelf) -> None:
    _, text = await read(shelf, TEACHER, "/rules/feed.xml")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = Xml.fromstring(text)  # noqa: S314 - we wrote it
    titles = [one.findtext(f"{atom}title") for one in feed.iter(f"{atom}entry")]
    assert titles == ["ITR 7: Cameras", "ITR 4: Passwords", "ITR 4: Passwords"]
    for one in feed.iter(f"{atom}entry"):
        assert one.findtext(f"{atom}id")
        assert one.findtext(f"{atom}updated")
        link = one.find(f"{atom}link")
        assert link is not None
        assert link.get("href", "").startswith("http://testserver/rules/")
    assert len({one.findtext(f"{atom}id") for one in feed.iter(f"{atom}entry")}) == 3


async def test_the_calendar_has_days_and_reviews_for_those_who_work_on_them(shelf: Shelf) -> None:
    _, theirs = await read(shelf, TEACHER, "/rules/calendar.ics")
    _, isos = await read(shelf, ISO, "/rules/calendar.ics")
    assert theirs.count("BEGIN:VEVENT") == theirs.count("END:VEVENT") == 3
    assert "Review due" not in theirs
    assert isos.count("BEGIN:VEVENT") == 4
    assert "Review due" in isos
    assert re.search(r"\r\nDTSTART;VALUE=DATE:\d{8}\r\n", theirs)


# -- without signing in ----------------------------------------------------------------------------


async def test_anybody_reads_what_is_published_where_the_district_wants_it(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        rule, draft, opened = await _published(town), uuid4(), uuid4()
        await town.ask(ISO, written(draft, number="ITR 11", title="A secret draft"))
        await town.ask(ISO, written(opened, number="ITR 7", title="Cameras"))
        await take(town, ISO, opened, RuleStep.PROPOSED)
        await take(town, CHAIR, opened, RuleStep.OPENED)
        await take(town, ISO, rule, RuleStep.REVISING)
        await town.ask(ISO, written(rule, "## Unsaid\nNot yet.", title="Another title"))
        await take(town, ISO, rule, RuleStep.PROPOSED)
        await take(town, CHAIR, rule, RuleStep.RETURNED, why="Not like this")
        await publish_to_everybody(town)
        async with browser(town) as client:
            library = (await client.get("/rules")).text
            assert "ITR 4: Passwords" in library
            page = (await client.get(f"/rules/{rule}")).text
            feed = (await client.get("/rules/feed.xml")).text
            assert feed.count("<entry>") == 1
            calendar = (await client.get("/rules/calendar.ics")).text
            assert calendar.count("BEGIN:VEVENT") == 1
            found = (await client.get("/rules?q=five+words")).text
            assert len(re.findall(r"<li><a [^>]*><strong>ITR 4", found)) == 1
            document = await client.get(f"/rules/{rule}/1/comments")
            assert "@Carts have a card now." in document.text
            assert (await client.get(f"/rules/{rule}/1/comments.csv")).status_code == 200
            assert (await client.get("/rules/itr-4")).status_code == 303
            for hidden in (
                f"/rules/{rule}/1",
                f"/rules/{rule}/3",
                f"/rules/{rule}/1/to/2",
                f"/rules/{rule}/3/comments",
                f"/rules/{opened}",
                f"/rules/{opened}/1/comments",
                f"/rules/{draft}",
                f"/rules/{uuid4()}",
                "/rules/itr-7",
                "/rules/calendar",
            ):
                assert (await client.get(hidden)).status_code == 401, hidden
        assert LAST in page
        assert "9 members present" in page
        shown = library + page + feed + calendar + found + document.text
        for secret in ("Cameras", "secret", "Unsaid", "Another title", "Not like this", "Draft."):
            assert secret not in shown, secret
        for name in ("Holmquist", "Drobny", "Castellanos", "Whitehorse"):
            assert name not in shown, name
        assert "/feedback" not in page
        assert "/do/" not in shown


async def test_a_browsers_language_is_spoken_to_nobody_in_particular(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        await _published(town)
        await publish_to_everybody(town)
        async with browser(town) as client:
            page = await client.get("/rules", headers={"accept-language": "es-MX"})
            assert "Reglas de TI" in page.text
