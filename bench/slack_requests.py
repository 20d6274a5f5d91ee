"""What Slack sends when somebody answers: a modal handed in, or a button in the message.

The payloads are made from what the product draws, and filled in as Slack fills them in.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message, draw_modal
from surveys.messages import Invitation, QuestionPage
from surveys.promise import promise
from tests.stand_ins.slack_filling import Value, button_of, state_of

from .district import TEAM, Ready

SIGNING_SECRET = "signing-secret-made-up-for-benchmarks"  # noqa: S105
BOT_TOKEN = "xoxb-made-up-for-benchmarks"  # noqa: S105

_USER, _TRIGGER = "U0WHO-ANSWERS", "TRIGGER-OF-AN-ANSWER"
"""In a payload until somebody's own take their place."""

_VARIANTS = 16
"""Different answers; the rest differ in who gave them."""

_FORM = "application/x-www-form-urlencoded"
_PEN = pen_for(Reader(web_url="http://127.0.0.1"), UUID(int=1))

Json = dict[str, Any]


class Way(StrEnum):
    """How an answer comes in. A button's thank-you is a second call to Slack, after the
    acknowledgement."""

    FORM = "a page of a form handed in"
    BUTTON = "a button in the message"


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Everything of a request but where it goes."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def raw(self, host: str, path: str = "/slack/events") -> bytes:
        """As it travels (HTTP/1.1, the connection stays open)."""
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers)
        start = f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{head}"
        return f"{start}Content-Length: {len(self.body)}\r\n\r\n".encode() + self.body


def answers(ready: Ready, way: Way, count: int, hooks: str, seed: int = 1) -> list[Signed]:
    """So many answers, each by the next person; a second one of the same person is a change.
    ``hooks`` is where response URLs lead. They are to be used within five minutes."""
    rng = Random(seed)  # noqa: S311
    drawn = _drawn(ready, way)
    bodies = [_encoded(_payload(ready, way, drawn, hooks, rng)) for _ in range(_VARIANTS)]
    stamp = str(int(time.time()))
    made = []
    for number in range(count):
        user = ready.users[number % len(ready.users)].encode()
        trigger = b"%d.%d.%b" % (seed, number, user)
        body = bodies[number % _VARIANTS].replace(_USER.encode(), user)
        made.append(_signed(body.replace(_TRIGGER.encode(), trigger), stamp))
    return made


def signed_json(payload: Json) -> Signed:
    """An event as Slack sends it."""
    return _signed(json.dumps(payload).encode(), str(int(time.time())), "application/json")


def _encoded(payload: Json) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def _signed(body: bytes, stamp: str, kind: str = _FORM) -> Signed:
    signing = hmac.new(SIGNING_SECRET.encode(), b"v0:%b:%b" % (stamp.encode(), body), "sha256")
    headers = (
        ("Content-Type", kind),
        ("X-Slack-Request-Timestamp", stamp),
        ("X-Slack-Signature", f"v0={signing.hexdigest()}"),
    )
    return Signed(body=body, headers=headers)


def _drawn(ready: Ready, way: Way) -> Json:
    """The message or the modal that is answered."""
    match way:
        case Way.BUTTON:
            wave = ready.pulse
            return draw_message(
                Invitation(
                    wave_id=wave.id,
                    title=wave.survey.title,
                    asked_by=wave.survey.asked_by,
                    purpose=wave.survey.purpose,
                    question_count=len(wave.survey.questions),
                    minutes=wave.survey.minutes,
                    closes_at=wave.closes_at,
                    promise=promise(wave.survey),
                    inline=wave.survey.questions,
                ),
                _PEN,
            )
        case Way.FORM:
            wave = ready.priorities
            page = QuestionPage(
                wave_id=wave.id,
                title=wave.survey.title,
                page=0,
                pages=len(wave.survey.pages),
                questions=wave.survey.pages[0].questions,
                closes_at=wave.closes_at,
                promise=promise(wave.survey),
            )
            return draw_modal(page, _PEN)


def _values(way: Way, rng: Random) -> Mapping[str, Value]:
    match way:
        case Way.BUTTON:
            help_ = rng.choice(["yes", "late", "no", "not-needed"])
            note = rng.choice(["", "The projector in room 12 flickers."])
            return {"week": str(rng.randint(1, 5)), "help": help_, "note": note}
        case Way.FORM:
            return {
                "wifi": str(rng.randint(1, 5)),
                "main-device": rng.choice(["laptop", "desktop", "tablet"]),
                "gets-in-the-way": rng.sample(["sign-ins", "slow", "network", "help"], 2),
            }


def _payload(ready: Ready, way: Way, drawn: Json, hooks: str, rng: Random) -> Json:
    whole: Json = {
        "team": {"id": TEAM, "domain": "district"},
        "user": {"id": _USER, "name": _USER.lower(), "team_id": TEAM},
        "api_app_id": "A0SOUNDING",
        "is_enterprise_install": False,
        "enterprise": None,
        "trigger_id": _TRIGGER,
    }
    state = {"values": state_of(drawn, _values(way, rng))}
    match way:
        case Way.FORM:
            view = {**drawn, "id": f"V{_USER}", "team_id": TEAM, "hash": "1.a", "state": state}
            return {**whole, "type": "view_submission", "view": view, "response_urls": []}
        case Way.BUTTON:
            block_id, element = button_of(drawn, "Answer")
            channel = f"D{_USER}"
            return {
                **whole,
                "type": "block_actions",
                "actions": [{**element, "block_id": block_id, "action_ts": "1.000002"}],
                "container": {"type": "message", "message_ts": "1.000001", "channel_id": channel},
                "channel": {"id": channel, "name": "directmessage"},
                "message": {"type": "message", "ts": "1.000001", **drawn},
                "state": state,
                "response_url": f"{hooks}/hook/{_TRIGGER}",
            }
