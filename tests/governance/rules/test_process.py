"""A rule from its draft until it holds: who may move what, and what nobody can do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError

from governance.anonymous.commands import ShowAnonymousForm
from governance.committees.model import Office
from governance.docket.commands import FileReading, GiveFeedback, MoveItem, ShowFeedbackForm
from governance.feedback.model import ItemState, Naming
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Brief, FeedbackReceived, Refused, Told
from governance.rules.commands import (
    DisposeComments,
    ShowComments,
    ShowRule,
    ShowRules,
    TakeStep,
    WriteRule,
)
from governance.rules.comments import about
from governance.rules.messages import CommentsView, DraftForm, RuleNews, RuleView
from governance.rules.model import Disposition, RuleState, RuleStep
from storage.rule_tables import rule_version
from tests.attacks.hall import Hall, hall, reading
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import audited, rows
from tests.governance.docket.test_docket import briefs
from tests.governance.series.test_repeating import calendar
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person

COMMITTEE = "network"

TEXT = """For all staff.

## Passwords
Use a passphrase of four words.

## Lost devices
Tell the help desk at once.
"""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def written(rule: UUID, text: str = TEXT, **more: object) -> WriteRule:
    given: dict[str, object] = {"number": "ITR 4", "title": "Passwords", "committee": COMMITTEE}
    return WriteRule(rule_id=rule, text=text, **(given | more))  # type: ignore[arg-type]


async def take(town: Hall, who: str, rule: UUID, step: RuleStep, **more: object) -> object:
    return await town.ask(who, TakeStep(rule_id=rule, step=step, **more))  # type: ignore[arg-type]


async def proposed(town: Hall) -> UUID:
    rule = uuid4()
    kept = await town.ask(ISO, written(rule))
    assert isinstance(kept, RuleView), kept
    await take(town, ISO, rule, RuleStep.PROPOSED)
    return rule


async def commented(town: Hall) -> UUID:
    """A rule that is open for comment."""
    rule = await proposed(town)
    opened = await take(town, CHAIR, rule, RuleStep.OPENED)
    assert isinstance(opened, RuleView), opened
    assert opened.rule.state is RuleState.COMMENTING
    return rule


async def say(town: Hall, who: str, rule: UUID, words: str, section: int = 0) -> UUID:
    """A comment, read."""
    view = await town.ask(who, ShowRule(rule_id=rule))
    item = uuid4()
    token = about(view.rule, view.version.number, section).token
    said = await town.ask(
        who, GiveFeedback(item_id=item, text=words, naming=Naming.NAMED, about=token)
    )
    assert isinstance(said, FeedbackReceived)
    read = FileReading(item_id=item, reading=reading(words, "devices"))
    await town.core.dispatch.by_itself(read)
    return item


async def until_comments_end(town: Hall) -> None:
    town.clock.moved += timedelta(days=45)
    await town.core.dispatch.keep_time()


VOTE = {"present": "9", "favor": "8", "against": "1", "abstained": "0"}


async def test_a_rule_is_drafted_commented_on_amended_ratified_and_published(town: Hall) -> None:
    rule = await commented(town)
    first = await say(
        town, TEACHER, rule, "Four words are a lot for a kindergarten cart", section=1
    )
    second = await say(town, OFFICE, rule, "Say whom to call at night", section=2)
    await until_comments_end(town)
    listed = await town.ask(ISO, ShowComments(rule_id=rule))
    assert isinstance(listed, CommentsView)
    assert [one.comment.section for one in listed.lines] == [1, 2]

    refused = await take(town, ISO, rule, RuleStep.SUBMITTED)
    assert isinstance(refused, Refused), "comments without an answer"
    for item, became in ((first, Disposition.IN_PART), (second, Disposition.ACCEPTED)):
        done = await town.ask(
            ISO,
            DisposeComments(
                rule_id=rule,
                item_id=item,
                comments=(str(item),),
                disposition=became,
                reason="Carts have a card now.",
            ),
        )
        assert isinstance(done, CommentsView), done
    again = DisposeComments(
        rule_id=rule,
        item_id=first,
        comments=(str(first),),
        disposition=Disposition.DECLINED,
        reason="No card.",
    )
    late = await town.ask(ISO, again)
    assert isinstance(late, FormView), "nothing that was typed is dropped"
    assert late.values["reason"] == "No card."
    assert late.unfit["reason"].values == {"reason": "Carts have a card now."}
    choice = await town.ask(ISO, replace(again, reason="Carts have a card now."))
    assert isinstance(choice, FormView), "another decision is not dropped either"
    assert choice.values["disposition"] is Disposition.DECLINED
    same = replace(again, disposition=Disposition.IN_PART, reason="Carts have a card now.")
    assert isinstance(await town.ask(ISO, same), CommentsView), "the same press again"
    heard = await composed(town, "told-answered", first)
    assert isinstance(heard, Told)
    assert heard.outcome is not None
    assert heard.outcome.why == "Your comment was accepted in part."
    assert heard.answer == "Carts have a card now."
    async with browser(town, TEACHER) as client:
        for path in ("/", "/said"):
            page = (await client.get(path)).text
            assert "About: ITR 4: Passwords, 1. Passwords." in page
            assert "Your comment was accepted in part." in page
            assert "Carts have a card now." in page

    amended = TEXT + "\nAt night call 402-555-0111.\n"
    await town.ask(ISO, written(rule, amended, changed="A number for the night"))
    view = await take(town, ISO, rule, RuleStep.AMENDED)
    assert isinstance(view, RuleView), view
    assert view.rule.version == 2
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    today = town.clock().date()
    too_few = await take(
        town, CHAIR, rule, RuleStep.RATIFIED, on=today, **(VOTE | {"present": "1"})
    )
    assert isinstance(too_few, FormView)
    assert "no quorum" in too_few.unfit["present"].why
    view = await take(town, CHAIR, rule, RuleStep.RATIFIED, on=today, **VOTE)
    assert isinstance(view, RuleView), view
    assert view.rule.state is RuleState.RATIFIED
    view = await take(town, CTO, rule, RuleStep.PUBLISHED, on=today + timedelta(days=7))
    assert isinstance(view, RuleView), view
    assert view.rule.state is RuleState.PUBLISHED
    assert view.rule.holds is None, "the day has not come"
    town.clock.moved += timedelta(days=8)
    await town.core.dispatch.keep_time()
    view = await town.ask(TEACHER, ShowRule(rule_id=rule))
    assert view.rule.holds == 2
    said = [one for one in await audited(town) if one.startswith("rule ")]
    assert said[0] == "rule drafted, version 0"
    assert said[-2:] == ["rule published, version 2", "rule in effect, version 2"]


async def test_what_staff_read_and_the_committee_gets(town: Hall) -> None:
    rule = uuid4()
    await town.ask(ISO, written(rule))
    assert isinstance(await town.ask(TEACHER, ShowRule(rule_id=rule)), Refused), "a draft"
    await take(town, ISO, rule, RuleStep.PROPOSED)
    assert isinstance(await town.ask(TEACHER, ShowRule(rule_id=rule)), Refused), "proposed"
    seen = await town.ask(CHAIR, ShowRule(rule_id=rule))
    assert isinstance(seen, RuleView)
    assert seen.can == {RuleStep.OPENED, RuleStep.RETURNED}
    told = (await rows(town, "rule-news"))[CHAIR]
    news = await composed(town, "rule-news", told.subject)
    assert isinstance(news, RuleNews)
    assert news.step.step is RuleStep.PROPOSED
    await take(town, CHAIR, rule, RuleStep.OPENED)
    assert TEACHER in await rows(town, "rule-open")
    assert isinstance(await town.ask(TEACHER, ShowRule(rule_id=rule)), RuleView)


async def test_comments_end_on_a_school_day_and_only_get_more_time(town: Hall) -> None:
    rule = await commented(town)
    view = await town.ask(ISO, ShowRule(rule_id=rule))
    last = (view.rule.comments_end - timedelta(seconds=1)).date()
    assert last >= town.clock().date() + timedelta(days=30)
    assert last.weekday() < 5
    shorter = await take(town, ISO, rule, RuleStep.EXTENDED, on=last - timedelta(days=7))
    assert isinstance(shorter, FormView)
    assert "only be extended" in shorter.unfit["on"].why
    saturday = await take(town, ISO, rule, RuleStep.EXTENDED, on=date(2026, 11, 28))
    assert isinstance(saturday, FormView)
    longer = await take(town, ISO, rule, RuleStep.EXTENDED, on=date(2026, 11, 24))
    assert isinstance(longer, RuleView), longer
    town.clock.moved += view.rule.comments_end - town.clock() + timedelta(hours=1)
    await town.core.dispatch.keep_time()
    assert (await town.ask(ISO, ShowRule(rule_id=rule))).rule.state is RuleState.COMMENTING
    await until_comments_end(town)
    assert (await town.ask(ISO, ShowRule(rule_id=rule))).rule.state is RuleState.CONSIDERING


@pytest.mark.parametrize(
    ("opened", "last"),
    [
        ((2027, 5, 20), date(2027, 8, 25)),
        ((2027, 7, 1), date(2027, 9, 9)),
        ((2027, 1, 20), date(2027, 2, 19)),
    ],
    ids=["before summer", "in summer", "in winter"],
)
async def test_days_of_summer_are_no_days_for_comments(
    town: Hall, opened: tuple[int, int, int], last: date
) -> None:
    await calendar(town, example().district.calendar)
    rule = await proposed(town)
    town.clock.moved += datetime(*opened, 15, tzinfo=UTC) - town.clock()
    view = await take(town, CHAIR, rule, RuleStep.OPENED)
    assert isinstance(view, RuleView), view
    assert view.rule.comments_end is not None
    assert (view.rule.comments_end - timedelta(hours=12)).date() == last


async def test_comments_are_not_given_time_until_a_day_in_summer(town: Hall) -> None:
    await calendar(town, example().district.calendar)
    rule = await commented(town)
    summer = await take(town, ISO, rule, RuleStep.EXTENDED, on=date(2027, 6, 8))
    assert isinstance(summer, FormView)
    assert "day off" in summer.unfit["on"].why
    assert isinstance(await take(town, ISO, rule, RuleStep.EXTENDED, on=date(2027, 6, 4)), RuleView)


async def test_a_comment_after_the_period_is_kept_as_feedback_and_says_so(town: Hall) -> None:
    rule = await commented(town)
    await until_comments_end(town)
    view = await town.ask(TEACHER, ShowRule(rule_id=rule))
    assert not view.may_comment
    item = uuid4()
    token = about(view.rule, 1).token
    said = await town.ask(TEACHER, GiveFeedback(item_id=item, text="Too late", about=token))
    assert isinstance(said, FeedbackReceived)
    assert said.named is not None
    assert said.named.note is not None
    assert "isn’t open for comment" in said.named.note.why
    await town.core.dispatch.by_itself(
        FileReading(item_id=item, reading=reading("Too late", "devices"))
    )
    assert (await town.stored(item)).queue == "iso-desk"
    assert (await town.ask(ISO, ShowComments(rule_id=rule))).lines == ()


async def test_a_question_is_told_to_those_who_hold_the_office_and_a_comment_is_gathered(
    town: Hall,
) -> None:
    rule = await commented(town)
    gathered = await say(town, TEACHER, rule, "Four words are a lot", section=1)
    await until_comments_end(town)
    late = await say(town, TEACHER, rule, "Does it hold for carts?")
    assert await briefs(town, gathered) == [], "they are read together"
    held = example().district.named_for(Office.ISO)
    holders = [await person(town.core, one) for one in held]
    assert set(await briefs(town, late)) == {f"person:{one.id}" for one in holders}
    async with browser(town, ISO) as client:
        inbox = (await client.get("/")).text
    assert "Does it hold for carts?" in inbox
    assert "Four words are a lot" not in inbox
    iso, teacher = await person(town.core, ISO), await person(town.core, TEACHER)
    assert isinstance(await composed(town, "brief", late, iso), Brief)
    assert await composed(town, "brief", late, teacher) is None
    await town.ask(ISO, MoveItem(item_id=late, to=COMMITTEE))
    assert await composed(town, "brief", late) is None, "it is the committee's now"


async def test_a_question_that_names_the_iso_is_told_to_a_deputy(town: Hall) -> None:
    rule = await commented(town)
    await until_comments_end(town)
    iso = await person(town.core, ISO)
    item = await say(town, TEACHER, rule, f"{iso.name} never answers")
    told = await briefs(town, item)
    assert told
    assert f"person:{iso.id}" not in told


async def test_an_office_answers_by_the_districts_clock_which_stands_still_in_summer(
    town: Hall,
) -> None:
    await calendar(town, example().district.calendar)
    rule = await commented(town)
    comment = await say(town, TEACHER, rule, "Four words are a lot", section=1)
    ends = (await town.ask(ISO, ShowRule(rule_id=rule))).rule.comments_end
    due = (await town.stored(comment)).due_at
    assert due is not None
    assert due > ends + timedelta(days=29), "nobody answers before the period ends"
    town.clock.moved += datetime(2027, 5, 20, 15, tzinfo=UTC) - town.clock()
    await town.core.dispatch.keep_time()
    late = (await town.stored(await say(town, TEACHER, rule, "Which carts?"))).due_at
    assert late is not None
    assert late.date() == date(2027, 8, 26), "14 days without Memorial Day, and 16 after summer"


async def test_nobody_changes_a_version_through_any_door(town: Hall) -> None:
    rule = await proposed(town)
    for change in (
        update(rule_version).where(rule_version.c.rule_id == rule).values(body="{}"),
        delete(rule_version).where(rule_version.c.rule_id == rule),
        text("REPLACE INTO rule_version SELECT * FROM rule_version"),
    ):
        with pytest.raises(DatabaseError, match="never changed"):
            await town.core.store.write(lambda tx, change=change: tx.connection.execute(change))
    seen = await town.ask(ISO, ShowRule(rule_id=rule))
    assert seen.version.texts["en"] == TEXT.strip()


async def test_an_interim_rule_holds_at_once_and_ends_by_itself(town: Hall) -> None:
    rule = uuid4()
    await town.ask(ISO, written(rule))
    until = town.clock().date() + timedelta(days=10)
    refused = await take(town, CTO, rule, RuleStep.INTERIM, on=until)
    assert isinstance(refused, FormView), "it must be said why"
    view = await take(town, CTO, rule, RuleStep.INTERIM, on=until, why="Phishing this week")
    assert isinstance(view, RuleView), view
    assert view.rule.holds == 1
    assert isinstance(await town.ask(TEACHER, ShowRule(rule_id=rule)), RuleView)
    town.clock.moved += timedelta(days=12)
    await town.core.dispatch.keep_time()
    assert (await town.ask(ISO, ShowRule(rule_id=rule))).rule.holds is None


async def test_what_does_not_fit_is_said_and_nothing_is_lost(town: Hall) -> None:
    form = await town.ask(ISO, written(uuid4(), "", number="", committee="nobody"))
    assert isinstance(form, DraftForm)
    assert set(form.unfit) == {"number", "committee", "text"}
    assert form.draft.title.default == "Passwords"
    rule = await proposed(town)
    again = await town.ask(ISO, written(uuid4(), number="itr-4"))
    assert isinstance(again, DraftForm)
    assert set(again.unfit) == {"number"}
    elsewhere = await town.ask(ISO, written(rule, "Another text"))
    assert isinstance(elsewhere, Refused), "it is proposed"


async def test_an_invitation_to_comment_ends_with_the_period(town: Hall) -> None:
    rule = await commented(town)
    told = (await rows(town, "rule-open"))[TEACHER]
    news = await composed(town, "rule-open", told.subject)
    assert isinstance(news, RuleNews)
    await until_comments_end(town)
    assert (await town.ask(ISO, ShowRule(rule_id=rule))).rule.state is RuleState.CONSIDERING
    assert await composed(town, "rule-open", told.subject) is None


async def test_whom_a_comment_names_neither_reads_nor_answers_it(town: Hall) -> None:
    """A deputy of the Information Security Officer does."""
    rule = await commented(town)
    about_him = await say(town, TEACHER, rule, "Mr. Holmquist never asked us")
    other = await say(town, OFFICE, rule, "Four words are too many")
    officer = await person(town.core, ISO)
    await town.core.store.write(lambda tx: tx.keep_from(about_him, officer.id))
    listed = await town.ask(ISO, ShowComments(rule_id=rule))
    said = {one.comment.item_id: one.comment.words for one in listed.lines}
    assert said == {about_him: None, other: "Four words are too many"}
    answered = DisposeComments(
        rule_id=rule,
        item_id=other,
        comments=(str(about_him), str(other)),
        disposition=Disposition.DECLINED,
        reason="We will see.",
    )
    await town.ask(ISO, answered)
    kept = await town.core.store.read(lambda tx: tx.rule_comment(about_him))
    assert kept is not None
    assert kept.disposition is None
    form = await town.ask(ISO, Open(of=DisposeComments(rule_id=rule, item_id=about_him)))
    assert isinstance(form, Refused)


async def test_a_comment_is_not_accepted_because_nothing_was_chosen(town: Hall) -> None:
    rule = await commented(town)
    item = await say(town, TEACHER, rule, "Four words are too many")
    unchosen = DisposeComments(
        rule_id=rule, item_id=item, comments=(str(item),), reason="We will see."
    )
    form = await town.ask(ISO, unchosen)
    assert isinstance(form, FormView)
    assert {key: one.why for key, one in form.unfit.items()} == {
        "disposition": "Choose a decision."
    }
    assert form.values["reason"] == "We will see."
    kept = await town.core.store.read(lambda tx: tx.rule_comment(item))
    assert kept is not None
    assert kept.disposition is None


async def test_a_comment_that_is_sensitive_stays_with_its_one_reader(town: Hall) -> None:
    rule = await commented(town)
    view = await town.ask(TEACHER, ShowRule(rule_id=rule))
    item, token = uuid4(), about(view.rule, 1).token
    await town.ask(TEACHER, GiveFeedback(item_id=item, text="He touched me", about=token))
    read = FileReading(item_id=item, reading=reading("He touched me", "restricted"))
    await town.core.dispatch.by_itself(read)
    assert (await town.stored(item)).queue == "restricted"
    (line,) = (await town.ask(ISO, ShowComments(rule_id=rule))).lines
    assert line.comment.words is None
    answered = DisposeComments(
        rule_id=rule,
        item_id=item,
        comments=(str(item),),
        disposition=Disposition.OUT_OF_SCOPE,
        reason="Not about this rule.",
    )
    await town.ask(ISO, answered)
    assert (await town.stored(item)).state is ItemState.NEW, "its reader has yet to answer it"


async def test_staff_never_read_what_was_only_proposed(town: Hall) -> None:
    """Not by its page, nor by the form to comment, nor by the page on which nobody is known."""
    rule = await proposed(town)
    await take(town, CHAIR, rule, RuleStep.RETURNED, why="Not this")
    await town.ask(ISO, written(rule, "## Another\nText"))
    await take(town, ISO, rule, RuleStep.PROPOSED)
    for who, sees in ((TEACHER, False), (CHAIR, True)):
        form = await town.ask(who, ShowFeedbackForm(about=f"rule-{rule.hex}-2-0"))
        assert (form.named is not None) is sees
    door = await town.core.store.read(lambda tx: tx.anonymous_doors(town.clock())[0])
    show = ShowAnonymousForm(door=door, about=f"rule-{rule.hex}-2-0")
    shown = (await town.core.dispatch.unsigned(show)).message
    assert shown.named is None
    await take(town, CHAIR, rule, RuleStep.OPENED)
    seen = await town.ask(TEACHER, ShowRule(rule_id=rule))
    assert [one.number for one in seen.versions] == [2], "the first was sent back"
    odd = await town.ask(TEACHER, ShowFeedbackForm(about=f"rule-{rule.hex}-2-4711"))
    assert odd.named is None, "a part that is not there would tell whose link it was"
    padded = GiveFeedback(item_id=uuid4(), text="It is fine", about=f"rule-{rule.hex}-002-01")
    await town.ask(TEACHER, padded)
    kept = await town.core.store.read(lambda tx: tx.item(padded.item_id))
    assert kept is not None
    assert kept.about == f"rule-{rule.hex}-2-1"


async def test_a_draft_is_withdrawn_and_what_holds_stays(town: Hall) -> None:
    rule = await commented(town)
    refused = await take(town, ISO, rule, RuleStep.WITHDRAWN)
    assert isinstance(refused, FormView), "it must be said why"
    view = await take(town, ISO, rule, RuleStep.WITHDRAWN, why="Not needed")
    assert isinstance(view, RuleView), view
    assert view.rule.state is RuleState.RETIRED
    dates = (await town.ask(TEACHER, ShowRules(dates=True))).dates
    assert dates == (), "no calendar tells of a comment period that was given up"


async def test_a_proposed_title_is_not_in_the_library_of_staff(town: Hall) -> None:
    """A revision is proposed before what was published takes effect."""
    rule = await commented(town)
    await until_comments_end(town)
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    day = town.clock().date()
    await take(town, CHAIR, rule, RuleStep.RATIFIED, on=day, **VOTE)
    await take(town, CTO, rule, RuleStep.PUBLISHED, on=day + timedelta(days=60))
    await take(town, ISO, rule, RuleStep.REVISING)
    await town.ask(ISO, written(rule, "## Another\nText", title="Not for staff yet"))
    await take(town, ISO, rule, RuleStep.PROPOSED)
    rows = (await town.ask(TEACHER, ShowRules())).rows
    assert [one.title.default for one in rows] == ["Passwords"]


async def test_days_far_ahead_are_refused(town: Hall) -> None:
    rule = await commented(town)
    far = await take(town, ISO, rule, RuleStep.EXTENDED, on=date(9999, 12, 31))
    assert isinstance(far, FormView)
    assert "within the next year" in far.unfit["on"].why


async def test_after_a_draft_is_saved_the_page_shows_that_draft(town: Hall) -> None:
    rule = await commented(town)
    await until_comments_end(town)
    longer = TEXT.replace("four words", "five words")
    await town.ask(ISO, written(rule, longer, changed="A longer passphrase"))
    async with browser(town, ISO) as client:
        page = (await client.get(f"/rules/{rule}")).text
        assert "five words" in page
        assert "This is the draft. Nobody else sees it." in page
        assert "four words" in (await client.get(f"/rules/{rule}/1")).text
    async with browser(town, TEACHER) as client:
        page = (await client.get(f"/rules/{rule}")).text
        assert "four words" in page
        assert "five words" not in page
