"""A press means, when it comes back, what was drawn: its token loses nothing of its command.

Every example of each platform is drawn, and each token that is written meanwhile is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot import registry
from bot.conversation import Reader
from bot.registry import decode, encode
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home, draw_message, draw_modal, in_window
from bot.teams.draw import draw as draw_teams
from bot.web.draw import draw as draw_web
from core.commands import Command
from core.words import Words
from governance.controls.answer_commands import AnswerSafeguard
from governance.forms.commands import Open
from tests.bot.slack.homes import HOMES
from tests.bot.slack.samples import FRESH, SAMPLES
from tests.bot.teams.samples import MESSAGES as TEAMS
from tests.bot.web import examples
from tests.bot.web.looks import LOOKS
from tests.bot.web.site import stand, usual, visitor
from tests.bot.web.test_pages import sign_in

READER = Reader(web_url="https://soundingboard.example.org")
PEN = pen_for(READER, FRESH)

EXAMPLES: Mapping[str, Any] = {
    **{f"web {name}": one for name, one in examples.MESSAGES.items()},
    **{f"Slack {name}": one for name, one in SAMPLES.items()},
    **{f"Teams {name}": one for name, one in TEAMS.items()},
}

Written = list[tuple[Command, str]]
"""Commands, and the tokens that were written of them."""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """Each token that is written during a test. What opens a form stands by the command that the
    form is of, as ``decode`` gives it."""
    found: Written = []
    real = registry.written

    def write(name: str, command: Command, fields: Sequence[str]) -> str:
        token = real(name, command, fields)
        found.append((command, token))
        return token

    monkeypatch.setattr(registry, "written", write)
    return found


def lost(written: Written) -> list[str]:
    """What a token does not give back as it was."""
    said = []
    for command, token in written:
        back = decode(token)
        if (back.of if isinstance(back, Open) else back) != command:
            said.append(f"{token}: {command!r} comes back as {back!r}")
    return sorted(set(said))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_press_of_a_message_comes_back_as_it_was(name: str, written: Written) -> None:
    message = EXAMPLES[name]
    if name.startswith("web"):
        draw_web(message, examples.READER, csrf="token")
    draw_message(message, PEN)
    if in_window(message, Words()):
        draw_modal(message, PEN)
    draw_teams(message, READER)
    draw_teams(message, READER, window=True)
    assert lost(written) == []


@pytest.mark.parametrize("name", HOMES)
def test_each_press_of_a_home_tab_comes_back_as_it_was(name: str, written: Written) -> None:
    draw_home(HOMES[name], PEN)
    assert written
    assert lost(written) == []


async def test_each_press_of_a_page_comes_back_as_it_was(written: Written) -> None:
    sites = {demo: stand(demo=demo, every_way_in=not demo) for demo in {one.demo for one in LOOKS}}
    for demo, site in sites.items():
        async with visitor(site.app) as inside, visitor(site.app) as outside:
            await sign_in(inside, site.link())
            for look in LOOKS:
                if look.demo is not demo:
                    continue
                site.conversation.script = usual
                for kind, answer in look.said:
                    site.conversation.instead(kind, answer)
                await (outside if look.stranger else inside).get(look.at)
    assert len(written) > len(LOOKS)
    assert lost(written) == []


def test_a_lost_value_is_found(written: Written) -> None:
    """As when a form forgot to carry which state it had shown."""
    shown = AnswerSafeguard(assessment_id=examples.number(1), number="1.1")
    encode(replace(shown, evidence="What somebody typed is in no token."))
    assert len(lost(written)) == 1
