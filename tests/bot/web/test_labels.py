"""Who is meant and who speaks, in the words of a sentence."""

from __future__ import annotations

import pytest

from core.people import Audience, Level, Role
from core.words import Words
from governance.feedback.model import Byline
from governance.labels import Labels

NAMED = Labels(Words("en", "America/Chicago"))


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience(), "Everyone"),
        (Audience(roles=frozenset({Role.BOARD})), "Board members"),
        (
            Audience(roles=frozenset({Role.TEACHER, Role.OFFICE, Role.BOARD})),
            "Teachers, office professionals and Board members",
        ),
        (
            Audience(roles=frozenset({Role.TEACHER}), levels=frozenset({Level.HIGH, Level.MIDDLE})),
            "Teachers in middle schools and high schools",
        ),
        (Audience(buildings=frozenset({"maple", "oak"})), "Everyone in 2 buildings"),
        (Audience(people=frozenset({"a@example.org"})), "1 named person"),
        (
            Audience(roles=frozenset({Role.TEACHER}), committees=frozenset({"network"})),
            "Teachers and members of named committees",
        ),
    ],
)
def test_an_audience_is_told_in_words(audience: Audience, words: str) -> None:
    assert NAMED.audience(audience) == words


@pytest.mark.parametrize(
    ("byline", "words"),
    [
        (Byline(), "A member of staff"),
        (Byline(name="Maria Lopez", role=Role.TEACHER), "Maria Lopez"),
        (Byline(role=Role.OFFICE), "An office professional"),
        (Byline(level=Level.HIGH), "A member of staff"),
        (
            Byline(role=Role.TEACHER, level=Level.ELEMENTARY),
            "A teacher in an elementary school",
        ),
    ],
)
def test_an_author_is_told_as_far_as_a_committee_may_know(byline: Byline, words: str) -> None:
    assert NAMED.byline(byline) == words


def test_every_role_and_level_has_a_name() -> None:
    for thing in (*Role, *Level):
        assert NAMED(thing) != thing.value
