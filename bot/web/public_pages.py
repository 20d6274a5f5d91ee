"""What anybody may read without signing in: how privacy is protected, and the terms of use."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from bot.web.anonymous.bare import language_of
from bot.web.visiting import Visit


async def privacy(visit: Visit) -> Response:
    return await _page(visit, "privacy")


async def terms(visit: Visit) -> Response:
    return await _page(visit, "terms")


async def _page(visit: Visit, key: str) -> Response:
    """The district's own text, else ours. A stranger reads it in their browser's language."""
    reader = visit.own or replace(
        visit.reader, locale=language_of(visit.request.scope, visit.site.settings.locale)
    )
    words = visit.words(reader)
    title = words.say("Privacy") if key == "privacy" else words.say("Terms of use")
    own = await visit.site.pages.public_text(key)
    written = _markdown().render(own.in_locale(reader.locale)) if own else ""
    return await visit.page(
        f"pages/{key}.html",
        title,
        reader,
        written=Markup(written),  # noqa: S704 - the library escapes HTML and refuses scripts
        language=own.language_for(reader.locale) if own else reader.locale,
    )


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("image")
