"""A link to somebody's own page, as a card."""

from __future__ import annotations

from bot.conversation import Reader
from bot.teams.cards import Drawn, card, heading, line, link
from core.words import Words
from governance import links
from governance.messages import SignInLink


def signin_link(words: Words, message: SignInLink, reader: Reader) -> Drawn:
    """The way to one's own page; answered in a personal chat only."""
    heading_said = words.say("Home on the web")
    if message.token is None:
        said = words.say("Because of your role, sign in there with your district account.")
        press, url = words.say("Open it"), links.signin(reader.web_url)
    else:
        once = words.count(
            "This link works once, for {n} minute.",
            "This link works once, for {n} minutes.",
            message.minutes,
        )
        said = f"{once} {words.say('It signs you in, so don’t share it.')}"
        press = words.say("Sign in on the web")
        url = links.signin(reader.web_url, message.token)
    body = [heading(heading_said), line(said)]
    return card(body, [link(press, url)], summary=heading_said, locale=words.locale)
