"""A committee's agenda as a report, to read and to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.cards import Look, Page
from core.reports import (
    Block,
    Cell,
    Entry,
    Group,
    Groups,
    Lines,
    Passage,
    Report,
    ReportSection,
    Table,
    bullets,
)
from core.tiles import Tile
from core.words import Words
from governance import links
from governance.chairs import wording
from governance.chairs.views import AgendaView, Decided
from governance.digests import wording as digest_words
from governance.references import wording as link_words
from governance.rules import wording as rule_words
from governance.rules.messages import AgendaRule


def agenda_report(words: Words, view: AgendaView, whose: str, other: str) -> Report:
    """``other``: the page of the version that can be shared, or of the one with quotes."""
    say = words.say
    since = say("Since the last meeting, on {day}.", day=words.day(view.since, year=True))
    still = words.count("{n} message is open.", "{n} messages are open.", view.open)
    who = (
        say("Can be shared: no quotes from staff, and only themes from five or more people.")
        if view.shared
        else say("For the committee only: it quotes staff.")
    )
    way = say("For the committee, with quotes from staff") if view.shared else ""
    return Report(
        title=say("Agenda: {committee}", committee=view.name),
        whose=whose,
        lead=words.day(view.on, year=True),
        opening=(Passage(text=f"{since} {still}"), Passage(text=who, look=Look.QUIET)),
        tiles=tuple(_tiles(words, view)),
        data=_data(words, view),
        columns=True,
        sections=tuple(
            ReportSection(title=f"{words.number(n)}. {title}", blocks=blocks)
            for n, (title, blocks) in enumerate(_sections(words, view), 1)
        ),
        pages=(Page(label=way or say("A version you can share"), path=other),),
    )


def _tiles(words: Words, view: AgendaView) -> Iterator[Tile]:
    """How much there is of what the meeting is about; each is listed below."""
    say = words.say
    told = (
        (say("Open messages"), view.open),
        (say("Rules to decide"), len(view.rules)),
        (say("Open recommendations"), len(view.pending)),
        (say("Decided since the last meeting"), len(view.decided)),
    )
    for label, n in told:
        yield Tile(label=label, figure=words.number(n))


def _data(words: Words, view: AgendaView) -> Table:
    """What is on the agenda, a row for each. What staff wrote stays on the page."""
    say = words.say
    rows = [
        *(
            (say("Rules to decide"), f"{one.number}: {words.text(one.title)}", "")
            for one in view.rules
        ),
        *(
            (
                say("What staff brought up"),
                words.name(one.name) or say("Something else"),
                words.number(one.count),
            )
            for one in view.themes
        ),
        *((say("Open recommendations"), one, "") for one in view.pending),
        *(
            (
                say("Decided since the last meeting"),
                one.about,
                wording.decision(words, one.accepted),
            )
            for one in view.decided
            if one.accepted is not None
        ),
    ]
    return Table(
        name=say("Agenda: {committee}", committee=view.name),
        heads=(say("Section"), say("About"), say("Figure or decision")),
        rows=tuple(tuple(Cell(text=one) for one in row) for row in rows),
    )


def _sections(words: Words, view: AgendaView) -> Iterable[tuple[str, tuple[Block, ...]]]:
    say, none = words.say, (Passage(text=words.say("None.")),)
    if view.rules:
        rules = tuple(_rule(words, one, shared=view.shared) for one in view.rules)
        yield say("Rules to decide"), (Groups(groups=rules),)
    yield say("What staff brought up"), _themes(words, view)
    if view.oldest:
        oldest = (
            Entry(text=one.words, quiet=digest_words.about(words, one)) for one in view.oldest
        )
        yield say("Waiting the longest"), (Lines(entries=tuple(oldest), bullets=True),)
    yield say("Open recommendations"), (bullets(view.pending),) if view.pending else none
    decided = Lines(entries=tuple(_decided(words, one) for one in view.decided), bullets=True)
    yield say("Decided since the last meeting"), (decided,) if view.decided else none
    yield say("Notes"), ()


def _rule(words: Words, one: AgendaRule, *, shared: bool) -> Group:
    """A rule with what is asked, and the comments on it."""
    at = links.rule("", one.rule_id, one.version)
    ways = [Entry(strong=words.say("Read the full rule"), path=at)]
    if one.comments and not shared:
        every = words.count("Read {n} comment", "Read all {n} comments", one.comments)
        ways.append(Entry(strong=every, path=links.rule_comments("", one.rule_id, one.commented)))
    blocks: list[Block] = [Passage(text=rule_words.asked_of_committee(words, one.state))]
    for line in one.lines:
        blocks.append(Passage(text=line.comment.words or "", typed=True, apart=True))
        told = (rule_words.on_section(words, line), rule_words.became(words, line.comment))
        blocks += [Passage(text=each, look=Look.QUIET) for each in told if each]
    blocks.append(Lines(entries=tuple(ways)))
    return Group(title=f"{one.number}: {words.text(one.title)}", blocks=tuple(blocks))


def _themes(words: Words, view: AgendaView) -> tuple[Block, ...]:
    say, blocks = words.say, list[Block]()
    if view.themes:
        rows = tuple(
            (
                Cell(text=words.name(one.name) or say("Something else")),
                Cell(text=words.number(one.count)),
            )
            for one in view.themes
        )
        heads = (say("Theme"), say("Messages"))
        counted = say("Counted: what is open or put aside, and what was answered since then.")
        blocks.append(Passage(text=counted, look=Look.QUIET))
        blocks.append(Table(name=say("Themes"), heads=heads, rows=rows, numbers=frozenset((1,))))
    else:
        blocks.append(Passage(text=say("Nothing can be shown.")))
    if view.quotes:
        quotes = tuple(Passage(text=one, typed=True, apart=True) for one in view.quotes)
        words_of = Group(title=say("In their words"), blocks=quotes)
        blocks.append(Groups(groups=(words_of,)))
    return tuple(blocks)


def _decided(words: Words, one: Decided) -> Entry:
    """What was decided, in whose words, and what it has to do with."""
    linked = link_words.beside(words, one.links)
    return Entry(
        strong=f"{wording.decision(words, one.accepted)}:",
        text=one.about,
        quiet=" · ".join(each for each in (one.words, *linked) if each),
    )
