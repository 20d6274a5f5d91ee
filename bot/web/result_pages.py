"""A wave's released results: pictures with their numbers behind a disclosure, and for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response, StreamingResponse

from bot.charts import chart
from bot.conversation import Reader
from bot.exports.forms import Form, Reading, all_comments, file_name, written
from bot.figures import NumbersTable, caption, numbers_table, remarks
from bot.matrices import Told, together
from bot.web.labels import Labels
from bot.web.rendering import render
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from bot.words import Words
from surveys.commands import ExportResults, ReadComments, ShowResults
from surveys.exporting import Exported, SomeComments
from surveys.messages import Results
from surveys.results import RankingResult, WaveResults, Withheld


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One question's result: a picture with its numbers, or words (``kind`` says which), and what
    stands below it."""

    kind: str
    ident: str
    result: Told
    picture: Markup | None
    numbers: NumbersTable | None
    ties: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A cell of a released table under its heading; ``whole`` is the district's. ``n`` None:
    withheld."""

    heading: str
    whole: bool
    n: int | None
    figures: tuple[Figure, ...]


async def results(visit: Visit) -> Response:
    reply = await visit.ask(ShowResults(wave_id=visit.subject("wave")))
    match reply.message:
        case Results(results=found):
            words = visit.words(reply.reader)
            # Looking is the tour's step, also where the numbers are only coming in.
            toured = visit.session.toured | {"results"}
            visit = replace(visit, session=replace(visit.session, toured=toured))
            response = await visit.page(
                "pages/results.html",
                words.say("Results: {title}", title=words.text(found.title)),
                reply.reader,
                results=found,
                body=drawn_results(found, reply.reader),
            )
            visit.mark(response, "results")
            return response
        case message:
            return await visit.anything(message, reply.reader)


async def numbers(visit: Visit) -> Response:
    """The results alone: what the page asks for again while the wave is open."""
    reply = await visit.ask(ShowResults(wave_id=visit.subject("wave")))
    match reply.message:
        case Results(results=found):
            return HTMLResponse(drawn_results(found, reply.reader))
        case message:
            return await visit.anything(message, reply.reader)


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


def drawn_results(found: WaveResults, reader: Reader) -> str:
    words = Words(reader.locale, reader.timezone)
    return render("fragments/results.html", reader, results=found, groups=groups(found, words))


def groups(found: WaveResults, words: Words) -> list[Group]:
    """The cells of all tables in order, ready to be drawn."""
    named = Labels(words)
    return [
        Group(
            heading=named.group(cell.group),
            whole=not cell.group,
            n=cell.n,
            figures=tuple(
                _figure(result, words, f"t{row}-c{column}-q{place}", found.as_of)
                for place, result in enumerate(together(cell.questions))
            ),
        )
        for row, table in enumerate(found.tables)
        for column, cell in enumerate(table.cells)
    ]


def _figure(result: Told, words: Words, ident: str, as_of: datetime) -> Figure:
    picture = chart(result, words, ident=ident)
    kind = "withheld" if isinstance(result, Withheld) else "words"
    return Figure(
        kind="picture" if picture else kind,
        ident=ident,
        result=result,
        picture=picture,
        numbers=numbers_table(result, words),
        ties=remarks(result, words) if isinstance(result, RankingResult) else "",
        caption=caption(result, words, as_of=as_of),
    )
