"""What a page says after a button of a campaign was pressed: what has come of it, which is nothing
where somebody else was faster or nobody was left."""

from __future__ import annotations

from typing import assert_never

from bot.words import Words
from governance.announcements import Tally
from governance.messages import AskAgainForm, ResendForm


def stopped(words: Words, tally: Tally) -> str:
    """Of an announcement that is going out."""
    if tally.stopped or tally.to_go or tally.waiting:
        return words.say("Stopped. People who don’t have it yet won’t get it.")
    return words.say("Nothing was left to stop: it had gone out to everybody who can get it.")


def resumed(words: Words, tally: Tally | None) -> str:
    """``tally`` None: the panel is so small that nothing may be told of it."""
    if tally is None:
        return words.say("It goes on.")
    if tally.to_go or tally.waiting:
        return words.say("The rest is going out now.")
    return words.say("It goes on. Nobody was left who had not got it.")


def sent_again(words: Words, tally: Tally | None) -> str:
    """As ``resumed``."""
    if tally is None or tally.to_go or tally.waiting:
        return words.say("It is going out again to those who did not get it.")
    return words.say("Nothing was sent: nobody was left who had not got it.")


def recalled(words: Words, tally: Tally) -> str:
    if tally.recalling:
        return words.say("It is being taken back.")
    if tally.recalled:
        return words.say("It has been taken back already.")
    return words.say("Nobody had it, so that there was nothing to take back. Nobody gets it now.")


def campaign_page(message: ResendForm | AskAgainForm) -> tuple[str, str]:
    """Where a form to send something again is handed in, and where to go without it."""
    match message:
        case ResendForm(announcement_id=announcement):
            at = f"/announcements/{announcement}"
            return f"{at}/resend", f"{at}/progress"
        case AskAgainForm(wave_id=wave):
            return f"/desk/asking/{wave}/resend", f"/desk/asking/{wave}"
        case _:
            assert_never(message)
