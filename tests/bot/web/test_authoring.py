"""Writing surveys in forms: nothing that was typed is lost, and nobody writes over anybody."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.files.survey_schema import question_schemas, survey_schema
from bot.files.templates import templates
from bot.web.authoring import body
from bot.web.authoring.drawing import Drawn, drawn
from bot.web.authoring.inputs import Shape
from bot.web.authoring.parts import everything_unfit, filled, frame_inputs, question_inputs
from bot.web.forms import Form
from core.words import Words
from surveys.results.barriers import ELEMENTS
from surveys.survey import Dimension, Survey, WaveState
from tests.attacks.visiting import send, signed_in
from tests.bot.web.reading import offered
from tests.journeys.running import Running, running
from tests.journeys.town import CTO, TEACHER, example, settle

LANGUAGES = ("en", "es")
SURVEYS = {one.key: one for one in (*example().surveys, *(t.survey for t in templates()))}


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@pytest.fixture(params=sorted(SURVEYS))
def survey(request: pytest.FixtureRequest) -> Survey:
    return SURVEYS[request.param]


# -- forms and what they hold ---------------------------------------------------------------------


def typed(inputs: object, data: body.Data, words: Words) -> Form:
    """A form as a browser sends it back, untouched."""
    return Form(sent(drawn(inputs, data, LANGUAGES, {}, words)))  # type: ignore[arg-type]


def sent(all_of: Iterable[Drawn]) -> dict[str, tuple[str, ...]]:
    fields: dict[str, tuple[str, ...]] = {}
    for one in all_of:
        fields |= sent(one.parts) | sent(inner for _, own in one.lines for inner in own)
        if one.rows:
            fields |= {box.name: (box.value,) for row in one.rows for box in row.boxes}
        elif one.input.shape in (Shape.FLAG, Shape.GROUP):
            fields[one.input.name] = ("no", "yes") if one.value else ("no",)
        else:
            fields[one.input.name] = (one.value,)
    return fields


def test_a_survey_becomes_a_body_and_a_survey_again(survey: Survey) -> None:
    data = body.parse(body.dump(body.of_survey(survey, "en")))
    assert body.survey_of(data, "en") == survey


def test_a_form_sent_back_untouched_changes_nothing(survey: Survey, words: Words) -> None:
    data = body.of_survey(survey, "en")
    data = filled(frame_inputs(words), typed(frame_inputs(words), data, words), data, LANGUAGES)
    for page, place, question in list(body.questions(data)):
        inputs = question_inputs(question["kind"], words)
        assert inputs, question["kind"]
        sent = typed(inputs, question, words)
        data["pages"][page]["questions"][place] = filled(inputs, sent, question, LANGUAGES)
    assert everything_unfit(data, LANGUAGES, words) == []
    assert body.survey_of(data, "en") == survey


def test_every_kind_of_the_files_has_a_form(words: Words) -> None:
    """Those of the files' reader, read off the problem that names them."""
    found = body.survey_of({"pages": [{"questions": [{"kind": "x"}]}]}, "en")
    assert isinstance(found, list)
    (said,) = (one.fix for one in found if '"x" is not a kind' in one.message)
    known = re.findall(r"[a-z]+", said.partition(":")[2])
    assert len(known) >= 10
    assert [kind for kind in known if not question_inputs(kind, words)] == []


def choices(now: list[body.Data], english: str, spanish: str, words: Words) -> list[body.Data]:
    form = Form({"choices.en": (english,), "choices.es": (spanish,)})
    only = [one for one in question_inputs("single", words) if one.name == "choices"]
    found: list[body.Data] = filled(only, form, {"choices": now}, LANGUAGES)["choices"]
    return found


def test_a_choice_keeps_its_key_when_it_moves_or_is_worded_better(words: Words) -> None:
    first = choices([], "Gym\nStage\nCafé", "Gimnasio\n\nCafetería", words)
    assert [one["key"] for one in first] == ["gym", "stage", "cafe"]
    assert [one["label"].get("es") for one in first] == ["Gimnasio", None, "Cafetería"]
    moved = choices(first, "Stage\nGym\nCafé", "", words)
    assert [one["key"] for one in moved] == ["stage", "gym", "cafe"]
    worded = choices(moved, "The stage\nGym\nCafé", "", words)
    assert [one["key"] for one in worded] == ["stage", "gym", "cafe"]
    more = choices(worded, "Gym\nCafé\nHall\nGym 2", "", words)
    assert [one["key"] for one in more] == ["gym", "cafe", "hall", "gym-2"]


def test_an_answer_keeps_a_goal_that_was_retired_until_another_is_chosen(words: Words) -> None:
    lines = [{"key": one, "label": {"en": one}} for one in ("gym", "hall")]
    data: body.Data = {"choices": [{**lines[0], "goal": "retired"}, lines[1]]}
    inputs = question_inputs("single", words, [("new", "A goal")])
    again = filled(inputs, typed(inputs, data, words), data, LANGUAGES)
    assert again["choices"][0]["goal"] == "retired"
    form = Form({**typed(inputs, data, words).fields, "choices.gym.goal": ("nowhere",)})
    assert filled(inputs, form, data, LANGUAGES)["choices"][0]["goal"] == "retired"
    form = Form({**form.fields, "choices.gym.goal": ("new",), "choices.hall.fixed": ("no", "yes")})
    chosen = filled(inputs, form, data, LANGUAGES)["choices"]
    assert (chosen[0]["goal"], chosen[1]["fixed"]) == ("new", True)


def test_a_condition_follows_a_question_that_gets_another_name() -> None:
    page = {"show_if": {"question": "wifi", "any_of": ["1"]}, "questions": [{"key": "why"}]}
    data: body.Data = {"pages": [{"questions": [{"key": "wifi"}]}, page]}
    body.put_question(data, 0, {"key": "gym-wifi"}, "wifi", "en")
    assert data["pages"][1]["show_if"]["question"] == "gym-wifi"
    body.put_question(data, 0, {"key": "why"}, "gym-wifi", "en")
    assert body.keys_of(data) == {"why", "why-2"}, "no two questions share a name"


# -- at the door ----------------------------------------------------------------------------------


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, settle(staff=3)) as found:
        yield found


@pytest.fixture
async def cto(service: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(service, CTO) as client:
        yield client


async def begin(client: httpx.AsyncClient, **how: str) -> str:
    """The path of a new draft."""
    sent = await send(client, "/desk/surveys", **how)
    assert sent.status_code == 303, sent.text
    return "/".join(sent.headers["location"].split("/")[:3])


async def version(client: httpx.AsyncClient, draft: str) -> str:
    found = re.search(r'name="after" value="(\d+)"', (await client.get(draft)).text)
    assert found is not None
    return found.group(1)


def texts(page: str) -> Iterator[str]:
    for found in re.findall(
        r"<textarea[^>]*>\n(.*?)</textarea>|value=\"([^\"]*)\"", page, re.DOTALL
    ):
        yield from (unescape(one) for one in found if one)


async def test_what_does_not_fit_is_kept_and_told_beside_its_input(cto: httpx.AsyncClient) -> None:
    draft = await begin(cto)
    wrong = {
        "kind": "number",
        "page": "0",
        "after": await version(cto, f"{draft}/about"),
        "prompt.en": "",
        "prompt.es": "¿Cuántos?",
        "minimum": "a few",
        "maximum": "9",
        "required": "yes",
    }
    sent = await send(cto, f"{draft}/add", **wrong)
    assert sent.status_code == 422
    assert "It is saved as you typed it" in sent.text
    assert 'id="f-minimum-why"' in sent.text
    assert 'href="#f-prompt.en"' in sent.text
    again = await cto.get(f"{draft}/questions/question")
    assert {"¿Cuántos?", "a few", "9"} <= set(texts(again.text))
    finish = await send(cto, f"{draft}/finish", after=await version(cto, draft))
    assert finish.status_code == 422
    assert "It cannot be launched yet" in finish.text


async def test_two_who_write_at_once_are_told_and_lose_nothing(cto: httpx.AsyncClient) -> None:
    draft = await begin(cto, copy="weekly-pulse")
    seen = await version(cto, draft)
    mine, theirs = f"{draft}/questions/week", {"page": "0", "after": seen, "longest": "500"}
    sent = await send(cto, f"{draft}/questions/note", **theirs, **{"prompt.en": "Theirs"})
    assert sent.status_code == 303
    scale = {"kind": "scale", "page": "0", "points": "5", "labels.1.en": "Low"}
    scale |= {"labels.5.en": "High", "required": "yes"}
    sent = await send(cto, mine, after=seen, **scale, **{"prompt.en": "Mine"})
    assert sent.status_code == 303, "another question: both are kept"
    sent = await send(cto, mine, after=seen, **scale, **{"prompt.en": "Mine, later"})
    assert sent.status_code == 409
    assert "Ramona Castellanos saved it" in sent.text
    assert "Mine, later" in set(texts(sent.text))
    now = re.search(r'name="after" value="(\d+)"', sent.text)
    assert now is not None
    sent = await send(cto, mine, after=now.group(1), **scale, **{"prompt.en": "Mine, later"})
    assert sent.status_code == 303
    page = (await cto.get(draft)).text
    assert "Theirs" in page
    assert "Mine, later" in page


async def test_what_was_deleted_comes_back(cto: httpx.AsyncClient) -> None:
    draft = await begin(cto, copy="technology-priorities")
    before = await version(cto, draft)
    deleted = await send(cto, draft, after=before, do="delete", question="wifi")
    assert deleted.status_code == 303
    assert "wifi" not in (await cto.get(draft)).text.partition("<main")[2].partition("next")[0]
    late = await send(cto, draft, after=before, do="up", question="main-device")
    assert late.status_code == 409, "moved on a page that is not the newest"
    back = await send(cto, draft, after=await version(cto, draft), do="back", version=before)
    assert back.status_code == 303
    assert "How well does the Wi-Fi work" in (await cto.get(draft)).text


@pytest.mark.parametrize("platform", ["web", "slack", "teams"])
async def test_a_preview_shows_every_word_that_is_asked(
    cto: httpx.AsyncClient, platform: str
) -> None:
    survey = max(example().surveys, key=lambda one: len({type(q) for q in one.questions}))
    draft = await begin(cto, copy=survey.key)
    page = await cto.get(f"{draft}/preview?platform={platform}&language=es")
    assert page.status_code == 200
    shown = unescape(page.text)
    for question in survey.questions:
        assert question.prompt.in_locale("es") in shown, question.key
        for choice in getattr(question, "choices", ()):
            assert choice.label.in_locale("es") in shown, choice.key


async def test_a_preview_closes_when_a_launch_would_by_default(cto: httpx.AsyncClient) -> None:
    """In the afternoon of a school day, whenever it is looked at."""
    path = "/desk/launch/weekly-pulse"
    form = dict(offered((await cto.get(path)).text).form(path).fields)
    closes = datetime.fromisoformat(f"{form['closes_at_date']} {form['closes_at_time']}")
    assert (closes.weekday() < 5, closes.hour) == (True, 16)
    closes = closes.replace(tzinfo=ZoneInfo("America/Chicago"))
    draft = await begin(cto, copy="weekly-pulse")
    page = await cto.get(f"{draft}/preview")
    assert Words("en", "America/Chicago").when(closes) in unescape(page.text)


async def test_nobody_but_the_ctos_office_writes_surveys(
    service: Running, cto: httpx.AsyncClient
) -> None:
    draft = await begin(cto, copy="weekly-pulse")
    async with signed_in(service, TEACHER) as teacher:
        for path in ("", "/about", "/tables", "/pages/0", "/questions/week", "/add", "/preview"):
            assert (await teacher.get(f"{draft}{path}")).status_code == 403, path
        assert (await teacher.get("/desk/surveys")).status_code == 403
        for path in ("", "/about", "/tables", "/try", "/finish", "/drop", "/add"):
            fields = {"after": "1", "do": "add", "page": "0", "kind": "text"}
            assert (await send(teacher, f"{draft}{path}", **fields)).status_code == 403, path
    assert (await cto.get(draft)).status_code == 200


async def test_a_template_is_filled_in_before_it_can_be_finished(cto: httpx.AsyncClient) -> None:
    offered = (await cto.get("/desk/surveys/new")).text
    assert "Your experience with the tool" in offered
    assert "[[" not in offered, "nobody fills it in there"
    draft = await begin(cto, template="tool-review")
    drafts = (await cto.get("/desk/surveys")).text
    assert "Your experience with the tool" in drafts
    assert "[[" not in drafts
    sent = await send(cto, f"{draft}/finish", after=await version(cto, draft))
    assert sent.status_code == 422
    assert "Still to fill in: [[the tool]]" in sent.text


async def test_tables_and_who_sees_them_are_chosen_and_it_waits_for_its_opening(
    service: Running, cto: httpx.AsyncClient
) -> None:
    draft = await begin(cto, copy="weekly-pulse")
    offered = unescape((await cto.get(f"{draft}/tables")).text)
    assert re.search(r"By building[^<]*<span[^>]*>Results for [^<]* have fewer than 12", offered)
    chosen = {"after": await version(cto, draft), "tables": "role", "committees": "network"}
    assert (await send(cto, f"{draft}/tables", **chosen)).status_code == 303
    done = await send(cto, f"{draft}/finish", after=await version(cto, draft))
    launch = done.headers["location"]
    assert launch == "/desk/launch/weekly-technology-pulse", "a copy has a name of its own"
    assert (await send(cto, f"{draft}/about", after="1")).status_code == 404, "it is finished"
    times = {"closes_at_date": "2031-03-14", "closes_at_time": "16:00", "reminders": "1"}
    times |= {"wave_id": str(UUID(int=7)), "opens_at_date": "2031-03-10"}
    times |= {"tables": "role", "told_to": "network"}
    half = await send(cto, launch, **times)
    assert half.status_code == 422
    assert "leave both empty to open it now" in half.text
    look = await send(cto, launch, **times, opens_at_time="09:00")
    told = await cto.get(look.headers["location"])
    checked = re.search(r'name="checked" value="([^"]+)"', told.text)
    assert checked is not None, "first everything is shown once more"
    assert await service.core.store.read(lambda tx: tx.wave(UUID(int=7))) is None
    times |= {"opens_at_time": "09:00", "checked": unescape(checked.group(1))}
    launched = await send(cto, launch, **times, do="launch")
    assert launched.headers["location"] == f"/desk/launched/{UUID(int=7)}"
    assert "Mar 10, 2031" in unescape((await cto.get("/desk/surveys")).text)
    wave = await service.core.store.read(lambda tx: tx.wave(UUID(int=7)))
    assert wave is not None
    assert wave.state is WaveState.PLANNED
    assert [table.by for table in wave.survey.tables] == [(), (Dimension.ROLE,)]
    assert wave.survey.committees == ("network",)
    assert wave.opens_at < wave.reminders[0] < wave.closes_at
    surveys = (await cto.get("/desk/surveys")).text
    assert "Version 1, launched on" in surveys


async def test_a_warning_is_told_beside_its_question_and_answered_with_a_reason(
    cto: httpx.AsyncClient,
) -> None:
    draft = await begin(cto, copy="weekly-pulse")
    asked = {"kind": "text", "page": "0", "longest": "200", "prompt.en": "What is your name?"}
    new = await send(cto, f"{draft}/add", **asked, after=await version(cto, draft))
    assert new.status_code == 303
    page = (await cto.get(draft)).text
    beside = page.partition('id="questions-what-is-your-name"')[2].partition("</li>")[0]
    assert 'class="warning"' in beside
    why = await send(cto, f"{draft}/finish", after=await version(cto, draft))
    assert why.status_code == 200
    (name,) = re.findall(r'name="(why\.[^"]+)"', why.text)
    seen = re.search(r'name="after" value="(\d+)"', why.text)
    assert seen is not None
    silent = await send(cto, f"{draft}/finish", after=seen.group(1), asked="yes")
    assert silent.status_code == 422
    assert "Say why it is right to ask this" in silent.text
    reason = {name: "It is a raffle that people enter by name."}
    done = await send(cto, f"{draft}/finish", after=seen.group(1), asked="yes", **reason)
    assert done.status_code == 303
    assert done.headers["location"].startswith("/desk/launch/")


# -- everything that a file can say ---------------------------------------------------------------


NO_EFFECT = {"pairwise": {("choices", "fixed")}}
"""Pairs are drawn for each person, so no choice of theirs has a place to keep."""


def fields_of(schema: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every field that a mapping of a file has, down to the last."""
    for way in schema.get("anyOf", ()):
        yield from fields_of(way, path)
    if "items" in schema:
        yield from fields_of(schema["items"], path)
    for name, field in schema.get("properties", {}).items():
        if name != "questions":
            yield (*path, name)
            yield from fields_of(field, (*path, name))


def names_in(page: str) -> set[str]:
    """What the controls of a page's forms are called."""
    return set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', page))


def settable(path: tuple[str, ...], names: set[str]) -> bool:
    """Whether a control sets a field: "ideas-days", "choices.wifi.goal", "prompt.en"."""
    if path[-1] == "label" and path[0] in ("choices", "statements"):
        path = path[:1]  # each line is one
    within = "".join(rf"{part}(?:[.-].+)?[.-]" for part in path[:-1])
    wanted = re.compile(rf"{within}{path[-1]}(?:[.-].+)?")
    return any(wanted.fullmatch(name) for name in names)


async def saved_question(cto: httpx.AsyncClient, draft: str, kind: str, page: int = 0) -> str:
    """The path of a new question of a kind, with answers to choose from."""
    asked = {"kind": kind, "page": str(page), "prompt.en": f"Of the kind {kind}?"}
    asked |= {"choices.en": "Gym\nHall\nStage", "statements.en": "It works.\nIt is fast."}
    asked |= {"required": "yes", "key": f"a-{kind}", "points": "5"}
    await send(cto, f"{draft}/add", **asked, after=await version(cto, draft))
    return f"{draft}/questions/a-{kind}"


@pytest.mark.parametrize("kind", question_schemas())
async def test_a_question_has_an_input_for_every_field_of_a_file(
    cto: httpx.AsyncClient, kind: str
) -> None:
    draft = await begin(cto)
    names = names_in((await cto.get(await saved_question(cto, draft, kind))).text)
    fields = set(fields_of(question_schemas()[kind])) - NO_EFFECT.get(kind, set())
    assert {path for path in fields if not settable(path, names)} == set()


async def test_a_survey_has_an_input_for_every_field_of_a_file(cto: httpx.AsyncClient) -> None:
    """On one of the forms that its page leads to."""
    draft = await begin(cto)
    for kind in ("agreement", "text"):
        await saved_question(cto, draft, kind)
    await send(cto, draft, do="add", after=await version(cto, draft))
    depends = {"depends": "a-agreement", "show": "answers"}
    await send(cto, f"{draft}/pages/1", **depends, after=await version(cto, draft))
    shown = (await cto.get(draft)).text
    forms = set(re.findall(rf'href="({draft}/(?:about|tables|adkar|pages/\d+))"', shown))
    names = {name for form in forms for name in names_in((await cto.get(form)).text)}
    names |= {f"pages.{name}" for name in names} | {"pages"}
    names |= {f"pages.show_if.{name}" for name in names} | {"pages.show_if"}
    names |= {"pages.show_if.question"} if "depends" in names else set()
    fields = set(fields_of(survey_schema()))
    assert ("pages", "show_if", "none_of") in fields
    assert {path for path in fields if not settable(path, names)} == set()


async def test_ideas_goals_and_places_of_answers_are_set_on_the_web(
    service: Running, cto: httpx.AsyncClient
) -> None:
    draft = await begin(cto)
    at = await saved_question(cto, draft, "pairwise")
    page = (await cto.get(at)).text
    goal = re.search(r'name="choices\.gym\.goal".*?<option value="([a-z-]+)">', page, re.DOTALL)
    assert goal is not None
    asked = {"page": "0", "prompt.en": "Which room?", "choices.en": "Gym\nHall\nStage"}
    asked |= {"pairs": "3", "key": "a-pairwise"}
    asked |= {"ideas": "yes", "ideas-moderator": "nobody", "ideas-days": "9", "required": "yes"}
    asked |= {"choices.gym.goal": goal.group(1), "choices.hall.key": "The Big Hall"}
    wrong = await send(cto, at, **asked, after=await version(cto, draft))
    assert wrong.status_code == 422
    assert "This is not an email address." in wrong.text
    asked |= {"ideas-moderator": "Staff0001@Example.org", "choices.the-big-hall.key": ""}
    again = await send(cto, at, **asked, after=await version(cto, draft))
    assert again.status_code == 303, again.text
    held = await body_of(service, draft)
    question = held["pages"][0]["questions"][0]
    assert question["ideas"] == {"moderator": "staff0001@example.org", "days": 9}
    assert [one["key"] for one in question["choices"]] == ["gym", "the-big-hall", "stage"]
    assert question["choices"][0]["goal"] == goal.group(1)
    none = await send(cto, at, **{**asked, "ideas": "no"}, after=await version(cto, draft))
    assert none.status_code == 303
    assert "ideas" not in (await body_of(service, draft))["pages"][0]["questions"][0]


async def test_adkar_needs_five_scales_and_follows_their_names(
    service: Running, cto: httpx.AsyncClient
) -> None:
    draft = await begin(cto, copy="weekly-pulse")
    asked = {"kind": "matrix", "page": "0", "prompt.en": "The new sign-in", "scale": "agreement"}
    asked |= {"statements.en": "\n".join("abcde"), "key": "change", "required": "yes"}
    added = await send(cto, f"{draft}/add", **asked, after=await version(cto, draft))
    assert added.status_code == 303
    names = [f"adkar-{element.key}" for element in ELEMENTS]
    four = dict(zip(names, [f"change.{one}" for one in "abcd"], strict=False))
    half = await send(cto, f"{draft}/adkar", **four, after=await version(cto, draft))
    assert half.status_code == 422
    assert 'id="f-adkar-reinforcement-why"' in half.text
    twice = {**four, names[4]: "change.a"}
    twice_sent = await send(cto, f"{draft}/adkar", **twice, after=await version(cto, draft))
    assert "Each element needs a question of its own." in twice_sent.text
    stuck = await send(cto, f"{draft}/finish", after=await version(cto, draft))
    assert f'href="{draft}/adkar"' in stuck.text.partition('role="alert"')[2]
    five = {**four, names[4]: "change.e"}
    whole = await send(cto, f"{draft}/adkar", **five, after=await version(cto, draft))
    assert whole.status_code == 303
    renamed = {**asked, "key": "sign-in", "statements.b.key": "bee"}
    await send(cto, f"{draft}/questions/change", **renamed, after=await version(cto, draft))
    held = await body_of(service, draft)
    assert held["adkar"] == [f"sign-in.{one}" for one in ("a", "bee", "c", "d", "e")]
    survey = body.survey_of(held, "en")
    assert isinstance(survey, Survey), survey
    assert survey.adkar == tuple(held["adkar"])
    assert "The new sign-in b" in (await cto.get(draft)).text.partition('id="adkar"')[2]


async def test_a_page_is_kept_from_those_with_an_answer_and_by_a_number(
    service: Running, cto: httpx.AsyncClient
) -> None:
    draft = await begin(cto)
    await saved_question(cto, draft, "agreement")
    await send(cto, draft, do="add", after=await version(cto, draft))
    shown = {"depends": "a-agreement", "none_of": "3", "at_least": "2", "at_most": ""}
    sent = await send(cto, f"{draft}/pages/1", **shown, after=await version(cto, draft))
    assert sent.status_code == 303
    condition = (await body_of(service, draft))["pages"][1]["show_if"]
    assert condition["none_of"] == ["3"]
    assert condition["at_least"] == 2
    again = (await cto.get(f"{draft}/pages/1")).text
    assert re.search(r'name="none_of" value="3" checked', again)


async def body_of(service: Running, draft: str) -> body.Data:
    found = await service.core.store.read(lambda tx: tx.draft(UUID(draft.rpartition("/")[2])))
    assert found is not None
    return body.parse(found.body)
