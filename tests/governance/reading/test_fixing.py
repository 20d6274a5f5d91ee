"""What the help desk can fix is told from wishes; measured on examples that were held out."""

from __future__ import annotations

import pytest

from governance.reading.embedding import embed
from governance.reading.fixing import FixingReader, examples, needs_fixing, room_of


@pytest.mark.parametrize(
    "text",
    [
        "The projector in room 114 won't turn on",
        "Printer in the front office is jammed again",
        "The copier in the lounge is dead",
    ],
)
def test_what_is_said_in_so_many_words_is_found_by_the_rules(text: str) -> None:
    assert needs_fixing(text)


@pytest.mark.parametrize(
    "text",
    [
        "I wish every classroom had a projector that does not die, next year perhaps",
        "Why do we keep buying printers that are always broken",
        "Thank you for fixing the projector in room 114",
        "",
    ],
)
def test_a_wish_a_complaint_and_a_thank_you_are_not(text: str) -> None:
    assert not needs_fixing(text)


def test_on_examples_that_it_has_not_seen_it_finds_nine_of_ten_and_asks_few_in_vain() -> None:
    known = examples()
    assert len(known) == 150
    found = in_vain = broken = 0
    for fold in range(5):
        reader = FixingReader.train(embed, [one for n, one in enumerate(known) if n % 5 != fold])
        for text, told in (one for n, one in enumerate(known) if n % 5 == fold):
            said = reader.read(text)
            broken += told
            found += told and said
            in_vain += said and not told
    assert found / broken >= 0.9, (found, broken)
    assert in_vain / (len(known) - broken) <= 0.08, in_vain


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("The projector in room 204 is dead", "room 204"),
        ("rm b12 has no sound", "room B12"),
        ("Portable 3 has no internet", "portable 3"),
        ("the printer in the library jams", "library"),
        ("my laptop is slow", ""),
    ],
)
def test_the_room_is_taken_from_the_words(text: str, room: str) -> None:
    assert room_of(text) == room
