"""Surveys made by chance, at the doors of Slack, of Teams and of the web: what is authored is what
is asked, and what is answered is what is counted, on all three alike.

A seed is one survey. ``make prove`` has many; a failure names its seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import update

from bot.app.core import Core
from core.people import Audience, Platform
from storage.tables import person
from surveys.asking.counted import asked_key
from surveys.commands import CloseWave, LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.questions import (
    Answer,
    Date,
    FreeText,
    Matrix,
    Number,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Page, Survey
from tests.journeys import asked, generated
from tests.journeys.asked import Options, Seen
from tests.journeys.running import Running, running, until
from tests.journeys.town import settle, small_roster, teachers
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts
from tests.stand_ins.teams import TeamsStandIn, TeamsUser

EACH = 3
"""People on each platform."""

CROWD = [one.email for one in teachers(small_roster(40), 3 * EACH)]
IN_SLACK, IN_TEAMS, ON_THE_WEB = CROWD[:EACH], CROWD[EACH : 2 * EACH], CROWD[2 * EACH :]
Given = dict[str, Any]


@dataclass
class Place:
    """One service with Slack, Teams and the web in front of it."""

    service: Running
    slack: SlackStandIn
    users: dict[str, str]
    teams: TeamsStandIn
    staff: dict[str, TeamsUser]
    thanked: dict[str, Any] = field(default_factory=dict)
    """The last card that somebody in Teams has."""


@dataclass(frozen=True)
class Bout:
    """How somebody goes about it: once more, with every input filled anew; or no further than the
    first page."""

    again: bool = False
    stops: bool = False


async def settled(core: Core) -> None:
    """The town, with a third of the crowd on each platform."""
    await settle(Platform.SLACK)(core)
    for platform, people in ((Platform.TEAMS, IN_TEAMS), (Platform.WEB, ON_THE_WEB)):
        moved = update(person).where(person.c.email.in_(people)).values(platform=platform.value)
        await core.store.write(lambda tx, moved=moved: tx.connection.execute(moved) and None)


@asynccontextmanager
async def everywhere(folder: Path) -> AsyncIterator[Place]:
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        users = {email: slack.add_user(email) for email in IN_SLACK}
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
            **teams.served_by,
        }
        async with running(folder, settled, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            teams.reach(service.url)
            staff = {}
            for email in IN_TEAMS:
                staff[email] = teams.person(email.partition("@")[0], email)
                await teams.install(staff[email])
            yield Place(service, slack, users, teams, staff)


async def launch(place: Place, survey: Survey) -> UUID:
    launched = await place.service.by_itself(
        LaunchSurvey(
            wave_id=uuid4(),
            survey=survey,
            audience=Audience(people=frozenset(CROWD)),
            opens_at=None,
            closes_at=place.service.clock() + timedelta(days=7),
        )
    )
    assert isinstance(launched, WaveLaunched), launched
    assert launched.people == len(CROWD)
    return launched.wave_id


# -- what is authored is what is asked ------------------------------------------------------------


def asked_as_authored(page: Page, seen: Seen) -> None:
    """Each question's words are there, and behind each name what there is to choose: in the
    author's order, or, where it is mixed, all of it and what is fixed at the end."""
    wanted = [name for question in page.questions for name in _names(question)]
    assert set(seen.inputs) == set(wanted)
    for question in page.questions:
        assert question.prompt.default in seen.words
        assert question.hint is None or question.hint.default in seen.words
        inputs = seen.inputs.get(question.key, [])
        match question:
            case SingleChoice() | SeveralChoice():
                assert len(inputs) == 1
                _choices(question, inputs[0])
            case Ranking():
                assert len(inputs) == question.top
                for one in inputs:
                    _choices(question, one)
            case Pairwise():
                _pairs(question, inputs)
            case Scale():
                _points(question, inputs[0])
            case Matrix():
                for row in question.statements:
                    assert row.label.default in seen.words
                    _points(question, seen.inputs[f"{question.key}.{row.key}"][0])
            case Number() | Date() | FreeText():
                assert inputs == [[]]


def _names(question: Question) -> list[str]:
    match question:
        case Matrix():
            return [f"{question.key}.{row.key}" for row in question.statements]
        case SingleChoice() | SeveralChoice() if question.other:
            return [question.key, f"{question.key}.other"]
        case _:
            return [question.key]


def _choices(question: SingleChoice | SeveralChoice | Ranking, shown: Options) -> None:
    authored = [(choice.key, choice.label.default) for choice in question.choices]
    free = [pair for pair, c in zip(authored, question.choices, strict=True) if not c.fixed]
    last = [pair for pair in authored if pair not in free]
    other = None if isinstance(question, Ranking) else question.other
    if other is not None:
        last.append(("other", other.label.default))
    if question.random_order:
        assert sorted(shown[: len(free)]) == sorted(free)
        assert shown[len(free) :] == last
    else:
        rest = [("other", other.label.default)] if other is not None else []
        assert shown == [*authored, *rest]


def _pairs(question: Pairwise, inputs: list[Options]) -> None:
    labels = {choice.key: choice.label.default for choice in question.choices}
    assert len(inputs) == question.pairs
    met = []
    for (first, one), (second, other), (_, neither) in inputs:
        a, b = first.split(">")
        assert (second, one, other) == (f"{b}>{a}", labels[a], labels[b])
        assert neither == "I cannot decide"
        met.append(frozenset((a, b)))
    assert len(set(met)) == question.pairs


def _points(question: Scale | Matrix, shown: Options) -> None:
    lowest, n = question.lowest, question.points
    assert [value for value, _ in shown] == [str(point) for point in range(lowest, lowest + n)]
    for value, words in shown:
        label = question.labels.get(int(value))
        assert (label.default if label else value) in words


# -- filling it in, platform by platform ----------------------------------------------------------


async def answer_in_slack(
    place: Place, email: str, survey: Survey, chance: Random, bout: Bout = Bout()
) -> Given:
    slack, user = place.slack, place.users[email]

    async def come() -> Any:
        found = [m for m in slack.from_app(user) if survey.title.default in texts(m)]
        return found[0] if found else None

    message = await until(come)
    if asked.in_slack(message).inputs:
        (page,) = survey.pages
        seen = asked.in_slack(message)
        asked_as_authored(page, seen)
        given = generated.answers(page, seen, chance, everything=bout.again)
        tapped = not any(block["type"] == "input" for block in message["blocks"])
        if not tapped:
            await slack.click(user, message, "Answer", _alone(given))
            return given
        ((name, (options,)),) = seen.inputs.items()
        given = given or {name: options[0][0]}
        await slack.click(user, message, dict(options)[given[name]])
        return given
    change = "Change my answers"  # what a message that was answered in itself has become
    await slack.click(user, message, change if change in texts(message) else "Answer")
    said: Given = {}
    for _ in survey.pages:
        shown = await until(lambda: _top(slack, user))
        seen = asked.in_slack(shown)
        page = _page_of(survey, seen)
        asked_as_authored(page, seen)
        given = generated.answers(page, seen, chance, everything=bout.again)
        answer = await slack.submit(user, _alone(given))
        assert "errors" not in answer.text, answer.text
        said |= given
        left = slack.modal(user)
        if left is None or not asked.in_slack(left).inputs or bout.stops:
            break
    slack.world.modals[user].clear()
    return said


def _alone(given: Given) -> Given:
    """One of a kind is handed in as it is, not as a row of one."""
    return {
        k: one[0] if isinstance(one, tuple) and len(one) == 1 else one for k, one in given.items()
    }


async def _top(slack: SlackStandIn, user: str) -> Any:
    view = slack.modal(user)
    return view if view and asked.in_slack(view).inputs else None


async def answer_in_teams(
    place: Place, email: str, survey: Survey, chance: Random, bout: Bout = Bout()
) -> Given:
    teams, user = place.teams, place.staff[email]

    async def come() -> Any:
        found = [m for m in teams.messages(user.chat) if survey.title.default in m.text]
        return found[-1] if found else None

    if bout.again:
        card = (await teams.execute(user, place.thanked[email], "Change my answers")).card
    else:
        card = (await until(come)).card
    if not asked.in_teams(card).inputs:
        card = (await teams.execute(user, card, "Answer")).card
    said: Given = {}
    for _ in survey.pages:
        seen = asked.in_teams(card)
        page = _page_of(survey, seen)
        asked_as_authored(page, seen)
        given = generated.answers(page, seen, chance, everything=bout.again)
        said |= given
        titles = [action["title"] for action in card["actions"]]
        send = "Save and continue" if "Save and continue" in titles else "Send my answers"
        answer = await teams.execute(user, card, send, asked.typed_in_teams(card, given))
        assert "do not fit" not in answer.text, answer.text
        card = place.thanked[email] = answer.card
        if not asked.in_teams(card).inputs or bout.stops:
            break
    return said


async def answer_on_the_web(
    place: Place, email: str, survey: Survey, chance: Random, wave: UUID, bout: Bout = Bout()
) -> Given:
    url = place.service.url
    async with httpx.AsyncClient(base_url=url, follow_redirects=True) as web:
        link = await web.get(await place.service.signin_url(email))
        form = asked.posted(asked.on_the_web(link.text, ""), {})
        await web.post("/signin", content=form, headers=FORM)
        said: Given = {}
        at = await web.get(f"/surveys/{wave}/0")
        for _ in survey.pages:
            seen = asked.on_the_web(at.text)
            page = _page_of(survey, seen)
            asked_as_authored(page, seen)
            given = generated.answers(page, seen, chance, everything=bout.again)
            said |= given
            sent = asked.posted(seen, given)
            at = await web.post(at.url.path, content=sent, headers=FORM)
            assert at.status_code == 200, at.text
            if not asked.on_the_web(at.text).inputs:
                assert "Thank you" in at.text
                break
            if bout.stops:
                break
        return said


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _page_of(survey: Survey, seen: Seen) -> Page:
    """The page that is on the screen: the one whose names it has."""
    return next(
        page for page in survey.pages
        if {name for q in page.questions for name in _names(q)} & set(seen.inputs)
    )  # fmt: skip


# -- what is answered is what is counted ----------------------------------------------------------


def stored_as_answered(
    survey: Survey, given: list[Given], stored: Sequence[Mapping[str, Answer]]
) -> int:
    """How many answers were held against what was handed in. What is counted of them, and told, has
    tests of its own: a crowd of nine is told nothing."""
    held = 0
    for question in survey.questions:
        for name in _names(question):
            said = Counter(_plain(question, name, one[name]) for one in given if one.get(name))
            kept = Counter(_plain(question, name, one[name]) for one in stored if name in one)
            assert kept == said, name
            held += sum(said.values())
    return held


def _plain(question: Question, name: str, answer: Any) -> object:
    """An answer as it was handed in, or as it is kept."""
    if isinstance(answer, list | tuple):
        return tuple(answer) if isinstance(question, Ranking) else tuple(sorted(answer))
    if isinstance(question, Number) or (
        isinstance(question, Scale | Matrix) and not name.endswith(".other")
    ):
        return float(answer)
    return str(answer)


@dataclass
class Crowd:
    """Who answers one survey, and what is to be counted of it in the end."""

    place: Place
    survey: Survey
    wave: UUID
    chance: Random
    given: dict[str, Given] = field(default_factory=dict)

    async def answers(self, email: str, bout: Bout = Bout()) -> None:
        place, survey, chance = self.place, self.survey, self.chance
        if email in IN_SLACK:
            said = await answer_in_slack(place, email, survey, chance, bout)
        elif email in IN_TEAMS:
            said = await answer_in_teams(place, email, survey, chance, bout)
        else:
            said = await answer_on_the_web(place, email, survey, chance, self.wave, bout)
        due = [page for page in survey.pages if generated.is_shown(page, said)]
        if bout.stops and len(due) > 1:
            return
        names = [{name for q in page.questions for name in _names(q)} for page in due]
        assert set(said) <= set().union(*names), "a page that is not theirs"
        required = {q.key for page in due for q in page.questions if q.required}
        assert required <= {asked_key(name) for name in said}, "a page was not shown"
        self.given[email] = said


async def survey_of(place: Place, seed: int) -> int:
    """Everybody answers; on one platform everybody thinks again, and hands in something else; of
    some surveys with pages the last on each platform stops after the first."""
    chance = Random(seed)  # noqa: S311
    survey = generated.survey(chance, f"s{seed}")
    crowd = Crowd(place, survey, await launch(place, survey), chance)
    platforms = (IN_SLACK, IN_TEAMS, ON_THE_WEB)
    stops = Bout(stops=len(survey.pages) > 1 and chance.random() < 0.4)
    for people in platforms:
        for email in people:
            await crowd.answers(email, stops if email == people[-1] else Bout())
    for email in platforms[seed % 3][:-1]:
        await crowd.answers(email, Bout(again=True))
    stored = await place.service.core.store.read(lambda tx: tx.open_responses(crowd.wave))
    assert len(stored) == len(crowd.given)
    held = stored_as_answered(survey, list(crowd.given.values()), [one.answers for one in stored])
    await place.service.by_itself(CloseWave(wave_id=crowd.wave))
    results = await place.service.core.store.read(lambda tx: tx.results(crowd.wave))
    assert results is not None
    assert results.final
    return held


async def surveys_of(folder: Path, seeds: range) -> None:
    held = 0
    async with everywhere(folder) as place:
        for seed in seeds:
            try:
                held += await survey_of(place, seed)
            except Exception as error:
                raise AssertionError(f"the survey of seed {seed}") from error
            await place.service.pass_time(days=40)
    assert held >= len(seeds), "answers were kept, and held against what was handed in"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_few_surveys(tmp_path: Path) -> None:
    await surveys_of(tmp_path, range(4))


@pytest.mark.prove
@pytest.mark.parametrize(
    ("database", "block"),
    [("sqlite", 0), ("sqlite", 1), ("postgres", 0)],
    indirect=["database"],
)
async def test_many_surveys(tmp_path: Path, block: int) -> None:
    """What is asked, and read back out of what is shown, does not depend on the database; one
    block is enough to see that its kinds of answer are kept alike."""
    await surveys_of(tmp_path, range(100 + 15 * block, 115 + 15 * block))
