"""What is said before the first question: one sentence, and behind it how answers are protected.
Both are generated from the survey's plan and the budget of its tables, so that they cannot say
anything else than what the code does (docs/confidentiality.md)."""

from __future__ import annotations

from core.words import Words
from governance import wording
from surveys.promise import Promise
from surveys.survey import COMMENTS_FROM


def promised(words: Words, promise: Promise) -> str:
    """The one sentence, in a reader's language."""
    if promise.committees:
        return words.say(
            "Confidential: the CTO's office and members of {committees} see results only for "
            "groups of about {k} or more answers, and never by name.",
            committees=words.all_of([f"“{name}”" for name in promise.committees]),
            k=promise.rules.smallest_group,
        )
    return words.say(
        "Confidential: the CTO's office sees results only for groups of about {k} or more "
        "answers, and never by name.",
        k=promise.rules.smallest_group,
    )


def protection(words: Words, promise: Promise) -> list[str]:
    """How this is protected, in ten sentences at most."""
    say = words.say
    groups = words.all_of([wording.groups(words, by) for by in promise.groups])
    return [
        say("The tables are fixed before anyone answers: results for {groups}.", groups=groups),
        *_some(words, promise),
        *_comments(words, promise),
        say(
            "When the survey closes, each count is moved up or down by a small random number, "
            "once; then the random numbers and the true counts are deleted."
        ),
        say(
            "A group shows from {k} answers on. That count has a random number in it, too: small "
            "groups' figures can be a few people off, and columns do not always add up.",
            k=promise.rules.smallest_group,
        ),
        say(
            "A percentage is shown only where enough people are on each side; elsewhere there is "
            "a word such as “most”, or a dash."
        ),
        _sure(words, promise),
        say(
            "Several of your answers can add up: boxes you tick, rows you rate, things you "
            "compare. Then they could be more certain."
        ),
        _whole(words, promise),
        _linked(words, promise),
    ]


def protection_title(words: Words) -> str:
    """What leads to it."""
    return words.say("How this is protected")


def _some(words: Words, promise: Promise) -> list[str]:
    if not promise.some:
        return []
    pages = [
        words.say("page {n} (after “{question}”)", n=number, question=words.text(question))
        for number, question in promise.some
    ]
    return [
        words.say(
            "Asked only of some people, depending on an earlier answer: {pages}; figures there "
            "are for everyone asked only, and comments are not shown.",
            pages=words.all_of(pages),
        )
    ]


def _comments(words: Words, promise: Promise) -> list[str]:
    if not promise.comments:
        return []
    told = words.say(
        "Comments, and exactly how many there are, show for everyone asked only, where {k} "
        "or more people wrote one.",
        k=COMMENTS_FROM,
    )
    if not promise.rules.themes:
        return [told]
    counted = words.say("What they are about is counted, and no comment shows its theme.")
    return [f"{told} {counted}"]


def _sure(words: Words, promise: Promise) -> str:
    """What of one answer can be learned at most."""
    if promise.pairs > 2:
        return words.say(
            "Say someone knows everyone else's answers, and is 50% sure of one of yours or of two "
            "of your {n} comparisons. They could become at most {sure}% sure (ε = {epsilon}).",
            n=promise.pairs,
            sure=promise.most_sure,
            epsilon=words.number(float(promise.epsilon)),
        )
    return words.say(
        "Someone who knows everyone else's answers, and is 50% sure of one of yours, could become "
        "at most {sure}% sure (ε = {epsilon}).",
        sure=promise.most_sure,
        epsilon=words.number(float(promise.epsilon)),
    )


def _whole(words: Words, promise: Promise) -> str:
    """Who sees what of everybody together."""
    if promise.looks is None:
        return words.say(
            "While the survey is open, the CTO's office may see figures for everyone asked, a few "
            "times; it may publish the final ones."
        )
    if not promise.looks:
        return words.say("The CTO's office may publish figures for everyone asked.")
    return words.say(
        "While the survey is open, the CTO's office sees figures for everyone asked at {looks} "
        "answers, and at no other time; it may publish the final ones.",
        looks=words.all_of([words.number(at) for at in promise.looks]),
    )


def _linked(words: Words, promise: Promise) -> str:
    if promise.held_why:
        return words.say(
            "A records hold is on this survey, because: “{why}” Until it is lifted, your answers "
            "are not deleted, and an operator who broke the rules could link you to them. Whether "
            "you answered stays: no page shows it by name, but the operator could look it up.",
            why=promise.held_why,
        )
    if promise.held:
        return words.say(
            "A records hold is on this survey: until it is lifted, your answers are not deleted, "
            "and an operator who broke the rules could link you to them. Whether you answered "
            "stays: no page shows it by name, but the operator could look it up."
        )
    return words.say(
        "Until the survey closes, an operator who broke the rules could link you to your "
        "answers; then the answers are deleted. Whether you answered stays: no page shows it by "
        "name, but the operator could look it up."
    )
