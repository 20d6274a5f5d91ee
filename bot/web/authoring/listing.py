"""Every survey on one page, and how a new one begins: blank, from a template, or as a copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import uuid4

from markupsafe import Markup
from starlette.responses import Response

from bot.charts.beside_words import answered_briefly
from bot.conversation import Reader
from bot.files.templates import Template, templates
from bot.web import lists
from bot.web.authoring import body
from bot.web.authoring.holding import languages_of
from bot.web.authoring.inputs import Data, new_key
from bot.web.details import DrawnSection, DrawnTodo, drawn
from bot.web.notices import lines
from bot.web.render_card import one_button
from bot.web.rendering import written
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page
from core.details import Detail
from core.text import places
from governance import links, wording
from governance.authoring.commands import FinishDraft, SaveDraft, ShowSurveys
from governance.home.commands import CountWaves
from governance.views import DraftView, ReadyLine, SurveysView, WaveLines
from governance.waves import lists as wave_lists
from surveys.survey import Survey


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """A survey that is being written, as the list names it; ``title`` "" where it has none."""

    path: str
    title: str
    by: str | None
    at: datetime
    replaces: str | None


async def surveys(visit: Visit) -> Response:
    """What was launched; below it what repeats, what is ready, and what is being written."""
    view, reader = await _surveys(visit)
    words = visit.words(reader)
    first = languages_of(visit)[0]
    page = lists.shown(visit, wave_lists.wave_list(words, view.waves))
    counts = (await visit.ask(CountWaves(wave_ids=wave_lists.shown_waves(page)))).message
    if isinstance(counts, WaveLines):
        page = wave_lists.with_counts(
            page, counts.lines, lambda line: answered_briefly(line, words)
        )
    return await visit.page(
        "pages/surveys.html",
        words.say("Surveys"),
        reader,
        list=page,
        where=partial(lists.where, visit),
        view=view,
        drafts=[_line(draft, first, reader) for draft in view.drafts],
        ready=view.ready,
        newest=newest,
    )


async def new_form(visit: Visit) -> Response:
    """How a survey begins."""
    _, reader = await _surveys(visit)
    words = visit.words(reader)
    say = words.say

    def press(label: str, kind: str, about: str, **carries: str) -> Markup:
        at = links.surveys("")
        return one_button(reader, at, label, visit.csrf, kind, about, **carries)

    def line(one: Template) -> DrawnTodo:
        survey = one.survey
        title = written(survey.title, words)
        about = Markup("“{}”").format(title)
        buttons = press(say("Start with this"), "", about, template=one.key)
        if not places(survey):
            buttons += press(
                say("Launch it as it is"), "plain", about, template=one.key, as_it_is="yes"
            )
        effort = wording.effort(words, len(survey.questions), survey.effort)
        return DrawnTodo(
            says=title,
            press=buttons,
            detail=Markup("{} {}").format(written(one.about, words), effort),
        )

    title = say("New survey")
    blank = DrawnTodo(
        says=say("A blank survey"),
        press=press(say("Start from scratch"), "", ""),
        detail=say("You write every question yourself."),
    )
    ways = [
        DrawnSection(title=say("Proven sets of questions"), todo=[*map(line, templates())]),
        DrawnSection(title=say("From scratch"), todo=[blank]),
    ]
    lead = say(
        "Start with a proven set of questions and change what you like, or start from scratch."
    )
    view = drawn(visit, Detail(title=title, notes=lines(lead)), reader)
    up = Page(label=say("Surveys"), path=links.surveys(""))
    return await visit.of_kind("detail", title, reader, view=replace(view, sections=ways), up=up)


def newest(line: ReadyLine) -> bool:
    """Whether a survey was launched as it is now."""
    return bool(line.versions) and line.versions[0].survey == line.survey


def _line(view: DraftView, first: str, reader: Reader) -> DraftLine:
    return DraftLine(
        path=f"/drafts/{view.draft.id}",
        title=body.title_of(body.parse(view.draft.body), first, reader.locale),
        by=view.edits[0].by,
        at=view.draft.edited_at,
        replaces=view.draft.replaces,
    )


async def begin(visit: Visit) -> Response:
    """``template``, ``edit`` or ``copy`` (a ready survey's key, a copy with ``version``); with
    none of them it begins blank. A template can go to its launch ``as_it_is``."""
    view, _ = await _surveys(visit)
    first, form = languages_of(visit)[0], visit.form
    if form.one("as_it_is") == "yes":
        return await _as_it_is(visit, view, _template(form.one("template")).survey, first)
    replaces = None
    if key := form.one("template"):
        data = _copied(_template(key).survey, first)
    elif key := form.one("edit"):
        replaces = key
        data = body.of_survey(_ready(view, key).survey, first)
    elif key := form.one("copy"):
        data = _copied(_version(_ready(view, key), form.one("version")), first)
    else:
        known = view.ready[0].survey if view.ready else None
        data = body.blank(body.of_survey(known, first)["asked_by"] if known else None)
    draft = uuid4()
    command = SaveDraft(draft_id=draft, after=0, body=body.dump(data), replaces=replaces)
    await visit.ask(command)
    at = f"/drafts/{draft}"
    return visit.go(at if len(data["pages"][0]["questions"]) else f"{at}/about")


async def _as_it_is(visit: Visit, view: SurveysView, survey: Survey, first: str) -> Response:
    """On to the launch of a template that is ready as it stands: once made ready it is the same
    survey the next time, so that its runs can be set side by side."""
    if places(survey):
        raise TroubleError(400)
    for line in view.ready:
        if replace(line.survey, key=survey.key) == survey:
            return visit.go(f"/desk/launch/{line.survey.key}")
    taken = {line.survey.key for line in view.ready}
    if survey.key in taken:
        key = new_key(survey.title.default, taken, otherwise="survey")
        survey = replace(survey, key=key)
    draft = uuid4()
    written = body.dump(body.of_survey(survey, first))
    await visit.ask(SaveDraft(draft_id=draft, after=0, body=written))
    reply = await visit.ask(FinishDraft(draft_id=draft, after=1, survey=survey))
    if not isinstance(reply.message, DraftView):  # somebody took the key meanwhile
        return visit.go(f"/drafts/{draft}")
    return visit.go(f"/desk/launch/{survey.key}")


def _template(key: str) -> Template:
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise TroubleError(400)
    return found


def _copied(survey: Survey, first: str) -> Data:
    """A copy is another survey: it gets a key of its own when it is finished."""
    data = body.of_survey(survey, first)
    del data["key"]
    return data


def _ready(view: SurveysView, key: str) -> ReadyLine:
    found = next((line for line in view.ready if line.survey.key == key), None)
    if found is None:
        raise TroubleError(404)
    return found


def _version(line: ReadyLine, number: str) -> Survey:
    if not number:
        return line.survey
    found = next((one for one in line.versions if str(one.number) == number), None)
    if found is None:
        raise TroubleError(404)
    return found.survey


async def _surveys(visit: Visit) -> tuple[SurveysView, Reader]:
    reply = await visit.ask(ShowSurveys())
    if not isinstance(reply.message, SurveysView):
        raise TroubleError(404)
    return reply.message, reply.reader
