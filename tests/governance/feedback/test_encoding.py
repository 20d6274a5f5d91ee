"""What is stored of changes, districts and readings reads back as exactly the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.people import Building, Level, Platform
from core.text import Text, text
from governance.announcements.model import Change
from governance.committees.model import Cadence, Channel, Committee, District, Office, Officer
from governance.encoding import (
    change_from_json,
    change_to_json,
    district_from_json,
    district_to_json,
    reading_from_json,
    reading_to_json,
)
from governance.feedback.model import Aspect, Destination, Likely, Reading, Span, Tone, Urgency
from governance.goals.model import Component, Goal

words = st.text(max_size=30)
texts = st.builds(Text, default=words, translations=st.dictionaries(st.just("es"), words))
unit = st.floats(0, 1)


@given(
    st.builds(
        Change,
        title=texts,
        what=texts,
        why=texts,
        when=texts,
        who=texts,
        action=texts,
        learn=st.none() | texts,
        learn_url=st.none() | words,
        ask=st.none() | texts,
    )
)
def test_a_change_reads_back_as_the_same_change(change: Change) -> None:
    assert change_from_json(change_to_json(change)) == change


@given(
    st.builds(
        Reading,
        redacted=words,
        spans=st.lists(
            st.builds(Span, start=st.integers(0, 99), end=st.integers(0, 99), kind=words)
        ).map(tuple),
        tone=st.sampled_from(Tone),
        polarity=st.floats(-1, 1),
        urgency=st.none() | st.sampled_from(Urgency),
        destination=st.sampled_from(Destination),
        committees=st.lists(st.builds(Likely, committee=words, probability=unit)).map(tuple),
        confidence=unit,
        themes=st.lists(words).map(tuple),
        aspects=st.lists(
            st.builds(
                Aspect,
                start=st.integers(0, 99),
                end=st.integers(0, 99),
                tone=st.sampled_from(Tone),
            )
        ).map(tuple),
    )
)
def test_a_reading_reads_back_as_the_same_reading(reading: Reading) -> None:
    assert reading_from_json(reading_to_json(reading)) == reading


def test_a_district_reads_back_as_the_same_district() -> None:
    channel = Channel(platform=Platform.SLACK, workspace="T1", conversation="C1")
    district = District(
        key="prairie",
        name="Prairie “Public” Schools",
        timezone="America/Chicago",
        locale="es-MX",
        platform=Platform.TEAMS,
        student_email_domains=("students.example.org",),
        contacts={"help-desk": "555-0100"},
        triage_channels=(channel,),
        buildings=(Building(key="101", name="Oak", level=Level.HIGH),),
        components=(
            Component(
                key="systems",
                name=text("Systems"),
                goals=(Goal(key="sso", title=text("One sign-in"), version=2, retired=True),),
            ),
        ),
        committees=(
            Committee(
                key="network",
                name="Network",
                charter="Wi-Fi.",
                chair="a@example.org",
                deputy="b@example.org",
                members=("c@example.org",),
                cadence=Cadence.WEEKLY,
                answer_days=14,
                serves=Level.MIDDLE,
                channels=(channel,),
                themes=("wifi", "outage"),
            ),
        ),
        officers=(Officer(office=Office.CTO, person="a@example.org", deputies=("b@example.org",)),),
    )
    assert district_from_json(district_to_json(district)) == district


def test_the_stored_form_of_equal_values_is_the_same_string() -> None:
    """``district load`` compares what is stored with what the files say."""
    spanish, somali = {"es": "Red", "so": "Shabakad"}, {"so": "Shabakad", "es": "Red"}
    one, other = (
        Change(
            title=Text(default="Wi-Fi", translations=translations),
            what=text("x"),
            why=text("x"),
            when=text("x"),
            who=text("x"),
            action=text("x"),
        )
        for translations in (spanish, somali)
    )
    assert change_to_json(one) == change_to_json(other)


def test_a_reading_of_before_there_were_themes_has_none() -> None:
    old = (
        '{"redacted": "wifi", "spans": [], "tone": "neutral", "polarity": 0.0, "urgency": null, '
        '"destination": "triage", "committees": [], "confidence": 0.0}'
    )
    assert reading_from_json(old).themes == ()
