"""Staff acknowledge the IT rules: asked, reminded, asked again, and who owes it at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Executable, delete, select, text, update
from sqlalchemy.exc import DatabaseError

from bot.jobs.composing import composing
from bot.operator.leave_operations import people_leave
from core.cards import Bullets
from core.lists import ROWS
from core.people import Audience, Role
from core.words import Words
from governance.acknowledgements.cards import card as acknowledgement_card
from governance.acknowledgements.cards import figures
from governance.acknowledgements.commands import (
    AcknowledgeRules,
    AskAcknowledgements,
    ShowAcknowledgement,
    ShowAcknowledgements,
)
from governance.acknowledgements.handlers import KIND, question_about
from governance.acknowledgements.messages import Acknowledgement, AcknowledgementFigures
from governance.acknowledgements.model import annual_id, changed_id, school_year
from governance.docket.commands import FileReading, GiveFeedback, ShowFeedbackForm
from governance.duties import handlers as duties
from governance.duties.commands import ShowOwed, TendDuties, TendNextDuties
from governance.duties.messages import OwedNews, OwedView
from governance.duties.model import Count, Duty
from governance.home.commands import ShowInbox
from governance.messages import FeedbackForm, FeedbackReceived, Refused
from governance.rules.commands import GrantExemption
from governance.rules.messages import RuleView
from scheduler.ports import Claimed
from storage.acknowledgements import rule_acknowledgement
from storage.duties import asked_duty
from storage.ledger_tables import delivery
from storage.tables import person as person_table
from tests.attacks.hall import Hall, hall, ledger_of, reading
from tests.bot.samples.acknowledgement import FIGURES
from tests.bot.web.rules.house import browser
from tests.governance.acknowledgements.rules_in_force import amend, publish
from tests.governance.announcements.test_campaigning import audited, leave, rows
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person
from tests.postgres import migrated_database

YEAR = "2026-27"
SET = annual_id(YEAR)
AGAIN = f"{KIND}-again"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    """Two rules are in force: one for all, one for teachers."""
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        found = await stack.enter_async_context(hall(tmp_path, url=url))
        now = found.clock()
        await found.core.store.write(lambda tx: publish(tx, "ITR 4", now))
        teachers = Audience(roles=frozenset({Role.TEACHER}))
        await found.core.store.write(lambda tx: publish(tx, "ITP 9", now, audience=teachers))
        yield found


async def rule(town: Hall, number: str) -> UUID:
    found = await town.core.store.read(lambda tx: tx.rule_by_number(number))
    assert found is not None
    return found.id


async def duty(town: Hall, email: str, subject: UUID = SET) -> Duty | None:
    who = await person(town.core, email)
    return await town.core.store.read(lambda tx: tx.duty(KIND, subject, who.id))


async def asked(town: Hall) -> AcknowledgementFigures:
    found = await town.ask(ISO, AskAcknowledgements())
    assert isinstance(found, AcknowledgementFigures), found
    while await ledger_of(town).write_part(town.clock()):
        pass
    return found


async def acknowledge(town: Hall, email: str, subject: UUID = SET) -> Acknowledgement:
    shown = await town.ask(email, ShowAcknowledgement(set_id=subject))
    assert isinstance(shown, Acknowledgement), shown
    done = await town.ask(email, AcknowledgeRules(set_id=subject, mark=shown.mark))
    assert isinstance(done, Acknowledgement), done
    assert done.done_at is not None
    return shown


async def mornings(town: Hall, days: int = 1) -> None:
    """So many days pass, each with its morning."""
    for _ in range(days):
        town.clock.forward(hours=24)
        await town.core.dispatch.by_itself(TendDuties())


async def amended(town: Hall, number: str, *, material: bool) -> None:
    which, now = await rule(town, number), town.clock()
    await town.core.store.write(
        lambda tx: amend(tx, which, "Another text.", now, changed="Another text", material=material)
    )


async def kept(town: Hall) -> list[object]:
    wanted = select(rule_acknowledgement).order_by(rule_acknowledgement.c.at)
    return list(await town.core.store.read(lambda tx: tx.connection.execute(wanted).all()))


async def sending(town: Hall, email: str, kind: str, subject: UUID = SET) -> object:
    """What the pump would send to somebody now."""
    row, who = (await rows(town, kind))[email], await person(town.core, email)
    claimed = Claimed(
        delivery_id=row.id,
        kind=kind,
        subject=subject,
        recipient=f"person:{who.id}",
        platform=who.platform,
        workspace="",
        conversation=str(who.id),
        service_url=None,
        locale="en",
        timezone="UTC",
        lane=row.lane or "",
        epoch=0,
        attempts=0,
    )
    (message,) = await composing(town.core)([claimed])
    return message


# -- once a school year ----------------------------------------------------------------------------


async def test_everybody_is_asked_once_a_year_for_the_rules_of_their_audience(town: Hall) -> None:
    figures = await asked(town)
    assert (figures.year, figures.done, figures.may_ask) == (YEAR, 0, False)
    assert figures.asked == sum(one.asked for one in figures.buildings) > 10
    assert isinstance(await town.ask(ISO, AskAcknowledgements()), Refused), "asked already"
    assert set(await rows(town, KIND)) >= {TEACHER, OFFICE, CHAIR, CTO, ISO}
    teacher = await sending(town, TEACHER, KIND)
    office = await sending(town, OFFICE, KIND)
    assert isinstance(teacher, Acknowledgement)
    assert isinstance(office, Acknowledgement)
    assert [one.number for one in teacher.rules] == ["ITP 9", "ITR 4"]
    assert [one.number for one in office.rules] == ["ITR 4"]
    assert teacher.due == date(2026, 11, 4)
    said = f"acknowledgement of the IT rules asked of {figures.asked} people, {YEAR}"
    assert said in await audited(town)


async def test_one_act_keeps_a_row_for_each_rule_and_the_message_says_so(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    found = await kept(town)
    assert [(row.rules, row.version, row.way) for row in found] == [(2, 1, "web")] * 2  # type: ignore[attr-defined]
    assert (await rows(town, KIND))[TEACHER].state == "recalled", "it had not gone out yet"
    again = await town.ask(TEACHER, ShowAcknowledgement(set_id=SET))
    assert again.done_at == found[0].at  # type: ignore[attr-defined]
    assert [one.number for one in again.rules] == ["ITP 9", "ITR 4"]
    pressed = await town.ask(TEACHER, AcknowledgeRules(set_id=SET, mark=again.mark))
    assert pressed.done_at == again.done_at
    assert len(await kept(town)) == 2
    figures = await town.ask(CTO, ShowAcknowledgements())
    assert (figures.done, figures.may_ask, figures.may_list) == (1, False, False)


async def test_it_waits_in_the_inbox_until_it_is_done(town: Hall) -> None:
    await asked(town)

    async def waiting() -> list[bool]:
        inbox = await town.ask(OFFICE, ShowInbox())
        return [e.waiting for e in inbox.entries if isinstance(e.message, Acknowledgement)]

    assert await waiting() == [True]
    await acknowledge(town, OFFICE)
    who = await person(town.core, OFFICE)
    assert (await duty(town, OFFICE)) is not None
    assert await town.core.store.read(lambda tx: tx.open_duties(who.id)) == []


async def test_what_changed_while_it_was_shown_is_shown_again_and_not_kept(town: Hall) -> None:
    await asked(town)
    shown = await town.ask(TEACHER, ShowAcknowledgement(set_id=SET))
    await amended(town, "ITR 4", material=False)
    pressed = await town.ask(TEACHER, AcknowledgeRules(set_id=SET, mark=shown.mark))
    assert pressed.moved_on
    assert pressed.done_at is None
    assert await kept(town) == []
    now = await town.ask(TEACHER, AcknowledgeRules(set_id=SET, mark=pressed.mark))
    assert now.done_at is not None
    assert sorted(row.version for row in await kept(town)) == [1, 2]  # type: ignore[attr-defined]


async def test_a_rule_that_asks_for_reading_is_opened_before_it_counts(town: Hall) -> None:
    """Each of them in turn, by the press itself; a rule that does not ask counts as it is."""
    now = town.clock()
    for number in ("ITR 5", "ITR 6"):
        await town.core.store.write(lambda tx, n=number: publish(tx, n, now, read_first=True))
    await asked(town)
    shown = await town.ask(TEACHER, ShowAcknowledgement(set_id=SET))
    assert [one.number for one in shown.rules] == ["ITP 9", "ITR 4", "ITR 5", "ITR 6"]
    seen, opened = list[str](), shown.proof(0)
    for _ in range(2):
        said = AcknowledgeRules(set_id=SET, mark=shown.mark, opened=opened)
        pressed = await town.ask(TEACHER, said)
        assert pressed.done_at is None
        assert await kept(town) == [], "nothing counts before each was opened"
        card = acknowledgement_card(Words("en"), pressed)
        assert pressed.shown is not None
        assert f"Text of {pressed.shown.number}." in str(card), "the press opens it"
        assert f"{pressed.shown.number} has to be opened" in str(card), "and says so"
        seen.append(pressed.shown.number)
        agree = card.presses[0].command
        assert isinstance(agree, AcknowledgeRules)
        opened = agree.opened
    assert seen == ["ITR 5", "ITR 6"]
    other = await town.ask(OFFICE, ShowAcknowledgement(set_id=SET))
    for made_up in (*other.proofs, "4", "99", "f" * 16):
        pressed = await town.ask(TEACHER, replace(agree, opened=made_up))
        assert pressed.done_at is None
        assert pressed.opened == 3, "only their own proof counts, and ITR 5 is opened again"
    assert await kept(town) == []
    done = await town.ask(TEACHER, agree)
    assert done.done_at is not None
    assert len(await kept(town)) == 4


async def test_a_single_rule_that_asks_for_reading_stands_opened_with_its_button(
    town: Hall,
) -> None:
    await asked(town)
    await acknowledge(town, OFFICE)
    now, only = town.clock(), Audience(roles=frozenset({Role.OFFICE}))
    made = await town.core.store.write(
        lambda tx: publish(tx, "ITR 8", now, audience=only, read_first=True)
    )
    await mornings(town)
    again = changed_id(made, 1)
    shown = await town.ask(OFFICE, ShowAcknowledgement(set_id=again))
    card = acknowledgement_card(Words("en"), shown)
    assert "Text of ITR 8." in str(card)
    done = await town.ask(OFFICE, card.presses[0].command)
    assert done.done_at is not None


async def test_nobody_sees_or_does_what_is_somebody_elses_or_not_asked(town: Hall) -> None:
    assert isinstance(await town.ask(TEACHER, ShowAcknowledgement(set_id=SET)), Refused)
    refused = await town.ask(TEACHER, AcknowledgeRules(set_id=SET, mark=1))
    assert isinstance(refused, Refused)
    for who in (TEACHER, CHAIR, OFFICE):
        assert isinstance(await town.ask(who, ShowAcknowledgements()), Refused)
        assert isinstance(await town.ask(who, AskAcknowledgements()), Refused)
    assert isinstance(await town.ask(CTO, AskAcknowledgements()), Refused)


async def test_a_morning_goes_on_where_it_stopped_and_asks_nobody_twice(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties, "AT_ONCE", 4)
    figures = await asked(town)
    for email in (TEACHER, OFFICE, CHAIR, CTO):
        await acknowledge(town, email)
    await amended(town, "ITR 4", material=True)
    again = changed_id(await rule(town, "ITR 4"), 2)
    town.clock.forward(hours=24)
    whole, parts = duties.bring_up_to_date, list[tuple[UUID, UUID]]()

    def third_fails(*given: Any, **more: Any) -> None:
        if given[1].kind != KIND:
            return
        parts.append(given[-1])
        if len(parts) == 3:
            raise OSError("the process is killed")
        whole(*given, **more)

    monkeypatch.setattr(duties, "bring_up_to_date", third_fails)
    await town.core.dispatch.by_itself(TendDuties())
    assert len(parts) == 1, "the command does one part"
    await town.core.dispatch.keep_time()
    assert len(parts) == 3
    await town.core.dispatch.keep_time()
    assert parts[2] == parts[3], "the part that was lost is done again, and none before it"
    done = [*parts[:2], *parts[3:]]
    assert done == sorted(done)
    assert all(last < first for (_, last), (first, _) in pairwise(done))
    assert len(done) * 4 >= figures.asked > 8
    assert set(await rows(town, KIND)) >= {TEACHER, OFFICE, CHAIR, CTO}
    for email in (TEACHER, OFFICE, CHAIR, CTO):
        assert await duty(town, email, again) is not None
    sent = await town.core.store.read(
        lambda tx: (
            tx.connection.execute(select(delivery.c.person_id).where(delivery.c.subject == again))
            .scalars()
            .all()
        )
    )
    assert len(sent) == len(set(sent)) == 4


async def test_what_is_left_of_yesterdays_morning_is_not_done_today(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    await amended(town, "ITR 4", material=True)
    left = TendNextDuties(after=UUID(int=0), day=town.clock().date().toordinal() - 1)
    await town.core.dispatch.by_itself(left)
    again = changed_id(await rule(town, "ITR 4"), 2)
    assert await duty(town, TEACHER, again) is None
    await mornings(town)
    assert await duty(town, TEACHER, again) is not None


async def test_no_row_is_changed_or_deleted_through_any_door(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    before = await kept(town)
    assert len(before) == 2
    over = "INSERT INTO rule_acknowledgement SELECT * FROM rule_acknowledgement WHERE true "
    changes: list[Executable] = [
        update(rule_acknowledgement).values(digest="x"),
        delete(rule_acknowledgement),
        text(f"{over}ON CONFLICT (person_id, set_id, rule_id) DO UPDATE SET digest = 'x'"),
    ]
    if town.core.store.embedded:
        changes.append(text(over.replace("INSERT", "REPLACE")))
        changes.append(text(over.replace("INSERT", "INSERT OR REPLACE")))
    else:
        changes.append(text("TRUNCATE rule_acknowledgement"))
    for change in changes:
        with pytest.raises(DatabaseError, match="never changed"):
            await town.core.store.write(lambda tx, change=change: tx.connection.execute(change))
    assert await kept(town) == before


@pytest.mark.parametrize(
    ("day", "year"), [("2026-06-30", "2025-26"), ("2026-07-01", YEAR), ("2027-01-15", YEAR)]
)
def test_a_school_year_begins_with_the_summer_before_it(day: str, year: str) -> None:
    from core.school_calendar import Calendar, Summer

    assert school_year(Calendar(), date.fromisoformat(day)) == year
    early = Calendar(summer=Summer(first=(6, 1), last=(8, 10)))
    assert school_year(early, date(2026, 6, 1)) == YEAR


# -- joiners, leavers, leave -----------------------------------------------------------------------


async def _employed(town: Hall, email: str, *, active: bool) -> None:
    change = update(person_table).where(person_table.c.email == email).values(active=active)
    await town.core.store.write(lambda tx: tx.connection.execute(change))


async def test_a_joiner_is_asked_the_next_school_morning(town: Hall) -> None:
    await _employed(town, OFFICE, active=False)
    await asked(town)
    assert await duty(town, OFFICE) is None
    await _employed(town, OFFICE, active=True)
    await mornings(town)
    found = await duty(town, OFFICE)
    assert found is not None
    assert found.due == date(2026, 10, 20), "fourteen days after they joined"
    assert OFFICE in await rows(town, KIND)


async def test_a_leaver_owes_nothing_and_is_asked_anew_when_they_come_back(town: Hall) -> None:
    before = (await asked(town)).asked
    await leave(town, OFFICE)
    figures = await town.ask(ISO, ShowAcknowledgements())
    assert figures.asked == before - 1
    await mornings(town)
    found = await duty(town, OFFICE)
    assert found is not None
    assert not found.open
    await mornings(town, 60)
    assert OFFICE not in await rows(town, AGAIN)
    await _employed(town, OFFICE, active=True)
    assert isinstance(await town.ask(OFFICE, ShowAcknowledgement(set_id=SET)), Refused)
    await mornings(town, 3)
    back = await duty(town, OFFICE)
    assert back is not None
    assert back.open
    assert back.due > town.clock().date()
    assert back.reminders == 0


async def test_who_is_on_leave_is_asked_when_they_are_back_and_not_reminded(town: Hall) -> None:
    for email, last in ((OFFICE, "2026-10-09"), (CHAIR, "2027-03-01")):
        first = "2026-10-01" if email == OFFICE else "2026-10-06"
        told = await people_leave(town.core, {"email": email, "first": first, "last": last})
        assert told.ok, told
    await asked(town)
    assert await duty(town, OFFICE) is None
    assert await duty(town, CHAIR) is not None, "asked on the day before"
    await mornings(town, 7)
    found = await duty(town, OFFICE)
    assert found is not None
    assert found.asked_at.date() == date(2026, 10, 12), "the Monday after"
    await mornings(town, 58)
    reminded = await rows(town, AGAIN)
    assert OFFICE in reminded
    assert CHAIR not in reminded
    await people_leave(town.core, {"email": CHAIR})
    await mornings(town)
    assert CHAIR in await rows(town, AGAIN)


# -- exceptions ------------------------------------------------------------------------------------


async def excepted(town: Hall, number: str, whom: str, until: date) -> None:
    grant = GrantExemption(
        rule_id=await rule(town, number), whom=whom, on=until, why="Their cards come later."
    )
    assert isinstance(await town.ask(ISO, grant), RuleView)


async def test_an_exception_excuses_from_a_rule_while_it_lasts(town: Hall) -> None:
    until = date(2026, 10, 13)
    await excepted(town, "ITR 4", TEACHER, until)
    await asked(town)
    shown = await acknowledge(town, TEACHER)
    assert [one.number for one in shown.rules] == ["ITP 9"]
    again = changed_id(await rule(town, "ITR 4"), 1)
    await mornings(town, 8)
    assert town.clock().date() == until
    assert await duty(town, TEACHER, again) is None
    await mornings(town)
    found = await duty(town, TEACHER, again)
    assert found is not None
    assert found.due == date(2026, 10, 28), "fourteen days, as who has joined"
    shown = await acknowledge(town, TEACHER, again)
    assert [one.number for one in shown.rules] == ["ITR 4"]


async def test_a_building_that_is_excepted_from_all_is_asked_afterwards(town: Hall) -> None:
    who = await person(town.core, OFFICE)
    await asked(town)
    assert await duty(town, OFFICE) is not None
    await excepted(town, "ITR 4", who.building, date(2026, 10, 13))
    await mornings(town)
    let_go = await duty(town, OFFICE)
    assert let_go is not None
    assert not let_go.open, "it was the only rule for them"
    assert (await duty(town, TEACHER)).open  # type: ignore[union-attr]
    await mornings(town, 8)
    found = await duty(town, OFFICE)
    assert found is not None
    assert found.open
    assert found.due == date(2026, 10, 28)


# -- changes ---------------------------------------------------------------------------------------


async def test_a_change_in_substance_asks_again_who_had_acknowledged_it(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    await acknowledge(town, OFFICE)
    await amended(town, "ITP 9", material=True)
    await mornings(town)
    again = changed_id(await rule(town, "ITP 9"), 2)
    assert await duty(town, OFFICE, again) is None, "it is not for them"
    assert await duty(town, CHAIR, again) is None, "they owe the whole set still"
    shown = await acknowledge(town, TEACHER, again)
    assert [(one.number, one.changed, one.new) for one in shown.rules] == [
        ("ITP 9", "Another text", False)
    ]
    figures = await town.ask(ISO, ShowAcknowledgements())
    assert [(c.number, c.version, c.asked, c.done) for c in figures.changed] == [("ITP 9", 2, 1, 1)]
    await mornings(town, 3)
    found = await duty(town, TEACHER, again)
    assert found is not None
    assert found.done_at is not None


async def test_an_editorial_change_asks_nobody(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    await amended(town, "ITR 4", material=False)
    await mornings(town, 3)
    assert len(await town.core.store.read(lambda tx: tx.acknowledgement_sets())) == 1
    next_year = timedelta(days=300)
    town.clock.moved += next_year
    figures = await asked(town)
    shown = await acknowledge(town, TEACHER, annual_id(figures.year))
    assert [one.changed for one in shown.rules] == ["", "Another text"], "marked the next year"


async def test_a_new_rule_is_asked_of_those_who_acknowledged_the_others(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, OFFICE)
    now = town.clock()
    new = await town.core.store.write(lambda tx: publish(tx, "ITR 5", now))
    await mornings(town)
    shown = await acknowledge(town, OFFICE, changed_id(new, 1))
    assert [(one.number, one.new) for one in shown.rules] == [("ITR 5", True)]
    owes = await town.ask(CHAIR, ShowAcknowledgement(set_id=SET))
    assert "ITR 5" in [one.number for one in owes.rules], "in one act with the rest"


async def test_a_rule_that_ends_is_asked_of_nobody_any_more(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    await amended(town, "ITP 9", material=True)
    await mornings(town)
    which = await rule(town, "ITP 9")
    again = changed_id(which, 2)

    def retire(tx: object) -> None:
        found = tx.rule(which)  # type: ignore[attr-defined]
        tx.put_rule(replace(found, in_force=None))  # type: ignore[attr-defined]

    await town.core.store.write(retire)
    assert await composed(town, KIND, again, await person(town.core, TEACHER)) is None
    await mornings(town)
    found = await duty(town, TEACHER, again)
    assert found is not None
    assert found.let_go_at is not None


async def test_a_new_year_takes_the_place_of_the_old_one(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    town.clock.moved += timedelta(days=300)
    figures = await asked(town)
    assert figures.year == "2027-28"
    assert not (await duty(town, OFFICE)).open  # type: ignore[union-attr]
    now = await duty(town, TEACHER, annual_id("2027-28"))
    assert now is not None
    assert now.open


# -- questions -------------------------------------------------------------------------------------


async def test_a_question_goes_to_the_iso_and_leaves_it_open(town: Hall) -> None:
    await asked(town)
    shown = await town.ask(TEACHER, ShowAcknowledgement(set_id=SET))
    form = await town.ask(TEACHER, ShowFeedbackForm(about=question_about(shown.given, shown.rules)))
    assert isinstance(form, FeedbackForm)
    assert form.named is not None
    tokens = [token for token, _ in form.named.parts]
    assert len(tokens) == 2
    item = UUID(int=77)
    for_rule = await town.ask(
        TEACHER, GiveFeedback(item_id=item, text="Does it hold for carts?", about=tokens[1])
    )
    assert isinstance(for_rule, FeedbackReceived)
    words = "Does it hold for carts?"
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=reading(words, "devices")))
    assert (await town.stored(item)).queue == "iso-desk"
    assert (await duty(town, TEACHER)).open  # type: ignore[union-attr]


async def test_a_question_about_all_of_them_goes_to_the_iso_too(town: Hall) -> None:
    await asked(town)
    shown = await town.ask(TEACHER, ShowAcknowledgement(set_id=SET))
    item, words = UUID(int=78), "Which of them is for substitutes?"
    token = question_about(shown.given, shown.rules)
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=words, about=token))
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=reading(words, "devices")))
    assert (await town.stored(item)).queue == "iso-desk"


# -- reminders and the list ------------------------------------------------------------------------


async def _reminders(town: Hall, email: str) -> list[date]:
    from storage.ledger_tables import delivery

    who = await person(town.core, email)
    wanted = (
        select(delivery.c.queued_at)
        .where(delivery.c.kind == AGAIN, delivery.c.person_id == who.id)
        .order_by(delivery.c.queued_at)
    )
    found = await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    return [at.date() for at in found]


async def test_three_reminders_near_the_due_date_and_then_the_list(town: Hall) -> None:
    await asked(town)
    await acknowledge(town, TEACHER)
    await mornings(town, 21)
    assert await _reminders(town, OFFICE) == [], "not near"
    await mornings(town, 60)
    told = await _reminders(town, OFFICE)
    assert told == [date(2026, 10, 28), date(2026, 11, 4), date(2026, 11, 11)]
    assert await _reminders(town, TEACHER) == []
    listed = await town.ask(ISO, ShowOwed(page=None))
    assert isinstance(listed, OwedView)
    names = {(await person(town.core, one)).name for one in (OFFICE, TEACHER)}
    assert names & {one.name for one in listed.rows} == {(await person(town.core, OFFICE)).name}
    first = await _listed_on(town)
    assert first == date(2026, 11, 18), "five school days after the third"
    await acknowledge(town, OFFICE)
    gone = await town.ask(ISO, ShowOwed(page=None))
    assert len(gone.rows) == len(listed.rows) - 1


async def _listed_on(town: Hall) -> date:
    wanted = select(asked_duty.c.listed_at).where(asked_duty.c.listed_at.is_not(None)).limit(1)
    return (
        await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalar_one())
    ).date()


async def test_no_reminder_goes_to_who_did_it_while_it_waited(town: Hall) -> None:
    await asked(town)
    await mornings(town, 23)
    reminder = await sending(town, OFFICE, AGAIN)
    assert isinstance(reminder, Acknowledgement)
    assert reminder.reminder
    await acknowledge(town, OFFICE)
    assert (await rows(town, AGAIN))[OFFICE].state == "recalled"
    assert await sending(town, OFFICE, AGAIN) is None, "if it was claimed already"


async def test_a_long_list_is_on_pages(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        now = town.clock()
        await town.core.store.write(lambda tx: publish(tx, "ITR 4", now))
        await asked(town)
        await mornings(town, 80)
        whole = await town.ask(ISO, ShowOwed(page=None))
        assert len(whole.rows) > 100
        first, second = [await town.ask(ISO, ShowOwed(page=page)) for page in (0, 1)]
        assert len(first.rows) == 100
        assert (*first.rows, *second.rows) == whole.rows
        async with browser(town, ISO) as client:
            page = (await client.get("/owed?page=2")).text
            assert f"Page 2 of {ceil(len(whole.rows) / ROWS)}" in page
            assert page.count('<th scope="row">') == ROWS
            page = (await client.get("/owed?sort=name")).text
            assert 'href="/owed?sort=name&amp;all=yes"' in page, (
                "the list stays as it was asked for"
            )
            page = (await client.get("/owed?all=yes")).text
            assert page.count('<th scope="row">') == len(whole.rows)


async def test_an_administrator_sees_only_their_own_building(town: Hall) -> None:
    everybody = await town.core.store.read(lambda tx: tx.people_of(Audience()))
    buildings = {one.building for one in everybody}
    head = next(one for one in everybody if one.role is Role.TEACHER and one.email != TEACHER)
    others = [one for one in everybody if one.building != head.building]
    assert len(buildings) > 1
    change = update(person_table).where(person_table.c.id == head.id)
    await town.core.store.write(
        lambda tx: tx.connection.execute(change.values(role=Role.ADMINISTRATOR))
    )
    await asked(town)
    await mornings(town, 80)
    listed = await town.ask(head.email, ShowOwed(page=None))
    assert isinstance(listed, OwedView)
    mine = {one.id for one in everybody if one.building == head.building}
    assert {one.person for one in listed.rows} == mine
    all_of_them = await town.ask(ISO, ShowOwed(page=None))
    assert {one.person for one in all_of_them.rows} == {one.id for one in everybody}
    for who in (TEACHER, CHAIR, OFFICE):
        assert isinstance(await town.ask(who, ShowOwed()), Refused), who
    told = await rows(town, "duties-owed")
    assert {head.email, ISO} <= set(told)
    assert not {one.email for one in others if one.role is not Role.ADMINISTRATOR} & (
        set(told) - {ISO}
    )
    news = await sending(town, head.email, "duties-owed", UUID(int=0))
    assert isinstance(news, OwedNews)
    assert news.people == len(mine)
    assert news.building


async def test_on_a_day_off_nobody_is_asked_or_reminded(town: Hall) -> None:
    await asked(town)
    await _employed(town, OFFICE, active=False)
    await mornings(town)
    await _employed(town, OFFICE, active=True)
    town.clock.forward(hours=24 * 3)
    await mornings(town)  # Saturday
    assert not (await duty(town, OFFICE)).open  # type: ignore[union-attr]
    await mornings(town, 2)
    assert (await duty(town, OFFICE)).open  # type: ignore[union-attr]


def test_the_figures_name_sixty_buildings_and_sum_up_the_rest() -> None:
    counts = tuple(Count(group=f"School {n}", asked=10, done=n % 10) for n in range(62))
    shown = figures(Words(), replace(FIGURES, buildings=counts, changed=()))
    said = [one for part in shown.parts if isinstance(part, Bullets) for one in part.lines]
    assert said[-1] == "2 other buildings: 18 of 20"
    assert len([one for one in said if one.startswith("School ")]) == 60
