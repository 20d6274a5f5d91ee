"""Quotes: typical, of different things, always the same, and of nobody alone."""

from __future__ import annotations

import random

from governance.reading.quotes import MOST, represent

WIFI = [
    "The Wi-Fi in the gym drops every afternoon",
    "Wi-Fi drops in the library when a class comes in",
    "In the afternoon the Wi-Fi drops and we lose the lesson",
    "Our Wi-Fi drops whenever two classes test at once",
]
PRINT = [
    "The printer on our floor has been broken since October",
    "A broken printer means walking to another floor",
    "Please mend the printer, it is broken again",
]
ODD = "I keep bees behind the greenhouse and would teach about pollination"


def test_each_theme_has_its_quote_and_what_one_person_alone_wrote_is_none() -> None:
    quotes = represent([*WIFI, *PRINT, ODD])
    assert quotes[0] in WIFI, "most write of it"
    assert any(quote in PRINT for quote in quotes)
    assert ODD not in quotes
    assert 1 < len(quotes) <= MOST


def test_the_order_of_the_comments_makes_no_difference() -> None:
    comments = [*WIFI, *PRINT, ODD]
    shuffled = random.Random(3).sample(comments, len(comments))  # noqa: S311
    assert represent(shuffled) == represent(comments)


def test_the_same_thing_is_not_quoted_twice() -> None:
    assert len(represent([WIFI[0]] * 12 + [WIFI[0] + "."] * 3)) == 1


def test_too_short_too_long_and_nothing_are_no_quotes() -> None:
    assert represent(["Wi-Fi drops"] * 10) == ()
    assert represent(["The Wi-Fi drops again and " + "again " * 80] * 10) == ()
    assert represent([]) == ()
    assert represent(["12345 67890 12345 67890 12345 67890"] * 10) == ()
