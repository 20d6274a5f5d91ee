"""The pages of IT rules. What staff have here, anybody may read of what is published, where the
district wants that."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

from starlette.responses import Response
from starlette.routing import Route

from bot.conversation import Reader
from bot.web import lists
from bot.web.anonymous.bare import language_of
from bot.web.details import DrawnSection, section, title_of
from bot.web.details import drawn as drawn_detail
from bot.web.documents import Clause, Document
from bot.web.endpoints import page
from bot.web.feeds import answered
from bot.web.notices import Ask, drawn_ask
from bot.web.render_card import at
from bot.web.rules import files
from bot.web.rules.drawing import drawn, drawn_rows
from bot.web.settings import Site
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import ChoiceField, Page, Style
from core.commands import Command
from core.words import Words
from governance import links
from governance.feeds.messages import CalendarDates
from governance.feeds.model import Feed
from governance.languages import base_of, language_name
from governance.messages import Refused
from governance.rules import wording as say
from governance.rules.commands import (
    CompareVersions,
    ReadInPublic,
    ShowComments,
    ShowDraftForm,
    ShowRule,
    ShowRules,
)
from governance.rules.comment_details import comments_detail
from governance.rules.comments import about
from governance.rules.comparing import Comparison, Fate, compared
from governance.rules.details import changed_sections, rule_detail
from governance.rules.listing import rules_list, sections_found
from governance.rules.messages import (
    CommentsView,
    RulesView,
    RuleView,
    Versions,
)
from governance.rules.model import (
    Draft,
    Version,
    number_key,
)

Shown = TypeVar("Shown", RulesView, RuleView, Versions, CommentsView)

_CONTENTS_FROM = 5
"""Sections from which on there is a table of contents."""


def rule_routes(site: Site) -> list[Route]:
    one = "/rules/{rule}"
    return [
        page(site, "/rules", get=library, open_door=True),
        page(site, "/rules/feed.xml", get=feed, open_door=True),
        page(site, "/rules/calendar.ics", get=calendar, open_door=True),
        page(site, one, get=show, open_door=True),
        page(site, f"{one}/{{version}}", get=show, open_door=True),
        page(site, f"{one}/{{version}}/comments", get=comments, open_door=True),
        page(site, f"{one}/{{version}}/comments.csv", get=comments_file, open_door=True),
        page(site, f"{one}/{{old}}/to/{{new}}", get=compare, open_door=True),
    ]


async def _asked(
    visit: Visit,
    kind: type[Shown],
    command: Command,
) -> tuple[Shown, Reader]:
    """As who is signed in; nobody has what is public, in their browser's language."""
    if visit.session.person is not None:
        reply = await visit.ask(command)
        message, reader = reply.message, reply.reader
    else:
        reply = await visit.site.conversation.unsigned(ReadInPublic(shown=command))
        locale = language_of(visit.request.scope, visit.site.settings.locale)
        message, reader = reply.message, replace(reply.reader, locale=locale)
    if not isinstance(message, kind):
        raise TroubleError(401 if isinstance(message, Refused) else 404)
    return message, reader


# -- the library -------------------------------------------------------------------------------


async def library(visit: Visit) -> Response:
    command = ShowRules(query=visit.request.query_params.get("q", ""))
    view, reader = await _asked(visit, RulesView, command)
    words = visit.words(reader)
    ways = [Page(label=words.say("Dates in your calendar"), path=links.own_calendar(""))]
    if visit.session.person is None:
        ways = [
            Page(label=words.say("Feed (Atom)"), path="/rules/feed.xml"),
            Page(label=words.say("Calendar of effective dates"), path="/rules/calendar.ics"),
        ]
    if view.counts:
        ways.insert(0, Page(label=words.say("Acknowledgements"), path=links.acknowledgements("")))
    writing = Page(label=words.say("Write a new rule"), path=at(ShowDraftForm(rule_id=uuid4())))
    return await lists.listed(
        visit,
        reader,
        words.say("IT rules"),
        rules_list(words, view),
        lead=words.say(
            "The district’s rules for technology, and the drafts that you can comment on."
        ),
        actions=(writing,) if view.writes else (),
        ways=ways,
        after=[section(visit, one, reader) for one in sections_found(words, view)],
    )


# -- one rule ----------------------------------------------------------------------------------


async def show(visit: Visit) -> Response:
    """By its id, or by its number as people cite it."""
    number = _version(visit, "version") if "version" in visit.request.path_params else 0
    try:
        UUID(visit.path("rule"))
    except ValueError:
        return await _by_number(visit, number)
    rule_id = visit.subject("rule")
    view, reader = await _asked(visit, RuleView, ShowRule(rule_id=rule_id, version=number))
    # Whoever has just saved a draft sees that draft, not the version before it.
    own = view.rule.draft if view.drafted and not number else None
    text = own or view.version or (None if number else view.rule.draft)
    if text is None:
        raise TroubleError(404)
    return await _rule(visit, view, text, reader)


async def _by_number(visit: Visit, version: int) -> Response:
    wanted = number_key(visit.path("rule"))
    view, _ = await _asked(visit, RulesView, ShowRules())
    for row in view.rows:
        if number_key(row.number) == wanted:
            return visit.go(links.rule("", row.rule_id, version))
    raise TroubleError(404 if visit.session.person else 401)


def _version(visit: Visit, name: str) -> int:
    number = visit.whole(visit.path(name))
    if not number:
        raise TroubleError(404)
    return number


async def _rule(visit: Visit, view: RuleView, text: Version | Draft, reader: Reader) -> Response:
    words, rule = visit.words(reader), view.rule
    version = text if isinstance(text, Version) else None
    chosen = visit.request.query_params.get("language", "")
    written, language = _in_language(text, chosen or reader.locale, rule.language)
    shown = drawn(written, words)
    number = version.number if version else 0
    title = f"{rule.number}: {words.text(text.title)}"
    if "version" in visit.request.path_params:
        title = words.say("{title}, version {n}", title=title, n=words.number(number))
    view_ = rule_detail(words, view, number, text.title)
    document = Document(
        clauses=[_clause(words, view, version, one) for one in shown],
        language=language,
        anchored=True,
        contents=len([one for one in shown if one.number]) >= _CONTENTS_FROM,
        note=_official(words, text, language, rule.language),
        others=_others(text, language, links.rule("", rule.id, number)),
        seal=(_checksum(words, version), version.digest) if version else None,
    )
    first = [section(visit, one, reader) for one in changed_sections(words, view, version)]
    return await visit.of_kind(
        "detail",
        title,
        reader,
        up=Page(path=links.rules(""), label=words.say("IT rules")),
        view=drawn_detail(
            visit, view_, reader, first=(*first, DrawnSection(title="", document=document))
        ),
    )


def _clause(words: Words, view: RuleView, version: Version | None, one: Clause) -> Clause:
    """A section with its own address, and the way to comment on it. A draft has neither."""
    if version is None or not one.number:
        return one
    comment = Page(
        label=words.say("Comment on this section"),
        path=links.feedback("", about(view.rule, version.number, one.number).token),
    )
    return replace(
        one,
        at=links.rule("", view.rule.id, version.number, one.number),
        way=comment if view.may_comment else None,
    )


def _others(text: Version | Draft, language: str, at: str) -> list[tuple[str, Page]]:
    return [
        (tag, Page(label=language_name(Words(tag), tag).capitalize(), path=f"{at}?language={tag}"))
        for tag in text.texts
        if tag != language
    ]


def _checksum(words: Words, version: Version) -> str:
    return words.say("Checksum of version {n} (SHA-256):", n=words.number(version.number))


def _in_language(text: Version | Draft, locale: str, language: str) -> tuple[str, str]:
    own = base_of(locale)
    spoken = own if text.texts.get(own) else language
    return text.texts.get(spoken, ""), spoken


def _official(words: Words, text: Version | Draft, shown: str, counts: str) -> str:
    """Which language counts, where there are several or it is not the reader's."""
    name = language_name(words, counts)
    if shown != counts:
        return words.say(
            "This is a translation. If the two differ, the {language} text is the official one.",
            language=name,
        )
    if len(text.texts) > 1:
        return words.say(
            "If a translation differs, the {language} text is the official one.", language=name
        )
    if counts != words.spoken:
        return words.say("This rule is in {language}.", language=name)
    return ""


# -- two versions ------------------------------------------------------------------------------


async def compare(visit: Visit) -> Response:
    old, new = _version(visit, "old"), _version(visit, "new")
    command = CompareVersions(rule_id=visit.subject("rule"), old=old, new=new)
    view, reader = await _asked(visit, Versions, command)
    words, own = visit.words(reader), base_of(reader.locale)
    both = own in view.old.texts and own in view.new.texts
    language = own if both else view.new.language
    texts = [one.text_for(language)[0] for one in (view.old, view.new)]
    titles = view.old.title.in_locale(language), view.new.title.in_locale(language)
    found = await asyncio.to_thread(compared, *texts, titles=titles)  # long ones take a second
    tag = say.version_tag(words, view.rule, view.new.number)
    return await visit.page(
        "pages/rule_changes.html",
        words.say("{number}: what changed", number=view.rule.number),
        reader,
        view=view,
        back=links.rule("", view.rule.id, view.new.number),
        language=language,
        state=tag,
        draft=say.on_paper(words, view.rule, view.new.number),
        told=_counts(words, found),
        same=found.same,
        rows=drawn_rows(found, words),
        link=links.rule,
        dated=lambda day: say.dated(words, day),
    )


def _counts(words: Words, found: Comparison) -> str:
    """How many sentences became what."""
    changed, removed, added = (found.count(one) for one in (Fate.CHANGED, Fate.REMOVED, Fate.ADDED))
    told = [
        words.count("{n} sentence changed", "{n} sentences changed", changed) if changed else "",
        words.count("{n} sentence removed", "{n} sentences removed", removed) if removed else "",
        words.count("{n} sentence added", "{n} sentences added", added) if added else "",
    ]
    return " · ".join(one for one in told if one)


# -- comments ----------------------------------------------------------------------------------


def _comments(visit: Visit) -> ShowComments:
    return ShowComments(rule_id=visit.subject("rule"), version=_version(visit, "version"))


async def comments(visit: Visit) -> Response:
    asked = visit.request.query_params
    section = asked.get("section")
    command = replace(
        _comments(visit),
        section=visit.whole(section) if section else None,
        unanswered=asked.get("answered") == "no",
        page=visit.page_asked(),
    )
    view, reader = await _asked(visit, CommentsView, command)
    words, rule, page = visit.words(reader), view.rule, view.paging
    here = links.rule_comments("", rule.id, view.version)

    def shown(label: str, **more: str) -> Page:
        """Others of the same comments."""
        kept = {"section": section or "", "answered": "no" if view.unanswered else ""}
        told = {key: said for key, said in (kept | more).items() if said}
        return Page(label=label, path=f"{here}?{urlencode(told)}")

    detail = comments_detail(words, view)
    if page.pages > 1:
        n = words.say("Page {page} of {pages}", page=page.page + 1, pages=page.pages)
        ways = [*detail.ways, shown(words.say("Show all on one page"), all="yes")]
        if page.page:
            ways.append(shown(words.say("Previous"), page=str(page.page)))
        if page.page + 1 < page.pages:
            ways.append(shown(words.say("Next"), page=str(page.page + 2)))
        detail = replace(detail, facts=f"{detail.facts} · {n}", ways=tuple(ways))
    first = []
    if view.became:
        choose = drawn_ask(_which(words, view, here), reader, visit.csrf)
        first = [DrawnSection(title="", parts=choose)]
    return await visit.of_kind(
        "detail",
        title_of(detail),
        reader,
        up=Page(label=rule.number, path=links.rule("", rule.id, view.version)),
        view=drawn_detail(visit, detail, reader, first=first),
    )


def _which(words: Words, view: CommentsView, here: str) -> Ask:
    """Which of the comments are shown."""
    sections = tuple((str(key), say.section(words, key, name)) for key, name in view.sections)
    return Ask(
        at=here,
        submit=words.say("Show"),
        fields=(
            ChoiceField(
                key="section",
                label=words.say("Section"),
                choices=sections,
                chosen=() if view.section is None else (str(view.section),),
                optional=True,
                depends=True,
                none=words.say("All sections"),
            ),
            ChoiceField(
                key="answered",
                label=words.say("Decision"),
                choices=(("no", words.say("Not answered yet")),),
                chosen=("no",) if view.unanswered else (),
                optional=True,
                depends=True,
                none=words.say("All comments"),
            ),
        ),
        style=Style.PLAIN,
        known=False,
        reads=True,
    )


async def comments_file(visit: Visit) -> Response:
    view, reader = await _asked(visit, CommentsView, replace(_comments(visit), page=None))
    name = f"{number_key(view.rule.number)}-{view.version}-comments.csv"
    return Response(
        files.comments_csv(view, visit.words(reader)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# -- for other programs ------------------------------------------------------------------------


async def feed(visit: Visit) -> Response:
    view, reader = await _asked(visit, RulesView, ShowRules(dates=True))
    return answered(visit, CalendarDates(rules=view.dates), Feed.RULES, "xml", reader)


async def calendar(visit: Visit) -> Response:
    view, reader = await _asked(visit, RulesView, ShowRules(dates=True))
    return answered(visit, CalendarDates(rules=view.dates), Feed.RULES, "ics", reader)
