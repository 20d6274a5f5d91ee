"""A survey that is being written, whole: its parts, what is left to do, who changed what when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.web.authoring import adkar, body, conditions, tables
from bot.web.authoring.checking import Checked, Warned, checked
from bot.web.authoring.holding import Opened, Saved, opened, save
from bot.web.authoring.inputs import Data, words_of
from bot.web.authoring.kinds import kinds
from bot.web.notices import Ask, Notice, lines
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page
from governance import links
from governance.authoring.commands import DropDraft
from governance.authoring.model import DraftState


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """``problems``, ``limits`` and ``warnings`` are told beside the question that they are of."""

    key: str
    number: int
    prompt: str
    lang: str
    kind: str
    required: bool
    choices: Sequence[str]
    problems: Sequence[str]
    limits: Sequence[str]
    warnings: Sequence[Warned]


@dataclass(frozen=True, kw_only=True)
class PageLine:
    number: int
    title: str
    shown: str
    questions: Sequence[QuestionLine]
    limits: Sequence[str]


async def overview(visit: Visit) -> Response:
    return await show(visit, await opened(visit))


async def show(visit: Visit, held: Opened, *, status: int = 200, alarm: str = "") -> Response:
    """``alarm``: what went wrong, on top."""
    if not held.editable:
        return await _ended(visit, held)
    words, data = held.words, held.data
    found = checked(visit, held)
    title = body.title_of(data, held.languages[0], held.reader.locale)
    heading = title or words.say("A survey without a title")
    return await visit.page(
        "pages/draft.html",
        words.say("Edit survey: {title}", title=heading),
        held.reader,
        status=status,
        held=held,
        heading=heading,
        about=_about(held),
        pages=_pages(held, found),
        shown=[tables.told(by, words) for by in tables.planned(data)],
        told_to=[
            name for key, name in held.view.committees if key in (data.get("committees") or [])
        ],
        elements=adkar.told(data, adkar.scales(data, words, held.languages[0]), words),
        found=found,
        together=[one for one in found.warnings if not one.question],
        alarm=alarm,
        bare=not any(True for _ in body.questions(data)),
    )


async def _ended(visit: Visit, held: Opened) -> Response:
    """Finished or thrown away: nothing can be changed here any more."""
    say = held.words.say
    title = body.title_of(held.data, held.languages[0], held.reader.locale)
    heading = title or held.words.say("A survey without a title")
    if held.view.draft.state is DraftState.READY:
        said = say(
            "This survey is finished and can’t be changed here. To launch, edit or copy it, find "
            "it under “Ready to be launched.”"
        )
    else:
        said = say("This survey was deleted.")
    notice = Notice(
        title=heading,
        tab=say("Edit survey: {title}", title=heading),
        parts=lines(said),
        ways=(Page(label=say("All surveys"), path=links.surveys("")),),
        up=Page(label=say("Surveys"), path=links.surveys("")),
    )
    return await visit.notice(notice, held.reader)


def _about(held: Opened) -> Mapping[str, str]:
    """What is said beside the questions, in the reader's language as far as it is there."""
    names = ("title", "asked_by", "purpose", "thanks")
    minutes = held.data.get("minutes")
    told = {name: _said(held, held.data.get(name))[0] for name in names}
    if isinstance(minutes, int):
        return told | {"minutes": held.words.count("{n} minute", "{n} minutes", minutes)}
    return told | {"minutes": str(minutes or "")}


def _said(held: Opened, value: object) -> tuple[str, str]:
    """(words, their language)."""
    words = words_of(value, held.languages[0])
    for tag in (held.words.spoken, *held.languages):
        if words.get(tag):
            return words[tag], tag
    return "", held.words.spoken


def _pages(held: Opened, found: Checked) -> list[PageLine]:
    lines, number = [], 0
    for at, page in enumerate(body.pages_of(held.data)):
        asked = []
        for question in page.get("questions") or []:
            number += 1
            asked.append(_question(held, question, number, found))
        choices = conditions.earlier_questions(
            body.earlier(held.data, at), held.words, held.languages[0]
        )
        lines.append(
            PageLine(
                number=at,
                title=_said(held, page.get("title"))[0],
                shown=conditions.told(page.get("show_if"), choices, held.words),
                questions=asked,
                limits=found.limits_of_page.get(at, ()),
            )
        )
    return lines


def _question(held: Opened, question: Data, number: int, found: Checked) -> QuestionLine:
    key = str(question.get("key"))
    prompt, lang = _said(held, question.get("prompt"))
    kind = kinds(held.words).get(str(question.get("kind")))
    offered = question.get("choices") or question.get("statements") or []
    return QuestionLine(
        key=key,
        number=number,
        prompt=prompt or held.words.say("A question with no text"),
        lang=lang,
        kind=kind.name if kind else str(question.get("kind")),
        required=bool(question.get("required", True)),
        choices=[_said(held, one.get("label"))[0] for one in offered],
        problems=found.problems_of.get(key, ()),
        limits=found.limits_of.get(key, ()),
        warnings=[one for one in found.warnings if one.question == key],
    )


# -- changing it as a whole -----------------------------------------------------------------------


async def change(visit: Visit) -> Response:
    """Move, copy or delete a question or a page, or go back to an earlier version."""
    held = await opened(visit)
    if not held.editable:
        raise TroubleError(404)
    words, form = held.words, visit.form
    if held.version != form.whole("after"):
        return await _changed(visit, Saved(held=held, theirs=held.last_edit))
    data, step, note, place = body.parse(held.view.draft.body), form.one("do"), "", ""
    if key := form.one("question"):
        body.move_question(data, key, step)
        note, place = _note(held, step), f"questions-{key}"
    elif form.one("page"):
        body.move_page(data, form.whole("page"), step)
        note, place = _note(held, step), f"pages-{form.one('page')}"
    elif step == "add":
        body.move_page(data, 0, "add")
        note, place = words.say("A page was added."), f"pages-{len(data['pages']) - 1}"
    elif form.one("version"):
        earlier = await opened(visit, form.whole("version"))
        data = body.parse(earlier.view.draft.body)
        note = words.say("Back to version {n}.", n=earlier.version)
    saved = await save(visit, held, data)
    if saved.theirs:
        return await _changed(visit, saved)
    return visit.go(f"{held.at}#{place}" if place else held.at, note=note)


def _note(held: Opened, step: str) -> str:
    say = held.words.say
    if step == "delete":
        return say("Deleted. To bring it back, use “Version history” at the end of this page.")
    return say("Copied.") if step == "copy" else say("Moved.")


async def _changed(visit: Visit, saved: Saved) -> Response:
    """Someone else was first: nothing was moved, and what is here now is theirs."""
    words, theirs = saved.held.words, saved.theirs
    alarm = words.say(
        "{who} saved this survey on {when}, after you opened it. Your change was not "
        "made. Review the current version and try again.",
        who=theirs.by if theirs and theirs.by else words.say("Someone"),
        when=words.when(theirs.at) if theirs else "",
    )
    return await show(visit, saved.held, status=409, alarm=alarm)


async def drop_form(visit: Visit) -> Response:
    held = await opened(visit)
    if not held.editable:
        return await _ended(visit, held)
    title = body.title_of(held.data, held.languages[0], held.reader.locale)
    heading = held.words.say(
        "Delete “{title}”?", title=title or held.words.say("A survey without a title")
    )
    say = held.words.say
    notice = Notice(
        title=heading,
        parts=lines(
            say(
                "You’ll lose what was written here. Surveys that are ready or launched stay as "
                "they are."
            )
        ),
        ask=Ask(
            at=f"{held.at}/drop",
            submit=say("Delete the survey"),
            leave=Page(label=say("Keep it"), path=held.at),
        ),
        up=Page(label=say("The survey"), path=held.at),
    )
    return await visit.notice(notice, held.reader)


async def drop(visit: Visit) -> Response:
    reply = await visit.ask(DropDraft(draft_id=visit.subject("draft")))
    note = visit.words(reply.reader).say("Survey deleted.")
    return visit.go("/desk/surveys", note=note)
