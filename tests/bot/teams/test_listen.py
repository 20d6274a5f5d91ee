"""The endpoint: who is believed, what is let through, and where the answer goes."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette

from bot.teams.draw import draw
from bot.teams.listen import TeamsListener, teams_routes
from bot.teams.platform import TeamsPlatform
from bot.teams.settings import TeamsSettingsError
from core.people import Audience, Level
from core.text import text
from governance.announcements.checked import state_of
from governance.announcements.commands import (
    CheckAnnouncement,
    SendAnnouncement,
    WriteAnnouncement,
)
from governance.chat.model import ChatAnswer, Converse, Intent
from governance.docket.commands import (
    AcknowledgeItem,
    GiveFeedback,
    MoveItem,
    ShowFeedbackForm,
)
from governance.docket.forms import moving
from governance.feedback.model import ItemState, Naming
from governance.forms.commands import Open
from governance.home.commands import ShowHelp
from governance.messages import (
    AnnouncementScheduled,
    FeedbackForm,
    FeedbackReceived,
    Help,
    Refused,
)
from governance.people.ways_in import AskSignInLink
from governance.rules.commands import AskRules
from governance.waves.my_surveys import ShowMySurveys
from storage.unavailable import UnavailableError
from surveys.commands import AnswerPage, ShowPage
from surveys.messages import Answered, QuestionPage, Rejected
from surveys.questions import Unfit
from tests.bot.samples.change import CHOICES
from tests.bot.samples.chat import RULE
from tests.bot.samples.forms import announcement_form, form
from tests.bot.teams.conftest import FakeConversation
from tests.bot.teams.samples import BRIEF, ITEM, LATER, MESSAGES, NEWS, PAGE, QUESTIONS, WAVE
from tests.journeys.test_chat import SAID
from tests.stand_ins.teams import TeamsStandIn, refused, titles

pytestmark = [
    # Both come from inside Microsoft's SDK, about parts of it that we do not use.
    pytest.mark.filterwarnings("ignore:.*in preview and may change:FutureWarning:microsoft_teams"),
    pytest.mark.filterwarnings(
        "ignore:The bot client is deprecated:DeprecationWarning:microsoft_teams"
    ),
]


@pytest.fixture(autouse=True)
def answers(conversation: FakeConversation) -> None:
    """What the rest of the house would say."""
    conversation.answers |= {
        ShowHelp: lambda _: Help(district="Maple Unified", cto=True),
        ShowFeedbackForm: lambda _: FeedbackForm(contacts={"help-desk": "4357"}),
        GiveFeedback: lambda _: FeedbackReceived(item_id=ITEM, naming=Naming.WITHHELD),
    }


# -- who is believed ----------------------------------------------------------------------------


def _wrong_tokens(teams: TeamsStandIn) -> dict[str, str]:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return {
        "none": "",
        "not a token": "abc",
        "another key": teams.token(key=other),
        "another audience": teams.token(aud="somebody-else"),
        "another issuer": teams.token(iss="https://evil.example"),
        "an Entra issuer": teams.token(iss="https://login.microsoftonline.com/x/v2.0", tid="x"),
        "expired": teams.token(exp=1_700_000_000),
        "without expiry": teams.token(exp=None),
        "another service": teams.token(serviceurl="https://evil.example/teams"),
        "without a service": teams.token(serviceurl=None),
        "unsigned": jwt.encode({"aud": teams.app_id}, "", algorithm="none"),
        "a shared secret": jwt.encode({"aud": teams.app_id}, "k" * 40, algorithm="HS256"),
    }


async def test_a_wrong_token_is_refused_and_nothing_is_heard(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    teams.installed.add(ana.user)
    for name, token in _wrong_tokens(teams).items():
        activity = teams.activity(ana, type="message", text="The Wi-Fi is slow.")
        answer = await teams.deliver(activity, token=token)
        assert answer.status_code == 401, name
    assert conversation.heard == []
    assert teams.posted == []


async def test_a_body_that_names_another_service_is_refused(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    """Else the bot's own token would be sent there with the answer."""
    ana = teams.person("Ana Silva")
    for named in ("https://evil.example/", None):
        activity = teams.activity(ana, type="message", text="help", serviceUrl=named)
        assert (await teams.deliver(activity)).status_code == 401
    other_channel = teams.activity(ana, type="message", text="help", channelId="webchat")
    assert (await teams.deliver(other_channel)).status_code == 401
    assert conversation.heard == []


async def test_made_up_key_ids_do_not_make_us_ask_microsoft_each_time(
    teams: TeamsStandIn,
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    fetched = teams.key_fetches
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for number in range(5):
        token = jwt.encode({}, key, algorithm="RS256", headers={"kid": f"made-up-{number}"})
        await teams.deliver(teams.activity(ana, type="message", text="x"), token=token)
    assert teams.key_fetches == fetched


async def test_while_microsoft_is_away_it_is_asked_once_for_all_unknown_keys(
    conversation: FakeConversation,
) -> None:
    async with TeamsStandIn() as teams:
        asked: list[str] = []
        settings = teams.settings(openid_metadata_url=f"{teams.url}/nowhere")
        platform = TeamsPlatform(settings)
        http = platform.connector.http
        http.event_hooks["request"].append(partial(_noted, asked))
        teams.reach(Starlette(routes=teams_routes(settings, conversation, platform)))
        ana = teams.person("Ana Silva")
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        tokens = [
            jwt.encode({}, key, algorithm="RS256", headers={"kid": f"made-up-{number}"})
            for number in range(20)
        ]
        activity = teams.activity(ana, type="message", text="x")
        answers = await asyncio.gather(*(teams.deliver(activity, token=token) for token in tokens))
        assert {answer.status_code for answer in answers} == {503}
        assert asked == [settings.openid_metadata_url]
        await platform.close()


async def _noted(asked: list[str], request: httpx.Request) -> None:
    asked.append(str(request.url))


async def test_without_microsofts_keys_nothing_is_decided(conversation: FakeConversation) -> None:
    async with TeamsStandIn() as teams:
        settings = teams.settings(openid_metadata_url=f"{teams.url}/nowhere")
        platform = TeamsPlatform(settings)
        teams.reach(Starlette(routes=teams_routes(settings, conversation, platform)))
        ana = teams.person("Ana Silva")
        answer = await teams.deliver(teams.activity(ana, type="message", text="hi"))
        assert answer.status_code == 503
        assert conversation.heard == []
        await platform.close()


# -- what is let through ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        {"type": "somethingNew"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "messageUpdate", "text": "edited"},
        {"type": "typing"},
        {"type": "installationUpdate", "action": "add-upgrade"},
        {"type": "invoke", "name": "task/fetch", "value": {}},
        {"type": "invoke", "name": "somebody/invented"},
        {"type": "invoke", "name": "signin/verifyState", "value": {"state": "1"}},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {}},
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": {"type": "Action.Execute", "verb": "help"}, "trigger": "manual"},
        },
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {
                "action": {"type": "Action.Execute", "data": {"action": "help"}},
                "trigger": "automatic",
            },
        },
        {"type": "message", "text": "hi", "from": {"id": "28:another-bot", "name": "Bot"}},
    ],
)
async def test_what_is_not_for_us_is_taken_and_forgotten(
    teams: TeamsStandIn, conversation: FakeConversation, parts: dict[str, Any]
) -> None:
    ana = teams.person("Ana Silva")
    answer = await teams.deliver(teams.activity(ana, **parts))
    assert answer.status_code == 200
    assert conversation.heard == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"]
)
async def test_a_malformed_body_is_told_so_with_an_id(
    teams: TeamsStandIn, conversation: FakeConversation, body: bytes
) -> None:
    answer = await teams.deliver(body)
    assert answer.status_code in {400, 401}
    if answer.status_code == 400:
        assert UUID(answer.json()["id"])
    assert conversation.heard == []


@pytest.mark.parametrize(
    "broken",
    [
        {"from": None},
        {"conversation": {"id": 7}},
        {"recipient": {}},
        {"entities": "none"},
        {"timestamp": "yesterday"},
        {"channelData": [1]},
    ],
)
async def test_a_malformed_activity_is_told_so_and_never_a_500(
    teams: TeamsStandIn, conversation: FakeConversation, broken: dict[str, Any]
) -> None:
    ana = teams.person("Ana Silva")
    activity = teams.activity(ana, type="message", text="The Wi-Fi is slow.") | broken
    answer = await teams.deliver(activity)
    assert answer.status_code == 400
    assert UUID(answer.json()["id"])
    assert conversation.heard == []


async def test_a_body_beyond_any_activity_is_not_read_to_its_end(teams: TeamsStandIn) -> None:
    assert (await teams.deliver(b'{"x": "' + b"x" * 2_000_000 + b'"}')).status_code == 400


# -- people ------------------------------------------------------------------------------------


async def test_an_install_and_a_removal_are_noted(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    await teams.remove(ana)
    installed, removed = conversation.addresses
    assert (installed.user, installed.workspace) == (ana.user, teams.tenant)
    assert installed.conversation == ana.chat
    assert installed.service_url == teams.service_url + "/"
    assert installed.email == ana.email
    assert installed.reachable
    assert not removed.reachable
    assert teams.posted == []


async def test_installing_again_after_a_removal_is_noted_too(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    await teams.remove(ana)
    await teams.install(ana)
    assert [one.reachable for one in conversation.addresses] == [True, False, True]


async def test_an_install_is_noted_though_nobody_told_of_the_removal(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    """An administrator took the app away, and the ledger found that out by itself."""
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    await teams.install(ana)
    assert [one.reachable for one in conversation.addresses] == [True, True]


async def test_a_first_message_tells_where_somebody_is(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    teams.installed.add(ana.user)
    await teams.say(ana, "help")
    await teams.say(ana, "help")
    (address,) = conversation.addresses
    assert address.conversation == ana.chat


async def test_a_team_is_nobodys_address(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    channel = teams.channel("General")
    activity = teams.activity(ana, conversation=channel, type="installationUpdate", action="add")
    assert (await teams.deliver(activity)).status_code == 200
    assert conversation.addresses == []


async def test_the_speaker_has_an_address_from_the_tenants_directory(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva", "Ana.Silva@district.example.org")
    await teams.install(ana)
    await teams.say(ana, "help")
    speaker = conversation.heard[-1][0]
    assert speaker.email == "ana.silva@district.example.org"
    assert not speaker.guest


async def test_guests_are_marked(teams: TeamsStandIn, conversation: FakeConversation) -> None:
    guest = teams.person("Gil Guest", "gil@elsewhere.example", guest=True)
    await teams.install(guest)
    assert conversation.heard[-1][0].guest


async def test_a_strangers_tenant_cannot_lend_somebody_an_address_of_ours(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    teams.person("Ana Silva", "ana@district.example.org")
    stranger = teams.person("Mal", "ana@district.example.org", tenant="another-tenant")
    await teams.install(stranger)
    speaker = conversation.heard[-1][0]
    assert speaker.guest
    assert speaker.email is None


# -- what is wanted ----------------------------------------------------------------------------


async def test_what_is_typed_is_feedback_kept_once(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    activity = teams.activity(ana, type="message", text="The Wi-Fi is slow.")
    await teams.deliver(activity)
    await teams.deliver(activity)
    first, second = conversation.commands
    assert isinstance(first, GiveFeedback)
    assert first == second
    assert first.text == "The Wi-Fi is slow."
    assert len(teams.messages(ana.chat)) == 1


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("help", ShowHelp()),
        ("Sign in", AskSignInLink()),
        ("Hi!", Converse(intent=Intent.GREETING)),
        ("¿Cuándo cierra la encuesta?", Converse(intent=Intent.CLOSES)),
        ("mis encuestas", ShowMySurveys()),
        ("feedback", ShowFeedbackForm()),
        ("", ShowHelp()),
        ("Announce", Open(of=WriteAnnouncement())),
    ],
)
async def test_a_word_opens_a_form(
    teams: TeamsStandIn, conversation: FakeConversation, typed: str, wanted: Any
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    await teams.say(ana, typed)
    assert conversation.commands == [wanted]


async def test_in_a_channel_nothing_is_taken_as_feedback(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    channel = teams.channel("General")
    (told,) = await teams.say(ana, "My principal is a bully", conversation=channel)
    assert conversation.commands == []
    assert "in our own chat" in told.text


async def test_a_form_is_filled_in_and_sent(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "help")
    form = await teams.execute(ana, told, "Tell us something")
    sent = {"Your message": "Slow Wi-Fi", "Whose name goes with it?": "With my name"}
    answer = await teams.execute(ana, form.card, "Send", sent)
    given = conversation.commands[-1]
    assert isinstance(given, GiveFeedback)
    assert (given.text, given.naming) == ("Slow Wi-Fi", Naming.NAMED)
    assert "Thank you. We have your message." in answer.text


async def test_an_old_client_submits_the_same_form(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (form,) = await teams.say(ana, "feedback")
    (told,) = await teams.submit(ana, form, "Send", {"Your message": "Slow Wi-Fi"})
    given = conversation.commands[-1]
    assert isinstance(given, GiveFeedback)
    assert (given.text, given.naming) == ("Slow Wi-Fi", Naming.WITHHELD)
    assert "We have your message." in told.text


async def test_a_number_of_400_digits_is_what_was_typed_and_no_fault(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (form,) = await teams.say(ana, "feedback")
    await teams.submit(ana, form, "Send", {"Your message": 10**400})
    given = conversation.commands[-1]
    assert isinstance(given, GiveFeedback)
    assert given.text == str(10**400)


async def test_every_kind_of_answer_arrives_as_it_was_given(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    conversation.answers |= {
        ShowHelp: lambda _: PAGE,
        AnswerPage: lambda _: Answered(
            wave_id=WAVE, title=PAGE.title, closes_at=LATER, changed=False
        ),
    }
    (page,) = await teams.say(ana, "help")
    answers = {
        "field.device": "Laptop",
        "many.rooms": ["Gym", "Library"],
        "field.wifi": "4",
        "rank.1.next": "More training",
        "rank.2.next": "Better Wi-Fi",
        "field.hours": "2.5",
        "field.more": "It, is <b>fine</b>",
    }
    answer = await teams.execute(ana, page, "Save and continue", answers)
    assert conversation.commands[-1] == AnswerPage(
        wave_id=WAVE,
        page=0,
        answers={
            "device": "laptop",
            "rooms": ("gym", "library"),
            "wifi": "4",
            "recommend": "",
            "next": ("training", "wifi"),
            "hours": "2.5",
            "more": "It, is <b>fine</b>",
        },
    )
    assert "You can change your answers until" in answer.text


async def test_an_answer_that_does_not_fit_comes_back_with_the_reason_and_the_rest_kept(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    conversation.answers |= {
        ShowHelp: lambda _: PAGE,
        ShowPage: lambda _: PAGE,
        AnswerPage: lambda _: Rejected(unfit={"hours": Unfit(why="That is more than a week.")}),
    }
    (page,) = await teams.say(ana, "help")
    answers = {
        "field.device": "Tablet",
        "field.wifi": "4",
        "rank.1.next": "wifi",
        "rank.2.next": "wifi",
        "field.hours": "39",
    }
    answer = await teams.execute(ana, page, "Save and continue", answers)
    assert "That is more than a week." in answer.text
    kept = {one.get("id"): one.get("value") for one in answer.card["body"]}
    assert kept["field.device"] == "tablet"
    assert kept["field.hours"] == 39


async def test_a_page_that_comes_with_the_rejection_is_shown_as_it_is(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    rejected = MESSAGES["question-page-rejected"]
    conversation.answers |= {ShowHelp: lambda _: rejected}
    (page,) = await teams.say(ana, "help")
    assert "Choose at most 2." in page.text
    assert conversation.commands == [ShowHelp()]


async def test_a_rejected_form_of_governance_keeps_what_was_typed(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    dana = teams.person("Dana Lee")
    await teams.install(dana)
    view = form(MoveItem(item_id=ITEM), moving(ITEM, "…", (("security", "Security"),)))
    conversation.answers |= {
        ShowHelp: lambda _: view,
        Open: lambda _: view,
        MoveItem: lambda _: Rejected(unfit={"why": Unfit(why="Please say why.")}),
        GiveFeedback: lambda _: Rejected(unfit={"text": Unfit(why="A little more, please.")}),
    }
    (shown,) = await teams.say(dana, "help")
    again = await teams.execute(dana, shown, "Move", {"Move it to": "Security"})
    assert "Please say why." in again.text
    (chosen,) = (one for one in again.card["body"] if one.get("id") == "field.to")
    assert chosen["value"] == "security"
    (told,) = await teams.say(dana, "no internet")
    assert "A little more, please." in told.text
    assert [one["value"] for one in told.card["body"] if one.get("id") == "field.text"] == [
        "no internet"
    ]


async def test_an_announcement_is_written_and_sent_at_a_time_of_the_readers_zone(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    cto = teams.person("Chris Otto")
    await teams.install(cto)
    conversation.answers |= {
        Open: lambda _: MESSAGES["announcement-form"],
        WriteAnnouncement: lambda _: MESSAGES["announcement-drafted"],
        SendAnnouncement: lambda _: AnnouncementScheduled(
            announcement_id=NEWS, title=text("Two-step"), people=7000, at=LATER, seconds=9
        ),
    }
    (form,) = await teams.say(cto, "announce")
    words = dict.fromkeys(("title", "what", "why", "when", "who", "action"), "Soon")
    typed: dict[str, Any] = {f"field.{key}": value for key, value in words.items()}
    draft = await teams.execute(cto, form, "Save and check", typed | {"many.levels": ["high"]})
    written = conversation.commands[-1]
    assert isinstance(written, WriteAnnouncement)
    assert written.words["title"] == "Soon"
    assert written.audience.levels == {Level.HIGH}
    assert written.audience.roles == frozenset()
    when = {"field.at_date": "2026-12-02", "field.at_time": "17:00"}
    sent = await teams.execute(cto, draft.card, "Send", when)
    zone = ZoneInfo("America/Chicago")
    assert conversation.commands[-1] == SendAnnouncement(
        announcement_id=NEWS,
        at=datetime(2026, 12, 2, 17, tzinfo=zone),
        checked=state_of(MESSAGES["announcement-drafted"].announcement),
    )
    assert "goes out to 7,000 people" in sent.text


async def test_a_draft_goes_to_buildings_committees_and_lists_and_to_late_joiners(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    cto = teams.person("Chris Otto")
    await teams.install(cto)
    shown = announcement_form(NEWS, choices=CHOICES)
    no = Rejected(unfit={"lists": Unfit(why="Please choose from the list.")})
    conversation.answers |= {Open: lambda _: shown, WriteAnnouncement: lambda _: no}
    (form,) = await teams.say(cto, "announce")
    words = dict.fromkeys(("title", "what", "why", "when", "who", "action"), "Soon")
    typed: dict[str, Any] = {f"field.{key}": value for key, value in words.items()}
    chosen = {
        "many.buildings": ["b-3", "b-12"],
        "many.committees": ["network"],
        "many.lists": ["powerschool"],
        "field.joiners_until": "2026-12-18",
    }
    again = await teams.execute(cto, form, "Save and check", typed | chosen)
    written = next(c for c in conversation.commands if isinstance(c, WriteAnnouncement))
    assert written.audience == Audience(
        buildings=frozenset({"b-3", "b-12"}),
        committees=frozenset({"network"}),
        lists=frozenset({"powerschool"}),
    )
    assert written.joiners_until == date(2026, 12, 18)
    assert "Please choose from the list." in again.text
    inputs = {one.get("id"): one.get("value") for one in again.card["body"]}
    assert inputs["many.buildings"] == "b-12,b-3", "what was chosen is still chosen"
    assert inputs["many.lists"] == "powerschool"
    assert inputs["field.joiners_until"] == "2026-12-18"
    assert inputs["field.title"] == "Soon"


async def test_half_a_time_sends_nothing_and_says_so_beside_the_card(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    cto = teams.person("Chris Otto")
    await teams.install(cto)
    drafted = MESSAGES["announcement-drafted"]
    conversation.answers |= {ShowHelp: lambda _: drafted, CheckAnnouncement: lambda _: drafted}
    (draft,) = await teams.say(cto, "help")
    answer = await teams.execute(cto, draft, "Send", {"field.at_date": "2026-12-02"})
    assert "Enter a day and a time." in answer.text
    assert not any(isinstance(one, SendAnnouncement) for one in conversation.commands)


# -- what comes back ---------------------------------------------------------------------------


async def test_a_briefs_new_state_is_shown_to_the_whole_channel(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    dana = teams.person("Dana Lee")
    channel = teams.channel("Connected Classrooms")
    platform = TeamsPlatform(teams.settings())
    drawn = draw(BRIEF, conversation.reader)
    assert drawn is not None
    await platform.post(teams.service_url, channel, drawn)
    await platform.close()
    (brief,) = teams.messages(channel)
    conversation.answers |= {
        AcknowledgeItem: lambda _: replace(BRIEF, state=ItemState.ACKNOWLEDGED)
    }
    answer = await teams.execute(dana, brief, "Acknowledge")
    assert "Acknowledged. The author has been notified." in answer.text
    assert brief.updates == 1
    assert "Acknowledged. The author has been notified." in brief.text
    assert "Acknowledge" not in titles(brief.card)


async def test_a_refusal_leaves_the_card_as_it_is(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "help")
    conversation.answers[Open] = lambda _: Refused(why=Unfit(why="Only the CTO can announce."))
    answer = await teams.execute(ana, told, "Write an announcement")
    assert answer.words == "Only the CTO can announce."


async def test_the_same_press_twice_is_acknowledged_once(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "help")
    first = await teams.execute(ana, told, "Tell us something", id="f:1")
    again = await teams.execute(ana, told, "Tell us something", id="f:1")
    assert "Your message" in first.text
    assert again.words == "Done."


async def test_an_old_button_is_told_so(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "help")
    for action in told.card["actions"]:
        action.get("data", {})["action"] = "retired|x"
    answer = await teams.execute(ana, told, "Tell us something")
    assert "too old" in answer.words
    assert conversation.commands == [ShowHelp()]


async def test_a_fault_of_ours_is_told_with_its_number_and_is_never_a_500(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "help")
    conversation.fault = RuntimeError("the disk is full")
    answer = await teams.execute(ana, told, "Tell us something")
    assert answer.status == 200
    assert "went wrong on our side" in answer.words
    (apology,) = await teams.say(ana, "The Wi-Fi is slow.")
    assert "went wrong on our side" in apology.text
    assert "disk" not in apology.text


async def test_while_the_database_is_away_people_hear_that_nothing_was_saved(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "help")
    conversation.fault = UnavailableError("the database went away")
    answer = await teams.execute(ana, told, "Tell us something")
    assert answer.status == 200
    assert "Nothing was changed" in answer.words, "it only opens a form"
    (apology,) = await teams.say(ana, "The Wi-Fi is slow.")
    assert "not saved" in apology.text
    assert "try again" in apology.text


async def test_teams_is_told_to_try_again_while_the_database_is_away(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    conversation.fault = UnavailableError("the database went away")
    said = await teams.deliver(teams.activity(ana, type="installationUpdate", action="add"))
    assert said.status_code == 503
    assert said.headers["retry-after"]


async def test_an_answer_that_cannot_be_sent_does_not_undo_what_was_said(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    teams.script(refused("ConversationBlockedByUser"))
    activity = teams.activity(ana, type="message", text="The Wi-Fi is slow.")
    assert (await teams.deliver(activity)).status_code == 200
    assert isinstance(conversation.commands[-1], GiveFeedback)


# -- getting ready -----------------------------------------------------------------------------


async def test_opening_fetches_the_keys_before_anybody_asks(
    conversation: FakeConversation,
) -> None:
    async with TeamsStandIn() as teams:
        settings = teams.settings()
        platform = TeamsPlatform(settings)
        listener = TeamsListener(settings, conversation, platform)
        await listener.open({})
        assert teams.key_fetches == 1
        teams.reach(Starlette(routes=listener.routes))
        await teams.install(teams.person("Ana Silva"))
        assert teams.key_fetches == 1
        await platform.close()


async def test_a_switch_that_lets_anybody_in_is_refused(conversation: FakeConversation) -> None:
    async with TeamsStandIn() as teams:
        settings = teams.settings()
        listener = TeamsListener(settings, conversation, TeamsPlatform(settings))
        with pytest.raises(TeamsSettingsError, match="DANGEROUSLY_ALLOW"):
            await listener.open({"DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS": "true"})


def test_importing_the_endpoint_does_not_load_the_sdk() -> None:
    code = (
        "import sys, bot.teams.listen, bot.teams.graph\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('microsoft_teams', 'msgraph', 'kiota_abstractions', 'jwt', 'dotenv')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_page_of_the_samples_is_what_these_tests_answer() -> None:
    assert isinstance(PAGE, QuestionPage)
    assert PAGE.questions == QUESTIONS


async def test_of_a_picture_is_said_that_it_is_not_taken_and_what_was_kept(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    user = teams.person("Ana Silva")
    await teams.install(user)
    picture = {"contentType": "image/png", "contentUrl": "https://files.example/1"}
    text = {"contentType": "text/html", "content": "<p>The projector shows this.</p>"}
    before = len(teams.messages(user.chat))
    said = {"type": "message", "text": "The projector shows this."}
    await teams.deliver(teams.activity(user, **said, attachments=[text, picture]))
    thanks, aside = teams.messages(user.chat)[before:]
    assert "We have your message." in thanks.text
    assert "your words are kept, the file is not" in aside.text
    await teams.deliver(teams.activity(user, type="message", text="", attachments=[picture]))
    *_, aside = teams.messages(user.chat)
    assert "so yours was not kept" in aside.text
    assert [type(one) for one in conversation.commands] == [GiveFeedback]


async def test_what_is_asked_of_the_bot_is_answered_in_english_and_in_spanish(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    conversation.answers[Converse] = lambda command: ChatAnswer(
        intent=cast("Converse", command).intent, district="Cedar Plains"
    )
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    for typed, _, spanish in SAID:
        asked = []
        answers = []
        for locale, line in (("en", typed), ("es", spanish)):
            conversation.reader = replace(conversation.reader, locale=locale)
            before = len(conversation.commands)
            told = await teams.say(ana, line)
            asked += conversation.commands[before:]
            answers.append(" ".join(one.text for one in told))
        assert len(asked) == 2, typed
        assert asked[0] == asked[1], typed
        assert not isinstance(asked[0], GiveFeedback), typed
        if isinstance(asked[0], Converse):
            assert all(answers), typed
            assert answers[0] != answers[1], typed


async def test_which_rule_says_that_is_answered_with_sections_and_their_links(
    teams: TeamsStandIn, conversation: FakeConversation
) -> None:
    conversation.answers[AskRules] = lambda command: RULE
    ana = teams.person("Ana Silva")
    await teams.install(ana)
    (told,) = await teams.say(ana, "¿Qué regla habla de contraseñas?")
    (command,) = conversation.commands
    assert isinstance(command, AskRules)
    assert "Nobody shares a passphrase" in told.text
    card = json.dumps(told.card)
    assert f"/rules/{RULE.found[0].rule_id}/2#section-5" in card
    assert "Yes, pass it on" in card
