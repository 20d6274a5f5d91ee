"""What is about a person and not about technology goes to one reader only."""

from __future__ import annotations

import pytest

from governance.reading.restricted import is_restricted


@pytest.mark.parametrize(
    "text",
    [
        "my principal screamed at me about the laptop",
        "A coach is texting girls",
        "My boss retaliated after I reported the breach",
        "I am being discriminated against because of my age",
        "assistant principal bullies the staff",
        "Who do I talk to about harassment?",
        "My AP was rude to me in front of parents and I want it on record somewhere",
        "a colleague keeps making racist jokes",
    ],
)
def test_a_grievance_is_restricted(text: str) -> None:
    assert is_restricted(text)


@pytest.mark.parametrize(
    "text",
    [
        "student posted slurs in the group chat on their chromebooks",
        "kids touching the screen all day",
        "The filter discriminates against gay students' sites",
        "kids harass each other on Google Chat",
        "the wifi is rude to me",
        "my principal loves the new panels",
        "",
    ],
)
def test_what_is_about_technology_is_not(text: str) -> None:
    assert not is_restricted(text)
