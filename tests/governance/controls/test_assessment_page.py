"""The page of an assessment: what stands first on it, for whom, and what it costs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from uuid import UUID, uuid4

from core.people import Audience
from core.words import Words
from governance.controls import addresses
from governance.controls.commands import ShowAssessment
from governance.controls.details import assessment_detail
from governance.controls.model import AnswerState, Assessment, AssessmentState, Target
from governance.controls.views import AssessmentView
from storage.transaction import Transaction
from tests.attacks.hall import Hall
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import costs
from tests.governance.controls.assessed import answer, opened
from tests.governance.controls.eighteen import EIGHTEEN
from tests.governance.controls.test_assessing_pages import hand_in, words_of
from tests.governance.controls.test_figures import row as scored
from tests.governance.office.counting import statements
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

DUE = date(2026, 11, 2)
MOST_STATEMENTS = 25
MOST_BYTES = 60_000


def squares(page: str) -> dict[str, str]:
    """What is read out of each safeguard's square, by the address that it leads to."""
    found = re.findall(r'<a class="square[^"]*" href="([^"]+)" aria-label="([^"]+)"', page)
    return {href: unescape(says) for href, says in found}


async def large(town: Hall, safeguards: int) -> UUID:
    """An assessment of so many safeguards, each answered with a 2 by one of the staff."""
    numbers = [one.number for one in EIGHTEEN.safeguards][:safeguards]
    cut = replace(
        EIGHTEEN,
        controls=tuple(
            replace(
                one, safeguards=tuple(each for each in one.safeguards if each.number in numbers)
            )
            for one in EIGHTEEN.controls
        ),
    )
    given = Assessment(
        id=uuid4(),
        name="Winter",
        framework="eighteen",
        version="8.1",
        group="ig3",
        due=DUE,
        state=AssessmentState.OPEN,
        made_at=town.clock(),
        opened_at=town.clock(),
    )

    def put(tx: Transaction) -> None:
        staff = [one.id for one in tx.people_of(Audience())]
        tx.put_framework(cut, None, town.clock())
        tx.put_assessment(given)
        states = (AnswerState.DONE, AnswerState.CONFIRMED, AnswerState.OPEN)
        tx.put_assessed(
            [
                replace(
                    scored(number, 2, 2, 2, 2, state=states[n % 3]),
                    assessment_id=given.id,
                    owner=staff[n % len(staff)],
                    due=DUE,
                )
                for n, number in enumerate(numbers)
            ]
        )

    await town.core.store.write(put)
    return given.id


async def test_it_says_how_far_it_is_and_confirms_what_waits(town: Hall) -> None:
    which = await opened(town)
    for number in ("1.1", "1.2"):
        await town.ask(TEACHER, answer(which, number, score=2))
    async with browser(town, ISO) as client:
        page = await client.get(addresses.assessment(which))
        said = words_of(page.text)
        assert "2 of 3 answered · 0 confirmed · 2 wait for you" in said
        assert "Open until Nov 2" in said
        for tile in (
            "Overall 2.0 of 5",
            "Its gaps without a decision 2",
            "Risks accepted until a date 0",
            "Owners who still owe answers 1 not reminded yet",
        ):
            assert tile in said
        assert "Confirm 2 answers" in said
        form = await hand_in(client, page, "/do/review-next")
        assert "Confirm SC 1.1" in words_of(form.text)


async def test_each_safeguard_has_a_square_that_says_its_score(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1", score=2))
    gone = answer(which, "1.2", applies="no", why_not="We have no locks.", evidence="")
    await town.ask(TEACHER, gone)
    async with browser(town, ISO) as client:
        page = (await client.get(addresses.assessment(which))).text
        assert squares(page) == {
            addresses.safeguard(which, "1.1"): "1.1 List: 2.0 of 5, low",
            addresses.safeguard(which, "1.2"): "1.2 Locks: does not apply",
            addresses.safeguard(which, "2.1"): "2.1 Leavers: not assessed yet",
        }
        for path in squares(page):
            assert (await client.get(path)).status_code == 200
    row = words_of(page).partition("1 Devices")[2]
    assert row.startswith(" 2 N/A 2.0 Naomi Whitehorse")


async def test_the_worst_gaps_can_be_decided_from_it_by_the_iso_alone(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1", score=4))
    await town.ask(TEACHER, answer(which, "1.2", score=1))
    async with browser(town, CTO) as client:
        read = await client.get(addresses.assessment(which))
        assert "Decide next 1.2 Locks Score 1.0, no target set." in words_of(read.text)
        assert "/do/decide" not in read.text
        assert "/do/review-next" not in read.text
        assert "/do/target-form" not in read.text
    async with browser(town, ISO) as client:
        page = await client.get(addresses.assessment(which))
        said = words_of(page.text).partition("Decide next")[2]
        assert said.index("1.2 Locks") < said.index("1.1 List")
        link = re.search(r'href="(/do/[^"]*decide[^"]*)">Decide<', page.text)
        assert link is not None
        form = words_of((await client.get(unescape(link.group(1)))).text)
        assert "SC 1.2" in form


async def test_whoever_sees_less_gets_no_square_no_gap_and_no_name(town: Hall) -> None:
    which = await opened(town, committee="network")
    await town.ask(TEACHER, answer(which, "1.1", score=2))
    for who in (CHAIR, TEACHER, OFFICE):
        async with browser(town, who) as client:
            page = (await client.get(addresses.assessment(which))).text
        assert squares(page) == {}
        said = words_of(page)
        for secret in ("Gaps", "Risks accepted", "owe answers", "Decide", "Export", "2.0"):
            assert secret not in said, (who, secret)
        assert "Naomi" not in said, "no owner's name"


async def test_last_time_is_beside_each_score(town: Hall) -> None:
    which = await large(town, 12)

    def ended(tx: Transaction) -> None:
        found = tx.assessment(which)
        assert found is not None
        tx.put_assessment(
            replace(found, state=AssessmentState.CLOSED, closed_at=town.clock(), name="Autumn")
        )

    await town.core.store.write(ended)
    town.clock.forward(days=1)
    again = await large(town, 12)
    view = await town.ask(ISO, ShowAssessment(assessment_id=again))
    assert isinstance(view, AssessmentView)
    assert view.last_time is not None
    detail = assessment_detail(Words("en"), view, ())
    grid = detail.sections[0].grid
    assert grid is not None
    assert grid.heads == ("Control", "Safeguards", "Score", "Last time", "Owner")
    assert [row.cells[:2] for row in grid.rows] == [("2.0", "2.0")] * 2
    assert grid.note.endswith("Last time: Autumn.")
    assert detail.tiles[0].trend == (2.0, 2.0)


def targeted(tx: Transaction) -> None:
    holder = tx.person_by_email(ISO)
    assert holder is not None
    for control in ("", "1", "2"):
        aim = Target(
            framework="eighteen",
            version="8.1" if control else "",
            control=control,
            score=4.0,
            by=DUE,
            set_by=holder.id,
            set_at=datetime(2026, 9, 1, tzinfo=UTC),
        )
        tx.put_target(aim)


async def test_ten_safeguards_take_the_statements_of_all(town: Hall) -> None:
    few = await large(town, 10)
    await town.core.store.write(targeted)
    await town.ask(ISO, ShowAssessment(assessment_id=few))  # the district is read once
    little, view = await statements(town, ISO, ShowAssessment(assessment_id=few))
    assert isinstance(view, AssessmentView)
    assert len(view.lines) == 10
    whole = await on_the_page(town, few)
    await town.core.store.write(lambda tx: dropped(tx, few))
    many = await large(town, 153)
    await town.ask(ISO, ShowAssessment(assessment_id=many))  # somebody has read it
    much, view = await statements(town, ISO, ShowAssessment(assessment_id=many))
    assert isinstance(view, AssessmentView)
    assert len(view.lines) == 153
    assert len({one.owner for one in view.lines}) > 20
    assert much == little
    assert await on_the_page(town, many) == whole <= MOST_STATEMENTS


async def on_the_page(town: Hall, which: UUID) -> int:
    """The statements of its page with all that stands on it, once it has been opened before."""
    async with browser(town, ISO) as client:
        await client.get(addresses.assessment(which))
        page, whole = await costs(client, addresses.assessment(which))
    assert page.status_code == 200
    return whole


async def test_earlier_assessments_take_no_more_statements(town: Hall) -> None:
    which = [await large(town, 10) for _ in range(3)]
    shown = ShowAssessment(assessment_id=which[-1])
    await town.ask(ISO, shown)
    few, view = await statements(town, ISO, shown)
    assert isinstance(view, AssessmentView)
    assert len(view.trend) == 3
    for _ in range(4):
        await large(town, 10)
    much, view = await statements(town, ISO, shown)
    assert isinstance(view, AssessmentView)
    assert len(view.trend) == 7
    assert much == few


def dropped(tx: Transaction, which: UUID) -> None:
    tx.drop_assessment(which)


async def test_all_safeguards_make_a_page_of_bearable_size(town: Hall) -> None:
    which = await large(town, 153)
    for locale in ("en", "es"):
        async with browser(town, ISO) as client:
            client.headers["accept-language"] = locale
            page = (await client.get(addresses.assessment(which))).text
        assert len(squares(page)) == 153
        assert len(page.encode()) <= MOST_BYTES
