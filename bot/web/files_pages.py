"""Checking the district's files: what is wrong in them, or what loading them would change."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.conversation import Reader
from bot.web import lists
from bot.web.doing import showing
from bot.web.endpoints import page
from bot.web.notices import Ask, Notice, Upload, lines
from bot.web.settings import Site
from bot.web.uploads import FORM_AROUND, no_file, uploaded
from bot.web.visiting import Visit
from core.cards import Page
from governance import links
from governance.office.commands import ShowFileCheck
from governance.office.files import (
    LARGEST,
    differences_line,
    differences_list,
    not_shown,
    problems_line,
    problems_list,
)
from governance.office.model import FileCheckView


def files_routes(site: Site) -> list[Route]:
    return [
        page(
            site,
            links.files(""),
            get=showing(lambda _: ShowFileCheck(), _form),
            post=_check,
            uploads=LARGEST + FORM_AROUND,
            drafts=False,
        )
    ]


async def _form(visit: Visit, _: FileCheckView, reader: Reader) -> Response:
    return await _choosing(visit, reader)


async def _choosing(visit: Visit, reader: Reader, why: str = "") -> Response:
    words = visit.words(reader)
    notice = Notice(
        title=words.say("District files"),
        parts=lines(
            words.say(
                "Committees, the plan, surveys and settings come from the district’s files. Check "
                "a new version here before it is loaded."
            ),
        ),
        ask=Ask(
            at=links.files(""),
            submit=words.say("Check the files"),
            upload=Upload(
                key="file",
                label=words.say("The folder with the files"),
                hint=words.say(
                    "A ZIP file of the folder that holds district.yaml. Up to {n} MB.",
                    n=LARGEST // 1024 // 1024,
                ),
                accepts=".zip,application/zip",
                why=why,
            ),
        ),
        quiet=words.say("Nothing is changed, and the files are not kept."),
        problems=(("f-file", why),) if why else (),
    )
    return await visit.notice(notice, reader, status=422 if why else 200)


async def _check(visit: Visit) -> Response:
    reader = (await visit.ask(ShowFileCheck())).reader
    words, body = visit.words(reader), uploaded(visit, "file", LARGEST)
    if body is None:
        return await _choosing(visit, reader, no_file(words))
    found = await visit.site.pages.check_files(body)
    if found.unreadable:
        return await _choosing(visit, reader, found.unreadable)
    up = Page(label=words.say("District files"), path=links.files(""))
    again = (Page(label=words.say("Check other files"), path=links.files("")),)
    if found.problems:
        return await lists.listed(
            visit,
            reader,
            words.say("What to fix in the files"),
            lists.whole(problems_list(words, found)),
            lead=problems_line(words, found),
            notes=not_shown(words, found),
            actions=again,
            up=up,
            status=422,
        )
    return await lists.listed(
        visit,
        reader,
        words.say("What the files would change"),
        lists.whole(differences_list(words, found)),
        lead=differences_line(words),
        notes=not_shown(words, found),
        actions=again,
        up=up,
    )
