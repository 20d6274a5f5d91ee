"""A committee's docket."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.exports.dockets import docket_csv
from bot.web import lists
from bot.web.details import DrawnSection, DrawnTodo, button
from bot.web.notices import Ask, drawn_ask
from bot.web.render_card import at, drawn_parts, presses
from bot.web.rendering import written
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Bullets, DayField, Page, Press, Quote, Secrecy, Style
from core.commands import Command
from core.lists import Row
from core.words import Words
from governance import links, wording
from governance.committees.model import DESKS, RESTRICTED, TRIAGE, UnsettledPost
from governance.docket import lists as docket_lists
from governance.docket import wording as docket_words
from governance.docket.commands import AssignTogether, PutAsideTogether
from governance.forms.commands import Open
from governance.home.commands import ShowDocket
from governance.recommendations.listing import recommendations_list
from governance.recommendations.model import RecommendationsView
from governance.saved_answers.cards import saved_answers_list
from governance.saved_answers.commands import DropSavedAnswer, WriteSavedAnswer
from governance.saved_answers.model import SavedAnswersView
from governance.views import DocketFile, DocketView


def docket_asked(visit: Visit) -> Command:
    """The docket, and the item that is open in its address, in one command."""
    return ShowDocket(queue=visit.path("queue"), asked=lists.asked(visit))


async def docket(visit: Visit, view: DocketView, reader: Reader) -> Response:
    words, now = visit.words(reader), visit.site.pages.now()
    page = lists.shown(visit, docket_lists.docket_list(words, view, now))
    opened = visit.drawn(view.beside, reader, level=3) if view.beside and page.row else ""
    name = wording.queue(words, view.name)
    learned = Page(label=words.say("What the automatic reader learned"), path="/triage/learned")
    file = Page(
        label=words.say("Download as CSV"), path=f"{links.docket('', view.queue)}/items.csv"
    )
    return await lists.listed(
        visit,
        reader,
        name,
        page,
        open_row=lambda _: opened,
        facts=docket_words.facts(words, view.open_items, now),
        notes=_notes(words, view),
        pages=(learned,) if view.queue == TRIAGE else (),
        tabs=docket_lists.committee_tabs(words, view.queue, view.name)
        if view.queue not in (TRIAGE, RESTRICTED, *DESKS)
        else None,
        before=_unsettled(visit, view, reader),
        ways=(file,) if page.view.rows and view.queue != RESTRICTED else (),
        after=_sections(visit, view, reader),
    )


def _notes(words: Words, view: DocketView) -> tuple[str, ...]:
    """Messages of the queue that are not in the list."""
    unread = words.count(
        "{n} message could not be read automatically. The restricted reader has it.",
        "{n} messages could not be read automatically. The restricted reader has them.",
        view.unread,
    )
    withdrawn = words.count(
        "{n} message was withdrawn from here. It may be about someone in danger, so only a named "
        "responder and the restricted reader have it.",
        "{n} messages were withdrawn from here. They may be about someone in danger, so only a "
        "named responder and the restricted reader have them.",
        view.withdrawn,
    )
    told = ((view.unread, unread), (view.withdrawn, withdrawn))
    return tuple(said for n, said in told if n)


def _unsettled(visit: Visit, view: DocketView, reader: Reader) -> tuple[DrawnSection, ...]:
    """Messages that may not have arrived in the committee's channel: somebody has to look."""
    words, n = visit.words(reader), len(view.unsettled)
    if not n:
        return ()
    say = words.say

    def line(post: UnsettledPost) -> DrawnTodo:
        when, at = words.when(post.at), f"{links.docket('', view.queue)}/posts/{post.id}"
        brief = say("Brief of {when}", when=when)
        there = button(visit, reader, at, say("It's there"), when, {"arrived": "1"}, kind="")
        again = button(visit, reader, at, say("Send it again"), when, kind="")
        return DrawnTodo(
            says=brief if post.item_id else say("Message of {when}", when=when),
            path=links.item("", post.item_id) if post.item_id else "",
            press=there + again,
        )

    return (
        DrawnSection(
            title=words.count(
                "{n} message may not have arrived in your channel",
                "{n} messages may not have arrived in your channel",
                n,
            ),
            lead=words.count(
                "The connection broke while it was being sent, and we can't read your channel. "
                "Please look there, then tell us.",
                "The connection broke while they were being sent, and we can't read your channel. "
                "Please look there, then tell us about each of them.",
                n,
            ),
            todo=[line(one) for one in view.unsettled],
        ),
    )


def _sections(visit: Visit, view: DocketView, reader: Reader) -> list[DrawnSection]:
    """What else a committee has: with the help desk, its results, and the days on which whoever
    looks is away."""
    words = visit.words(reader)
    say, found = words.say, list[DrawnSection]()
    if view.handed_over:
        themes = tuple(
            f"{theme.replace('-', ' ') if theme else say('Without a theme')}: {number}"
            for theme, number in view.handed_over
        )
        title = words.count(
            "{n} item is with the help desk",
            "{n} items are with the help desk",
            sum(number for _, number in view.handed_over),
        )
        parts = drawn_parts((Bullets(lines=themes, secrecy=Secrecy.SIGNED_IN),), reader)
        found.append(DrawnSection(title=title, parts=parts))
    if view.results:
        results = [
            DrawnTodo(
                says=written(one.survey.title, words),
                detail=words.day(one.opens_at),
                path=links.results("", one.id),
            )
            for one in view.results
        ]
        found.append(DrawnSection(title=say("Survey results for this committee"), todo=results))
    if view.leads:
        found.append(_absences(visit, view, reader))
    return found


def _absences(visit: Visit, view: DocketView, reader: Reader) -> DrawnSection:
    """When whoever looks is away, and the form for more days."""
    words = visit.words(reader)
    say, back = words.say, {"back": links.docket("", view.queue)}
    away = [(one.id, docket_words.absence(words, one.days)) for one in view.absences]
    ask = Ask(
        at="/absences",
        submit=say("Set me as away"),
        fields=(
            DayField(key="first", label=say("First day")),
            DayField(key="last", label=say("Last day")),
        ),
        carries=back,
        style=Style.PLAIN,
    )
    return DrawnSection(
        title=say("When you are away"),
        lead=say(
            "The other leads get the reminders while you are away. If all leads are away, those "
            "days don’t count toward due dates."
        ),
        todo=[
            DrawnTodo(
                says=days,
                press=button(
                    visit, reader, f"/absences/{id_}/drop", say("Remove"), days, back, kind="plain"
                ),
            )
            for id_, days in away
        ],
        parts=drawn_ask(ask, reader, visit.csrf),
    )


async def export(visit: Visit, message: Any, reader: Reader) -> Response:
    """The docket's items as a file."""
    if not isinstance(message, DocketFile):
        return await visit.anything(message, reader)
    return lists.download(docket_csv(message.lines), message.queue)


async def recommendations(visit: Visit, view: RecommendationsView, reader: Reader) -> Response:
    """What a committee recommends to the CTO."""
    words, here = visit.words(reader), links.recommendations("", view.queue)
    committee = wording.queue(words, view.name)
    write = button(visit, reader, here, words.say("Write a recommendation"), kind="primary")
    return await lists.listed(
        visit,
        reader,
        words.say("Recommendations to the CTO"),
        recommendations_list(words, view),
        presses=write if view.leads else "",
        tabs=docket_lists.committee_tabs(words, view.queue, view.name),
        up=Page(label=committee, path=links.docket("", view.queue)),
    )


async def saved_answers(visit: Visit, view: SavedAnswersView, reader: Reader) -> Response:
    """The answers that a committee keeps, each with what can be done with it."""
    words = visit.words(reader)
    kept = {str(one.id): one for one in view.answers}

    def opened(row: Row) -> Markup:
        one = kept[row.key]
        write = WriteSavedAnswer(queue=one.queue, answer_id=one.id)
        drops = DropSavedAnswer(queue=one.queue, answer_id=one.id)
        edit = Press(label=words.say("Edit"), command=Open(of=write))
        drop = Press(label=words.say("Delete"), command=drops)
        shown = lists.beside(one.title, (Quote(text=one.text, secrecy=Secrecy.SIGNED_IN),), reader)
        return shown + presses((edit, drop), reader, visit.csrf)

    new = WriteSavedAnswer(queue=view.queue, answer_id=uuid4())
    committee = wording.queue(words, view.name)
    return await lists.listed(
        visit,
        reader,
        words.say("Saved answers"),
        saved_answers_list(words, view),
        open_row=opened,
        lead=words.say("Only {committee} can see and use these answers.", committee=committee),
        actions=(Page(label=words.say("Save an answer"), path=at(Open(of=new))),),
        tabs=docket_lists.committee_tabs(words, view.queue, view.name),
        up=Page(label=committee, path=links.docket("", view.queue)),
    )


async def together(visit: Visit) -> Response:
    """What is chosen to be done with the messages that are ticked in the list; with the open one
    where none is ticked."""
    queue, words = visit.path("queue"), visit.words()
    asked = visit.request.query_params
    request = lists.asked(visit)
    docket = lists.place(links.docket("", queue), request)
    items = tuple(asked.getlist("items")) or ((request.row,) if request.row else ())
    if not items:
        said = words.say(
            "No message was selected. Check the box in front of each message that you mean, then "
            "choose again."
        )
        return visit.go(docket, note=said)
    command: Command
    match asked.get("do"):
        case docket_lists.ANSWER:
            return visit.go(f"{links.chair('', queue)}?{urlencode([('items', i) for i in items])}")
        case docket_lists.ASSIGN:
            command = AssignTogether(queue=queue, items=items)
        case docket_lists.ASIDE:
            command = PutAsideTogether(queue=queue, items=items)
        case _:
            raise TroubleError(404)
    reply = await visit.ask(Open(of=command))
    if isinstance(reply.message, DocketView):
        said = words.say("Someone else has already dealt with the selected messages.")
        return visit.go(docket, note=said)
    return await visit.anything(reply.message, reply.reader)
