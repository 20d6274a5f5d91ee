"""A launch as the association reads it: what is asked of whom, and what will be shown."""

from __future__ import annotations

from collections.abc import Iterator

from core.cards import Look, Run
from core.reports import Block, Cell, Entry, Group, Groups, Lines, Passage, Table, bullets
from core.words import Words
from governance import wording
from governance.authoring.plan_wording import (
    answers_of,
    asked_words,
    audience_lines,
    caution_line,
    planned_line,
)
from governance.labels import Labels
from governance.views import PlanView
from governance.waves import reach_wording as reach_words
from governance.waves.promise_wording import promised, protection, protection_title
from surveys.questions import Question
from surveys.survey import Page


def plan_blocks(words: Words, plan: PlanView) -> tuple[Block, ...]:
    """On a page and in a file of its own."""
    say, survey = words.say, plan.survey
    asks = words.prose("{who} asks.", who=words.written(survey.asked_by))
    effort = wording.effort(words, len(survey.questions), survey.effort)
    free = say("Answering is up to you. It’s fine to say no.")
    return (
        Passage(text=words.written(survey.purpose), look=Look.STRONG, typed=True),
        Passage(text=(*_runs(asks), Run(f" {effort} {free}"))),
        Groups(groups=tuple(_groups(words, plan))),
        Passage(
            text=say(
                "As planned on {when}. The people are counted from the roster of that time.",
                when=words.when(plan.as_of),
            ),
            look=Look.QUIET,
        ),
    )


def _runs(prose: str | tuple[Run, ...]) -> tuple[Run, ...]:
    return (Run(prose),) if isinstance(prose, str) else prose


def _groups(words: Words, plan: PlanView) -> Iterator[Group]:
    say = words.say
    yield Group(title=say("Who is asked"), blocks=tuple(_who(words, plan)))
    yield Group(title=say("When"), blocks=(bullets(_dates(words, plan)),))
    yield Group(
        title=say("What everyone reads before the first question"),
        blocks=(Passage(text=promised(words, plan.promise), apart=True),),
    )
    yield Group(
        title=say("What will be shown, and what never will be"),
        blocks=tuple(_shown(words, plan)),
    )
    yield Group(title=say("Who sees it"), blocks=(bullets(_readers(words, plan)),))
    yield Group(title=say("How long it is kept"), blocks=(Passage(text=_kept(words, plan)),))
    pages = tuple(
        _page(words, plan, number, page) for number, page in enumerate(plan.survey.pages, 1)
    )
    yield Group(title=say("The questions"), blocks=(Groups(groups=pages),))
    if plan.cautions:
        cautions = (caution_line(words, one, plan.survey) for one in plan.cautions)
        yield Group(title=say("To discuss"), blocks=(bullets(cautions),))


def _who(words: Words, plan: PlanView) -> Iterator[Block]:
    say, named = words.say, Labels(words)
    people = words.count("{n} person", "{n} people", plan.people)
    yield Passage(text=f"{named.audience(plan.audience)}: {people}.")
    for said in audience_lines(words, plan.audience, plan.names):
        yield Passage(text=said)
    for said in reach_words.lines(words, plan.checked.reach):
        yield Passage(text=said)
    if plan.despite_limit:
        yield Passage(text=say("The reason: “{why}”", why=plan.despite_limit))
    if plan.make_up:
        rows = tuple(
            (
                Cell(text=named(role.value)),
                Cell(text=named(level.value)),
                Cell(text=words.number(n)),
            )
            for (role, level), n in plan.make_up
        )
        heads = (say("Role"), say("Level"), say("People"))
        yield Table(name=say("Who is asked"), heads=heads, rows=rows, numbers=frozenset((2,)))


def _dates(words: Words, plan: PlanView) -> Iterator[str]:
    yield words.say("Opens on {when}.", when=words.when(plan.opens_at))
    for at in plan.reminders:
        yield words.say(
            "A reminder goes to people who have not answered on {when}.", when=words.when(at)
        )
    yield words.say(
        "Closes on {when}. Until then everyone can change their answers.",
        when=words.when(plan.closes_at),
    )


def _shown(words: Words, plan: PlanView) -> Iterator[Block]:
    say = words.say
    yield Passage(
        text=say("These tables are fixed at the launch. No other is ever made, for anyone.")
    )
    yield bullets(planned_line(words, table) for table in plan.tables)
    how = bullets(protection(words, plan.promise))
    yield Groups(groups=(Group(title=protection_title(words), blocks=(how,)),))
    if plan.promise.comments:
        yield Passage(
            text=say(
                "Comments are shown in random order, apart from all other answers. The names that "
                "we recognize are taken out."
            )
        )


def _readers(words: Words, plan: PlanView) -> Iterator[str]:
    say = words.say
    yield say("The CTO's office sees the tables.")
    for name in plan.promise.committees:
        yield say("Members of “{name}” see the tables.", name=name)
    yield say(
        "No page shows by name who answered, who said no, or what anyone said; the operator could "
        "look up who answered. No supervisor sees anything about one person."
    )


def _kept(words: Words, plan: PlanView) -> str:
    if plan.promise.held:
        return words.say(
            "A records hold is on this survey. Until it is lifted, the answers stay as they are, "
            "and an operator who broke the rules could link them to people. Then they are deleted. "
            "The tables and the comments are kept."
        )
    return words.say(
        "When the survey closes, the tables are made and the answers are deleted. The tables and "
        "the comments are kept."
    )


def _page(words: Words, plan: PlanView, number: int, page: Page) -> Group:
    """The questions of a page of the survey, and of whom they are asked."""
    title = words.written(page.title) if page.title else words.say("Page {n}", n=number)
    blocks: list[Block] = []
    if page.show_if:
        question = asked_words(words, plan.survey, page.show_if.question)
        some = words.say(
            "Shown only to people whose answer to “{question}” matches.", question=question
        )
        blocks.append(Passage(text=some, look=Look.QUIET))
    entries = tuple(_question(words, one) for one in page.questions)
    return Group(title=title, blocks=(*blocks, Lines(entries=entries, bullets=True)))


def _question(words: Words, question: Question) -> Entry:
    optional = "" if question.required else words.say("(optional)")
    answers = answers_of(words, question)
    return Entry(
        text=words.written(question.prompt),
        quiet=" ".join(one for one in (optional, answers) if one),
    )
