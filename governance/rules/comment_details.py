"""The comments on a version of a rule as a page: what waits, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from core.cards import Line, Link, Look, Page, Part, Press, Quote, Secrecy
from core.details import Detail, Section, Todo
from core.tiles import Tile, Tone
from core.words import Words
from governance import links
from governance.card_parts import lines
from governance.forms.commands import Open
from governance.rules import wording as say_rule
from governance.rules.commands import DisposeComments
from governance.rules.messages import CommentLine, CommentsView
from governance.rules.model import Disposition


def comments_detail(words: Words, view: CommentsView) -> Detail:
    """Of a page of those that were asked for. What waits for the reader comes first."""
    say, rule = words.say, view.rule
    number = words.number(view.version)
    file = f"{links.rule_comments('', rule.id, view.version)}.csv"
    ways = [Page(label=say("Download as a table (CSV)"), path=file)] if view.became else []
    return Detail(
        title=say("Comments on {number}", number=rule.number),
        state=say_rule.version_tag(words, rule, view.version),
        facts=f"{words.text(rule.title)} · {say('Version {n}', n=number)}",
        primary=_next(words, view),
        notes=tuple(lines([one for one in _notes(words, view) if one])),
        tiles=tuple(_tiles(words, view)),
        ways=tuple(ways),
        sections=tuple(_sections(words, view)),
        on_paper=say_rule.on_paper(words, rule, view.version),
    )


def _next(words: Words, view: CommentsView) -> Press | None:
    if view.next_open is None:
        return None
    command = Open(of=DisposeComments(rule_id=view.rule.id, item_id=view.next_open))
    return Press(label=words.say("Answer the next one"), command=command)


def _notes(words: Words, view: CommentsView) -> Iterator[str]:
    everything = sum(view.became.values())
    if everything:
        counted = words.count("{n} comment.", "{n} comments.", everything)
        unnamed = words.say("Names are never shown, and personal data is removed.")
        yield f"{counted} {unnamed}"
    else:
        yield words.say("There are no comments to read yet.")
    if view.considered:
        yield words.count(
            "{n} more comment is being considered. You can read it once it is answered.",
            "{n} more comments are being considered. You can read them once they are answered.",
            view.considered,
        )
    if everything and not view.lines:
        yield words.say("No comment fits this.")


def _tiles(words: Words, view: CommentsView) -> Iterator[Tile]:
    """How many there are of each decision; those that wait first."""
    waiting = view.became.get(None, 0)
    if waiting:
        label = words.say("Not answered yet")
        yield Tile(label=label, figure=words.number(waiting), tone=Tone.CAUTION)
    for one in Disposition:
        if one in view.became:
            label = say_rule.disposition(words, one)
            yield Tile(label=label, figure=words.number(view.became[one]))


def _sections(words: Words, view: CommentsView) -> Iterator[Section]:
    """Those on each section of the rule. What the reader can answer comes first."""
    for number, found in groupby(view.lines, key=lambda one: one.comment.section):
        lines_ = tuple(found)
        waiting = [one for one in lines_ if view.disposes and not one.comment.disposition]
        rest = [one for one in lines_ if one not in waiting]
        yield Section(
            title=say_rule.section(words, number, lines_[0].heading),
            todo=tuple(_waits(words, view, one) for one in waiting),
            parts=tuple(part for one in rest for part in _said(words, view, one)),
        )


def _waits(words: Words, view: CommentsView, one: CommentLine) -> Todo:
    command = Open(of=DisposeComments(rule_id=view.rule.id, item_id=one.comment.item_id))
    return Todo(
        says=one.comment.words or _removed(words),
        detail=_alike(words, one),
        press=Press(label=words.say("Answer"), command=command),
    )


def _said(words: Words, view: CommentsView, one: CommentLine) -> Iterator[Part]:
    comment, secrecy = one.comment, Secrecy.SIGNED_IN
    if comment.words:
        yield Quote(text=comment.words, by=_alike(words, one), secrecy=secrecy)
    else:
        yield Line(text=_removed(words), secrecy=secrecy, look=Look.QUIET)
    if comment.disposition is None:
        yield Line(text=words.say("Not answered yet"), secrecy=secrecy, look=Look.QUIET)
        return
    became = say_rule.disposition(words, comment.disposition)
    yield Line(text=became, secrecy=secrecy, look=Look.STRONG)
    yield Line(text=comment.reason, secrecy=secrecy)
    if one.answered_in:
        yield Link(
            label=words.say("Answered in version {n}", n=words.number(one.answered_in)),
            url=links.rule("", view.rule.id, one.answered_in),
            secrecy=secrecy,
        )


def _removed(words: Words) -> str:
    return words.say("The words of this comment were removed.")


def _alike(words: Words, one: CommentLine) -> str:
    if not one.alike:
        return ""
    return words.count("{n} similar comment", "{n} similar comments", one.alike)
