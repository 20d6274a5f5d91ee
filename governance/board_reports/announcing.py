""" "You said, we did": what was issued in a Board report, as an announcement to all staff."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from core.words import Words
from governance import links
from governance.announcements.asked import LIMITS
from governance.announcements.model import Change
from governance.board_reports import wording as say
from governance.board_reports.further import in_each_language
from governance.board_reports.model import Issued
from governance.committees.model import District


def you_said(issued: Issued, district: District, report: UUID) -> Change:
    """In every language that we speak, with a link to the report."""

    text = partial(in_each_language, district)
    return Change(
        title=text(lambda words: title(words, issued)),
        what=text(lambda words: _within(LIMITS["what"], done(words, issued))),
        why=text(lambda words: _within(LIMITS["why"], said(words, issued))),
        when=text(lambda words: say.days(words, issued.period)),
        who=text(lambda words: words.say("All staff.")),
        action=text(
            lambda words: words.say("Read the report, and keep telling us what you think.")
        ),
        learn_url=links.board_report("", report),
    )


def title(words: Words, issued: Issued) -> str:
    return words.say("You said, we did: {period}", period=say.days(words, issued.period))


def said(words: Words, issued: Issued) -> list[str]:
    heard = issued.figures.heard
    told = [words.say("Too few people wrote to show numbers.")]
    if heard.received is not None:
        sent = words.count("You sent {n} message.", "You sent {n} messages.", heard.received)
        told = [" ".join((sent, *say.answered(words, heard)))]
    for ranking in issued.figures.rankings:
        first = [f"“{words.text(one.label)}”" for one in ranking.told if one.place == 1]
        survey = words.text(ranking.survey)
        if first:
            one = words.say(
                "In “{survey}” you put first: {choices}.",
                survey=survey,
                choices=words.all_of(first),
            )
            open_ = len(first) > 1
            tied = [words.say("The answers are too close to rank them.")] if open_ else []
            told.append(" ".join((one, *tied)))
        elif ranking.first:
            told.append(words.say("In “{survey}” no priority stands out.", survey=survey))
    return told


def done(words: Words, issued: Issued) -> list[str]:
    """Stories, then decisions with their reasons."""
    told = [*(story.words for story in issued.words.stories), *did(words, issued)]
    return told or [words.say("The report says what the district did.")]


def did(words: Words, issued: Issued) -> list[str]:
    told = []
    for one in issued.figures.decisions:
        reason = say.excerpt(one.reason)
        sentence = (
            words.say("Accepted: {title}. {reason}", title=one.title, reason=reason)
            if one.accepted
            else words.say("Declined: {title}. {reason}", title=one.title, reason=reason)
        )
        told.append(sentence.strip())
    return told


def _within(most: int, told: Iterable[str]) -> str:
    """As many whole lines as fit."""
    kept = ""
    for one in told:
        longer = f"{kept}\n\n{one}" if kept else one
        if len(longer) > most:
            break
        kept = longer
    return kept
