"""The page for the association: audience, tables and promise of a survey, before its launch."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.web.launching import starting
from bot.web.launching.looking import all_unfit
from bot.web.launching.pages import form_page
from bot.web.launching.seen import Seen, choices, handed_in
from bot.web.launching.steps import carried
from bot.web.launching.typed import read
from bot.web.rendering import STATIC, drawn_by
from bot.web.visiting import Visit
from core.words import Words
from governance.authoring.commands import ShowPlan
from governance.authoring.plan_report import plan_blocks
from governance.languages import languages
from governance.views import PlanView

_FILE = Markup(
    "<!doctype html>\n"
    '<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>\n{style}\n</style>\n</head>\n"
    '<body>\n<main class="wrap">\n<h1>{title}</h1>\n{told}\n</main>\n</body>\n</html>\n'
)
"""The page as a file, with its style inside."""


async def association(visit: Visit) -> Response:
    """What the launch form says so far, told for the association in the ``language`` that is
    chosen, or to keep as a ``file`` in one. It launches nothing."""
    seen = await _seen(visit)
    reply = await visit.ask(ShowPlan(launch=seen.typed.launch))
    plan = reply.message
    if not isinstance(plan, PlanView):
        return await visit.anything(plan, reply.reader)
    if unfit := all_unfit(seen.typed, plan.checked.unfit):  # else it would show what nobody meant
        return await form_page(visit, seen, unfit, plan)
    keep = visit.form.one("file")
    chosen = keep or visit.form.one("language")
    offered = languages()
    locale = chosen if chosen in dict(offered) else seen.reader.locale
    reader = replace(seen.reader, locale=locale)
    words = Words(reader.locale, reader.timezone)
    if keep:
        return _kept(plan, reader, f"{plan.survey.key}-association-{words.spoken}.html")
    title = heading(words, plan)
    return await visit.page(
        "pages/association.html",
        title,
        reader,
        heading=title,
        plan=plan_blocks(words, plan),
        at=seen.at,
        carried=carried(seen.form),
        languages=[(tag, name) for tag, name in offered if tag != words.spoken],
        language=words.spoken,
    )


async def _seen(visit: Visit) -> Seen:
    """Of a form, else of a launch in which nothing was chosen yet."""
    if visit.request.method == "POST":
        return await handed_in(visit)
    view, reader = await choices(visit)
    now = visit.site.pages.now()
    form = starting.first(view, now)
    return Seen(view=view, form=form, typed=read(form, view, now), reader=reader)


def _kept(plan: PlanView, reader: Reader, name: str) -> Response:
    return Response(
        association_file(plan, reader),
        media_type="text/html",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def heading(words: Words, plan: PlanView) -> str:
    return words.say("Before the launch: {title}", title=words.text(plan.survey.title))


def association_file(plan: PlanView, reader: Reader) -> str:
    """The page as a file of its own, with its style inside."""
    words = Words(reader.locale, reader.timezone)
    style = Markup((STATIC / "style.css").read_text(encoding="utf-8"))  # noqa: S704 - our own
    told = drawn_by("kinds/report.html", "blocks", reader, plan_blocks(words, plan), {}, 2)
    return _FILE.format(language=words.tag, title=heading(words, plan), style=style, told=told)
