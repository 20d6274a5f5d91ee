"""What a draft still lacks, and what its author should know: limits of the platforms beside the
question that they are of, and warnings that can be answered with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.files.problems import Problem
from bot.web.authoring import body
from bot.web.authoring.holding import Opened
from bot.web.authoring.parts import Trouble, everything_unfit
from bot.web.settings import Sight
from bot.web.visiting import Visit
from core.text import places
from core.words import Words
from governance import wording
from governance.languages import lacking
from surveys.authoring.cautions import cautions
from surveys.questions import Unfit
from surveys.survey import Page, Survey

TO_FILL_IN = "Still to fill in: {places}. Replace each one with your own words."


@dataclass(frozen=True, kw_only=True)
class Warned:
    """A warning, and why the author goes on in spite of it (""; not said yet). ``question`` is
    "" where it is about several together; ``name`` is what its reason is kept under."""

    question: str
    name: str
    told: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """``survey`` is None while something is missing; ``problems`` are (where, why) of all of it.
    Limits are told by question and by page."""

    survey: Survey | None
    problems: Sequence[tuple[str, str]] = ()
    problems_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits_of_page: Mapping[int, Sequence[str]] = field(default_factory=dict)
    warnings: Sequence[Warned] = ()
    lacks: Sequence[str] = ()
    """Texts that are not there in a language."""


def checked(visit: Visit, held: Opened) -> Checked:
    words = held.words
    troubles = everything_unfit(held.data, held.languages, words)
    read = body.survey_of(held.data, held.languages[0])
    if troubles or isinstance(read, list):
        problems = read if isinstance(read, list) and not troubles else []
        return _unfinished(troubles, problems, words)
    if left := places(read):
        why = Unfit(why=TO_FILL_IN, values={"places": ", ".join(left)})
        return _unfinished([Trouble(where=_where(read, left[0]), input="", why=why)], [], words)
    limits_of, limits_of_page = _limits(visit, held, read)
    return Checked(
        survey=read,
        limits_of=limits_of,
        limits_of_page=limits_of_page,
        warnings=_warnings(held, read),
        lacks=lacking(words, read),
    )


def _warnings(held: Opened, survey: Survey) -> list[Warned]:
    """What its author should think about. A reason counts for the words that it was given for:
    once the question is worded otherwise, it is asked for again."""
    words, reasons = held.words, held.data.get(body.REASONS) or {}
    found = []
    for caution in cautions(survey):
        question = survey.question(caution.question) if caution.question else None
        about = question.prompt.default if question else ""
        name = f"{caution.concern}:{caution.question or ''}"
        kept = reasons.get(name) or {}
        found.append(
            Warned(
                question=caution.question or "",
                name=name,
                told=f"{wording.unfit(words, caution.why)} {wording.unfit(words, caution.advice)}",
                reason=kept.get("why", "") if kept.get("about") == about else "",
            )
        )
    return found


def reason_for(survey: Survey, name: str, why: str) -> dict[str, str]:
    """A reason as it is kept, with the words that it is for."""
    question = survey.question(name.partition(":")[2])
    return {"why": why, "about": question.prompt.default if question else ""}


def _where(survey: Survey, place: str) -> str:
    """The first part that a place to fill in stands in."""
    asked = (q for q in survey.questions if place in places(q))
    question = next(asked, None)
    return f"questions/{question.key}" if question else "about"


def _unfinished(troubles: Sequence[Trouble], problems: Sequence[Problem], words: Words) -> Checked:
    """Every reason with the form to fix it in. What only the files' reader finds comes as that
    says it."""
    told = [(trouble.where, wording.unfit(words, trouble.why)) for trouble in troubles]
    by_question: defaultdict[str, list[str]] = defaultdict(list)
    for where, why in told:
        if where.startswith("questions/"):
            by_question[where.removeprefix("questions/")].append(why)
    told += [("", f"{problem.message} {problem.fix}") for problem in problems]
    return Checked(survey=None, problems=told, problems_of=by_question)


def _limits(
    visit: Visit, held: Opened, survey: Survey
) -> tuple[dict[str, list[str]], dict[int, list[str]]]:
    """What will not fit on a platform. A question is looked at alone first: what is said then is
    about it, and the rest is about its page."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    of_page: defaultdict[int, list[str]] = defaultdict(list)
    for sight in visit.site.pages.sights:
        for number, page in enumerate(survey.pages):
            alone: set[str] = set()
            for question in page.questions:
                one = replace(survey, pages=(Page(questions=(question,)),))
                said = _objections(sight, one, held)
                of[question.key] += [s for s in said if s not in of[question.key]]
                alone |= set(said)
            whole = replace(survey, pages=(replace(page, show_if=None),))
            of_page[number] += [s for s in _objections(sight, whole, held) if s not in alone]
    return of, of_page


def _objections(sight: Sight, survey: Survey, held: Opened) -> Sequence[str]:
    return sight.objections(survey, held.reader)
