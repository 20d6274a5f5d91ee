"""What a district's files mean, and that writing them back changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.files.announcement_yaml import AnnouncementDraft, dump_announcement, load_announcement
from bot.files.audience_yaml import load_audience
from bot.files.district import LoadedDistrict, load_district
from bot.files.exporting import export_district
from bot.files.survey_yaml import dump_survey, load_survey
from core.people import Audience, Building, Level, Platform, Role
from core.text import Text, text
from governance.announcements.model import Change
from governance.committees.model import Cadence, Channel, Office
from surveys.authoring.presets import AGREEMENT, FREQUENCY, LIKELIHOOD
from surveys.priorities.model import Ideas
from surveys.questions import (
    OTHER,
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Other,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.survey import Dimension, Page, PlannedTable, Survey
from tests.bot.files import small


def loaded(path: Path) -> LoadedDistrict:
    district = load_district(path)
    assert isinstance(district, LoadedDistrict), "\n".join(map(str, district))
    return district


def test_the_files_become_the_district(tmp_path: Path) -> None:
    read = loaded(small.write(tmp_path))
    district = read.district
    assert (district.key, district.name) == ("oak", "Oak Valley Schools")
    assert district.contacts["title-ix"] == "555-0102"
    assert [officer.office for officer in district.officers] == list(Office)
    assert district.buildings[0] == Building(
        key="oak-high", name="Oak High School", level=Level.HIGH
    )
    network, high = district.committees
    assert network.charter == "Wi-Fi and wires."
    assert (network.themes, high.themes) == (("wifi", "outage"), ())
    assert network.channels == (
        Channel(platform=Platform.SLACK, workspace="T1", conversation="C1"),
    )
    assert (network.serves, high.serves) == (None, Level.HIGH)
    assert (high.cadence, high.answer_days) == (Cadence.MONTHLY, 30)
    assert [goal.retired for goal in district.components[0].goals] == [False, True]
    assert [path.name for path in read.examples] == ["dev.jsonl"]
    assert read.roster is not None
    assert read.roster_path == tmp_path / "roster"


def test_the_survey_means_what_it_says(tmp_path: Path) -> None:
    survey = loaded(small.write(tmp_path)).surveys[0]
    assert survey.title == text("Priorities", es="Prioridades")
    assert survey.tables == (
        PlannedTable(),
        PlannedTable(by=(Dimension.LEVEL, Dimension.ROLE)),
    )
    assert [type(question) for question in survey.questions] == [
        Scale,
        SingleChoice,
        Ranking,
        SeveralChoice,
        Number,
        FreeText,
    ]
    assert survey.question("wifi") == Scale(
        key="wifi",
        prompt=text("How is the Wi-Fi?"),
        points=5,
        labels={1: text("Bad"), 5: text("Good")},
    )
    first = survey.question("first")
    assert isinstance(first, Ranking)
    assert [choice.goal for choice in first.choices] == ["one-sign-in", None]
    more = survey.question("more")
    assert more is not None
    assert more.required is False


def test_words_that_yaml_would_make_into_something_else_stay_words(tmp_path: Path) -> None:
    content = small.SURVEY.replace("label: Laptop", "label: No").replace(
        "label: Tablet", "label: 2026"
    )
    read = loaded(small.write(tmp_path, {"surveys/priorities.yaml": content}))
    device = read.surveys[0].question("device")
    assert isinstance(device, SingleChoice)
    assert [choice.label.default for choice in device.choices] == ["No", "2026"]


def test_texts_are_in_the_districts_language(tmp_path: Path) -> None:
    spanish = small.DISTRICT.replace("locale: en", "locale: es")
    read = loaded(small.write(tmp_path, {"district.yaml": spanish}))
    assert read.surveys[0].title == Text(
        default="Prioridades", translations={"en": "Priorities"}, language="es"
    )


def test_an_announcement_becomes_a_draft(tmp_path: Path) -> None:
    (draft,) = loaded(small.write(tmp_path)).announcements
    assert draft.change.title == text("We move", es="Nos mudamos")
    assert draft.change.learn_url == "https://schools.example.org/gradebook"
    assert draft.audience == Audience(
        roles=frozenset({Role.TEACHER}),
        buildings=frozenset({"oak-high"}),
        committees=frozenset({"network"}),
        people=frozenset({"cy.ray@example.org"}),
    )


def test_an_export_reads_back_as_the_same_district(tmp_path: Path) -> None:
    read = loaded(small.write(tmp_path / "files"))
    out = tmp_path / "out"
    written = export_district(
        out, district=read.district, surveys=read.surveys, announcements=read.announcements
    )
    assert sorted(path.relative_to(out).as_posix() for path in written) == [
        "announcements/move.yaml",
        "buildings.yaml",
        "committees.yaml",
        "district.yaml",
        "plan.yaml",
        "surveys/priorities.yaml",
    ]
    assert loaded(out) == read


def test_one_survey_or_audience_can_be_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "priorities.yaml"
    path.write_text(small.SURVEY, encoding="utf-8")
    assert isinstance(load_survey(path), Survey)
    problems = load_survey(path, goals={"another-goal"})
    assert isinstance(problems, list)
    assert [(p.file, p.line) for p in problems] == [("priorities.yaml", 29)]
    audience = tmp_path / "audience.yaml"
    audience.write_text("audience:\n  levels: [high]\n", encoding="utf-8")
    assert load_audience(audience) == Audience(levels=frozenset({Level.HIGH}))
    missing = load_survey(tmp_path / "none.yaml")
    assert isinstance(missing, list)
    assert "cannot be read" in missing[0].message


@pytest.mark.parametrize("said", ["", "{}"])
def test_nobody_tells_everyone_by_leaving_the_audience_out(tmp_path: Path, said: str) -> None:
    path = tmp_path / "audience.yaml"
    path.write_text(f"audience: {said}\n", encoding="utf-8")
    problems = load_audience(path)
    assert isinstance(problems, list)
    assert "empty" in problems[0].message


# -- whatever a survey or an announcement holds, its YAML reads back as the same ---------------

letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
words = st.one_of(
    st.sampled_from(["yes", "No", "~x", "1e3", "- a", "a: b", "#1", "'", '"', "|", "@x", "12:30"]),
    st.text(letters, min_size=1, max_size=40).map(str.strip).filter(bool),
)
texts = st.builds(Text, default=words, translations=st.dictionaries(st.just("es"), words))
keys = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True).filter(
    lambda key: key != OTHER
)
optional = st.none() | texts


def choices(least: int) -> st.SearchStrategy[tuple[Choice, ...]]:
    one = st.builds(Choice, key=keys, label=texts, goal=st.none() | keys, fixed=st.booleans())
    return st.lists(one, min_size=least, max_size=5, unique_by=lambda c: c.key).map(tuple)


asked = {"key": keys, "prompt": texts, "hint": optional, "required": st.booleans()}
others = st.none() | st.builds(Other, label=texts, longest=st.integers(1, 500))
scales = st.tuples(st.integers(2, 11), st.integers(0, 1)).flatmap(
    lambda size: st.builds(
        Scale,
        points=st.just(size[0]),
        lowest=st.just(size[1]),
        labels=st.fixed_dictionaries({size[1]: texts, size[1] + size[0] - 1: texts}),
        **asked,
    )
)
ideas = st.builds(Ideas, moderator=st.just("cy.ray@example.org"), days=st.integers(1, 60))
pairwise = choices(3).flatmap(
    lambda found: st.builds(
        Pairwise,
        choices=st.just(found),
        pairs=st.integers(1, min(15, len(found) * (len(found) - 1) // 2)),
        ideas=st.none()
        | st.builds(Ideas, moderator=st.just("cy.ray@example.org"), days=st.integers(1, 60)),
        **asked,
    )
)
presets = st.sampled_from([AGREEMENT, FREQUENCY])
matrices = st.builds(
    Matrix,
    statements=st.lists(
        st.builds(Statement, key=keys, label=texts),
        min_size=2,
        max_size=10,
        unique_by=lambda s: s.key,
    ).map(tuple),
    labels=presets | st.fixed_dictionaries({1: texts, 5: texts}),
    random_order=st.booleans(),
    **asked,
)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
dates = st.builds(
    lambda one, other, **more: Date(minimum=min(one, other), maximum=max(one, other), **more),
    one=days,
    other=days,
    **asked,
)
enps = st.builds(
    Scale,
    points=st.just(11),
    lowest=st.just(0),
    enps=st.just(True),
    labels=st.just(LIKELIHOOD) | st.fixed_dictionaries({0: texts, 10: texts}),
    **asked,
)
numbers = st.builds(
    Number,
    minimum=st.none() | st.sampled_from([-2.5, 0.0, 3.0]),
    maximum=st.none() | st.sampled_from([3.25, 60.0]),
    whole=st.booleans(),
    unit=optional,
    **asked,
)
questions: st.SearchStrategy[Question] = st.one_of(
    pairwise,
    st.builds(SingleChoice, choices=choices(2), other=others, random_order=st.booleans(), **asked),
    st.builds(
        SeveralChoice,
        choices=choices(2),
        at_least=st.none() | st.integers(1, 2),
        at_most=st.none() | st.just(2),
        other=others,
        random_order=st.booleans(),
        **asked,
    ),
    st.builds(
        Ranking, choices=choices(2), top=st.integers(1, 2), random_order=st.booleans(), **asked
    ),
    scales,
    st.builds(Scale, labels=presets, **asked),
    enps,
    matrices,
    dates,
    numbers,
    st.builds(FreeText, shortest=st.integers(0, 1), longest=st.integers(1, 3000), **asked),
)


# Many kinds of many parts: on a busy machine drawing them takes longer than Hypothesis likes.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(questions, min_size=1, max_size=4, unique_by=lambda q: q.key),
    texts,
    optional,
    st.lists(st.permutations(list(Dimension)).map(tuple), max_size=2, unique=True),
)
def test_any_survey_written_as_yaml_reads_back(
    tmp_path_factory: pytest.TempPathFactory,
    asked_questions: list[Question],
    title: Text,
    thanks: Text | None,
    splits: list[tuple[Dimension, ...]],
) -> None:
    survey = Survey(
        key="any",
        title=title,
        asked_by=title,
        purpose=title,
        pages=(Page(questions=tuple(asked_questions), title=thanks),),
        tables=(PlannedTable(), *(PlannedTable(by=by) for by in splits)),
        minutes=7,
        thanks=thanks,
    )
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(dump_survey(survey), encoding="utf-8")
    assert load_survey(path) == survey


@given(texts, optional, st.frozensets(st.sampled_from(Level)), st.booleans())
def test_any_announcement_written_as_yaml_reads_back(
    tmp_path_factory: pytest.TempPathFactory,
    said: Text,
    learn: Text | None,
    levels: frozenset[Level],
    acknowledge: bool,
) -> None:
    draft = AnnouncementDraft(
        key="any",
        change=Change(
            title=said, what=said, why=said, when=said, who=said, action=said, learn=learn
        ),
        audience=Audience(levels=levels),
        acknowledge=acknowledge,
    )
    path = tmp_path_factory.getbasetemp() / "draft.yaml"
    path.write_text(dump_announcement(draft), encoding="utf-8")
    assert load_announcement(path) == draft
