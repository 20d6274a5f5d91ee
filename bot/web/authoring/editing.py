"""The forms of a survey's parts: its frame, a page, a question, the tables. Each saves itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from bot.web.authoring import adkar, body, conditions, parts, tables
from bot.web.authoring.drawing import drawn
from bot.web.authoring.holding import Opened, Saved, opened, save_part
from bot.web.authoring.inputs import Data, Input
from bot.web.authoring.kinds import kinds
from bot.web.authoring.seeing import Seen
from bot.web.forms import Form
from bot.web.notices import Notice
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Entries, Page, Secrecy
from governance import wording
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class Part:
    """A form: where it is handed in (below the draft's path), its inputs and what is in them.
    ``shape``: "page" or "tables" where more than these is asked, and ``more`` what that takes."""

    path: str
    heading: str
    inputs: Sequence[Input]
    data: Data
    shape: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


async def about_form(visit: Visit) -> Response:
    held = await _editable(visit)
    return await _show(visit, held, _about(held, held.data), {})


async def about(visit: Visit) -> Response:
    def change(data: Data) -> None:
        read = parts.filled(_frame(held), visit.form, data, held.languages)
        data.clear()
        data.update(read)

    held = await _editable(visit)
    saved = await _saved(visit, parts.frame_look, change)
    typed = dict(saved.held.data)
    if saved.theirs:
        change(typed)
    return await _after(visit, saved, _about(saved.held, typed))


def _about(held: Opened, data: Data) -> Part:
    heading = held.words.say("What it is about")
    return Part(path="about", heading=heading, inputs=_frame(held), data=data)


def _frame(held: Opened) -> tuple[Input, ...]:
    return parts.frame_inputs(held.words, named=not held.view.draft.replaces)


# -- questions ------------------------------------------------------------------------------------


async def add_form(visit: Visit) -> Response:
    """First which kind, then its form. Nothing is in the draft before that is handed in."""
    held = await _editable(visit)
    query = visit.request.query_params
    page, kind = visit.whole(query.get("page", "0")), query.get("kind", "")
    if kind not in kinds(held.words):
        say, add = held.words.say, f"{held.at}/add?page={page}&kind="
        rows = tuple(
            (Page(label=one.name, path=f"{add}{key}"), one.about)
            for key, one in kinds(held.words).items()
        )
        notice = Notice(
            title=say("Which kind of question?"),
            parts=(Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),),
            up=Page(label=say("The survey"), path=held.at),
        )
        return await visit.notice(notice, held.reader)
    begun = {"kind": kind, **kinds(held.words)[kind].start}
    return await _show(visit, held, _new(held, page, kind, begun), {})


async def add(visit: Visit) -> Response:
    """A question is put last on its page, also where something in it does not fit yet."""
    held = await _editable(visit)
    page, kind = visit.form.whole("page"), visit.form.one("kind")
    if kind not in kinds(held.words):
        raise TroubleError(400)
    read = _read_question(held, kind, visit.form, {"kind": kind})
    made: list[str] = []

    def change(data: Data) -> None:
        made.append(body.put_question(data, page, read, None, held.languages[0]))

    saved = await _saved(visit, lambda data: None, change)
    if saved.theirs:
        return await _after(visit, saved, _new(saved.held, page, kind, read))
    return await _after(visit, saved, _question(saved.held, made[-1]))


async def question_form(visit: Visit) -> Response:
    held = await _editable(visit)
    return await _show(visit, held, _question(held, visit.path("question")), {})


async def question(visit: Visit) -> Response:
    held, key = await _editable(visit), visit.path("question")
    found = body.find(held.data, key)
    kind = visit.form.one("kind") if found is None else str(found[2].get("kind"))
    before = {"kind": kind} if found is None else found[2]
    read = _read_question(held, kind, visit.form, before)
    made: list[str] = []

    def change(data: Data) -> None:
        made.append(body.put_question(data, visit.form.whole("page"), read, key, held.languages[0]))

    saved = await _saved(visit, parts.question_look(key), change)
    if saved.theirs:
        return await _after(visit, saved, _question(saved.held, key, read))
    return await _after(visit, saved, _question(saved.held, made[-1]))


def _read_question(held: Opened, kind: str, form: Form, before: Data) -> Data:
    inputs = parts.question_inputs(kind, held.words, held.goals)
    return parts.filled(inputs, form, before, held.languages)


def _new(held: Opened, page: int, kind: str, data: Data) -> Part:
    return Part(
        path="add",
        heading=held.words.say("A new question"),
        inputs=parts.question_inputs(kind, held.words, held.goals),
        data=data,
        hidden={"page": str(page), "kind": kind},
        more={"kind": kinds(held.words)[kind]},
    )


def _question(held: Opened, key: str, typed: Data | None = None) -> Part:
    """``typed`` is put in the place of what the draft holds."""
    found = body.find(held.data, key)
    if found is None and typed is None:
        raise TroubleError(404)
    page = found[0] if found else 0
    data = typed if typed is not None else (found[2] if found else {})
    kind = str(data.get("kind"))
    return Part(
        path=f"questions/{key}",
        heading=held.words.say("Edit a question"),
        inputs=parts.question_inputs(kind, held.words, held.goals),
        data=data,
        hidden={"page": str(page), "kind": kind},
        more={"kind": kinds(held.words).get(kind)},
    )


# -- pages ----------------------------------------------------------------------------------------


async def page_form(visit: Visit) -> Response:
    held = await _editable(visit)
    return await _show(visit, held, _page(held, _page_number(visit, held)), {})


async def page(visit: Visit) -> Response:
    held = await _editable(visit)
    number = _page_number(visit, held)

    def change(data: Data) -> None:
        read_into(data["pages"][number], data)

    def read_into(target: Data, data: Data) -> None:
        read = parts.filled(parts.page_inputs(held.words), visit.form, target, held.languages)
        choices = _earlier(held, data, number)
        condition = conditions.read_condition(visit.form, target.get("show_if"), choices)
        target.clear()
        target.update(read)
        target.pop("show_if", None)
        if condition:
            target["show_if"] = condition

    saved = await _saved(visit, parts.page_look(number), change)
    if saved.theirs:
        typed = dict(body.pages_of(saved.held.data)[number])
        read_into(typed, saved.held.data)
        return await _after(visit, saved, _page(saved.held, number, typed))
    part = _page(saved.held, number)
    if visit.form.one("show") == "answers":
        return await _show(visit, saved.held, part, {})
    return await _after(visit, saved, part)


def _page_number(visit: Visit, held: Opened) -> int:
    number = visit.whole(visit.path("page"))
    if number >= len(body.pages_of(held.data)):
        raise TroubleError(404)
    return number


def _earlier(held: Opened, data: Data, number: int) -> list[conditions.Earlier]:
    asked = body.earlier(data, number)
    return conditions.earlier_questions(asked, held.words, held.languages[0])


def _page(held: Opened, number: int, typed: Data | None = None) -> Part:
    data = typed if typed is not None else body.pages_of(held.data)[number]
    condition = data.get("show_if") or {}
    choices = _earlier(held, held.data, number)
    return Part(
        path=f"pages/{number}",
        heading=held.words.say("Page {n}", n=number + 1),
        inputs=parts.page_inputs(held.words),
        data=data,
        shape="page",
        more={
            "number": number,
            "choices": choices,
            "condition": Seen(condition),
            "chosen": next((c for c in choices if c.key == condition.get("question")), None),
        },
    )


# -- tables ---------------------------------------------------------------------------------------


async def tables_form(visit: Visit) -> Response:
    held = await opened(visit, sizes=True)
    if not held.editable:
        raise TroubleError(404)
    return await _show(visit, held, _tables(held, held.data), {})


async def choose_tables(visit: Visit) -> Response:
    def change(data: Data) -> None:
        data["tables"] = tables.read_tables(visit.form, data)
        known = [key for key, _ in held.view.committees]
        data["committees"] = [key for key in known if key in visit.form.all("committees")]
        if not data["committees"]:
            del data["committees"]

    held = await _editable(visit)
    saved = await _saved(visit, parts.tables_look, change)
    typed = dict(saved.held.data)
    if saved.theirs:
        change(typed)
    return await _after(visit, saved, _tables(saved.held, typed))


def _tables(held: Opened, data: Data) -> Part:
    return Part(
        path="tables",
        heading=held.words.say("What will be shown"),
        inputs=(),
        data=data,
        shape="tables",
        more={
            "choices": tables.choices(data, held.words),
            "chosen": tables.chosen(data),
            "notes": tables.notes(data, held.view.sizes, held.words, held.view.rules),
            "told_to": data.get("committees") or [],
        },
    )


# -- ADKAR ----------------------------------------------------------------------------------------


async def adkar_form(visit: Visit) -> Response:
    held = await _editable(visit)
    return await _show(visit, held, _adkar(held, held.data), {})


async def choose_adkar(visit: Visit) -> Response:
    def change(data: Data) -> None:
        data[adkar.NAME] = adkar.read(visit.form)
        if data[adkar.NAME] is None:
            del data[adkar.NAME]

    saved = await _saved(visit, parts.adkar_look, change)
    typed = dict(saved.held.data)
    if saved.theirs:
        change(typed)
    return await _after(visit, saved, _adkar(saved.held, typed))


def _adkar(held: Opened, data: Data) -> Part:
    offered = adkar.scales(data, held.words, held.languages[0])
    return Part(
        path="adkar",
        heading=held.words.say("Barriers to change (ADKAR)"),
        inputs=adkar.inputs(offered, held.words),
        data=adkar.held(data),
        more={"offered": offered, "about": adkar.unfit(data, offered)},
    )


# -- what they share ------------------------------------------------------------------------------


async def _editable(visit: Visit) -> Opened:
    held = await opened(visit)
    if not held.editable:
        raise TroubleError(404)
    return held


async def _saved(visit: Visit, look: parts.Look, change: Callable[[Data], None]) -> Saved:
    return await save_part(visit, look, change, after=visit.form.whole("after"))


async def _after(visit: Visit, saved: Saved, part: Part) -> Response:
    """Back to the survey; or the form again where something does not fit, or someone else was
    first. Either way nothing that was typed is lost."""
    held = saved.held
    unfit = _unfit(held, part)
    if saved.theirs or unfit:
        return await _show(visit, held, part, unfit, saved=saved)
    place = part.path.replace("/", "-")
    return visit.go(f"{held.at}#{place}", note=held.words.say("Saved."))


def _unfit(held: Opened, part: Part) -> dict[str, Unfit]:
    if part.path == "adkar":
        return dict(part.more["about"])
    unfit = parts.unfit_of(part.inputs, part.data, held.languages)
    choices = part.more.get("choices")
    if part.shape == "page" and isinstance(choices, list):
        unfit |= conditions.unfit_condition(part.data.get("show_if"), choices)
    return unfit


async def _show(
    visit: Visit,
    held: Opened,
    part: Part,
    unfit: Mapping[str, Unfit],
    *,
    saved: Saved | None = None,
) -> Response:
    words = held.words
    fields = drawn(part.inputs, part.data, held.languages, unfit, words)
    labels = {one.name: one.label for all_of in part.inputs for one in (all_of, *all_of.own)}
    problems = [
        (
            ident,
            f"{labels.get(ident[2:].partition('.')[0], '')} {wording.unfit(words, why)}".strip(),
        )
        for ident, why in unfit.items()
    ]
    return await visit.page(
        "pages/draft_part.html",
        words.say("Error: {title}", title=part.heading) if unfit else part.heading,
        held.reader,
        status=409 if saved and saved.theirs else 422 if unfit else 200,
        held=held,
        part=part,
        fields=fields,
        problems=problems,
        errors={ident: wording.unfit(words, why) for ident, why in unfit.items()},
        theirs=saved.theirs if saved else None,
        kept=bool(saved and not saved.theirs),
        **part.more,
    )
