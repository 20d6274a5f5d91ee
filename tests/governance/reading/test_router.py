"""The router chooses, knows its doubt, and keeps to the author's level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.people import Level, Role
from governance.committees.model import Committee, school_level
from governance.feedback.model import Destination
from governance.reading.calibration import LEAST_JUDGED, NEVER, threshold
from governance.reading.examples import Example
from governance.reading.lessons import NONE
from governance.reading.reader import Reader
from governance.reading.router import Router
from governance.reading.written import written


@pytest.fixture
def router(reader: Reader) -> Router:
    return reader.router


def committee(key: str, charter: str, serves: Level | None = None) -> Committee:
    return Committee(key=key, name=key, charter=charter, chair="c@x", deputy="d@x", serves=serves)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The projector bulb in my room burned out and the screen is dim", "connected-classrooms"),
        ("Wi-Fi drops in the gym every afternoon", "network"),
        ("Half my chromebooks have broken keyboards and no chargers", "device-learning"),
        ("My gradebook and report cards show the wrong averages", "student-information"),
        ("No captions on the videos for my deaf student", "accessibility"),
        ("My paycheck and timesheet are wrong again", "business-systems"),
    ],
)
def test_plain_messages_find_their_committee(router: Router, text: str, key: str) -> None:
    judgement = router.judge(text, Role.TEACHER, Level.MIDDLE)
    assert judgement.first == key
    assert judgement.likely[0].committee == key


def test_small_talk_is_out_of_scope(router: Router) -> None:
    judgement = router.judge("the microwave in the lounge died", Role.TEACHER, Level.HIGH)
    assert judgement.first == NONE
    assert judgement.destination is Destination.NONE
    assert judgement.confidence == router.calibration.sure(judgement.none) > 0.9


def test_gibberish_is_left_to_a_person_or_filed_but_never_routed(router: Router) -> None:
    for text in ("", "qwx zzv", "…", "lorem ipsum dolor"):
        judgement = router.judge(text, Role.TEACHER, Level.HIGH)
        assert judgement.destination is not Destination.COMMITTEE


@pytest.mark.parametrize(
    ("role", "level", "allowed"),
    [
        (Role.TEACHER, Level.ELEMENTARY, {"class-elementary"}),
        (Role.TEACHER, Level.MIDDLE, {"class-middle"}),
        (Role.OFFICE, Level.HIGH, {"class-high"}),
        (Role.ADMINISTRATOR, Level.DISTRICT, set()),
        (Role.BOARD, Level.HIGH, set()),
    ],
)
def test_a_school_committee_takes_only_its_own_schools(
    router: Router,
    committees: tuple[Committee, ...],
    role: Role,
    level: Level,
    allowed: set[str],
) -> None:
    text = "our building's own committee should decide about the shared cart and our tech leader"
    judgement = router.judge(text, role, level)
    offered = {x.committee for x in judgement.likely}
    assert offered & set(school_level(committees)) == allowed
    assert len(offered) == 16 + len(allowed)
    assert sum(x.probability for x in judgement.likely) + judgement.none == pytest.approx(1.0)


def test_probabilities_are_in_order(router: Router) -> None:
    likely = router.judge("the app needs a new license", Role.TEACHER, Level.HIGH).likely
    assert [x.probability for x in likely] == sorted((x.probability for x in likely), reverse=True)


def test_a_district_without_a_labelled_message_is_read_by_what_comes_with_the_reader(
    beginner: Reader,
) -> None:
    network = beginner.router.judge("the wireless drops in the gym", Role.TEACHER, Level.HIGH)
    assert (network.first, network.themes) == ("network", ("wifi",))
    assert network.destination is Destination.COMMITTEE
    salad = beginner.router.judge("the salad bar ran out again at lunch", Role.TEACHER, Level.HIGH)
    assert (salad.first, salad.themes) == (NONE, ())


def test_a_theme_that_moves_to_another_committee_takes_its_messages_along(
    committees: tuple[Committee, ...], beginner: Reader
) -> None:
    said = ("the copier wants a code that nobody knows", Role.OFFICE, Level.MIDDLE)
    assert beginner.router.judge(*said).first == "business-systems"
    takes = {
        "business-systems": lambda themes: tuple(t for t in themes if t != "copiers"),
        "network": lambda themes: (*themes, "copiers"),
    }
    moved = [replace(c, themes=takes[c.key](c.themes)) if c.key in takes else c for c in committees]
    lessons = [e for at, e in enumerate(written()) if "copiers" in e.themes or not at % 3]
    after = Router.train(moved, [], lessons=lessons).judge(*said)
    assert (after.first, after.themes) == ("network", ("copiers",))


def test_charters_alone_order_the_committees_and_send_everything_to_triage(
    committees: tuple[Committee, ...],
) -> None:
    router = Router.train([replace(c, themes=()) for c in committees], [])
    judgement = router.judge("the wireless network is down", Role.TEACHER, Level.HIGH)
    assert judgement.likely[0].committee == "network"
    assert judgement.themes == ()
    assert judgement.destination is Destination.TRIAGE
    assert router.judge("salad", Role.TEACHER, Level.HIGH).destination is Destination.TRIAGE


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_district_with_hardly_any_committee_works(count: int) -> None:
    few = [committee("a", "Networks."), committee("b", "Payroll.", serves=Level.HIGH)][:count]
    judgement = Router.train(few, []).judge("payroll", Role.TEACHER, Level.MIDDLE)
    assert judgement.destination is Destination.TRIAGE
    assert [x.committee for x in judgement.likely] == ["a"][:count]


def test_examples_of_a_retired_committee_teach_nothing() -> None:
    one = [committee("a", "Networks and wireless."), committee("b", "Payroll and time sheets.")]
    gone = Example(text="x", role=Role.TEACHER, level=Level.HIGH, committees=("gone",))
    judgement = Router.train(one, [gone]).judge("x", Role.TEACHER, Level.HIGH)
    assert judgement.none == 0.0


def test_two_classes_are_enough() -> None:
    examples = [
        Example(text=f"{word} {i}", role=Role.TEACHER, level=Level.HIGH, committees=keys)
        for i in range(30)
        for word, keys in (("wifi network", ("a",)), ("salad lunch", ()))
    ]
    router = Router.train([committee("a", "Network and wifi.")], examples)
    teacher = (Role.TEACHER, Level.HIGH)
    assert router.judge("wifi network", *teacher).destination is Destination.COMMITTEE
    assert router.judge("salad lunch", *teacher).destination is Destination.NONE


def test_a_threshold_is_the_lowest_that_keeps_the_promise() -> None:
    good = [(0.9, True)] * LEAST_JUDGED
    assert threshold(good, 0.9) == 0.9
    assert threshold([*good, (0.8, True), (0.5, False), (0.4, False), (0.3, False)], 0.9) == 0.4
    assert threshold([*good, (0.8, True), (0.5, False), (0.4, False), (0.3, False)], 0.95) == 0.5
    assert threshold(good[1:], 0.9) == NEVER
    assert threshold([(0.9, False)] * 50, 0.9) == NEVER
    assert threshold([], 0.9) == NEVER
