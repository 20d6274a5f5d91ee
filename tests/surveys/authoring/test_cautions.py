"""Warnings before a survey is asked: what is found, and above all what is left in peace."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.demo.examples import example_district
from bot.doctor.checking import survey_lines
from bot.files.survey_yaml import load_survey
from bot.files.templates import templates
from core.text import Text, text
from core.words import Words
from governance import wording
from surveys.authoring.cautions import Concern, SmallGroups, cautions, small_groups
from surveys.questions import (
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Question,
    Scale,
    SingleChoice,
    Statement,
)
from surveys.survey import Condition, Dimension, Page, PlannedTable, Survey
from tests.surveys.store import survey

IDENTIFIES, BARGAINING, FINE = Concern.IDENTIFIES, Concern.BARGAINING, None
TEXT, NUMBER, CHOICE, SCALE, DAY = "text", "number", "choice", "scale", "date"

ASKED: list[tuple[Concern | None, str, str]] = [
    # who answers
    (IDENTIFIES, TEXT, "What is your name?"),
    (IDENTIFIES, TEXT, "Please give your full name"),
    (IDENTIFIES, TEXT, "Name"),
    (IDENTIFIES, TEXT, "What's your e-mail?"),
    (IDENTIFIES, TEXT, "Your email address, if you want an answer"),
    (IDENTIFIES, TEXT, "At which phone number can we call you?"),
    (IDENTIFIES, NUMBER, "Enter your employee number"),
    (IDENTIFIES, TEXT, "Badge ID"),
    (IDENTIFIES, DAY, "What is your date of birth?"),
    (IDENTIFIES, NUMBER, "In which year were you born?"),
    (IDENTIFIES, NUMBER, "How old are you?"),
    (IDENTIFIES, TEXT, "What is your room number?"),
    (IDENTIFIES, TEXT, "Which room do you teach in?"),
    (IDENTIFIES, TEXT, "What subjects do you teach?"),
    (IDENTIFIES, CHOICE, "Which subject do you teach?"),
    (IDENTIFIES, NUMBER, "How many years have you worked in the district?"),
    (IDENTIFIES, NUMBER, "Years of service"),
    (IDENTIFIES, DAY, "When were you hired?"),
    (IDENTIFIES, TEXT, "What is your job title?"),
    (IDENTIFIES, CHOICE, "In which school do you work?"),
    (IDENTIFIES, TEXT, "Who helps you when technology fails?"),
    (IDENTIFIES, TEXT, "Name a colleague who uses technology well"),
    (IDENTIFIES, TEXT, "Which teacher should train the others?"),
    (IDENTIFIES, TEXT, "¿Cuál es su nombre?"),
    (IDENTIFIES, TEXT, "Escriba su número de empleado"),
    (IDENTIFIES, DAY, "¿Cuál es su fecha de nacimiento?"),
    (IDENTIFIES, TEXT, "¿Qué materia enseña?"),
    (IDENTIFIES, NUMBER, "¿Cuántos años lleva trabajando en el distrito?"),
    (IDENTIFIES, TEXT, "¿En qué salón trabaja?"),
    (IDENTIFIES, TEXT, "¿Quién le ayuda cuando algo falla?"),
    # what is bargained over
    (BARGAINING, SCALE, "How manageable is your workload?"),
    (BARGAINING, SCALE, "I have enough planning time"),
    (BARGAINING, SCALE, "How do class sizes affect your use of devices?"),
    (BARGAINING, SCALE, "How fair was your last evaluation?"),
    (BARGAINING, SCALE, "Should the app be used to evaluate teachers?"),
    (BARGAINING, SCALE, "How effective is your principal in leading technology?"),
    (BARGAINING, SCALE, "Please rate the presenter"),
    (BARGAINING, SCALE, "I feel that teachers are being monitored by the new software"),
    (BARGAINING, SCALE, "Are you comfortable with cameras in the classrooms?"),
    (BARGAINING, SCALE, "May the district track your computer use?"),
    (BARGAINING, SCALE, "Are you paid enough for technology duties?"),
    (BARGAINING, SCALE, "A stipend would make me a technology coach"),
    (BARGAINING, NUMBER, "How many hours a week do you work?"),
    (BARGAINING, NUMBER, "How much time outside of contract hours do you spend on e-mail?"),
    (BARGAINING, SCALE, "Would a longer school day help?"),
    (BARGAINING, SCALE, "Should misuse of devices lead to disciplinary action?"),
    (BARGAINING, SCALE, "Should the help desk be outsourced?"),
    (BARGAINING, SCALE, "Our building is understaffed"),
    (BARGAINING, SCALE, "Would you agree to be transferred to another school?"),
    (BARGAINING, SCALE, "¿Qué tan razonable es su carga de trabajo?"),
    (BARGAINING, SCALE, "¿Qué tan justa fue su evaluación?"),
    (BARGAINING, SCALE, "¿Está de acuerdo con cámaras en los salones?"),
    (BARGAINING, SCALE, "¿Su salario es adecuado?"),
    (BARGAINING, NUMBER, "¿Cuántas horas trabaja fuera de su horario?"),
    # nothing of the kind, though the words are near
    (FINE, NUMBER, "How many hours did technology problems cost you last week?"),
    (FINE, NUMBER, "How many years old is your computer?"),
    (FINE, SCALE, "How well does e-mail work for you?"),
    (FINE, SCALE, "Do you have a second monitor on your desk?"),
    (FINE, SCALE, "How often does the Wi-Fi fail during the school day?"),
    (FINE, SCALE, "How would you evaluate the new gradebook?"),
    (FINE, TEXT, "Which apps do you pay attention to?"),
    (FINE, CHOICE, "Which device do you use most for your work?"),
    (FINE, CHOICE, "How long have you worked with the new gradebook?"),
    (FINE, CHOICE, "For how many years have you taught?"),
    (FINE, TEXT, "What would you name the new help desk?"),
    (FINE, CHOICE, "Who should approve new apps?"),
    (FINE, SCALE, "It is easy to transfer files to the new drive"),
    (FINE, SCALE, "The retirement of the old system was explained well"),
    (FINE, SCALE, "Screen monitoring of students helps my class stay on task"),
    (FINE, SCALE, "Recording a lesson for absent students is easy"),
    (FINE, TEXT, "What should the district call this room?"),
    (FINE, TEXT, "What is the name of the app that you use most?"),
    (FINE, SCALE, "Signing in with my user name is quick"),
    (FINE, SCALE, "How satisfied are you with the phone in your room?"),
    (FINE, SCALE, "The number of sign-ins is reasonable"),
    (FINE, SCALE, "I raise fewer tickets than last year"),
    (FINE, TEXT, "What gets in the way of student discipline data entry?"),
    (FINE, SCALE, "How useful was the workshop for your role?"),
    (FINE, SCALE, "Students can work at their own pace"),
    (FINE, SCALE, "¿Qué tan bien funciona el correo electrónico?"),
    (FINE, NUMBER, "¿Cuántas horas perdió la semana pasada por problemas de tecnología?"),
    (FINE, TEXT, "¿Qué nombre le pondría a la mesa de ayuda?"),
    (FINE, SCALE, "¿Qué tan rápido es el inicio de sesión?"),
]


def asked(kind: str, prompt: str, key: str = "q") -> Question:
    match kind:
        case "text":
            return FreeText(key=key, prompt=text(prompt))
        case "number":
            return Number(key=key, prompt=text(prompt))
        case "choice":
            choices = tuple(Choice(key=k, label=text(k)) for k in ("a", "b"))
            return SingleChoice(key=key, prompt=text(prompt), choices=choices)
        case "date":
            first, last = date(2026, 1, 1), date(2026, 12, 31)
            return Date(key=key, prompt=text(prompt), minimum=first, maximum=last)
        case _:
            return Scale(key=key, prompt=text(prompt), labels={1: text("No"), 5: text("Yes")})


def of(*questions: Question) -> Survey:
    return replace(survey(), pages=(Page(questions=questions),))


def test_the_list_is_long_enough_to_mean_something() -> None:
    told = Counter(expected for expected, _, _ in ASKED)
    assert len(ASKED) >= 60
    assert min(told[IDENTIFIES], told[BARGAINING], told[FINE]) >= 20


@pytest.mark.parametrize(("expected", "kind", "prompt"), ASKED, ids=[one[2] for one in ASKED])
def test_a_question_is_warned_of_or_left_in_peace(
    expected: Concern | None, kind: str, prompt: str
) -> None:
    found = cautions(of(asked(kind, prompt)))
    assert [one.concern for one in found] == ([] if expected is None else [expected])
    for one in found:
        assert one.question == "q"
        for locale in ("en", "es"):
            assert wording.unfit(Words(locale), one.why)
            assert wording.unfit(Words(locale), one.advice)


def test_no_template_and_no_example_is_warned_of() -> None:
    shipped = [one.survey for one in templates()]
    for path in sorted((example_district() / "surveys").glob("*.yaml")):
        read = load_survey(path)
        assert isinstance(read, Survey)
        shipped.append(read)
    assert len(shipped) >= 8
    assert [(one.key, cautions(one)) for one in shipped if cautions(one)] == []


def test_a_translation_is_read_as_well_and_a_hint_is_not() -> None:
    hidden = FreeText(key="q", prompt=text("Anything else?", es="¿Cuál es su nombre?"))
    assert [one.concern for one in cautions(of(hidden))] == [IDENTIFIES]
    hint = text("Please do not write your full name.")
    assert cautions(of(replace(asked(TEXT, "Anything else?"), hint=hint))) == ()


def test_a_statement_of_a_matrix_is_read() -> None:
    lines = ("It is easy to use", "My workload has grown")
    matrix = Matrix(
        key="tool",
        prompt=text("How much do you agree?"),
        statements=tuple(Statement(key=f"s{n}", label=text(line)) for n, line in enumerate(lines)),
        labels={1: text("No"), 5: text("Yes")},
    )
    assert [(one.concern, one.question) for one in cautions(of(matrix))] == [(BARGAINING, "tool")]


def test_three_questions_about_the_person_are_warned_of_together() -> None:
    about = ("What is your gender?", "Your age group", "What is your highest degree?")
    three = [asked(CHOICE, prompt, f"q{n}") for n, prompt in enumerate(about)]
    assert cautions(of(*three[:2])) == ()
    (found,) = cautions(of(*three))
    assert (found.concern, found.question) == (IDENTIFIES, None)
    assert "3 questions" in wording.unfit(Words(), found.why)


def test_groups_too_small_to_be_shown_are_counted_table_by_table() -> None:
    roster = {
        ("teacher", "high", "north"): 40,
        ("office", "high", "north"): 3,
        ("teacher", "middle", "east"): 4,
    }
    by = (Dimension.ROLE,), (Dimension.BUILDING,), (Dimension.BUILDING, Dimension.ROLE)
    assert small_groups(survey(*by), roster) == (
        SmallGroups(table=PlannedTable(by=by[0]), few=1, groups=2),
        SmallGroups(table=PlannedTable(by=by[1]), few=1, groups=2),
        SmallGroups(table=PlannedTable(by=by[2]), few=2, groups=3),
    )
    assert small_groups(survey(), roster) == ()
    quarter = small_groups(survey(*by), roster, part=0.26)
    assert [one.few for one in quarter] == [2, 2, 3], "groups are as large as are asked of them"


def test_a_name_in_another_language_than_ours_is_not_seen() -> None:
    """What it cannot do: it reads English and Spanish only."""
    other = FreeText(key="q", prompt=Text(default="Wie heißen Sie?", language="de"))
    assert cautions(of(other)) == ()


# -- the same asked twice --------------------------------------------------------------------------


def _repeats(*questions: Question) -> list[str | None]:
    asks = replace(survey(), pages=(Page(questions=questions),))
    return [one.question for one in cautions(asks) if one.concern is Concern.REPEATS]


def _choice(key: str, prompt: str, *labels: str) -> SingleChoice:
    choices = tuple(Choice(key=one.lower(), label=text(one)) for one in labels or ("Yes", "No"))
    return SingleChoice(key=key, prompt=text(prompt), choices=choices)


def _scale(key: str, prompt: str) -> Scale:
    return Scale(key=key, prompt=text(prompt))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_scale("a", "How is the Wi-Fi?"), _choice("b", "how is the Wi-Fi", "Good", "Bad")),
        (_scale("a", "Are you satisfied with the Wi-Fi?"), _scale("b", "Satisfied with our Wi-Fi")),
        (
            _choice("a", "Would you recommend the new gradebook?"),
            _choice("b", "The new gradebook: would you recommend it?"),
        ),
        (_scale("a", "¿Qué tan satisfecho está con la red?"), _scale("b", "Satisfecho con su red")),
    ],
)
def test_two_questions_that_ask_the_same_are_objected_to(one: Question, other: Question) -> None:
    assert _repeats(one, other) == ["b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_scale("a", "I would use it again."), _scale("b", "I would not use it again.")),
        (_scale("a", "My principal supports me."), _scale("b", "My colleagues support me.")),
        (_scale("a", "Wi-Fi in the morning"), _scale("b", "Wi-Fi in the afternoon")),
        (
            _choice("a", "Which do you use?", "Canvas", "Seesaw"),
            _choice("b", "Which would you use?", "Zoom", "Meet"),
        ),
        (
            FreeText(key="a", prompt=text("Anything else?")),
            FreeText(key="b", prompt=text("Anything else?")),
        ),
    ],
)
def test_two_that_ask_something_else_are_left_in_peace(one: Question, other: Question) -> None:
    assert _repeats(one, other) == []


def test_the_same_statement_about_two_things_is_not_the_same() -> None:
    lines = (Statement(key="fast", label=text("It is fast.")),)
    canvas = Matrix(key="canvas", prompt=text("Canvas"), statements=lines)
    seesaw = Matrix(key="seesaw", prompt=text("Seesaw"), statements=lines)
    assert _repeats(canvas, seesaw) == []
    assert _repeats(canvas, replace(canvas, key="again")) == ["again"]


def test_pages_for_some_may_ask_others_the_same() -> None:
    use = _choice("use", "Do you use it?")
    pages = [
        Page(
            questions=(_scale(f"how-{answer}", "How is it?"),),
            show_if=Condition(question="use", any_of=(answer,)),
        )
        for answer in ("yes", "no")
    ]
    asks = replace(survey(), pages=(Page(questions=(use,)), *pages))
    assert [one for one in cautions(asks) if one.concern is Concern.REPEATS] == []
    everybody = (Page(questions=(use,)), replace(pages[0], show_if=None), pages[1])
    (found,) = cautions(replace(asks, pages=everybody))
    assert found.question == "how-no"
    assert wording.unfit(Words(), found.why).startswith("It asks the same as “How is it?”.")


def test_nothing_that_comes_with_the_product_asks_twice() -> None:
    files = sorted((example_district() / "surveys").glob("*.yaml"))
    ours = [*(load_survey(one) for one in files), *(one.survey for one in templates())]
    assert len(ours) >= 9
    for one in ours:
        assert isinstance(one, Survey)
        assert Concern.REPEATS not in {caution.concern for caution in cautions(one)}, one.key


def test_the_file_check_says_on_which_line(tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text(
        """\
key: twice
title: Twice
asked_by: The office
purpose: To know.
pages:
  - questions:
      - key: wifi
        kind: scale
        prompt: How is the Wi-Fi?
        labels: {1: Bad, 5: Good}
      - key: again
        kind: scale
        prompt: How is the Wi-Fi
        labels: {1: Bad, 5: Good}
""",
        encoding="utf-8",
    )
    lines, ok = survey_lines(path)
    assert ok, lines
    (told,) = [line for line in lines if "asks the same" in line]
    assert told.startswith("twice.yaml:11: again: It asks the same as “How is the Wi-Fi?”.")
    assert told.endswith("Leave one of them out, or ask about something else.")
