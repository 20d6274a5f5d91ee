"""Pages that are a list of what more than one feature keeps: most of what somebody looks up."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from bot.cards import card_of
from bot.conversation import Reader
from bot.web import lists
from bot.web.notices import Notice, lines
from bot.web.render_card import at, presses, rendered
from bot.web.visiting import Visit
from core.cards import Page
from core.lists import Row
from governance import links, wording
from governance.acknowledgements.cards import asking, not_asked
from governance.acknowledgements.listing import figures_list
from governance.acknowledgements.messages import AcknowledgementFigures
from governance.digests.cards import month
from governance.digests.views import FiguresView
from governance.forms.commands import Open
from governance.lessons.commands import WriteLesson
from governance.lessons.listing import lessons_list
from governance.lessons.messages import LessonsView
from governance.lists.commands import WriteList
from governance.lists.listing import named_lists_list
from governance.lists.messages import ListsView
from governance.recommendations.listing import changes_list
from governance.recommendations.model import ChangesView
from governance.rules.wording import day_of
from governance.urgent import wording as case_words
from governance.urgent.listing import cases_list
from governance.urgent.messages import CasesView


async def changes(visit: Visit, view: ChangesView, reader: Reader) -> Response:
    words = visit.words(reader)
    accepted = {str(one.recommendation.id): one for one in view.changes}

    def opened(row: Row) -> str:
        return visit.drawn(accepted[row.key], reader, level=3)

    return await lists.listed(
        visit,
        reader,
        words.say("What changed because staff spoke up"),
        changes_list(words, view),
        open_row=opened,
        lead=words.say(
            "Committees asked for this because of what staff told them. The CTO said yes."
        ),
        ways=(Page(label=words.say("Staff feedback by month"), path=links.what_came("")),),
    )


async def what_came(visit: Visit, view: FiguresView, reader: Reader) -> Response:
    words, here = visit.words(reader), links.what_came("")
    say = words.say
    onward = Page(label=say("What changed because staff spoke up"), path=links.changes(""))
    notice = Notice(
        title=say("Staff feedback by month"),
        parts=lines(
            say(
                "For the district as a whole, month by month. Never for one committee or one "
                "person."
            ),
            ""
            if view.months
            else say("The first figures come on the first school day of next month."),
        ),
        cards=[
            rendered(
                month(words, one, chart=one is view.months[0]), reader, csrf="", level=2, here=here
            )
            for one in view.months
        ],
        ways=(onward,),
    )
    return await visit.notice(notice, reader)


async def cases(visit: Visit, view: CasesView, reader: Reader) -> Response:
    words = visit.words(reader)
    many = len(view.open_cases)
    return await lists.listed(
        visit,
        reader,
        words.say("Urgent cases"),
        cases_list(words, view),
        facts=words.count("{n} case is open", "{n} cases are open", many)
        if many
        else words.say("No case is open"),
        warning=wording.not_monitored(words),
        below=Markup("").join(
            Markup('<p class="quiet small">{}</p>').format(line)
            for line in (
                *(case_words.alerted(words, kind, names) for kind, names in view.alerted),
                words.say("A case’s page shows the original words. Opening it is recorded."),
            )
        ),
    )


async def named_lists(visit: Visit, view: ListsView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await lists.listed(
        visit,
        reader,
        words.say("Lists of people"),
        named_lists_list(words, view),
        lead=words.say(
            "Announcements and changes can go to a list: people who use something, or a group in "
            "Slack or Microsoft 365."
        ),
        actions=(Page(label=words.say("Add a list"), path=at(Open(of=WriteList()))),),
    )


async def lessons(visit: Visit, view: LessonsView, reader: Reader) -> Response:
    words = visit.words(reader)
    write = Page(label=words.say("Write a lesson"), path=at(Open(of=WriteLesson())))
    seen = words.say("See who is overdue")
    if not view.writes:
        seen = words.say("See who has not confirmed yet")
    owed = Page(label=seen, path=links.owed(""))
    return await lists.listed(
        visit,
        reader,
        words.say("Lessons"),
        lessons_list(words, view),
        facts=words.say("In your building: {building}.", building=view.building)
        if view.responsible and view.building
        else "",
        actions=(write,) if view.writes else (),
        ways=(owed,) if view.responsible else (),
    )


async def acknowledgements(visit: Visit, view: AcknowledgementFigures, reader: Reader) -> Response:
    words, given = visit.words(reader), view.given
    said = []
    if given is not None:
        said.append(
            words.say(
                "{done} of {asked} have acknowledged the rules.",
                done=words.number(view.done),
                asked=words.number(view.asked),
            )
        )
        said.append(words.say("Due on {day}.", day=day_of(words, given.due)))
    elif view.changed:
        said.append(not_asked(words, view))
    shown = card_of(view, words).presses
    overdue = Page(label=words.say("See who is overdue"), path=links.owed(""))
    file = words.say("Download the file for the auditor")
    return await lists.listed(
        visit,
        reader,
        words.say(
            "Acknowledgement of the IT rules, {year}", year=given.year if given else view.year
        ),
        figures_list(words, view),
        facts=" ".join(said),
        notes=tuple(one for one in (asking(words, view.asking),) if one),
        presses=presses(shown, reader, visit.csrf) if shown else "",
        ways=(
            *((overdue,) if view.may_list else ()),
            Page(label=file, path=links.ACKNOWLEDGEMENTS_CSV),
        ),
        up=Page(label=words.say("IT rules"), path=links.rules("")),
    )
