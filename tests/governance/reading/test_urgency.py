"""Emergencies are seen; talk about emergencies is not one."""

from __future__ import annotations

import pytest

from governance.feedback.model import Urgency
from governance.reading.urgency import urgency


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a kid said he will shoot up the school", Urgency.SAFETY),
        ("student wrote a suicide note in google docs", Urgency.SAFETY),
        ("the battery in this laptop is swollen", Urgency.SAFETY),
        ("she’s scared to go home with him", Urgency.SAFETY),
        ("my account was hacked and messages are going out from me", Urgency.SECURITY),
        ("all our files are encrypted, the note wants bitcoin", Urgency.SECURITY),
        ("someone stole the cart of ipads", Urgency.SECURITY),
        ("I emailed the IEP to the wrong parent by mistake", Urgency.PRIVACY),
        ("the spreadsheet of lunch status is open to anyone with the link", Urgency.PRIVACY),
        ("I clicked it and typed my password and a kid has a gun", Urgency.SAFETY),
        ("Please send somebody to room 12 right now", Urgency.SAFETY),
        ("Send help to the gym", Urgency.SAFETY),
    ],
)
def test_an_emergency_is_seen(text: str, kind: Urgency) -> None:
    assert urgency(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "suicide prevention training was great",
        "we had an active shooter drill",
        "Can we get a lesson on phishing?",
        "shooting a video for class",
        "I'd kill for a new laptop",
        "the projector bulb exploded",
        "what if someone gets hacked, who do we call",
        "we sent the newsletter to everyone",
        "",
        "The projector in room 118 has been dead since this morning. Please send somebody.",
        "Could you send someone to look at the printer?",
    ],
)
def test_talk_is_no_emergency(text: str) -> None:
    assert urgency(text) is None
