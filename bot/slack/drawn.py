"""What drawing yields: a message's text and blocks, or a form for a modal."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.blocks import Block


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A message. ``text`` is what screen readers and notifications say; both are not yet made
    safe or numbered: ``draw.py`` does that for every surface in one place."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True, kw_only=True)
class Form:
    """A modal to fill in. ``token`` is the command that handing it in means; ``web_link`` is
    where the same form is, for when Slack cannot open it."""

    title: str
    submit: str
    token: str
    blocks: list[Block]
    web_link: str
