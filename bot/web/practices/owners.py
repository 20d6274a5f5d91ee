"""The pages on which owners are named: a table, and the form that takes lines or a file."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.cards import note_after
from bot.conversation import Reader
from bot.registry import fill
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.forms import LARGEST
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Page
from governance import wording
from governance.controls import addresses
from governance.controls import figure_wording as say
from governance.controls.running_commands import NameOwners, ShowOwnersForm
from governance.controls.running_messages import OwnersForm


def owner_routes(site: Site) -> list[Route]:
    one = f"{addresses.PRACTICES}/{{assessment}}"
    shows = showing(of(ShowOwnersForm), table)
    return [
        page(site, f"{one}/owners", get=shows, post=save, uploads=LARGEST),
        page(site, f"{one}/owners/{{control}}", get=shows, post=save, uploads=LARGEST),
        page(site, f"{one}/owners-file", get=showing(of(ShowOwnersForm))),
    ]


async def table(visit: Visit, form: OwnersForm, reader: Reader, *, status: int = 200) -> Response:
    words, given = visit.words(reader), form.assessment
    up = Page(label=given.name, path=addresses.run(given.id))
    heading = words.say("Owners of safeguards")
    if form.control is not None:
        up = Page(label=heading, path=addresses.owners(given.id))
        heading = words.say(
            "Owners of {control}", control=say.numbered(form.framework, form.control.number)
        )
    problems = [(f"f-{key}", wording.unfit(words, why)) for key, why in form.unfit.items()]
    return await visit.page(
        "pages/owners.html",
        words.say("Error: {title}", title=heading) if problems else heading,
        reader,
        status=status,
        up=up,
        heading=heading,
        form=form,
        why=dict(problems),
        problems=problems,
        at=addresses.owners(given.id, form.control.number if form.control else ""),
        carried=(),
        steps_shown=(),
        standing="",
        links=addresses,
    )


async def save(visit: Visit) -> Response:
    """From a control's page back to the table, from there to owners and progress."""
    command = fill(of(NameOwners)(visit), visit.form.raw())
    reply = await visit.ask(command)
    if isinstance(reply.message, OwnersForm):
        return await table(visit, reply.message, reply.reader, status=422)
    note = note_after(command, reply.message, visit.words(reply.reader))
    assessment = visit.subject("assessment")
    of_one = "control" in visit.request.path_params
    path = addresses.owners(assessment) if of_one else addresses.run(assessment)
    return visit.go(path, note=note)
