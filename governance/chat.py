"""What somebody wants who types to the bot itself."""

from __future__ import annotations

from enum import StrEnum


class Intent(StrEnum):
    """What a chat line asks of the bot. The first eight can be typed as commands."""

    HELP = "help"
    HOME = "home"
    SURVEYS = "surveys"
    RESULTS = "results"
    DOCKET = "docket"
    ANNOUNCE = "announce"
    FEEDBACK = "feedback"
    SIGN_IN = "sign-in"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    YES = "yes"
    NO = "no"
    DONE = "done"
    STOP = "stop"
    CLOSES = "closes"
    HOW_LONG = "how-long"
    CONFIDENTIAL = "confidential"
    WHO_READS = "who-reads"
    MY_MESSAGE = "my-message"
    ABOUT_BOT = "about-bot"
    UNCLEAR = "unclear"
    """Too short to tell: its author is asked whether to pass it on."""
