"""Ideas: what is taken, who reads it first, and what its author is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from core.people import Audience
from core.text import Text, text
from governance.access import Source
from governance.committees.absences import Absence
from governance.deliveries import Occasion
from governance.docket.due import Away
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from governance.priorities import handlers
from governance.priorities.commands import (
    AddIdea,
    DecideIdea,
    Decision,
    ShowIdea,
    ShowIdeaDecision,
    ShowIdeas,
    ShowIdeasBySurvey,
    TendIdeas,
)
from governance.priorities.matching import nearest, text_of
from governance.priorities.messages import (
    IdeaDecisionForm,
    IdeaReceived,
    IdeasBySurvey,
    IdeasRead,
    IdeasWaiting,
    IdeaToRead,
)
from governance.redaction.put_back import PutBack
from governance.refusals import ALREADY_SETTLED
from storage.ledger_tables import delivery
from storage.tables import person as person_table
from storage.transaction import Transaction
from surveys.commands import CheckLaunch, CloseWave, DeclineWave, LaunchSurvey, ShowPage
from surveys.messages import WaveClosedAlready
from surveys.priorities import asked_pairs
from surveys.priorities.commands import BeginPairs
from surveys.priorities.messages import Comparing
from surveys.priorities.model import Ideas, IdeaState, Reason
from surveys.questions import Choice
from surveys.survey import Page
from tests.attacks.hall import Hall, hall
from tests.bot.samples.priority import FIRST
from tests.governance.priorities.town import (
    DAYS,
    adds,
    choices,
    compares,
    ideas,
    kept,
    launched,
    pair,
    says,
    taking,
)
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, example, person
from tests.postgres import migrated_database

MORE_PAPER, PAPEL = "More paper in the printers", "Impresoras con papel"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=20) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=20) as found:
            yield found
        return
    with migrated_database() as url:
        async with hall(tmp_path, staff=20, url=url) as found:
            yield found


async def told(town: Hall) -> list[str]:
    """Who is sent that ideas wait, in the order of addresses."""
    sent = select(person_table.c.email).join(delivery, delivery.c.person_id == person_table.c.id)
    rows = await town.core.store.read(
        lambda tx: (
            tx.connection.execute(
                sent.where(delivery.c.kind == handlers.WAITING).order_by(person_table.c.email)
            )
            .scalars()
            .all()
        )
    )
    return list(rows)


async def morning(town: Hall, **by: float) -> None:
    town.clock.forward(**by)
    await town.core.dispatch.by_itself(TendIdeas())


# -- adding --------------------------------------------------------------------------------------


def given_back(shown: object, typed: str) -> str:
    """Why an idea was not taken: beside its words, which are in the form."""
    assert isinstance(shown, FormView), shown
    assert shown.values == {"text": typed}
    return shown.unfit["text"].why


async def test_three_ideas_each_and_every_one_waits(either: Hall) -> None:
    wave = await launched(either)
    for at, left in ((1, 2), (2, 1), (3, 0)):
        said = await either.ask(TEACHER, AddIdea(wave_id=wave, page=0, text=f"{MORE_PAPER} {at}"))
        assert isinstance(said, IdeaReceived)
        assert said.left == left
    fourth = await either.ask(TEACHER, AddIdea(wave_id=wave, page=0, text="And pens"))
    assert "as many as one person can add" in given_back(fourth, "And pens")
    opens = await either.ask(TEACHER, Open(of=AddIdea(wave_id=wave, page=0)))
    assert isinstance(opens, Refused)
    assert "as many as one person can add" in opens.why.why
    assert len(await choices(either, wave)) == len(FIRST.choices)
    assert {one.state for one in await ideas(either, wave)} == {IdeaState.WAITING}
    await adds(either, wave, "Pens", OFFICE)


async def test_who_presses_twice_adds_one(either: Hall) -> None:
    wave = await launched(either)
    for at, left in ((1, 2), (2, 1), (3, 0)):
        new = AddIdea(wave_id=wave, page=0, text=f"{MORE_PAPER} {at}")
        first, again = await either.ask(TEACHER, new), await either.ask(TEACHER, new)
        assert isinstance(first, IdeaReceived)
        assert first.left == left
        assert again == first
    assert len(await ideas(either, wave)) == 3


async def test_no_thank_you_gives_no_more_ideas(town: Hall) -> None:
    wave = await launched(town)
    for at in range(3):
        await adds(town, wave, f"{MORE_PAPER} {at}")
    await town.ask(TEACHER, DeclineWave(wave_id=wave))
    assert set((await kept(town, wave)).answers) == {"first.ideas"}
    fourth = await town.ask(TEACHER, AddIdea(wave_id=wave, page=0, text="And pens"))
    assert "as many as one person can add" in given_back(fourth, "And pens")
    shown = await town.ask(TEACHER, ShowPage(wave_id=wave))
    assert isinstance(shown, Comparing)
    assert len(shown.news) == 3


async def test_what_does_not_fit_is_said_and_kept_in_the_form(town: Hall) -> None:
    wave = await launched(town)
    for typed, why in (("", "in a few words"), ("no", "in a few words"), ("x" * 121, "121")):
        form = await town.ask(TEACHER, AddIdea(wave_id=wave, page=0, text=typed))
        assert isinstance(form, FormView)
        assert form.values == {"text": typed}
        assert why in form.unfit["text"].why.format(**form.unfit["text"].values)
    named = "Let Emma Rodriguez in grade 4 sit near the outlet"
    new = AddIdea(wave_id=wave, page=0, text=named, put_back=PutBack(seen=""))
    form = await town.ask(TEACHER, new)
    assert isinstance(form, FormView)
    assert form.doubt is not None
    seen = PutBack(seen=form.doubt.seen)
    said = await town.ask(TEACHER, replace(new, put_back=seen))
    assert isinstance(said, IdeaReceived)
    (one,) = await ideas(town, wave)
    assert "Emma" not in one.words.default


async def test_what_is_there_already_is_asked_about(town: Hall) -> None:
    wave = await launched(town)
    again = AddIdea(wave_id=wave, page=0, text="quieter PROJECTORS.")
    form = await town.ask(TEACHER, again)
    assert isinstance(form, FormView)
    assert form.of == AddIdea(wave_id=wave, page=0, unlike="c6")
    assert form.values == {"text": again.text}
    assert "Quieter projectors" in repr(form.opening.above)
    (same,) = form.opening.beside
    assert same.command == ShowPage(wave_id=wave)
    assert form.shown_by == AddIdea(wave_id=wave, page=0), "it asks about nothing yet"
    assert isinstance(await town.ask(TEACHER, replace(again, unlike="c6")), IdeaReceived)


async def test_who_says_it_is_another_and_writes_anew_is_asked_anew(town: Hall) -> None:
    wave = await launched(town)
    other = AddIdea(wave_id=wave, page=0, text="quieter PROJECTORS.", unlike="c0")
    form = await town.ask(TEACHER, other)
    assert isinstance(form, FormView)
    assert form.of == AddIdea(wave_id=wave, page=0, unlike="c6")
    form = await town.ask(TEACHER, replace(other, unlike="c6", text="no"))
    assert isinstance(form, FormView)
    assert form.of == AddIdea(wave_id=wave, page=0)


def test_by_words_in_spanish_and_by_meaning_in_english() -> None:
    there = (
        Choice(key="wifi", label=text("Better Wi-Fi", es="Mejor Wi-Fi en cada salón")),
        Choice(key="pens", label=text("More pens", es="Más lápices")),
    )
    spanish = Text(default="Un mejor Wi-Fi en todos los salones de clase", language="es")
    assert [one.key for one in nearest(spanish, None, there, {})] == ["wifi"]
    english = text("A faster network")
    near, far = bytes([100, *[0] * 383]), bytes([*[0] * 383, 100])
    meanings = {"wifi": near, "pens": far}
    assert [one.key for one in nearest(english, near, there, meanings)] == ["wifi"]
    assert nearest(english, None, there, meanings) == [], "without a model nobody can tell"


async def test_what_choices_mean_is_read_and_an_idea_is_held_against_it(town: Hall) -> None:
    wave = await launched(town)
    waits = await adds(town, wave, "Beamers that make less noise")
    near, far = bytes([100, *[0] * 383]), bytes([*[0] * 383, 100])

    def read(tx: Transaction) -> None:
        new = tx.new_texts([text_of(one) for one in tx.choices_taking_ideas()])
        tx.want_meanings(new)
        tx.keep_meanings({one: near if one == "Quieter projectors" else far for one in new})
        assert len(new) == len(FIRST.choices)
        assert tx.new_texts(new) == []
        tx.put_idea(replace(waits, meaning=near))

    await town.core.store.write(read)
    await morning(town)
    shown = await town.ask(CHAIR, ShowIdeas(wave_id=wave))
    assert isinstance(shown, IdeaToRead)
    assert [one.default for one in shown.alike] == ["Quieter projectors"]


async def test_ideas_end_on_their_day_and_pairs_go_on(town: Hall) -> None:
    wave = await launched(town)
    idea = await adds(town, wave, MORE_PAPER)
    town.clock.forward(days=DAYS)
    said = await town.ask(TEACHER, Open(of=AddIdea(wave_id=wave, page=0)))
    assert isinstance(said, Refused)
    assert said.why.why.startswith("Ideas can no longer be added.")
    said = await town.ask(TEACHER, AddIdea(wave_id=wave, page=0, text="Pens"))
    assert given_back(said, "Pens").startswith("Ideas can no longer be added.")
    late = await town.ask(CHAIR, DecideIdea(idea_id=idea.id, decision=Decision.ADD))
    assert isinstance(late, IdeasRead), "nobody can add it anymore"
    await morning(town)
    (one,) = await ideas(town, wave)
    assert (one.state, one.reason) == (IdeaState.DECLINED, Reason.LATE)
    shown = await town.ask(TEACHER, ShowPage(wave_id=wave))
    assert isinstance(shown, Comparing)
    assert not shown.takes_ideas
    assert [news.reason for news in shown.news] == [Reason.LATE]


async def test_a_full_list_takes_no_more(town: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_pairs, "MOST_IDEAS", 1)
    monkeypatch.setattr(handlers, "MOST_IDEAS", 1)
    wave = await launched(town)
    first, second = await adds(town, wave, MORE_PAPER), await adds(town, wave, "Pens for all")
    await town.ask(CHAIR, DecideIdea(idea_id=first.id, decision=Decision.ADD))
    full = await town.ask(CHAIR, DecideIdea(idea_id=second.id, decision=Decision.ADD))
    assert isinstance(full, Refused)
    said = await town.ask(OFFICE, Open(of=AddIdea(wave_id=wave, page=0)))
    assert isinstance(said, Refused)
    assert "The list is full" in said.why.why


async def test_five_hundred_that_wait_are_enough(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_pairs, "MOST_WAITING", 2)
    wave = await launched(town)
    await adds(town, wave, MORE_PAPER)
    await adds(town, wave, "Pens for all", OFFICE)
    said = await town.ask(CHAIR, AddIdea(wave_id=wave, page=0, text="Chairs"))
    assert "try again in a few days" in given_back(said, "Chairs")


async def test_an_idea_for_a_survey_that_has_closed_is_given_back(town: Hall) -> None:
    wave = await launched(town)
    new = AddIdea(wave_id=wave, page=0, text=MORE_PAPER)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    assert isinstance(await town.ask(TEACHER, Open(of=new)), WaveClosedAlready)
    assert given_back(await town.ask(TEACHER, new), MORE_PAPER) == ALREADY_SETTLED
    for who, page in ((CTO, 0), (TEACHER, 7)):
        refused = await town.ask(who, replace(new, page=page))
        assert isinstance(refused, Refused), "nobody is shown a question that was not theirs"
        assert refused.why.why == ALREADY_SETTLED
    assert await ideas(town, wave) == []


# -- reading -------------------------------------------------------------------------------------


async def test_who_reads_ideas_finds_their_surveys(either: Hall) -> None:
    typed = replace(FIRST, prompt=text(f'Who is "moderator":"{TEACHER}"?'))
    wave = await launched(either, pages=(Page(questions=(typed,)),))
    refused = await either.ask(CHAIR, ShowIdeasBySurvey())
    assert isinstance(refused, Refused), "nobody has added one yet"
    await adds(either, wave, MORE_PAPER)
    await morning(either)
    for who in (CHAIR, CTO):
        shown = await either.ask(who, ShowIdeasBySurvey())
        assert isinstance(shown, IdeasBySurvey)
        assert [(one.wave_id, one.waiting, one.added) for one in shown.lines] == [(wave, 1, 0)]
    assert isinstance(await either.ask(TEACHER, ShowIdeasBySurvey()), Refused), "not named, typed"
    await either.ask(CTO, CloseWave(wave_id=wave))
    assert isinstance(await either.ask(CHAIR, ShowIdeasBySurvey()), Refused), "it is over"


async def test_each_decision_and_what_its_author_is_told(either: Hall) -> None:
    wave = await launched(either)
    added = await adds(either, wave, MORE_PAPER)
    same = await adds(either, wave, "Paper, and more of it")
    declined = await adds(either, wave, "A better world")
    await morning(either)
    shown = await either.ask(CHAIR, ShowIdeas(wave_id=wave))
    assert isinstance(shown, IdeaToRead)
    assert shown.waiting == 3
    await either.ask(CHAIR, DecideIdea(idea_id=added.id, decision=Decision.ADD))
    form = await either.ask(CHAIR, ShowIdeaDecision(idea_id=same.id, decision=Decision.SAME))
    assert isinstance(form, IdeaDecisionForm)
    assert added.key in {key for key, _ in form.choices}, "ideas that were added are there, too"
    merged = DecideIdea(idea_id=same.id, decision=Decision.SAME, same_as=added.key)
    await either.ask(CHAIR, merged)
    no = DecideIdea(idea_id=declined.id, decision=Decision.DECLINE)
    form = await either.ask(CHAIR, no)
    assert isinstance(form, IdeaDecisionForm)
    assert form.unfit["reason"].why == "Choose a reason."
    over = await either.ask(CHAIR, replace(no, reason=Reason.UNCLEAR))
    for once_more in (merged, replace(no, reason=Reason.UNCLEAR)):
        assert isinstance(await either.ask(CHAIR, once_more), IdeasRead), "the same press again"
    assert isinstance(over, IdeasRead)
    assert over.added == 1
    assert [one.label.default for one in (await choices(either, wave))[-1:]] == [MORE_PAPER]
    first = await either.ask(TEACHER, BeginPairs(wave_id=wave, page=0))
    assert isinstance(first, Comparing)
    assert [(one.state, one.same_as, one.reason) for one in first.news] == [
        (IdeaState.ADDED, None, None),
        (IdeaState.SAME, text(MORE_PAPER), None),
        (IdeaState.DECLINED, None, Reason.UNCLEAR),
    ]
    assert (await either.ask(OFFICE, BeginPairs(wave_id=wave, page=0))).news == ()


async def test_a_decision_is_made_once(town: Hall) -> None:
    wave = await launched(town)
    one = await adds(town, wave, MORE_PAPER)
    await town.ask(CHAIR, DecideIdea(idea_id=one.id, decision=Decision.ADD))
    again = DecideIdea(idea_id=one.id, decision=Decision.DECLINE, reason=Reason.DONE)
    declines = await town.ask(CTO, again)
    assert isinstance(declines, IdeaDecisionForm), "another choice is not dropped unseen"
    assert (declines.reason, declines.unfit["reason"].why) == (Reason.DONE, ALREADY_SETTLED)
    same = replace(again, decision=Decision.SAME, reason=None, same_as=FIRST.choices[0].key)
    assert (await town.ask(CTO, same)).unfit["same_as"].why == ALREADY_SETTLED
    assert isinstance(await town.ask(CHAIR, ShowIdea(idea_id=one.id)), IdeasRead)
    (found,) = await ideas(town, wave)
    assert found.state is IdeaState.ADDED
    assert len(await choices(town, wave)) == len(FIRST.choices) + 1


async def test_a_new_idea_is_in_pairs_of_people_who_come_later(town: Hall) -> None:
    wave = await launched(town)
    await compares(town, wave, OFFICE)
    one = await adds(town, wave, MORE_PAPER)
    edited = DecideIdea(
        idea_id=one.id,
        decision=Decision.EDIT,
        text="Paper everywhere",
        translated=PAPEL,
    )
    await town.ask(CHAIR, edited)
    assert isinstance(await town.ask(CHAIR, edited), IdeasRead), "the same press again"
    other = await town.ask(CTO, replace(edited, text="Paper by the door"))
    assert isinstance(other, IdeaDecisionForm), "nothing that was typed is dropped"
    assert other.text == "Paper by the door"
    assert other.unfit["text"].values == {"reason": "Paper everywhere"}
    await compares(town, wave, TEACHER)
    await compares(town, wave, CHAIR)
    pairs = [(await kept(town, wave, who)).answers["first.asked"] for who in (TEACHER, CHAIR)]
    assert any(one.key in entry for own in pairs for entry in own)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    (last,) = (await choices(town, wave))[len(FIRST.choices) :]
    assert last.label == Text(default="Paper everywhere", translations={"es": PAPEL})


async def test_only_the_moderator_and_the_office_read_ideas(town: Hall) -> None:
    wave = await launched(town)
    one = await adds(town, wave, MORE_PAPER)
    await morning(town)
    for command in (ShowIdeas(wave_id=wave), ShowIdea(idea_id=one.id)):
        assert isinstance(await town.ask(TEACHER, command), Refused), "not even its author"
        assert isinstance(await town.ask(OFFICE, command), Refused)
        for who in (CHAIR, CTO):
            assert isinstance(await town.ask(who, command), IdeaToRead)


async def test_nobody_sees_when_an_idea_was_added(town: Hall) -> None:
    """New ones come together, in the morning; on the last day there is no morning to wait for."""
    wave = await launched(town)
    await adds(town, wave, MORE_PAPER)
    await morning(town)
    await adds(town, wave, "Pens for all", OFFICE)
    shown = await town.ask(CHAIR, ShowIdeas(wave_id=wave))
    assert isinstance(shown, IdeaToRead)
    assert (shown.words.default, shown.waiting) == (MORE_PAPER, 1)
    over = await town.ask(CHAIR, DecideIdea(idea_id=shown.idea_id, decision=Decision.ADD))
    assert isinstance(over, IdeasRead), "nor is one more counted"
    note = await town.core.store.read(
        lambda tx: handlers.waiting(
            Occasion(store=tx, subject=wave, reader=None, queue=None, now=town.clock())
        )
    )
    assert note is None
    town.clock.forward(days=DAYS - 1)
    last = await town.ask(CHAIR, ShowIdeas(wave_id=wave))
    assert isinstance(last, IdeaToRead)
    assert last.words.default == "Pens for all"


async def test_each_question_has_a_moderator_of_its_own(town: Hall) -> None:
    other = taking(key="second", ideas=Ideas(moderator=OFFICE, days=DAYS))
    wave = await launched(town, pages=(Page(questions=(taking(),)), Page(questions=(other,))))
    one = await adds(town, wave, MORE_PAPER)
    await morning(town)
    assert isinstance(await town.ask(CHAIR, ShowIdeas(wave_id=wave)), IdeaToRead)
    assert isinstance(await town.ask(OFFICE, ShowIdeas(wave_id=wave)), IdeasRead)
    declines = DecideIdea(idea_id=one.id, decision=Decision.DECLINE, reason=Reason.DONE)
    for command in (ShowIdea(idea_id=one.id), declines):
        assert isinstance(await town.ask(OFFICE, command), Refused)
    office = await person(town.core, OFFICE)
    note = await town.core.store.read(
        lambda tx: handlers.waiting(
            Occasion(store=tx, subject=wave, reader=office, queue=None, now=town.clock())
        )
    )
    assert note is None, "none of theirs waits"
    assert isinstance(await town.ask(CHAIR, declines), IdeasRead)


# -- being told that ideas wait ------------------------------------------------------------------


async def test_one_message_a_day_and_the_office_after_a_day(town: Hall) -> None:
    wave = await launched(town)
    await adds(town, wave, MORE_PAPER)
    await adds(town, wave, "Pens for all")
    assert await told(town) == [], "nothing is sent at the moment somebody adds one"
    await morning(town)
    assert await told(town) == [CHAIR], "one message, however many wait"
    await morning(town, days=1)
    assert sorted(await told(town)) == sorted([CHAIR, CHAIR, CTO])
    shown = await town.core.store.read(
        lambda tx: handlers.waiting(
            Occasion(store=tx, subject=wave, reader=None, queue=None, now=town.clock())
        )
    )
    assert isinstance(shown, IdeasWaiting)
    assert (shown.waiting, shown.moderators) == (2, ("Nikolai Drobny",))


async def test_an_absent_moderator_is_stood_in_for_at_once(town: Hall) -> None:
    wave = await launched(town)
    await adds(town, wave, MORE_PAPER)
    chair = await person(town.core, CHAIR)
    today = town.clock().date()
    away = Absence(id=uuid4(), person=chair.id, days=Away(first=today, last=today))
    await town.core.store.write(lambda tx: tx.add_absence(away))
    await morning(town)
    assert sorted(await told(town)) == sorted([CHAIR, CTO])


async def test_so_is_one_who_left(town: Hall) -> None:
    wave = await launched(town)
    await adds(town, wave, MORE_PAPER)
    left = update(person_table).where(person_table.c.email == CHAIR).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(left) and None)
    await morning(town)
    assert await told(town) == [CTO]
    form = await town.ask(TEACHER, Open(of=AddIdea(wave_id=wave, page=0)))
    assert isinstance(form, FormView)
    assert "moderator=''" in repr(form.opening.above)


# -- a launch ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"ideas": Ideas(moderator="no@body.org", days=4)}, "survey", "no@body"),
        ({"pairs": 5}, "survey", "a page of its own and more than 5 pairs"),
        ({"ideas": Ideas(moderator=CHAIR, days=7)}, "closes_at", "for 7 days"),
    ],
)
async def test_a_launch_says_what_does_not_fit(
    town: Hall, changed: dict[str, object], field: str, why: str
) -> None:
    survey = replace(example().surveys[0], pages=(Page(questions=(taking(**changed),)),))
    launch = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(people=frozenset({TEACHER})),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
    )
    checked = await town.ask(CTO, CheckLaunch(launch=launch))
    unfit = checked.unfit[field]
    assert why in unfit.why.format(**unfit.values)


async def test_the_pair_that_was_open_when_an_idea_came_stays(town: Hall) -> None:
    wave = await launched(town)
    before = await pair(town, wave)
    one = await adds(town, wave, MORE_PAPER, OFFICE)
    await town.ask(CHAIR, DecideIdea(idea_id=one.id, decision=Decision.ADD))
    assert await pair(town, wave) == before
    assert isinstance(await town.ask(TEACHER, says(wave, before)), Comparing)
