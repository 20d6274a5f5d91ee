"""The page of what needs a second person, in each of its states."""

from __future__ import annotations

from governance.second_person.commands import ShowSecondRequest
from governance.second_person.messages import SecondAsked
from tests.bot.samples.second_person import second_person
from tests.bot.web.examples import HOSTILE, NOW
from tests.bot.web.looking import page

_SAID = second_person(HOSTILE, NOW)
_ASKED = [one for one in _SAID.values() if isinstance(one, SecondAsked)]

SECOND = tuple(
    page(f"/second/{one.request_id}", (ShowSecondRequest, one), locale=locale)
    for one in _ASKED
    for locale in ("en", "es")
)
