"""The library of IT rules as a list."""

from __future__ import annotations

from core.cards import Prose, Run
from core.details import Section
from core.lists import Cell, Column, Filter, ListView, Row
from core.reports import Entry, Lines, Passage
from core.tiles import Tag, Tone
from core.words import Words
from governance import links
from governance.rules import wording as rule_words
from governance.rules.messages import FoundSection, RuleRow, RulesView
from governance.rules.model import ENDED, RuleKind, RuleState, number_key

_HOLDS, _COMMENTING, _WORKED_ON, _ENDED = "in-effect", "open-for-comment", "drafts", "ended"
_BEFORE = (RuleState.DRAFT, RuleState.PROPOSED)


def sections_found(words: Words, view: RulesView) -> tuple[Section, ...]:
    """Below the rules: the sections that speak of what somebody searches for."""
    if not view.query:
        return ()
    if not view.found:
        none = words.say("Try other words, or a number such as ITR 4.")
        title = words.say("No results for “{query}”", query=view.query)
        return (Section(title=title, blocks=(Passage(text=none),)),)
    title = words.count(
        "{n} result for “{query}”",
        "{n} results for “{query}”",
        len(view.found),
        query=view.query,
    )
    entries = tuple(_found(words, one) for one in view.found)
    return (Section(title=title, blocks=(Lines(entries=entries, bullets=True),)),)


def _found(words: Words, one: FoundSection) -> Entry:
    where: Prose = one.number
    if one.section:
        where = (Run(f"{one.number}, "), Run(f"{one.section}. {one.heading}", one.language))
    version = words.say("Version {n}", n=words.number(one.version))
    return Entry(
        strong=where,
        path=links.rule("", one.rule_id, one.version, one.section),
        text=(Run(one.words, one.language),),
        tag=Tag(text=words.say("Not in effect"), tone=Tone.CAUTION) if one.draft else None,
        quiet=(*words.written(one.title), Run(f" · {version}")),
    )


def rules_list(words: Words, view: RulesView) -> ListView:
    """By what they are, each by number; then drafts, and what is no longer in effect. Where the
    reader searches, the rules with sections that were found."""
    say = words.say
    found = {one.rule_id for one in view.found}
    places = {kind: n for n, kind in enumerate(RuleKind)}
    rows = sorted(view.rows, key=lambda one: (_last(one), places[one.kind], number_key(one.number)))
    return ListView(
        columns=(
            Column(key="title", label=say("Rule")),
            Column(key="state", label=say("State")),
            Column(key="owner", label=say("Owner"), phone=False),
            Column(key="since", label=say("In effect since")),
            Column(key="review", label=say("Next review")),
        ),
        title="title",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_HOLDS, label=say("In effect")),
            Filter(key=_COMMENTING, label=say("Open for comment")),
            Filter(key=_WORKED_ON, label=say("Drafts")),
            Filter(key=_ENDED, label=say("No longer in effect")),
        ),
        rows=tuple(_row(words, one, view.query if one.rule_id in found else "") for one in rows),
        empty=say("There are no rules to read yet."),
    )


def _last(row: RuleRow) -> int:
    return 2 if row.state in ENDED else 1 if is_draft(row) else 0


def is_draft(row: RuleRow) -> bool:
    """Whether nothing of it is in effect, and staff were not asked about it yet."""
    return not row.holds and row.state in _BEFORE


def _group(words: Words, row: RuleRow) -> str:
    if row.state in ENDED:
        return words.say("No longer in effect")
    if is_draft(row):
        return words.say("Drafts")
    return {
        RuleKind.REGULATION: words.say("Regulations"),
        RuleKind.PROCEDURE: words.say("Procedures"),
        RuleKind.PRACTICE: words.say("Practices"),
    }[row.kind]


def _row(words: Words, one: RuleRow, query: str) -> Row:
    title, since = words.text(one.title), one.effective if one.holds else None
    return Row(
        key=str(one.rule_id),
        cells=(
            Cell(
                text=f"{one.number}: {title}",
                order=number_key(one.number),
                language=_language(words, one),
            ),
            _state(words, one),
            Cell(text=one.owner, order=one.owner.casefold() or None),
            Cell(text=words.short_day(since) if since else "", order=since),
            Cell(
                text=words.short_day(one.review) if one.review else "",
                order=one.review,
            ),
        ),
        filters=frozenset(_filters(one)),
        searched=f"{one.number} {title} {one.owner} {query}",
        path=links.rule("", one.rule_id),
        group=_group(words, one),
    )


def _language(words: Words, one: RuleRow) -> str:
    language = one.title.language_for(words.locale)
    return "" if language.partition("-")[0] == words.spoken else language


def _state(words: Words, one: RuleRow) -> Cell:
    if one.state is RuleState.COMMENTING and one.comments_end:
        last = rule_words.short_last_day(words, one.comments_end)
        text = words.say("Open for comment until {day}", day=last)
        return Cell(text=text, tone=Tone.CAUTION, order=1)
    if one.holds and one.state is RuleState.PUBLISHED:
        interim = one.effective is None
        text = words.say("Interim rule") if interim else words.say("In effect")
        return Cell(text=text, tone=Tone.CAUTION if interim else Tone.GOOD, order=2)
    if one.state in ENDED:
        return Cell(text=rule_words.state(words, one.state), tone=Tone.PLAIN, order=5)
    tone = Tone.INFO if one.holds else Tone.PLAIN
    return Cell(text=rule_words.state(words, one.state), tone=tone, order=3)


def _filters(one: RuleRow) -> list[str]:
    fits = {
        _HOLDS: one.holds,
        _COMMENTING: one.state is RuleState.COMMENTING,
        _WORKED_ON: is_draft(one),
        _ENDED: one.state in ENDED,
    }
    return ["", *(key for key, does in fits.items() if does)]
