"""What the CTO's office looks up: announcements, people, the audit, what is held, and how the
service is."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.conversation import Reader
from bot.web import lists
from bot.web.doing import showing
from bot.web.endpoints import page
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Line, Page, Secrecy
from core.commands import Command
from core.lists import Row, already_looked_through
from governance import links
from governance.announcements.campaign_commands import ShowAnnouncements
from governance.announcements.listing import announcements_list
from governance.office.commands import ShowAudit, ShowHealth, ShowHeld, ShowPeople
from governance.office.health import health_line, health_list
from governance.office.held import held_lead, held_list, held_parts
from governance.office.lists import (
    audit_list,
    audit_parts,
    checked_line,
    people_list,
    person_parts,
    roster_lines,
)
from governance.office.model import AuditView, HealthView, HeldView, PeopleView
from governance.views import AnnouncementsView

_CHECK = "check"


def office_routes(site: Site) -> list[Route]:
    return [
        page(site, links.people(""), get=showing(_people_asked, _people)),
        page(site, links.announcements(""), get=showing(_announcements_asked, _announcements)),
        page(site, links.audit(""), get=showing(_audit_asked, _audit)),
        page(site, links.held(""), get=showing(lambda _: ShowHeld(), _held)),
        page(site, links.health(""), get=showing(lambda _: ShowHealth(), _health)),
    ]


def _people_asked(visit: Visit) -> Command:
    return ShowPeople(asked=lists.asked(visit))


async def _people(visit: Visit, view: PeopleView, reader: Reader) -> Response:
    words = visit.words(reader)
    page_ = already_looked_through(people_list(words, view), lists.asked(visit), view.found)
    return await lists.listed(
        visit,
        reader,
        words.say("People"),
        page_,
        open_row=lambda _: (
            lists.beside(view.opened.line.name, person_parts(words, view.opened), reader)
            if view.opened
            else ""
        ),
        lead=" ".join(roster_lines(words, view)),
        actions=(Page(label=words.say("Import people"), path=links.people_import("")),),
        ways=(Page(label=words.say("Lists of people"), path=links.named_lists("")),),
    )


def _announcements_asked(visit: Visit) -> Command:
    return ShowAnnouncements(asked=lists.asked(visit))


async def _announcements(visit: Visit, view: AnnouncementsView, reader: Reader) -> Response:
    words = visit.words(reader)
    shown = announcements_list(words, view)
    new = Page(label=words.say("New announcement"), path=f"{links.announcements('')}/new")
    return await lists.listed(
        visit,
        reader,
        words.say("Announcements"),
        already_looked_through(shown, lists.asked(visit), view.found),
        actions=(new,),
        ways=(Page(label=words.say("Lists of people"), path=links.named_lists("")),),
    )


def _audit_asked(visit: Visit) -> Command:
    checks = visit.request.query_params.get(_CHECK) == "yes"
    return ShowAudit(asked=lists.asked(visit), check=checks)


async def _audit(visit: Visit, view: AuditView, reader: Reader) -> Response:
    words = visit.words(reader)
    lines = {str(one.number): one for one in view.lines}
    checked = checked_line(words, view)

    def opened(row: Row) -> str:
        one = lines[row.key]
        return lists.beside(row.cells[1].text, audit_parts(words, one), reader, language="en")

    return await lists.listed(
        visit,
        reader,
        words.say("Audit"),
        already_looked_through(audit_list(words, view), lists.asked(visit), view.found),
        open_row=opened,
        lead=words.say(
            "Who did what. What was read and done about feedback, urgent cases and answers is "
            "recorded too, but not listed here. The check covers every entry."
        ),
        notes=(checked,) if checked else (),
        actions=(Page(label=words.say("Check the audit"), path=f"{links.audit('')}?{_CHECK}=yes"),),
    )


async def _held(visit: Visit, view: HeldView, reader: Reader) -> Response:
    words = visit.words(reader)

    def opened(row: Row) -> str:
        one = view.feedback[int(row.key.rpartition("-")[2])]
        return lists.beside(row.cells[0].text, held_parts(words, one), reader)

    return await lists.listed(
        visit,
        reader,
        words.say("Records on hold"),
        held_list(words, view),
        open_row=opened,
        lead=held_lead(words),
    )


async def _health(visit: Visit, _: HealthView, reader: Reader) -> Response:
    words = visit.words(reader)
    findings = await visit.site.pages.health(words)

    def opened(row: Row) -> str:
        good, said = findings[int(row.key)]
        title = words.say("Working") if good else words.say("Needs fixing")
        line = Line(text=said, secrecy=Secrecy.SIGNED_IN)
        return lists.beside(title, (line,), reader)

    return await lists.listed(
        visit,
        reader,
        words.say("Health"),
        health_list(words, findings),
        open_row=opened,
        lead=health_line(words, findings),
    )
