"""Importing people from a file: choose it, see what it would change, apply it."""

from __future__ import annotations

from uuid import UUID

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.conversation import Reader
from bot.web import lists
from bot.web.details import button
from bot.web.doing import showing
from bot.web.endpoints import page
from bot.web.notices import Ask, Notice, Upload, drawn_ask, lines
from bot.web.settings import Site
from bot.web.troubles import TroubleError
from bot.web.uploads import FORM_AROUND, no_file, uploaded
from bot.web.visiting import Visit
from core.cards import Bullets, ChoiceField, Line, Page, Part, Secrecy
from core.words import Words
from governance import links
from governance.office.commands import ShowImport, StartImport
from governance.office.import_listing import (
    applied,
    difference_page,
    notes,
    summary,
    warnings,
    who_left,
)
from governance.office.importing import LARGEST, ImportDifference, ImportView
from storage.unavailable import EndedEarlyError, UnavailableError, UnconfirmedError

_NAMED = 25
"""How many of a file's problems are shown: people fix them from the top."""

_CONFIRMED = "confirmed"
_SEEN = "seen"
"""The digest of what the page showed."""

_APPLY, _DROP = "/apply", "/drop"


def people_import_routes(site: Site) -> list[Route]:
    start, there = links.people_import(""), links.people_difference("")
    uploads = LARGEST + FORM_AROUND
    return [
        page(site, start, get=showing(_asked, _form), post=_choose, uploads=uploads, drafts=False),
        page(site, there, get=_check),
        page(site, f"{start}{_APPLY}", post=_apply, drafts=False),
        page(site, f"{start}{_DROP}", post=_drop, drafts=False),
    ]


def _asked(_: Visit) -> ShowImport:
    return ShowImport()


async def _form(visit: Visit, _: ImportView, reader: Reader) -> Response:
    return await _choosing(visit, reader)


async def _choosing(visit: Visit, reader: Reader, why: str = "", *said: str) -> Response:
    words = visit.words(reader)
    waits = await visit.site.pages.rosters.kept(_person(visit))
    notice = Notice(
        title=words.say("Import people"),
        parts=(
            *_wrong(words, said),
            *lines(
                words.say("You see who would join, change or leave before anything is changed.")
            ),
        ),
        ask=Ask(
            at=links.people_import(""),
            submit=words.say("Show what would change"),
            upload=Upload(
                key="file",
                label=words.say("File with people"),
                hint=words.say(
                    "A CSV file with one person in a row, or your OneRoster 1.2 files in a ZIP "
                    "file. Up to {n} MB. Students are left out.",
                    n=LARGEST // 1024 // 1024,
                ),
                accepts=".csv,.zip,text/csv,application/zip",
                why=why,
            ),
            leave=Page(label=words.say("Cancel"), path=links.people("")),
        ),
        ways=(
            (Page(label=words.say("See the file that waits"), path=links.people_difference("")),)
            if waits
            else ()
        ),
        quiet=words.say(
            "We keep the staff in the file for one hour, encrypted, until you apply the import. "
            "The file itself is not kept."
        ),
        problems=(("f-file", why),) if why else (),
        up=Page(label=words.say("People"), path=links.people("")),
    )
    return await visit.notice(notice, reader, status=422 if why else 200)


def _wrong(words: Words, said: tuple[str, ...]) -> tuple[Part, ...]:
    """What is wrong in the file, which is said in English."""
    if not said:
        return ()
    here, more = Secrecy.SIGNED_IN, len(said) - _NAMED
    parts: list[Part] = [Bullets(lines=said[:_NAMED], secrecy=here)]
    if more > 0:
        told = words.count("and {n} more", "and {n} more", more)
        parts.append(Line(text=told, secrecy=here))
    return tuple(parts)


async def _choose(visit: Visit) -> Response:
    reader = (await visit.ask(ShowImport())).reader
    words, body = visit.words(reader), uploaded(visit, "file", LARGEST)
    if body is None:
        return await _choosing(visit, reader, no_file(words))
    wrong = await visit.site.pages.rosters.read(_person(visit), body)
    if not wrong:
        return visit.go(links.people_difference(""))
    why = words.count(
        "This file has {n} thing to fix.", "This file has {n} things to fix.", len(wrong)
    )
    return await _choosing(visit, reader, why, *wrong)


async def _check(visit: Visit) -> Response:
    reader = (await visit.ask(ShowImport())).reader
    found = await visit.site.pages.rosters.kept(_person(visit))
    if found is None:
        return _gone(visit, reader)
    return await _difference(visit, reader, found)


def _gone(visit: Visit, reader: Reader) -> Response:
    note = visit.words(reader).say("No file is waiting. Choose it again.")
    return visit.go(links.people_import(""), note=note)


async def _difference(
    visit: Visit, reader: Reader, found: ImportDifference, *, warning: str = "", status: int = 200
) -> Response:
    words = visit.words(reader)
    return await lists.listed(
        visit,
        reader,
        words.say("What this import would change"),
        difference_page(words, found, lists.asked(visit)),
        lead=summary(words, found),
        facts=words.say("Nothing is changed yet."),
        notes=notes(words, found),
        warning=warning,
        above=_ways(visit, reader, found),
        up=Page(label=words.say("Import people"), path=links.people_import("")),
        status=status,
        here=links.people_difference(""),
    )


def _ways(visit: Visit, reader: Reader, found: ImportDifference) -> Markup:
    """To apply it, or not."""
    words, start = visit.words(reader), links.people_import("")
    drop = Page(label=words.say("Discard this file"), path=f"{start}{_DROP}")
    if not found.changes:
        return button(visit, reader, drop.path, drop.label, kind="plain")
    confirm = ChoiceField(
        key=_CONFIRMED,
        label=words.say("An unusual number of people would leave")
        if found.many_leave
        else words.say("People with duties would leave"),
        choices=(("yes", who_left(words, found)),),
        several=True,
        hint=words.say(
            "Check whether the file is complete. If these people have left, confirm it."
        ),
    )
    apply = Ask(
        at=f"{start}{_APPLY}",
        submit=words.say("Apply the import"),
        fields=(confirm,) if found.needs_word else (),
        carries={_SEEN: found.digest},
        also=(drop,),
    )
    warned = Markup("").join(
        Markup('<p class="warning">{}</p>').format(one) for one in warnings(words, found)
    )
    return warned + drawn_ask(apply, reader, visit.csrf)


async def _apply(visit: Visit) -> Response:
    reader = (await visit.ask(ShowImport())).reader
    words = visit.words(reader)
    try:
        ready = await visit.site.pages.rosters.ready(_person(visit))
    except UnavailableError:
        return _not_begun(visit, words)
    if ready is None:
        return _gone(visit, reader)
    if visit.form.one(_SEEN) != ready.seen.digest:
        warning = words.say(
            "This is not what you looked at, because another file was chosen or the roster has "
            "changed. Nothing was imported. Check it again."
        )
        return await _difference(visit, reader, ready.found, warning=warning, status=409)
    if not ready.found.same_as(ready.seen):
        warning = words.say(
            "The roster has changed since you looked, so nothing was imported. This is what the "
            "import would change now."
        )
        return await _difference(visit, reader, ready.found, warning=warning, status=409)
    if ready.found.needs_word and visit.form.one(_CONFIRMED) != "yes":
        warning = words.say("Confirm that these people have left. Nothing was changed.")
        return await _difference(visit, reader, ready.seen, warning=warning, status=422)
    try:
        await visit.ask(StartImport())
    except UnavailableError:
        return _not_begun(visit, words)
    try:
        await ready.take_in()
    except (UnavailableError, UnconfirmedError) as error:
        return visit.go(links.people_import(""), note=_ended(words, error))
    return visit.go(links.people(""), note=applied(words, ready.seen))


def _not_begun(visit: Visit, words: Words) -> Response:
    note = words.say(
        "Nothing was imported, because our database did not answer in time. Your file still waits. "
        "Try again in a minute."
    )
    return visit.go(links.people_difference(""), note=note)


def _ended(words: Words, error: UnavailableError | UnconfirmedError) -> str:
    """How far an import came. People and buildings that were written stay so."""
    if not isinstance(error, EndedEarlyError):
        return words.say(
            "The import ended before everyone was updated. Import the same file again to complete "
            "it."
        )
    return words.count(
        "The import ended early: {done} of {n} person was updated. Your file still waits. Apply "
        "it again to complete the import.",
        "The import ended early: {done} of {n} people were updated. Your file still waits. Apply "
        "it again to complete the import.",
        error.of,
        done=words.number(error.done),
    )


async def _drop(visit: Visit) -> Response:
    reader = (await visit.ask(ShowImport())).reader
    await visit.site.pages.rosters.drop(_person(visit))
    note = visit.words(reader).say("The file was discarded. Nothing was changed.")
    return visit.go(links.people(""), note=note)


def _person(visit: Visit) -> UUID:
    if visit.session.person is None:
        raise TroubleError(401)
    return visit.session.person
