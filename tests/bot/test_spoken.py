"""What is typed, as a command: the words that both manifests and the guide show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest

from bot.spoken import command_of
from core.commands import Command
from core.words import Words
from governance.announcements.commands import WriteAnnouncement
from governance.chat.model import Converse, Intent
from governance.chat.shortcuts import shortcuts
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.forms.commands import Open
from governance.goals.commands import ShowGoals
from governance.home.commands import HomePart, ShowHelp, ShowHome
from governance.people.ways_in import AskSignInLink
from governance.reading.chat_rules import COMMANDS as CHAT_COMMANDS
from governance.waves.my_surveys import ShowMySurveys

ROOT = Path(__file__).parents[2]

COMMANDS: dict[str, Command] = {
    "help": ShowHelp(),
    "home": ShowHome(part=HomePart.WAITING),
    "surveys": ShowMySurveys(),
    "results": Converse(intent=Intent.RESULTS),
    "feedback": ShowFeedbackForm(),
    "docket": ShowHome(part=HomePart.DOCKETS),
    "announce": Open(of=WriteAnnouncement()),
    "sign in": AskSignInLink(),
}
SPANISH = {
    "help": "ayuda",
    "home": "inicio",
    "surveys": "encuestas",
    "results": "resultados",
    "feedback": "comentario",
    "docket": "expediente",
    "announce": "anuncio",
    "sign in": "entrar",
}


@pytest.mark.parametrize("word", COMMANDS)
@pytest.mark.parametrize("write", [str, str.title, str.upper, lambda one: f" /{one}! "])
def test_each_word_is_a_command_in_both_languages(word: str, write: object) -> None:
    assert callable(write)
    if word == "help" and write is str.upper:
        return  # that is a cry, and is passed on
    assert command_of(write(word), uuid4()) == COMMANDS[word]
    if write is not str.upper or word != "help":
        assert command_of(write(SPANISH[word]), uuid4()) == COMMANDS[word]


@pytest.mark.parametrize("said", ["plan", "The plan", "GOALS", " /plan! ", "metas", "El plan"])
def test_a_shortcut_opens_the_page_of_its_feature(said: str) -> None:
    assert command_of(said, uuid4()) == ShowGoals()


@pytest.mark.parametrize("said", ["The plan for lunch duty is bad.", "They plan to hurt somebody"])
def test_a_sentence_with_the_word_of_a_shortcut_is_passed_on(said: str) -> None:
    assert isinstance(command_of(said, uuid4()), GiveFeedback)


def test_no_shortcut_takes_a_word_that_is_a_command() -> None:
    taken = [word for one in shortcuts() for word in one.words]
    assert len(taken) == len(set(taken))
    assert not {word for word in taken if word in CHAT_COMMANDS}


def test_slacks_manifest_shows_every_command() -> None:
    (slash,) = json.loads((ROOT / "manifest.json").read_text())["features"]["slash_commands"]
    shown = re.sub(r"\[[^]]*\]", "", slash["usage_hint"]).split("|")
    assert {one.strip() for one in shown} == set(COMMANDS)


def test_the_manifest_of_teams_shows_every_command_and_its_spanish() -> None:
    manifest = json.loads((ROOT / "bot" / "teams" / "manifest.json").read_text())
    (listed,) = [
        one["commands"]
        for one in manifest["bots"][0]["commandLists"]
        if one["scopes"] == ["personal"]
    ]
    assert {one["title"] for one in listed} == set(COMMANDS)
    for one in listed:
        assert f"(also: {SPANISH[one['title']]})" in one["description"]


def test_the_guide_for_staff_shows_every_command() -> None:
    guide = (ROOT / "docs" / "guide-staff.md").read_text()
    shown = dict(re.findall(r"^\| `([a-z ]+)` \| `([a-záéíóú ]+)` \|", guide, re.MULTILINE))
    assert shown == SPANISH


@pytest.mark.parametrize("word", ["home", "surveys", "results", "feedback", "docket", "sign in"])
def test_help_says_in_spanish_what_can_be_typed_in_spanish(word: str) -> None:
    assert command_of(Words(locale="es").say(word), uuid4()) == COMMANDS[word]
