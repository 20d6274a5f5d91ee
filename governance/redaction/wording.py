"""What is said about personal data in every place in the same words."""

from __future__ import annotations

from core.words import Words
from governance import wording
from governance.redaction.messages import Kept, Piece, StudentDataRemoved, TakenOut
from governance.redaction.put_back import Doubt


def kind(words: Words, name: str) -> str:
    """A kind of personal data, as people say it."""
    match name:
        case "PERSON":
            return words.say("a name")
        case "STUDENT_ID":
            return words.say("a student number")
        case "PHONE":
            return words.say("a phone number")
        case "EMAIL":
            return words.say("an email address")
        case "ADDRESS":
            return words.say("an address")
        case "DOB":
            return words.say("a birth date")
        case "SSN":
            return words.say("a Social Security number")
        case "HEALTH":
            return words.say("someone’s health")
        case _:
            return words.say("taken out by you")


def title(words: Words) -> str:
    return words.say("We took personal data out of what you told us")


def shown_so(words: Words, message: TakenOut) -> str:
    """What stands above their words."""
    if message.corrected:
        return words.say("Changed. From now on it is shown like this:")
    day = words.day(message.received_at)
    return words.say("You wrote this on {day}. What others see:", day=day)


def original(words: Words, message: TakenOut) -> str:
    """What becomes of the original."""
    if message.delete_at is not None:
        return words.say(
            "Is this OK? If so, we delete your original now. If not, we delete it on {day}.",
            day=words.day(message.delete_at),
        )
    if message.kept is Kept.HELD:
        return words.say(
            "Your original has to be kept for now. We delete it as soon as that is allowed."
        )
    return words.say("Your original is deleted.")


def form_title(words: Words) -> str:
    return words.say("What was taken out")


def form_said(words: Words, gone: bool) -> str:
    if gone:
        return words.say("Your original is deleted. You can still take out more.")
    return words.say("The marked words were removed. Only you see this.")


def put_back(words: Words) -> str:
    return words.say("This was not personal: put it back")


def piece(words: Words, one: Piece) -> str:
    """A piece to put back."""
    return _piece(words, one.text, one.kind)


def _piece(words: Words, said: str, what: str) -> str:
    return words.say("“{words}” ({kind})", words=said, kind=kind(words, what))


def doubt(words: Words) -> str:
    """Above the words in somebody's own text that look like personal data."""
    return words.say("These words look like personal data. Which of them should stay?")


def doubt_hint(words: Words) -> str:
    return words.say("This is what others read. Anything you don’t choose is taken out.")


def doubted(words: Words, doubt: Doubt) -> list[tuple[str, str]]:
    """The words to choose from, by key."""
    return [(one.key, _piece(words, one.words, one.kind)) for one in doubt.found]


def also(words: Words) -> str:
    return words.say("Also take out")


def one_a_line(words: Words) -> str:
    return words.say("One name or number per line, exactly as in the text.")


def save(words: Words) -> str:
    return words.say("Save")


# -- student data ------------------------------------------------------------------------------


def student_data_here(words: Words) -> str:
    return words.say("Student data here")


def student_data_said(words: Words) -> str:
    return words.say(
        "They are removed here and from the channel. The original is deleted, and the "
        "Information Security Officer is notified. This cannot be undone."
    )


def removed(words: Words, message: StudentDataRemoved) -> str:
    return words.say(
        "{who} ({queue}) marked student data in a message from staff on {when}.",
        who=message.marked_by or words.say("A member"),
        queue=wording.queue(words, message.queue_name),
        when=words.when(message.at),
    )


def removed_what(words: Words, message: StudentDataRemoved) -> str:
    said = words.say(
        "It is taken out of the text, and the old cards are removed from the channels."
    )
    gone = (
        words.say("The original is deleted.")
        if message.kept is Kept.GONE
        else words.say(
            "The original has to be kept for now, encrypted. It is deleted as soon as that "
            "is allowed."
        )
    )
    return f"{said} {gone}"


def told(words: Words) -> str:
    """To the author, kindly."""
    return words.say(
        "Someone working on your message saw student data in it and took it out. "
        "Nothing else changes: your message is still being worked on. Next time, "
        "please leave names out."
    )
