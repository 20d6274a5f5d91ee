"""Polite refusals: what somebody may not do here, and whom to ask."""

from __future__ import annotations

from governance.messages import Refused
from surveys.questions import Unfit

STRANGER = "I do not know this account. Ask the help desk to add you to the staff roster."
STUDENT = "This service is for staff. Please talk to a teacher or your school's office."
LEFT = "Your account is no longer active on the staff roster. Ask the help desk if that is wrong."
GUEST = "Guest and bot accounts cannot use this service. Sign in with your district account."
CTO_ONLY = "Only the Chief Technology Officer's office can do this. Ask them if you need it."
NOT_YOURS = "This belongs to a committee you are not on. Ask its chair if you need to see it."
ISO_ONLY = "Only the Information Security Officer can do this."
LEADERS_ONLY = "Only committee leads can do this. Ask the chair if you need it."
STEERING_ONLY = "Only leads of the steering committee can do this. Ask its chair if you need it."
ANOTHER_PERSON = "Someone else has to decide this, because you proposed it."
MACHINE_ONLY = "This runs by itself on schedule; it can’t be started by hand."
NAMED_PERSON_ONLY = "Only one named person and their deputies can open this page."
RESPONDERS_ONLY = "Only the named responders can see this. In danger, call 911."
GONE = "This is not here anymore, or it never was."
NOT_HERE = "This is not here anymore."
TOO_LATE_TO_UNDO = "It is too late to undo this. You can still change it back yourself."
CHANGED_SINCE = "Someone has changed this since, so it can’t be undone."
UNOPENED = "Open it and read it first."
WORDS_GONE = "I no longer have those words. Please write them again, and I will pass them on."
NOT_SIGNED_IN = "You can do this only on the page to speak anonymously."
TEN_LINKS = "It has ten links. Remove one first."
CLOSED_TO_OPERATOR = "Operators run the service. They don’t handle what people said."
TWO_PEOPLE = (
    "Sending something as urgent takes two people from the district. Ask the Chief Technology "
    "Officer's office to do it on the web."
)
ISO_AND_CTO = "Only the people who lead IT and IT security can see this."
NOBODY_ELSE = (
    "A second person has to approve this, and you are the only one who can. Someone else has to be "
    "named for it in the district’s files."
)
ASKED_BEFORE_RESTORE = (
    "The system was restored from a backup after this was asked for, so it may have gone out "
    "already. Decline it. Whoever asked can check, and ask again."
)
APPROVERS_ONLY = (
    "Only people who are named to approve urgent announcements can do this. Ask the Chief "
    "Technology Officer's office who they are."
)


def refusal(why: str, **values: str) -> Refused:
    return Refused(why=Unfit(why=why, values=values))


ALREADY_DECIDED = (
    "This was already decided, and that decision stands. It says: “{reason}” What you entered "
    "here was not recorded."
)
ALREADY_SETTLED = (
    "This is already settled and needs nothing from you. What you entered here was not recorded."
)
WITHDRAWN = (
    "This message was withdrawn from your committee. It may be about someone in danger, so only a "
    "named responder and the restricted reader have it now."
)
