"""Writing surveys in forms: nothing that was typed is lost, and nobody writes over anybody."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.files.templates import templates
from bot.web.authoring import body
from bot.web.authoring.drawing import drawn
from bot.web.authoring.parts import everything_unfit, filled, frame_inputs, question_inputs
from bot.web.forms import Form
from core.words import Words
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
    fields: dict[str, tuple[str, ...]] = {}
    for one in drawn(inputs, data, LANGUAGES, {}, words):  # type: ignore[arg-type]
        if one.rows:
            fields |= {box.name: (box.value,) for row in one.rows for box in row.boxes}
        elif one.input.shape.value == "flag":
            fields[one.input.name] = ("no", "yes") if one.value else ("no",)
        else:
            fields[one.input.name] = (one.value,)
    return Form(fields)


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
    draft = await begin(cto, template="tool-review")
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
