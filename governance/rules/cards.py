"""IT rules: one rule with what can be done about it, its forms, and the news of each step."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Facts,
    Field,
    Figures,
    Form,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Quote,
    Secrecy,
    Share,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, audience_fields, lines, why
from governance.docket.commands import ShowFeedbackForm
from governance.feedback.about import About
from governance.forms.commands import Open
from governance.lists.model import AudienceChoices
from governance.rules import wording as say
from governance.rules.commands import (
    DisposeComments,
    GrantExemption,
    ShowComments,
    ShowDraftForm,
    ShowRule,
    TakeStep,
    WriteRule,
)
from governance.rules.comments import RULE, about
from governance.rules.handlers import STEPS, TO_STAFF
from governance.rules.messages import (
    CommentLine,
    CommentsView,
    DraftForm,
    RuleNews,
    RuleView,
)
from governance.rules.model import (
    LONGEST_NUMBER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WHY,
    Rule,
    RuleKind,
    RuleStep,
)
from governance.rules.text import beginning, sections
from governance.second_person.wording import guarded

_MOST_LINKED = 3
_MOST = 12
"""Sections and comments that a card shows; the page has them all."""


def rule(words: Words, message: RuleView) -> Card:
    """The rule as a card: where it stands, how each section begins, and what the reader can do."""
    found, version = message.rule, message.version
    number = version.number if version else 0
    return Card(
        title=words.prose(
            "{number}: {title}", number=found.number, title=words.written(found.title)
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([say.kind(words, found.kind)], Look.QUIET),
            *lines([say.stands(words, message)], Look.STRONG),
            *_changed(words, message),
            *_sections(words, message),
            *_progress(words, message),
            *_given(words, message),
            *_linked(words, message),
        ),
        presses=_presses(words, message),
        more=_more(words, message),
        page=Page(label=words.say("Read the full rule"), path=links.rule("", found.id, number)),
        up=Page(label=words.say("IT rules"), path=links.rules("")),
    )


def _changed(words: Words, message: RuleView) -> tuple[Part, ...]:
    version = message.version
    if version is None or version.number == 1 or not version.changed:
        return ()
    label = words.say("What changed in version {n}", n=words.number(version.number))
    return (Facts(pairs=((label, version.changed),), secrecy=Secrecy.SIGNED_IN),)


def _sections(words: Words, message: RuleView) -> tuple[Part, ...]:
    if message.version is None:
        return ()
    text, _ = message.version.text_for(words.locale)
    return section_beginnings(words, text)


def section_beginnings(words: Words, text: str) -> tuple[Part, ...]:
    """How each section of a rule's text begins."""
    found = sections(text)
    pairs: list[tuple[str, Prose]] = [
        (
            f"{one.number}. {one.heading}" if one.number else words.say("Introduction"),
            beginning(one.body),
        )
        for one in found[:_MOST]
    ]
    left = len(found) - len(pairs)
    more = words.count("{n} more section.", "{n} more sections.", left) if left else ""
    if not pairs:
        return ()
    return (Facts(pairs=tuple(pairs), secrecy=Secrecy.SIGNED_IN), *lines([more], Look.QUIET))


def _progress(words: Words, message: RuleView) -> tuple[Part, ...]:
    if not message.comments:
        return ()
    return (
        Figures(
            pairs=(
                (words.say("Comments"), words.number(message.comments)),
                (words.say("Answered"), words.number(message.answered)),
            ),
            share=Share(part=message.answered, whole=message.comments, label=words.say("answered")),
            secrecy=Secrecy.ANYWHERE,
        ),
    )


def _given(words: Words, message: RuleView) -> tuple[Part, ...]:
    told = [say.exemption(words, one, whom) for one, whom in message.exemptions]
    return (Bullets(lines=tuple(told), secrecy=Secrecy.SIGNED_IN),) if told else ()


def _linked(words: Words, message: RuleView) -> tuple[Part, ...]:
    if not message.linked:
        return ()
    return (
        *lines([say.linked_title(words)], Look.STRONG),
        *(
            Quote(text=one.words, by=say.linked(words, one), secrecy=Secrecy.SIGNED_IN)
            for one in message.linked[:_MOST_LINKED]
        ),
    )


def _presses(words: Words, message: RuleView) -> tuple[Press, ...]:
    found, version = message.rule, message.version
    presses: list[Press] = []
    if message.may_comment and version:
        token = about(found, version.number).token
        presses.append(
            Press(
                label=words.say("Comment on it"),
                command=ShowFeedbackForm(about=token),
                style=Style.PRIMARY,
            )
        )
    if message.writes:
        wanting = RuleStep.PROPOSED in message.can and not _has_text(found)
        presses.append(
            Press(
                label=words.say("Edit the draft"),
                command=ShowDraftForm(rule_id=found.id),
                style=Style.PRIMARY if wanting else Style.PLAIN,
            )
        )
    forward = (step for step in say.FORWARD if step in message.can)
    for step in forward:
        first = not any(one.style is Style.PRIMARY for one in presses)
        style = Style.PRIMARY if first else Style.PLAIN
        presses.append(_step(words, message, step, style))
    if message.comments:
        shows = ShowComments(rule_id=found.id, version=version.number if version else 0)
        presses.append(Press(label=words.say("Read the comments"), command=shows))
    return tuple(presses)


def _has_text(found: Rule) -> bool:
    return found.draft is not None and bool(found.draft.texts.get(found.language))


def _more(words: Words, message: RuleView) -> tuple[Press, ...]:
    rest = [step for step in STEPS if step in message.can and step not in say.FORWARD]
    presses = [_step(words, message, step, Style.PLAIN) for step in rest]
    if message.rule.holds and RuleStep.REVISING in message.can:
        shows = Open(of=GrantExemption(rule_id=message.rule.id))
        presses.append(Press(label=words.say("Grant an exception"), command=shows))
    return tuple(presses)


def _step(words: Words, message: RuleView, step: RuleStep, style: Style) -> Press:
    """A step that must be told something opens its form."""
    way, rule_id = STEPS[step], message.rule.id
    asks = way.why or way.day or way.votes or step is RuleStep.SUPERSEDED
    takes = TakeStep(rule_id=rule_id, step=step)
    label = say.step(words, step)
    if asks:
        return Press(label=label, command=Open(of=takes), style=style)
    press = Press(label=label, command=takes, style=style)
    if step not in TO_STAFF:
        return press
    return guarded(words, press, message.second)


# -- forms -----------------------------------------------------------------------------------------


def draft(words: Words, message: DraftForm) -> Card:
    title = words.say("Write a new rule") if message.new else words.say("Edit the rule")
    fields = (
        *_which_rule(words, message),
        *_texts(words, message),
        *_about_version(words, message),
    )
    leave = links.rules("") if message.new else links.rule("", message.rule_id)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        form=Form(
            fields=fields,
            submit=Press(label=words.say("Save draft"), command=WriteRule(rule_id=message.rule_id)),
            opens=Press(
                label=words.say("Edit the draft"), command=ShowDraftForm(rule_id=message.rule_id)
            ),
            leave=Page(label=words.say("Not now"), path=leave),
        ),
        up=Page(label=words.say("IT rules"), path=links.rules("")),
    )


def _which_rule(words: Words, message: DraftForm) -> tuple[Field, ...]:
    written, unfit = message.draft, message.unfit
    return (
        ChoiceField(
            key="kind",
            label=words.say("Type"),
            choices=tuple((one.value, say.kind(words, one)) for one in RuleKind),
            chosen=(message.kind.value,),
        ),
        TextField(
            key="number",
            label=words.say("Number"),
            value=message.number,
            longest=LONGEST_NUMBER,
            hint=words.say("As people cite it, such as ITR 4."),
            why=why(words, unfit, "number"),
            rows=1,
        ),
        TextField(
            key="title",
            label=words.say("Title"),
            value=written.title.default,
            longest=LONGEST_TITLE,
            why=why(words, unfit, "title"),
            rows=1,
        ),
        ChoiceField(
            key="committee",
            label=words.say("Which committee must agree?"),
            choices=message.committees,
            chosen=(message.committee,) if message.committee else (),
            why=why(words, unfit, "committee"),
        ),
        *audience_fields(
            words,
            message.draft.audience,
            message.unfit,
            AudienceChoices(buildings=message.buildings),
        ),
    )


def _texts(words: Words, message: DraftForm) -> tuple[Field, ...]:
    """In the language that counts, and in Spanish where that is another."""
    written, unfit = message.draft, message.unfit
    spanish = TextField(
        key="spanish",
        label=words.say("Text in Spanish"),
        value=written.texts.get("es", ""),
        longest=LONGEST_TEXT,
        why=why(words, unfit, "spanish"),
        rows=10,
        optional=True,
    )
    return (
        TextField(
            key="text",
            label=words.say("Text"),
            value=written.texts.get(message.language, ""),
            longest=LONGEST_TEXT,
            hint=words.say("In Markdown. Each section begins with a line such as “## Passwords”."),
            why=why(words, unfit, "text"),
            rows=20,
        ),
        *((spanish,) if message.language != "es" else ()),
    )


def _about_version(words: Words, message: DraftForm) -> tuple[Field, ...]:
    written = message.draft
    return (
        *_what_changed(words, message),
        *_answers(words, message),
        TextField(
            key="serves",
            label=words.say("Goals and safeguards it supports"),
            value=message.serves,
            longest=LONGEST_WHY,
            hint=words.say("Keys and numbers, separated by commas."),
            rows=1,
            optional=True,
        ),
        ChoiceField(
            key="editorial",
            label=words.say("Editorial change"),
            choices=(("yes", words.say("No one needs to acknowledge it again")),),
            chosen=() if written.material else ("yes",),
            several=True,
            optional=True,
        ),
        ChoiceField(
            key="read_first",
            label=words.say("Reading"),
            choices=(("yes", words.say("People have to open it before they can acknowledge it")),),
            chosen=("yes",) if written.read_first else (),
            several=True,
            optional=True,
        ),
    )


def _what_changed(words: Words, message: DraftForm) -> tuple[Field, ...]:
    """Not of a rule's first version."""
    if message.new:
        return ()
    return (
        TextField(
            key="changed",
            label=words.say("What changed since the last version?"),
            value=message.draft.changed,
            longest=LONGEST_WHY,
            rows=3,
            optional=True,
        ),
    )


def _answers(words: Words, message: DraftForm) -> tuple[Field, ...]:
    if not message.comments:
        return ()
    return (
        ChoiceField(
            key="answers",
            label=words.say("Which comments does this version answer?"),
            choices=message.comments,
            chosen=tuple(str(one) for one in message.draft.answers),
            several=True,
            optional=True,
        ),
    )


# -- comments --------------------------------------------------------------------------------------


def comments(words: Words, message: CommentsView) -> Card:
    """The first of them; the page has all."""
    found = message.rule
    shown = message.lines[:_MOST]
    left = message.paging.matching - len(shown)
    presses: tuple[Press, ...] = ()
    if message.next_open:
        presses = (
            Press(
                label=words.say("Answer the next one"),
                command=Open(of=DisposeComments(rule_id=found.id, item_id=message.next_open)),
                style=Style.PRIMARY,
            ),
        )
    return Card(
        title=words.say("Comments on {number}", number=found.number),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([] if shown else [words.say("There are no comments to read yet.")]),
            *(part for one in shown for part in _comment(words, one)),
            *lines([words.count("{n} more.", "{n} more.", left)] if left else [], Look.QUIET),
        ),
        presses=presses,
        page=Page(
            label=words.say("Read all comments"),
            path=links.rule_comments("", found.id, message.version),
        ),
        up=Page(label=found.number, path=links.rule("", found.id)),
    )


def _comment(words: Words, one: CommentLine) -> tuple[Part, ...]:
    return (
        Quote(
            text=beginning(one.comment.words or "…"),
            secrecy=Secrecy.SIGNED_IN,
            by=say.on_section(words, one),
        ),
        *lines([say.became(words, one.comment)], secrecy=Secrecy.SIGNED_IN),
    )


# -- news ------------------------------------------------------------------------------------------


def news(words: Words, message: RuleNews) -> Card:
    """What happened, to whoever acts next and to whoever has to know."""
    step = message.step
    return Card(
        title=words.prose(
            "{number}: {title}", number=message.number, title=words.written(message.title)
        ),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([say.happened(words, message)], Look.STRONG),
            *lines(say.what_next(words, message)),
            *(
                (Facts(pairs=((words.say("Why"), step.why),), secrecy=Secrecy.SIGNED_IN),)
                if step.why
                else ()
            ),
        ),
        presses=_for_whom(words, message),
        page=Page(label=words.say("Read it"), path=links.rule("", step.rule_id, step.version)),
    )


def _for_whom(words: Words, message: RuleNews) -> tuple[Press, ...]:
    """What who gets it will want to press; the rule itself says who may."""
    rule_id = message.step.rule_id
    opens = Press(
        label=words.say("Open the rule"), command=ShowRule(rule_id=rule_id), chat_only=True
    )
    if message.step.step in (RuleStep.OPENED, RuleStep.EXTENDED):
        step = message.step
        token = About(kind=RULE, subject=rule_id, version=step.version).token
        comment = words.say("Comment on it")
        return (Press(label=comment, command=ShowFeedbackForm(about=token), style=Style.PRIMARY),)
    return (opens,) if message.step.step in say.ASKS else ()


CARDS: Drawings = {
    RuleView: rule,
    DraftForm: draft,
    CommentsView: comments,
    RuleNews: news,
}

NOTES: Notes = {
    WriteRule: lambda words, _, message: (
        words.say("Draft saved.") if isinstance(message, RuleView) else ""
    ),
    TakeStep: lambda words, _, message: (
        words.say("Done. The people who act next have been notified.")
        if isinstance(message, RuleView)
        else words.say("The draft is not complete. Open it to see what is missing.")
    ),
    GrantExemption: lambda words, *_: words.say("The exception is granted."),
    DisposeComments: lambda words, _, message: (
        words.say("Answered. The authors have been notified.")
        if isinstance(message, CommentsView)
        else ""
    ),
}
