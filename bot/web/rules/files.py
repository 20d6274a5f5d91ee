"""Comments on a rule as a table, for other programs."""

from __future__ import annotations

import csv
import io

from bot.exports.safe_cells import guarded
from core.words import Words
from governance.rules import wording as say
from governance.rules.messages import CommentsView


def comments_csv(view: CommentsView, words: Words) -> bytes:
    """With a mark in front, by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    write = csv.writer(file).writerow
    write(
        [
            words.say("Section"),
            words.say("Heading"),
            words.say("Comment"),
            words.say("Similar comments"),
            words.say("Decision"),
            words.say("Reason"),
            words.say("Answered in version"),
        ]
    )
    for one in view.lines:
        became = one.comment.disposition
        told = [
            one.heading,
            one.comment.words or words.say("(removed)"),
            str(one.alike),
            say.disposition(words, became) if became else "",
            one.comment.reason,
            str(one.answered_in or ""),
        ]
        write([str(one.comment.section or ""), *map(guarded, told)])
    return f"\ufeff{file.getvalue()}".encode(errors="replace")
