"""What triage is told every school day."""

from __future__ import annotations

from core.words import Words
from governance.upkeep.messages import TriageWaiting


def title(words: Words, message: TriageWaiting) -> str:
    return words.count(
        "{n} message is waiting in triage", "{n} messages are waiting in triage", message.items
    )


def lines(words: Words, message: TriageWaiting) -> list[str]:
    said = [words.say("The oldest arrived {when}.", when=words.day(message.oldest_at))]
    if message.late:
        said.append(
            words.count(
                "{n} of them is late. The deputy has it, too.",
                "{n} of them are late. The deputy has them, too.",
                message.late,
            )
        )
    return said
