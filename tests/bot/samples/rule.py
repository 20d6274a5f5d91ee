"""IT rules as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.paging import Paging
from core.people import Audience, Level
from core.text import text
from governance.feeds.messages import CalendarAddress
from governance.messages import Message
from governance.rules import forms
from governance.rules.commands import DisposeComments, GrantExemption, TakeStep
from governance.rules.messages import (
    CommentLine,
    CommentsView,
    DraftForm,
    LinkedWords,
    RuleNews,
    RuleView,
)
from governance.rules.model import (
    Comment,
    Disposition,
    Draft,
    Exemption,
    Interim,
    Rule,
    RuleKind,
    RuleState,
    RuleStep,
    Step,
    Version,
    Vote,
)
from governance.rules.text import digest
from surveys.questions import Unfit
from tests.bot.samples.forms import form

RULE = UUID("9a1c5c1e-0000-4000-8000-000000000004")
NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)

_ENGLISH = """These rules are for all staff.

## Passphrases
Use at least *four words* that do not belong together. A shared cart has a card instead.

## Lost devices
Tell the help desk on the day that you notice it.
"""
_SPANISH = """Estas normas son para todo el personal.

## Frases de contraseña
Use al menos *cuatro palabras* que no vayan juntas. Un carrito compartido tiene una tarjeta.

## Dispositivos perdidos
Avise a la mesa de ayuda el día en que lo note.
"""
_TITLE = text("Passwords and passphrases", es="Contraseñas y frases")
_TEXTS = {"en": _ENGLISH, "es": _SPANISH}


def _version(number: int, changed: str = "") -> Version:
    return Version(
        rule_id=RULE,
        number=number,
        title=_TITLE,
        texts=_TEXTS,
        language="en",
        digest=digest(_TITLE, _TEXTS, "en", Audience()),
        changed=changed,
        answers=(),
        material=True,
        at=NOW,
        by=None,
    )


def _step(step: RuleStep, **more: object) -> Step:
    made = Step(id=RULE, rule_id=RULE, step=step, version=1, by=None, at=NOW)
    return replace(made, **more)  # type: ignore[arg-type]


def rules(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    found = Rule(
        id=RULE,
        kind=RuleKind.REGULATION,
        number="ITR 4",
        title=_TITLE,
        committee="network",
        state=RuleState.COMMENTING,
        version=1,
        comments_end=NOW + timedelta(days=30),
    )
    view = RuleView(
        rule=found,
        version=_version(1),
        versions=(_version(1),),
        committee="Network and Infrastructure",
        owner="Anders Holmquist",
        steps=((_step(RuleStep.OPENED, day=date(2026, 12, 2)), "Nikolai Drobny"),),
        exemptions=(),
        can=frozenset(),
        writes=False,
        may_comment=True,
        comments=0,
        answered=0,
    )
    published = replace(
        found, state=RuleState.PUBLISHED, version=2, in_force=2, effective=date(2026, 12, 14)
    )
    given = Exemption(
        id=RULE,
        rule_id=RULE,
        person=None,
        building="roosevelt",
        until=date(2027, 1, 29),
        why=hostile,
        granted_by=None,
        at=NOW,
    )
    comment = Comment(
        item_id=RULE, rule_id=RULE, version=1, section=1, at=NOW, words=f"Four words? {hostile}"
    )
    disposed = replace(
        comment, disposition=Disposition.IN_PART, reason="Carts get a card instead.", section=0
    )
    news = RuleNews(
        step=_step(RuleStep.OPENED, day=date(2026, 12, 2)),
        number="ITR 4",
        title=_TITLE,
        committee="Network and Infrastructure",
        state=RuleState.COMMENTING,
        comments_end=NOW + timedelta(days=30),
        effective=None,
    )
    vote, returns, replaces = (
        TakeStep(rule_id=RULE, step=one)
        for one in (RuleStep.RATIFIED, RuleStep.RETURNED, RuleStep.SUPERSEDED)
    )
    draft = DraftForm(
        rule_id=RULE,
        new=False,
        kind=RuleKind.REGULATION,
        number="ITR 4",
        committee="network",
        serves="safe-use, 5.2",
        draft=Draft(
            title=_TITLE,
            texts=_TEXTS,
            changed=hostile,
            answers=(RULE,),
            audience=Audience(levels=frozenset({Level.HIGH}), buildings=frozenset({"north"})),
        ),
        language="en",
        committees=(("network", "Network and Infrastructure"), ("devices", "Devices")),
        buildings=(("north", "North High"), ("hale", hostile)),
        comments=((str(RULE), "Four words?"),),
    )
    answers = DisposeComments(rule_id=RULE, item_id=RULE)
    disposing = forms.disposing(
        RULE,
        "ITR 4",
        ((str(RULE), "Four words?"), (str(UUID(int=5)), "Four words are a lot")),
        (str(RULE),),
    )
    return {
        "rule_open": view,
        "rule_of_the_iso": replace(
            view,
            rule=replace(found, state=RuleState.CONSIDERING),
            can=frozenset({RuleStep.AMENDED, RuleStep.SUBMITTED}),
            writes=True,
            may_comment=False,
            comments=12,
            answered=9,
            linked=(
                LinkedWords(
                    words="Nobody can reach the cart on the second floor",
                    received_at=NOW,
                    version=1,
                    section=2,
                ),
                LinkedWords(words=hostile, received_at=NOW, version=1, section=0),
            ),
        ),
        "rule_in_effect": replace(
            view,
            rule=published,
            version=_version(2, "Carts have a card"),
            can=frozenset({RuleStep.REVISING, RuleStep.REVIEWED}),
            exemptions=((given, "Roosevelt Middle School"),),
            may_comment=False,
        ),
        "rule_interim": replace(
            view,
            rule=replace(
                found,
                state=RuleState.DRAFT,
                interim=Interim(version=1, until=date(2026, 11, 20), why="Phishing"),
            ),
            may_comment=False,
            can=frozenset({RuleStep.INTERIM}),
        ),
        "rule_draft_form": draft,
        "rule_draft_form_unfit": replace(
            draft,
            new=True,
            number="",
            draft=Draft(title=_TITLE, texts={}),
            comments=(),
            unfit={"number": Unfit(why="Enter a number, such as ITR 4.")},
        ),
        "rule_calendar_none": CalendarAddress(made_at=None),
        "rule_calendar_new": CalendarAddress(made_at=NOW, key="Xb2-9fQ_"),
        "rule_calendar_there": CalendarAddress(made_at=NOW),
        "rule_vote_form": form(
            vote, forms.step(RULE, "ITR 4", vote.step, day=True, votes=True, quorum=5)
        ),
        "rule_return_form": form(returns, forms.step(RULE, "ITR 4", returns.step, why=True)),
        "rule_replace_form": form(replaces, forms.step(RULE, "ITR 4", replaces.step, why=True)),
        "rule_exception_form": form(GrantExemption(rule_id=RULE), forms.exemption(RULE, "ITR 4")),
        "rule_comments": CommentsView(
            rule=found,
            version=1,
            lines=(
                CommentLine(comment=comment, heading="Passphrases", alike=2),
                CommentLine(comment=disposed, heading=""),
            ),
            disposes=True,
            paging=Paging(size=100, matching=2),
            next_open=comment.item_id,
        ),
        "rule_comments_none": CommentsView(rule=found, version=1, lines=(), disposes=False),
        "rule_dispose_form": form(answers, disposing),
        "rule_dispose_form_unfit": form(
            replace(answers, reason="Ask Ann Lee.", disposition=Disposition.ACCEPTED),
            disposing,
            unfit={"reason": Unfit(why="Enter a reason. The author will read it.")},
        ),
        "rule_news_open": news,
        "rule_news_proposed": replace(news, step=_step(RuleStep.PROPOSED)),
        "rule_news_not_ratified": replace(
            news,
            step=_step(
                RuleStep.NOT_RATIFIED,
                why=hostile,
                vote=Vote(on=date(2026, 12, 3), present=6, favor=2, against=4, abstained=0),
            ),
        ),
        "rule_news_published": replace(
            news, step=_step(RuleStep.PUBLISHED, day=date(2026, 12, 14)), state=RuleState.PUBLISHED
        ),
        "rule_news_interim": replace(
            news, step=_step(RuleStep.INTERIM, day=date(2026, 11, 20), why="Phishing this week")
        ),
    }
