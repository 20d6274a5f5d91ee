"""One message read as a whole."""

from __future__ import annotations

from core.people import Level, Role
from governance.feedback.model import Destination, Tone, Urgency
from governance.reading.reader import Reader

TEACHER = (Role.TEACHER, Level.HIGH)


def test_a_reading_says_everything(reader: Reader) -> None:
    text = "Nola Firth (id 7104482) has a chromebook with a cracked screen and a broken keyboard"
    reading = reader.read(text, *TEACHER)
    assert reading.redacted.startswith("[name] (id [student id]) has a chromebook")
    assert [text[s.start : s.end] for s in reading.spans] == ["Nola Firth", "7104482"]
    assert reading.tone is Tone.NEGATIVE
    assert reading.urgency is None
    assert reading.committees[0].committee == "device-learning"
    assert 0.9 < reading.confidence <= 1
    assert reading.destination is Destination.COMMITTEE
    assert reading.route == "device-learning"


def test_the_rosters_names_are_redacted(reader: Reader) -> None:
    reading = reader.read("marguerite oyelaran has my projector", *TEACHER)
    assert reading.redacted == "[name] has my projector"


def test_a_grievance_goes_to_the_restricted_queue(reader: Reader) -> None:
    reading = reader.read("My principal retaliated after I filed a grievance", *TEACHER)
    assert reading.destination is Destination.RESTRICTED
    assert reading.route == "restricted"


def test_an_emergency_is_never_filed_away(reader: Reader) -> None:
    reading = reader.read("lunch: a boy in the salad line has a knife", *TEACHER)
    assert reading.urgency is Urgency.SAFETY
    assert reading.destination is not Destination.NONE


def test_urgency_is_read_from_the_original(reader: Reader) -> None:
    reading = reader.read("Shaylee Novotny said she wants to die tonight", *TEACHER)
    assert reading.urgency is Urgency.SAFETY
    assert "Shaylee" not in reading.redacted


def test_anything_can_be_read(reader: Reader) -> None:
    for text in ("", " ", "\x00", "🙃" * 50, "ñ" * 3000, "a\nb\tc", "<script>@channel</script>"):
        reading = reader.read(text, *TEACHER)
        assert reading.route
        assert 0.0 <= reading.confidence <= 1.0


def test_the_theme_of_a_comment_is_the_likeliest_and_none_where_it_has_none(
    reader: Reader,
) -> None:
    said = "The Wi-Fi drops in my classroom every morning"
    assert reader.theme(said) == reader.read(said, None, None).themes[0] == "wifi"
    assert reader.theme("Thank you all, have a lovely summer") == ""
    for text in ("", " ", "\x00", "🙃" * 50, "ñ" * 3000):
        assert isinstance(reader.theme(text), str)
