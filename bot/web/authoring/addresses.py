"""The addresses under which surveys are written and launched."""

from __future__ import annotations

from starlette.routing import Route

from bot.web.association_pages import association
from bot.web.authoring import editing, finishing, listing, overview, previewing
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.launching import launched_pages
from bot.web.launching import pages as launching
from bot.web.settings import Site
from governance.home.commands import ShowDesk

_LISTS = 2_000_000
"""Bytes of a launch's form: it holds lists of addresses, as long as the whole staff."""


def writing_routes(site: Site) -> list[Route]:
    """The CTO's office alone may open them: the dispatch says so, not the address."""
    draft = "/drafts/{draft}"
    return [
        page(
            site,
            "/desk/launch/{survey}",
            get=launching.launch_form,
            post=launching.launch,
            uploads=_LISTS,
        ),
        page(
            site,
            "/desk/launch/{survey}/plan",
            get=association,
            post=association,
            uploads=_LISTS,
        ),
        page(site, "/desk/launched/{wave}", get=showing(of(ShowDesk), launched_pages.show)),
        page(site, "/desk/surveys", get=listing.surveys, post=listing.begin),
        page(site, "/desk/surveys/new", get=listing.new_form),
        page(site, draft, get=overview.overview, post=overview.change),
        page(site, f"{draft}/about", get=editing.about_form, post=editing.about),
        page(site, f"{draft}/add", get=editing.add_form, post=editing.add),
        page(
            site,
            f"{draft}/questions/{{question}}",
            get=editing.question_form,
            post=editing.question,
        ),
        page(site, f"{draft}/pages/{{page}}", get=editing.page_form, post=editing.page),
        page(site, f"{draft}/tables", get=editing.tables_form, post=editing.choose_tables),
        page(site, f"{draft}/adkar", get=editing.adkar_form, post=editing.choose_adkar),
        page(site, f"{draft}/preview", get=previewing.preview),
        page(site, f"{draft}/try", post=finishing.try_it),
        page(site, f"{draft}/finish", post=finishing.finish),
        page(site, f"{draft}/drop", get=overview.drop_form, post=overview.drop),
    ]
