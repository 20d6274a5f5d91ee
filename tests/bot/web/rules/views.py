"""Rules as the dispatch answers with them on a good day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from core.paging import Paging
from core.text import Text
from governance.feeds.commands import ShowCalendarAddress
from governance.feeds.messages import CalendarAddress
from governance.rules.commands import (
    CompareVersions,
    ShowComments,
    ShowRule,
    ShowRules,
)
from governance.rules.messages import (
    CommentLine,
    CommentsView,
    FoundSection,
    LinkedWords,
    RuleRow,
    RulesView,
    RuleView,
    Versions,
)
from governance.rules.model import (
    Comment,
    Disposition,
    Draft,
    Exemption,
    Rule,
    RuleKind,
    RuleState,
    RuleStep,
    Step,
    Version,
    Vote,
)
from tests.bot.web.examples import NOW

RULE, OWNER = UUID(int=90 << 100), UUID(int=91 << 100)

TEXT = """These rules are for **all staff**. See [section 3](#section-3).

## Purpose
Keep accounts safe, as [the state asks](https://example.org/guidance).

## Who it is for
- teachers
- office professionals

## Passwords
Use a passphrase of four words.

| Account | Shortest | Changed |
| --- | --- | --- |
| Staff | 15 letters | when it may be known |

### Students
Grades K to 2 sign in with a card.

## Lost devices
Tell the help desk at once.

## Exceptions
`iso@example.org` grants them.
"""
BEFORE = TEXT.replace("four words", "three words").replace("- teachers\n", "")
TITLE = Text(default="Passwords and sign-in", translations={"es": "Contraseñas"})


def version(number: int, text: str, **more: str) -> Version:
    return Version(
        rule_id=RULE,
        number=number,
        title=TITLE,
        texts={"en": text, **more},
        language="en",
        digest="394428cfb8f84f8964d9d2fe7a57c6d4650b88a447dad0d0ea5851dee3f8ab6f",
        changed="Four words instead of three." if number > 1 else "",
        answers=(UUID(int=93 << 100),) if number > 1 else (),
        material=True,
        at=NOW - timedelta(days=60 - number),
        by=OWNER,
    )


FIRST, SECOND = version(1, BEFORE), version(2, TEXT, es=TEXT.replace("Purpose", "Propósito"))

IN_EFFECT = Rule(
    id=RULE,
    kind=RuleKind.REGULATION,
    number="ITR 4",
    title=TITLE,
    committee="network",
    serves=("safety", "5.2"),
    state=RuleState.PUBLISHED,
    version=2,
    in_force=2,
    effective=date(2026, 11, 20),
    review=date(2027, 11, 20),
)
OPEN = replace(
    IN_EFFECT,
    state=RuleState.COMMENTING,
    in_force=1,
    comments_end=NOW + timedelta(days=20),
    review=None,
)
DRAFTED = replace(
    IN_EFFECT,
    state=RuleState.DRAFT,
    version=0,
    in_force=None,
    effective=None,
    review=None,
    draft=Draft(title=TITLE, texts={"en": TEXT}),
)


def step(step: RuleStep, number: int = 2, **more: object) -> Step:
    given: dict[str, object] = {
        "id": UUID(int=95 << 100),
        "rule_id": RULE,
        "step": step,
        "version": number,
        "by": OWNER,
        "at": NOW - timedelta(days=40),
    }
    return Step(**(given | more))  # type: ignore[arg-type]


SHOWN = RuleView(
    rule=IN_EFFECT,
    version=SECOND,
    versions=(FIRST, SECOND),
    committee="Network and Infrastructure",
    owner="Anders Holmquist",
    steps=(
        (step(RuleStep.DRAFTED, 0), "Anders Holmquist"),
        (step(RuleStep.RETURNED, 1, why="Say whom to call."), "Ben Okafor"),
        (step(RuleStep.OPENED, 1, day=date(2026, 11, 4)), "Ben Okafor"),
        (step(RuleStep.CLOSED, 1, by=None), ""),
        (
            step(
                RuleStep.RATIFIED,
                vote=Vote(on=date(2026, 11, 18), present=9, favor=7, against=1, abstained=1),
            ),
            "Ben Okafor",
        ),
        (step(RuleStep.PUBLISHED, day=date(2026, 11, 20)), "Dana Whitfield"),
    ),
    exemptions=(
        (
            Exemption(
                id=UUID(int=96 << 100),
                rule_id=RULE,
                person=None,
                building="maple",
                until=date(2026, 12, 31),
                why="Its cards come in January.",
                granted_by=OWNER,
                at=NOW,
            ),
            "Maple Elementary",
        ),
    ),
    can=frozenset({RuleStep.REVISING, RuleStep.REVIEWED, RuleStep.RETIRED}),
    writes=False,
    may_comment=False,
    comments=3,
    answered=2,
    supports=("Secure and accountable systems", "5.2"),
)
COMMENTING = replace(
    SHOWN,
    rule=OPEN,
    can=frozenset({RuleStep.EXTENDED}),
    may_comment=True,
    linked=(
        LinkedWords(words="My hands cannot type it.", received_at=NOW, version=2, section=3),
        LinkedWords(words="Who reads this?", received_at=NOW, version=1, section=0),
    ),
)
DRAFT = replace(
    SHOWN,
    rule=DRAFTED,
    version=None,
    versions=(),
    steps=SHOWN.steps[:1],
    exemptions=(),
    can=frozenset({RuleStep.PROPOSED}),
    writes=True,
    comments=0,
)


def comment(section: int, words: str | None, became: Disposition | None = None) -> Comment:
    return Comment(
        item_id=UUID(int=(93 + section) << 100),
        rule_id=RULE,
        version=1,
        section=section,
        at=NOW,
        words=words,
        disposition=became,
        reason="Carts have cards now." if became else "",
    )


COMMENTS = CommentsView(
    rule=IN_EFFECT,
    version=1,
    lines=(
        CommentLine(comment=comment(0, "Easy to read.", Disposition.ACCEPTED), heading=""),
        CommentLine(
            comment=comment(3, "=Four words are a lot.", Disposition.IN_PART),
            heading="Passwords",
            alike=2,
            answered_in=2,
        ),
        CommentLine(comment=comment(4, None, Disposition.DECLINED), heading="Lost devices"),
        CommentLine(comment=comment(5, "Who grants them?"), heading="Exceptions"),
    ),
    disposes=True,
    became={
        Disposition.ACCEPTED: 1,
        Disposition.IN_PART: 1,
        Disposition.DECLINED: 1,
        None: 1,
    },
    sections=((0, ""), (3, "Passwords"), (4, "Lost devices"), (5, "Exceptions")),
    paging=Paging(page=0, size=100, matching=4),
    next_open=UUID(int=98 << 100),
)
NO_COMMENTS = replace(
    COMMENTS, lines=(), disposes=False, became={}, sections=(), paging=Paging(), next_open=None
)
MANY_COMMENTS = replace(
    COMMENTS,
    became={Disposition.ACCEPTED: 1800, None: 1200},
    paging=Paging(page=3, size=100, matching=1200),
    unanswered=True,
)


def row(number: str, title: str, state: RuleState, *, holds: bool = False) -> RuleRow:
    return RuleRow(
        rule_id=RULE,
        kind=RuleKind.REGULATION if number.startswith("ITR") else RuleKind.PROCEDURE,
        number=number,
        title=Text(default=title),
        state=state,
        holds=holds,
        effective=date(2026, 11, 20) if holds else None,
        comments_end=NOW + timedelta(days=20),
    )


LIBRARY = RulesView(
    rows=(
        row("ITP 2", "Retiring a device", RuleState.CONSIDERING),
        row("ITR 1", "Accounts", RuleState.RETIRED),
        row("ITR 4", "Passwords and sign-in", RuleState.PUBLISHED, holds=True),
        row("ITR 7", "Cameras", RuleState.COMMENTING, holds=True),
        row("ITR 11", "Use of artificial intelligence with student work", RuleState.DRAFT),
    ),
    query="",
    writes=True,
)
FOUND = replace(
    LIBRARY,
    query="help desk",
    found=(
        FoundSection(
            rule_id=RULE,
            number="ITR 4",
            title=TITLE,
            version=2,
            section=4,
            heading="Lost devices",
            words="Tell the help desk at once.",
            language="en",
        ),
    ),
)
EMPTY = RulesView(rows=(), query="", writes=False)
NO_ADDRESS = CalendarAddress(made_at=None)
NEW_ADDRESS = CalendarAddress(made_at=NOW, key="Xb2-9fQ_")

ANSWERS = {
    ShowRules: LIBRARY,
    ShowCalendarAddress: NO_ADDRESS,
    ShowRule: SHOWN,
    ShowComments: COMMENTS,
    CompareVersions: Versions(rule=IN_EFFECT, old=FIRST, new=SECOND),
}
