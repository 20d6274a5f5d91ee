"""A wave's released results: pictures with their numbers behind a disclosure, and for paper."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response, StreamingResponse

from bot.conversation import Reader
from bot.exports.forms import Form, Reading, all_comments, file_name, written
from bot.web import rendering
from bot.web.details import drawn
from bot.web.plan_change_pages import goal_notes
from bot.web.render_card import rendered
from bot.web.rendering import drawn_by
from bot.web.result_figures import Chosen, drawn_results
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page
from core.details import Detail, Menu
from core.words import Words
from governance import links
from governance.alignment.priorities import rankings
from governance.conclusions import cards as conclusions
from governance.conclusions.commands import ReadConclusions
from governance.conclusions.model import Conclusions
from governance.home.commands import ShowHelp
from governance.messages import Help
from surveys.commands import ExportResults, ReadComments, ShowResults
from surveys.messages import Results
from surveys.results.exporting import Exported, SomeComments
from surveys.results.model import WaveResults


async def results(visit: Visit) -> Response:
    reply = await visit.ask(ShowResults(wave_id=visit.subject("wave")))
    match reply.message:
        case Results(results=found):
            words = visit.words(reply.reader)
            # Looking is the tour's step, also where the numbers are only coming in.
            toured = visit.session.toured | {"results"}
            visit = replace(visit, session=replace(visit.session, toured=toured))
            office = await _is_office(visit)
            heard = await _heard(visit, found, reply.reader)
            changed = await goal_notes(visit, found.wave_id, reply.reader)
            body = drawn_results(
                found,
                reply.reader,
                chosen(visit),
                between=(heard, str(changed)) if found.final else (),
            )
            if not found.final:
                body = _followed(visit, reply.reader, found, body, changed)
            view = drawn(visit, _detail(words, found), reply.reader)
            if found.final and office:
                view = replace(view, actions=[_writing(words, found, heard=bool(heard))])
            response = await visit.of_kind(
                "detail",
                words.say("Results: {title}", title=words.text(found.title)),
                reply.reader,
                view=view,
                content=Markup("<div>\n{}\n{}\n</div>").format(body, _onward(words, found)),
                up=_up(words, office),
            )
            visit.mark(response, "results")
            return response
        case message:
            return await visit.anything(message, reply.reader)


def _detail(words: Words, found: WaveResults) -> Detail:
    """Its name, and the ways to take it along."""
    say, at = words.say, links.results("", found.wave_id)
    files = (
        (say("Excel workbook, with the comments"), "xlsx"),
        (say("The figures as CSV"), "csv"),
        (say("The comments as CSV"), "comments.csv"),
        (say("JSON with a codebook"), "json"),
    )
    title = rendering.said(words, "Results: {title}", title=rendering.written(found.title, words))
    take = Menu(
        label=say("Download"),
        pages=tuple(Page(label=label, path=f"{at}/export/{form}") for label, form in files),
        says=say("The files hold what this page shows. Each download is logged."),
    )
    return Detail(
        title=title,
        pages=(Page(label=say("Print view"), path=f"{at}?group=every"),),
        menus=(take,),
    )


def _up(words: Words, office: bool) -> Page:
    if office:
        return Page(label=words.say("Surveys"), path=links.surveys(""))
    return Page(label=words.say("Your surveys"), path=links.my_surveys(""))


def _writing(words: Words, found: WaveResults, *, heard: bool) -> Markup:
    """To the form for what was heard."""
    say = words.say
    label = say("Correct what we heard") if heard else say("Tell staff what you heard")
    at = f"{links.results('', found.wave_id)}/conclusions"
    return Markup('<a class="button primary" href="{}">{}</a>').format(at, label)


def _followed(
    visit: Visit, reader: Reader, found: WaveResults, body: Markup, changed: str
) -> Markup:
    """The numbers while they still move, with what was noted of the goals above them."""
    query = f"?{visit.request.url.query}" if visit.request.url.query else ""
    card = Markup('<div class="card">{}</div>\n').format(changed) if changed else Markup("")
    at = links.results("", found.wave_id)
    return card + drawn_by("macros/tiles.html", "followed", reader, at, query, body)


def _onward(words: Words, found: WaveResults) -> Markup:
    if not any(rankings(found)):
        return Markup("")
    return Markup('<p class="no-print"><a href="{}">{}</a></p>').format(
        links.alignment("", found.wave_id), words.say("Which goals these priorities serve")
    )


async def numbers(visit: Visit) -> Response:
    """The results alone: what the page asks for again while the wave is open."""
    reply = await visit.ask(ShowResults(wave_id=visit.subject("wave")))
    match reply.message:
        case Results(results=found):
            return HTMLResponse(drawn_results(found, reply.reader, chosen(visit)))
        case message:
            return await visit.anything(message, reply.reader)


async def _heard(visit: Visit, found: WaveResults, reader: Reader) -> str:
    """What was published about these results, drawn."""
    if not found.final:
        return ""
    reply = await visit.ask(ReadConclusions(wave_id=found.wave_id))
    said = reply.message
    if not isinstance(said, Conclusions):
        return ""
    here = links.heard("", found.wave_id)
    return rendered(
        conclusions.heard(visit.words(reader), said), reader, csrf="", level=2, here=here
    )


async def _is_office(visit: Visit) -> bool:
    """Whether the reader holds the CTO’s office, and may say what was heard."""
    reply = await visit.ask(ShowHelp())
    return isinstance(reply.message, Help) and reply.message.cto


def chosen(visit: Visit) -> Chosen:
    """What the address asks for."""
    asked = visit.request.query_params
    return Chosen(
        by=asked.get("by", ""),
        of=asked.get("of", ""),
        group=asked.get("group", ""),
        question=asked.get("question", ""),
        page=visit.page_asked() or 0,
        open=asked.get("open", ""),
    )


async def export(visit: Visit) -> Response:
    """The results as a file, sent as it is written. Comments are asked for piece by piece."""
    form = next((one for one in Form if one.value == visit.path("form")), None)
    if form is None:
        raise TroubleError(404)
    wave = visit.subject("wave")
    reply = await visit.ask(ExportResults(wave_id=wave, form=form.value))
    match reply.message:
        case Exported() as exported:
            words = visit.words(reply.reader)
            pieces = written(form, exported, words, all_comments(exported, _reading(visit, wave)))
            name = file_name(exported, form)
            return StreamingResponse(
                pieces,
                media_type=form.media_type,
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        case message:
            return await visit.anything(message, reply.reader)


def _reading(visit: Visit, wave: UUID) -> Reading:
    async def read(question: str, after: UUID | None) -> SomeComments:
        asked = ReadComments(wave_id=wave, question=question, after=after)
        match (await visit.ask(asked)).message:
            case SomeComments() as some:
                return some
            case other:
                raise TypeError(f"comments were asked for, and there came {type(other).__name__}")

    return read
