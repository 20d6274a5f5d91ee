"""The kinds of questions as their forms ask for them: a new kind is a few lines here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.files.question_yaml import (
    MOST_CHOICES,
    MOST_DAYS_OF_IDEAS,
    MOST_OTHER,
    MOST_PAIRS,
    MOST_STATEMENTS,
)
from bot.web.authoring.inputs import Input, Shape
from core.words import Words
from surveys.priorities.model import Ideas
from surveys.questions import Other
from surveys.survey import INLINE_QUESTIONS


@dataclass(frozen=True, kw_only=True)
class Kind:
    """``name`` and ``about`` say to an author what it is for."""

    name: str
    about: str
    inputs: tuple[Input, ...]
    required: bool = True
    """Whether a new question of the kind has to be answered."""
    start: Mapping[str, str] = field(default_factory=dict)
    """What a new question of the kind begins with."""


Goals = Sequence[tuple[str, str]]
"""(key, title) of the plan's goals that an answer can be tied to."""


def kinds(words: Words, goals: Goals = ()) -> Mapping[str, Kind]:
    """Every kind, as its file names it, in the order in which they are offered."""
    return {**_choosing(words, goals), **_scales(words), **_filling_in(words)}


def _choosing(words: Words, goals: Goals) -> Mapping[str, Kind]:
    say = words.say
    choices = _choices(words, goals)
    mixed = replace(choices, inputs=(*choices.inputs, _fixed(words)))
    return {
        "single": Kind(
            name=say("One from a list"),
            about=say("People choose one answer."),
            inputs=(mixed, _other(words), _random(words)),
        ),
        "several": Kind(
            name=say("Several from a list"),
            about=say("People tick all that apply, or up to a limit."),
            inputs=(
                mixed,
                _other(words),
                _limit("at_least", say("At least how many?"), words),
                _limit("at_most", say("At most how many?"), words),
                _random(words),
            ),
        ),
        "pairwise": Kind(
            name=say("Two at a time"),
            about=say("Which matters more? People compare a few pairs."),
            inputs=(
                replace(choices, least=3),
                _whole(
                    "pairs",
                    say("How many pairs does each person get?"),
                    1,
                    MOST_PAIRS,
                    default=6,
                ),
                _ideas(words),
            ),
        ),
        "ranking": Kind(
            name=say("A ranking"),
            about=say("People put the most important ones in order."),
            inputs=(
                mixed,
                _whole("top", say("How many do people put in order?"), 1, MOST_CHOICES, default=3),
                _random(words),
            ),
        ),
    }


def _scales(words: Words) -> Mapping[str, Kind]:
    say = words.say
    return {
        "agreement": Kind(
            name=say("Agreement"),
            about=say("From “strongly disagree” to “strongly agree”. The labels are included."),
            inputs=(),
        ),
        "frequency": Kind(
            name=say("How often"),
            about=say("From “never” to “always”. The labels are included."),
            inputs=(),
        ),
        "scale": Kind(
            name=say("A scale"),
            about=say("From low to high, with a label at each end."),
            inputs=(
                _whole("points", say("How many points?"), 2, 11, default=5),
                _lowest(words),
                _labels(words),
            ),
        ),
        "matrix": Kind(
            name=say("Statements on one scale"),
            about=say("Up to ten short statements, all answered on the same scale."),
            inputs=_matrix(words),
            start={"scale": "agreement"},
        ),
        "enps": Kind(
            name=say("Would you recommend it? (0 to 10)"),
            about=say("The net promoter score: how likely people are to recommend the district."),
            inputs=(replace(_labels(words), required=False, points=(0, 10)),),
        ),
    }


def _filling_in(words: Words) -> Mapping[str, Kind]:
    say = words.say
    return {
        "number": Kind(
            name=say("A number"),
            about=say("Hours, devices, rooms: something to count."),
            inputs=_number(words),
        ),
        "date": Kind(
            name=say("A date"),
            about=say("A date in a range. Results count dates by month or by day."),
            inputs=_date(words),
        ),
        "text": Kind(
            name=say("In their own words"),
            about=say("Comments. They are shown only for everyone asked together, without names."),
            inputs=(
                Input(
                    name="shortest",
                    label=say("Fewest characters"),
                    hint=say("Leave it empty for no limit."),
                    shape=Shape.WHOLE,
                    most=3000,
                ),
                _whole("longest", say("Most characters"), 1, 3000, default=2000),
            ),
            required=False,
        ),
    }


def all_inputs(kind: Kind, words: Words) -> tuple[Input, ...]:
    """A question's whole form, in order."""
    say = words.say
    return (
        Input(
            name="prompt",
            label=say("The question"),
            hint=say("Ask one thing, in plain words."),
            shape=Shape.AREA,
            longest=300,
            required=True,
        ),
        Input(
            name="hint",
            label=say("A hint below it, if it needs one"),
            shape=Shape.WORDS,
            longest=300,
        ),
        *kind.inputs,
        Input(
            name="required",
            label=say("People have to answer it"),
            shape=Shape.FLAG,
            default=kind.required,
        ),
        Input(
            name="key",
            label=say("Short name"),
            hint=say(
                "Results are saved under this name. Keep it the same each time so that trends "
                "line up. If you leave it empty, we make one."
            ),
            shape=Shape.KEY,
        ),
    )


def _choices(words: Words, goals: Goals) -> Input:
    goal = Input(
        name="goal",
        label=words.say("Goal of the plan"),
        shape=Shape.SELECT,
        options=(("", words.say("None")), *goals),
    )
    return Input(
        name="choices",
        inputs=(_line_key(words), *([goal] if goals else ())),
        label=words.say("The answers to choose from"),
        hint=words.say("One on each line, in the order in which people see them."),
        shape=Shape.LINES,
        longest=75,
        least=2,
        most=MOST_CHOICES,
        required=True,
    )


def _line_key(words: Words) -> Input:
    return Input(name="key", label=words.say("Short name"), shape=Shape.KEY)


def _fixed(words: Words) -> Input:
    label = words.say("Keep it after the others when the answers are shuffled")
    return Input(name="fixed", label=label, shape=Shape.FLAG, default=False)


def _ideas(words: Words) -> Input:
    say = words.say
    return Input(
        name="ideas",
        label=say("Let people add ideas of their own"),
        hint=say(
            "Other people compare an idea once the moderator has added it. The question needs a "
            "page of its own and more than {n} pairs.",
            n=INLINE_QUESTIONS,
        ),
        shape=Shape.GROUP,
        inputs=(
            Input(
                name="moderator",
                label=say("Moderator’s email address"),
                hint=say("This person reads every idea first. They must be on the roster."),
                shape=Shape.ADDRESS,
                required=True,
            ),
            _whole(
                "days",
                say("For how many days can people add ideas?"),
                1,
                MOST_DAYS_OF_IDEAS,
                default=Ideas.days,
            ),
        ),
    )


def _labels(words: Words) -> Input:
    return Input(
        name="labels",
        label=words.say("Labels for the points"),
        hint=words.say("The lowest and the highest need a label; the others can stay empty."),
        shape=Shape.POINTS,
        longest=75,
        required=True,
    )


def _other(words: Words) -> Input:
    say = words.say
    return Input(
        name="other",
        label=say("Offer “something else”, with room to explain"),
        shape=Shape.GROUP,
        inputs=(
            Input(
                name="label",
                label=say("What to call this answer"),
                hint=say("If you leave it empty, people see “Something else.”"),
                shape=Shape.WORDS,
                longest=75,
            ),
            _whole("longest", say("Most characters"), 1, MOST_OTHER, default=Other.longest),
        ),
    )


def _random(words: Words) -> Input:
    return Input(
        name="random_order",
        label=words.say("Shuffle the answers for each person"),
        hint=words.say(
            "This keeps the first choice from being picked more often just because it is first."
        ),
        shape=Shape.FLAG,
        default=False,
    )


def _lowest(words: Words) -> Input:
    return Input(
        name="lowest",
        label=words.say("Lowest point"),
        shape=Shape.SELECT,
        options=(("1", "1"), ("0", "0")),
        default="1",
    )


def _matrix(words: Words) -> tuple[Input, ...]:
    say = words.say
    return (
        Input(
            name="statements",
            inputs=(_line_key(words),),
            label=say("The statements"),
            hint=say("One on each line. Say one thing in each."),
            shape=Shape.LINES,
            longest=150,
            least=2,
            most=MOST_STATEMENTS,
            required=True,
        ),
        Input(
            name="scale",
            label=say("Labels for the scale"),
            shape=Shape.SELECT,
            options=(
                ("agreement", say("Agreement: from “strongly disagree” to “strongly agree”")),
                ("frequency", say("How often: from “never” to “always”")),
                ("", say("My own labels, below")),
            ),
        ),
        _whole("points", say("How many points?"), 2, 11, default=5),
        _lowest(words),
        _labels(words),
        Input(
            name="random_order",
            label=say("Shuffle the statements for each person"),
            shape=Shape.FLAG,
            default=False,
        ),
    )


def _date(words: Words) -> tuple[Input, ...]:
    say = words.say
    return (
        Input(name="minimum", label=say("First day"), shape=Shape.DAY, required=True),
        Input(name="maximum", label=say("Last day"), shape=Shape.DAY, required=True),
        Input(
            name="by",
            label=say("Counted by"),
            shape=Shape.SELECT,
            options=(("month", say("Month")), ("day", say("Day"))),
            default="month",
        ),
    )


def _whole(name: str, label: str, least: int, most: int, *, default: int) -> Input:
    return Input(
        name=name,
        label=label,
        shape=Shape.WHOLE,
        least=least,
        most=most,
        default=default,
        required=True,
    )


def _limit(name: str, label: str, words: Words) -> Input:
    return Input(
        name=name,
        label=label,
        hint=words.say("Leave it empty for no limit."),
        shape=Shape.WHOLE,
        least=1,
        most=MOST_CHOICES,
    )


def _number(words: Words) -> tuple[Input, ...]:
    say = words.say
    return (
        Input(name="minimum", label=say("Lowest number"), shape=Shape.DECIMAL),
        Input(name="maximum", label=say("Highest number"), shape=Shape.DECIMAL),
        Input(name="whole", label=say("Whole numbers only"), shape=Shape.FLAG, default=True),
        Input(name="unit", label=say("Of what? (hours, devices)"), shape=Shape.WORDS, longest=40),
    )
