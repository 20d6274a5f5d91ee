"""Operations are declared once, and a button's token says what it means and nothing else."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.registry import OPERATIONS, RECURRING, decode, encode, fill, united
from core.commands import Command
from core.people import Audience, Level, Role
from core.tokens import LONGEST, carried
from governance.access import anybody
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    AskAgain,
    CheckAskAgain,
    CheckRecall,
    CheckResend,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    ShowAsking,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    ApproveAnnouncement,
    DeclineAnnouncement,
    SendAnnouncement,
    SendUrgent,
    ShowAnnouncement,
    ShowApproval,
    WriteAnnouncement,
)
from governance.conclusions.commands import ReadConclusions
from governance.conversations.commands import (
    AskAuthor,
    ReplyToCommittee,
)
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    BringBack,
    DiscussItem,
    GiveFeedback,
    MoveItem,
    PutAside,
    ShowAnswerForm,
    ShowFeedbackForm,
    ShowItem,
    WriteSubject,
)
from governance.duplicates.commands import JoinItem, PartItem
from governance.feedback.model import Naming, Urgency
from governance.filling import MisfilledError
from governance.forms.commands import Open
from governance.help_desk.model import HandOverItem, KeepItem
from governance.home.commands import ShowHelp, ShowInbox
from governance.home.handlers import show_help
from governance.operations import Entry, Operation
from governance.people.ways_in import AskSignInLink
from governance.recommendations.commands import DecideAdvice
from governance.redaction.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.redaction.put_back import PutBack
from governance.references.commands import LinkItem, SettleProposal
from governance.upkeep.handlers import HOUSE
from governance.urgent.commands import CloseCase, ShowCase, TakeCase
from governance.waves.my_surveys import ShowMySurveys
from scheduler.recurring import check_rule
from surveys.commands import AnswerPage, DeclineWave, ShowPage, ShowResults, ShowSaid

ID = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")

CARRIED: list[Command] = [
    ShowPage(wave_id=ID, page=3),
    AnswerPage(wave_id=ID, page=3, back=True),
    AnswerPage(wave_id=ID, page=0),
    DeclineWave(wave_id=ID),
    ShowSaid(wave_id=ID),
    ShowMySurveys(),
    ReadConclusions(wave_id=ID),
    ShowResults(wave_id=ID),
    ShowFeedbackForm(),
    GiveFeedback(item_id=ID, text="", naming=Naming.WITHHELD),
    GiveFeedback(item_id=ID, text="", naming=Naming.NAMED),
    ShowItem(item_id=ID),
    AcknowledgeItem(item_id=ID),
    DiscussItem(item_id=ID),
    Open(of=AssignItem(item_id=ID)),
    AssignItem(item_id=ID),
    Open(of=PutAside(item_id=ID)),
    PutAside(item_id=ID),
    BringBack(item_id=ID),
    Open(of=WriteSubject(item_id=ID)),
    WriteSubject(item_id=ID),
    Open(of=JoinItem(item_id=ID)),
    Open(of=PartItem(item_id=ID)),
    JoinItem(item_id=ID),
    PartItem(item_id=ID),
    Open(of=LinkItem(item_id=ID)),
    LinkItem(item_id=ID),
    SettleProposal(item_id=ID, links=True),
    SettleProposal(item_id=ID, links=False),
    Open(of=DecideAdvice(recommendation_id=ID, accept=True)),
    Open(of=DecideAdvice(recommendation_id=ID, accept=False)),
    DecideAdvice(recommendation_id=ID, accept=True),
    DecideAdvice(recommendation_id=ID, accept=False),
    Open(of=MoveItem(item_id=ID)),
    MoveItem(item_id=ID, to=""),
    MoveItem(item_id=ID, to="device-assisted-learning"),
    ShowAnswerForm(item_id=ID),
    ShowTakenOut(item_id=ID),
    CorrectTakenOut(item_id=ID),
    ConfirmTakenOut(item_id=ID),
    Open(of=RemoveStudentData(item_id=ID)),
    RemoveStudentData(item_id=ID),
    AnswerItem(item_id=ID, text=""),
    Open(of=AskAuthor(item_id=ID)),
    AskAuthor(item_id=ID, text=""),
    Open(of=ReplyToCommittee(item_id=ID)),
    ReplyToCommittee(item_id=ID, text=""),
    Open(of=WriteAnnouncement()),
    Open(of=WriteAnnouncement(announcement_id=ID)),
    WriteAnnouncement(announcement_id=ID),
    SendAnnouncement(announcement_id=ID),
    SendAnnouncement(announcement_id=ID, urgent=True),
    Open(of=SendUrgent(announcement_id=ID)),
    SendUrgent(announcement_id=ID),
    ShowApproval(announcement_id=ID),
    ApproveAnnouncement(announcement_id=ID, request=1764050000123),
    Open(of=DeclineAnnouncement(announcement_id=ID, request=1)),
    DeclineAnnouncement(announcement_id=ID, request=1764050000123),
    ShowAnnouncement(announcement_id=ID),
    AcknowledgeAnnouncement(announcement_id=ID),
    ShowProgress(announcement_id=ID),
    StopCampaign(subject=ID),
    ResumeCampaign(subject=ID),
    CheckResend(announcement_id=ID),
    ResendAnnouncement(announcement_id=ID),
    ResendAnnouncement(announcement_id=ID, unknown=True),
    CheckRecall(announcement_id=ID),
    RecallAnnouncement(announcement_id=ID),
    ShowAsking(wave_id=ID),
    CheckAskAgain(wave_id=ID),
    AskAgain(wave_id=ID),
    AskAgain(wave_id=ID, unknown=True),
    ShowHelp(),
    AskSignInLink(),
    *(
        kind(item_id=ID, urgency=urgency)
        for kind in (ShowCase, TakeCase, CloseCase)
        for urgency in Urgency
    ),
    *(Open(of=CloseCase(item_id=ID, urgency=urgency)) for urgency in Urgency),
    MoveItem(item_id=ID, to="security"),
    HandOverItem(item_id=ID, contact=True),
    HandOverItem(item_id=ID),
    KeepItem(item_id=ID),
]

LOOKED = PutBack(seen="")
"""Its author is there to be asked."""


@pytest.mark.parametrize("command", CARRIED, ids=lambda c: type(c).__name__)
def test_a_token_comes_back_as_the_same_command(command: Command) -> None:
    assert decode(encode(command)) == command


def test_every_command_has_a_token_of_its_own() -> None:
    assert len({encode(command) for command in CARRIED}) == len(CARRIED)


def test_words_never_travel_in_a_token() -> None:
    assert "secret" not in encode(GiveFeedback(item_id=ID, text="secret"))
    assert "secret" not in encode(AnswerItem(item_id=ID, text="secret"))
    assert "secret" not in encode(ShowFeedbackForm(text="secret"))
    assert "secret" not in encode(AnswerPage(wave_id=ID, page=0, answers={"q": "secret"}))
    no = DeclineAnnouncement(announcement_id=ID, request=1, why="secret")
    assert "secret" not in encode(no)
    assert "secret" not in encode(MoveItem(item_id=ID, to="triage", why="secret"))
    assert "secret" not in encode(
        WriteAnnouncement(announcement_id=ID, **by_name({"what": "secret"}))
    )


def test_a_command_that_no_button_carries_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="ShowInbox"):
        encode(ShowInbox())


@pytest.mark.parametrize(
    "token",
    [
        "",
        "|",
        "page",
        "page|",
        f"page|{ID}",
        f"page|{ID}|-1",
        f"page|{ID}|01",
        f"page|{ID}|1000000",
        f"page|{ID}|²",
        f"page|{ID}|٣",
        f"page|{ID}|1|2",
        f"page|{{{ID}}}|1",
        f"page|urn:uuid:{ID}|1",
        f"page|{str(ID).upper()}|1",
        f"page|{ID}|1 ",
        f"answer|{ID}|x",
        f"ack-item|{ID}|x",
        f"send|{ID}|now",
        f"approve|{ID}",
        f"approve|{ID}|",
        f"approve|{ID}|01",
        f"approve|{ID}|-1",
        f"approve|{ID}|9999999999999999",
        f"decline-urgent|{ID}|x",
        f"resend|{ID}|everybody",
        f"stop|{ID}|x",
        f"ack-item|{ID}\n",
        "ack-item|1",
        f"tell|{ID}|anonymous",
        f"move|{ID}|../etc",
        f"move|{ID}|Safety",
        f"close|{ID}",
        f"read-everything|{ID}",
        "help|me",
        f"help|{ID}",
        "x" * (LONGEST + 1),
        "item|" * 400,
        None,
        7,
        ["help"],
    ],
)
def test_a_hostile_token_is_nothing(token: object) -> None:
    assert decode(token) is None


SENT = [
    line.split("\t")
    for line in (Path(__file__).parent / "tokens_sent.tsv").read_text("utf-8").splitlines()
]
"""Tokens in messages sent until December 2026, and what they mean; never shortened."""


@pytest.mark.parametrize(("token", "meant"), SENT, ids=[token for token, _ in SENT])
def test_a_button_that_was_sent_keeps_its_meaning(token: str, meant: str) -> None:
    command = decode(token)
    assert repr(command) == meant
    assert command is not None
    assert decode(encode(command)) == command


def test_a_command_a_button_and_an_entry_are_declared_once() -> None:
    def declared(command: type[Command], **named: Any) -> Operation[Any]:
        return Operation(command=command, run=show_help, may=anybody, **named)  # type: ignore[arg-type]

    class Other(Command):
        pass

    with pytest.raises(ValueError, match="ShowHelp"):
        united([(declared(ShowHelp),), (declared(ShowHelp),)])
    with pytest.raises(ValueError, match="Other"):
        united([(declared(ShowHelp, button="help"), declared(Other, button="help"))])
    entry = Entry(kind="open", command=lambda subject, _: ShowHelp())
    with pytest.raises(ValueError, match="Other"):
        united([(declared(ShowHelp, entry=entry), declared(Other, entry=entry))])


def test_every_command_is_declared() -> None:
    kinds = Command.__subclasses__()
    ours = {kind for kind in kinds if not kind.__module__.startswith("tests")}
    assert ours == set(OPERATIONS)


def test_what_nobody_puts_on_the_clock_recurs_by_its_rule() -> None:
    """A command of the clock about nothing in particular would else never be given."""
    for one in OPERATIONS.values():
        if one.entry is not None:
            assert bool(one.entry.rule) is not bool(fields(one.command)), one.entry.kind
    for entry in RECURRING:
        check_rule(entry.rule)
        assert type(entry.command(HOUSE, 0)) in OPERATIONS


def test_words_cannot_be_declared_to_travel() -> None:
    with pytest.raises(ValueError, match=r"AnswerItem\.text"):
        carried(AnswerItem, ("text",))


@given(st.text(max_size=80))
def test_no_text_makes_decode_fail_or_say_two_things(token: str) -> None:
    command = decode(token)
    assert command is None or encode(command) == token


def test_answers_are_what_was_handed_in() -> None:
    command = fill(AnswerPage(wave_id=ID, page=1), {"wifi": "4", "tools": ("a", "b")})
    assert command == AnswerPage(wave_id=ID, page=1, answers={"wifi": "4", "tools": ("a", "b")})


def test_feedback_takes_its_text_and_how_to_speak() -> None:
    asked = GiveFeedback(item_id=ID, text="")
    assert fill(asked, {"text": "Slow Wi-Fi", "naming": "named"}) == GiveFeedback(
        item_id=ID, text="Slow Wi-Fi", naming=Naming.NAMED
    )
    assert fill(asked, {"text": "Slow", "naming": "loudly"}) == GiveFeedback(
        item_id=ID, text="Slow", naming=Naming.WITHHELD
    )


def test_a_move_takes_where_and_why() -> None:
    filled = fill(MoveItem(item_id=ID, to=""), {"to": ("triage",), "why": "Not ours"})
    assert filled == MoveItem(item_id=ID, to="triage", why="Not ours", put_back=LOOKED)
    assert fill(MoveItem(item_id=ID, to="triage"), {}) == MoveItem(
        item_id=ID, to="triage", put_back=LOOKED
    )


def test_an_answer_takes_its_text() -> None:
    assert fill(AnswerItem(item_id=ID, text=""), {"text": "Fixed"}) == AnswerItem(
        item_id=ID, text="Fixed"
    )


def test_an_announcement_takes_its_words_and_its_audience() -> None:
    filled = fill(
        WriteAnnouncement(announcement_id=ID),
        {"title": "New Wi-Fi", "what": "It changes", "levels": ("high",), "roles": "teacher"},
    )
    assert filled == WriteAnnouncement(
        announcement_id=ID,
        **by_name({"title": "New Wi-Fi", "what": "It changes"}),
        audience=Audience(levels=frozenset({Level.HIGH}), roles=frozenset({Role.TEACHER})),
    )


def test_an_unknown_level_never_means_everyone() -> None:
    with pytest.raises(MisfilledError) as caught:
        fill(WriteAnnouncement(announcement_id=ID), {"levels": ("moon",)})
    assert list(caught.value.unfit) == ["levels"]


def test_a_time_is_read_in_the_zone_it_was_typed_in() -> None:
    send = SendAnnouncement(announcement_id=ID)
    chicago = ZoneInfo("America/Chicago")
    assert fill(send, {"at": ""}) == send
    assert fill(send, {"at": "2026-11-30T08:00+00:00"}) == SendAnnouncement(
        announcement_id=ID, at=datetime(2026, 11, 30, 8, tzinfo=UTC)
    )
    local = SendAnnouncement(announcement_id=ID, at=datetime(2026, 11, 30, 8, tzinfo=chicago))
    assert fill(send, {"at": "2026-11-30T08:00"}, timezone="America/Chicago") == local
    split = {"at_date": "2026-11-30", "at_time": "08:00"}
    assert fill(send, split, timezone="America/Chicago") == local


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"at": "tomorrow"}, "at"),
        ({"at_date": "2026-11-30", "at_time": ""}, "at_time"),
        ({"at_date": "", "at_time": "08:00"}, "at_date"),
    ],
)
def test_an_unreadable_time_never_means_now(fields: dict[str, str], beside: str) -> None:
    with pytest.raises(MisfilledError) as caught:
        fill(SendAnnouncement(announcement_id=ID), fields)
    assert list(caught.value.unfit) == [beside]
