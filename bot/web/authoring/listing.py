"""Every survey on one page, and how a new one begins: blank, from a template, or as a copy."""

from __future__ import annotations

from dataclasses import replace
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
from bot.web.details import DrawnSection, DrawnTodo, button, drawn, section
from bot.web.notices import lines
from bot.web.rendering import written
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page
from core.details import Detail
from core.text import Text, places, places_as_words
from core.tiles import Tag, Tone
from core.words import Words
from governance import links, wording
from governance.authoring.commands import FinishDraft, SaveDraft, ShowSurveys
from governance.home.commands import CountWaves
from governance.series.listing import series_sections
from governance.views import DraftView, ReadyLine, SurveysView, WaveLines
from governance.waves import lists as wave_lists
from surveys.survey import Survey


async def surveys(visit: Visit) -> Response:
    """What was launched; below it what repeats, what is ready, and what is being written."""
    view, reader = await _surveys(visit)
    words = visit.words(reader)
    first = languages_of(visit)[0]
    page = lists.shown(visit, wave_lists.wave_list(words, view.waves, limited=view.limited))
    counts = (await visit.ask(CountWaves(wave_ids=wave_lists.shown_waves(page)))).message
    if isinstance(counts, WaveLines):
        page = wave_lists.with_counts(
            page, counts.lines, lambda line: answered_briefly(line, words)
        )
    repeats = [section(visit, one, reader) for one in series_sections(words, view.series)]
    return await lists.listed(
        visit,
        reader,
        words.say("Surveys"),
        page,
        actions=(Page(label=words.say("New survey"), path=f"{links.surveys('')}/new"),),
        after=[_ready_section(visit, view, reader), _drafts(visit, view, first, reader), *repeats],
    )


def _ready_section(visit: Visit, view: SurveysView, reader: Reader) -> DrawnSection:
    """What can be launched, changed, or copied."""
    words = visit.words(reader)
    none = words.say("None yet. Write one, or put one into the district’s files.")
    return DrawnSection(
        title=words.say("Ready to be launched"),
        lead="" if view.ready else none,
        todo=[_ready_line(visit, line, reader) for line in view.ready],
    )


def _ready_line(visit: Visit, line: ReadyLine, reader: Reader) -> DrawnTodo:
    words, survey, at = visit.words(reader), line.survey, links.surveys("")
    say, title = words.say, words.text(survey.title)

    def press(label: str, how: str, version: int | None = None) -> Markup:
        fields = {how: survey.key} | ({"version": str(version)} if version else {})
        return button(visit, reader, at, label, f"“{title}”", fields, kind="plain")

    earlier = [
        press(
            say("Copy version {n} of {when}", n=one.number, when=words.day(one.launched_at)),
            "copy",
            one.number,
        )
        for one in line.versions[1:]
    ]
    told: tuple[str, ...] = (
        wording.effort(words, len(survey.questions), survey.effort),
        say("Written here") if line.on_web else say("From the district’s files"),
        _last_launched(words, line),
    )
    way = Page(label=say("Launch"), path=links.launch("", survey.key))
    tag = None
    if line.request:
        told = (say("What you change here is not in the request."), *told)
        way = Page(label=say("Open the request"), path=links.second_request("", line.request))
        tag = Tag(text=say("Waiting for approval"), tone=Tone.CAUTION)
    return DrawnTodo(
        says=title,
        detail=" · ".join(one.removesuffix(".") for one in told),
        way=way,
        tag=tag,
        press=press(say("Edit"), "edit") + press(say("Copy"), "copy"),
        menu=(say("Earlier versions"), earlier),
    )


def _last_launched(words: Words, line: ReadyLine) -> str:
    if not line.versions:
        return words.say("Never launched.")
    n, when = line.versions[0].number, words.day(line.versions[0].launched_at)
    if newest(line):
        return words.say("Version {n}, launched on {when}.", n=n, when=when)
    return words.say("Changed since version {n}, which was launched on {when}.", n=n, when=when)


def _drafts(visit: Visit, view: SurveysView, first: str, reader: Reader) -> DrawnSection:
    words = visit.words(reader)
    return DrawnSection(
        title=words.say("Survey drafts"),
        lead="" if view.drafts else words.say("None at the moment."),
        todo=[_draft_line(words, one, first) for one in view.drafts],
    )


def _draft_line(words: Words, view: DraftView, first: str) -> DrawnTodo:
    say, draft = words.say, view.draft
    title = body.title_of(body.parse(draft.body), first, words.locale)
    who = view.edits[0].by or say("someone")
    saved = say("Saved by {who} on {when}.", who=who, when=words.when(draft.edited_at))
    replaces = (
        say("When it is finished it replaces the ready survey “{key}”.", key=draft.replaces)
        if draft.replaces
        else ""
    )
    return DrawnTodo(
        says=places_as_words(Text(default=title)).default or say("A survey without a title"),
        detail=f"{saved} {replaces}".strip(),
        way=Page(label=say("Continue writing"), path=f"/drafts/{draft.id}"),
    )


async def new_form(visit: Visit) -> Response:
    """How a survey begins."""
    _, reader = await _surveys(visit)
    words = visit.words(reader)
    say = words.say

    def press(label: str, kind: str, about: str, **carries: str) -> Markup:
        return button(visit, reader, links.surveys(""), label, about, carries, kind=kind)

    def line(one: Template) -> DrawnTodo:
        survey = one.survey
        title = written(places_as_words(survey.title), words)
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
