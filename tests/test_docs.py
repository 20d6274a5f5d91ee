"""The documentation says what is there: links, settings, commands and pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from typer.core import TyperGroup
from typer.main import get_command

from bot.app.settings import PREFIX, Settings
from bot.cli import app
from bot.slack.client import FILES_HOST, HOOKS_HOST
from bot.teams.checking import PERMISSIONS
from bot.teams.settings import SERVICE_HOSTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
ADMINISTRATOR = DOCS / "guide-administrator.md"

LARGEST_PICTURE = 200_000
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_TYPED = re.compile(
    r"`soundingboard ([a-z][a-z -]*)|^(?:\.venv/bin/)?soundingboard ([a-z][a-z -]*)", re.M
)
_ROW = re.compile(rf"^\| `{PREFIX}(\w+)` \| (.+) \| (.+) \|$", re.M)

named = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def _read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _anchors(page: Path) -> set[str]:
    """The anchors that headings get on a page (as GitHub makes them)."""
    headings = re.findall(r"^#+ (.+)$", _read(page), re.M)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def _broken(page: Path) -> Iterator[str]:
    for target in _LINK.findall(_read(page)):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        found = page.parent / path if path else page
        if not found.exists():
            yield f"{target}: there is no such file"
        elif anchor and anchor not in _anchors(found):
            yield f"{target}: there is no such heading"


@named
def test_links_lead_somewhere(page: Path) -> None:
    assert list(_broken(page)) == []


@named
def test_nothing_of_the_machine_it_was_written_on(page: Path) -> None:
    own = ["/home/", "/root/", "site-packages"]
    if not ROOT.is_relative_to("/srv"):  # where the operator's guide puts it
        own.append(f"{ROOT.parent}/" if ROOT.parent.name else f"{ROOT}/")
    assert [path for path in own if path in _read(page)] == []


def test_every_decision_says_what_why_costs_and_when_to_revisit() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    for page in pages:
        missing = {"What", "Why", "Costs", "When to revisit"} - set(
            re.findall(r"^## (.+)$", _read(page), re.M)
        )
        assert not missing, f"{page.name} lacks {missing}"


def test_the_administrators_guide_has_every_setting_and_no_other() -> None:
    told = {name.lower() for name, *_ in _ROW.findall(_read(ADMINISTRATOR))}
    assert told == set(Settings.model_fields)


def test_the_administrators_guide_has_every_default() -> None:
    rows = {name.lower(): default for name, _, default in _ROW.findall(_read(ADMINISTRATOR))}
    for name, field in Settings.model_fields.items():
        if field.default not in (None, ""):
            said = str(field.default)
            said = said.lower() if isinstance(field.default, bool) else said
            assert f"`{said}`" in rows[name], name


@named
def test_settings_that_are_named_exist(page: Path) -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(rf"{PREFIX}(\w+)", _read(page))}
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def _commands(group: TyperGroup, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def _all_commands() -> set[str]:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return set(_commands(group))


def test_every_command_is_in_the_operators_guide() -> None:
    guide = _read(DOCS / "guide-operator.md")
    assert [name for name in _all_commands() if f"`soundingboard {name}" not in guide] == []


@named
def test_commands_that_are_named_exist(page: Path) -> None:
    known = _all_commands()
    for inline, line in _TYPED.findall(_read(page)):
        words = (inline or line).split()
        assert {" ".join(words[:most]) for most in (1, 2, 3)} & known, words


def test_every_picture_is_shown_and_small() -> None:
    pictures = sorted((DOCS / "pictures").glob("*.png"))
    shown = "".join(_read(page) for page in PAGES)
    assert pictures
    assert [picture.name for picture in pictures if f"pictures/{picture.name}" not in shown] == []
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE] == []


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _named() -> set[str]:
    """What pages, buttons and Slack's menu say."""
    with (ROOT / "core/locale/soundingboard.pot").open("rb") as file:
        said = {_plain(entry.id) for entry in read_po(file) if isinstance(entry.id, str)}
    shortcuts = json.loads(_read(ROOT / "manifest.json"))["features"]["shortcuts"]
    return said | {shortcut["name"] for shortcut in shortcuts}


_TO_PRESS = re.compile(r"\b(?:press|choose|open|tap|under|in)\s+\*\*([^*]+)\*\*", re.I)


def test_the_guides_name_pages_and_buttons_as_they_are_named() -> None:
    """A name in bold after a word such as “press” or “under”; “→” leads from one to the next."""
    told = [
        (page.name, _plain(name))
        for page in sorted(DOCS.glob("guide-*.md"))
        for path in _TO_PRESS.findall(_read(page))
        for name in path.split("→")
    ]
    named = _named()
    assert len(told) > 50
    assert [(page, name) for page, name in told if name not in named] == []


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "Apache License" in _read(ROOT / "LICENSE")
    assert "Version 2.0, January 2004" in _read(ROOT / "LICENSE")


# -- what a security officer is told --------------------------------------------------------------


_LINKED_TO = frozenset(
    {"api.slack.com", "app.slack.com", "teams.microsoft.com", "api.botframework.com"}
)
"""Hosts in the code that people open, or that name a scope or an issuer: nothing calls them."""

_NAMED_AT_RUN_TIME = frozenset({"wss-primary.slack.com"})
"""A host that Slack names when a socket is opened."""


def _sources() -> str:
    return "\n".join(_read(path) for path in sorted((ROOT / "bot").rglob("*.py")))


def _section(page: Path, heading: str) -> str:
    found = re.search(rf"^#+ {re.escape(heading)}\n(.+?)(?=^#|\Z)", _read(page), re.M | re.S)
    assert found, f"{page.name} lacks {heading!r}"
    return found.group(1)


def _first_column(section: str) -> set[str]:
    rows = re.findall(r"^\| (`[^|]+) \|", section, re.M)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def _hosts(text: str) -> set[str]:
    return set(re.findall(r"`\.?((?:[a-z0-9-]+\.)+(?:com|net|us))`", text))


def test_slacks_permissions_are_those_of_the_manifest() -> None:
    told = _first_column(_section(DOCS / "install-slack.md", "Which permission, and why"))
    manifest = json.loads(_read(ROOT / "manifest.json"))
    assert told == set(manifest["oauth_config"]["scopes"]["bot"])


def test_teams_permissions_are_those_that_the_code_and_the_manifest_name() -> None:
    section = _section(DOCS / "install-teams.md", "Which permission, and why")
    assert _first_column(section) == set(PERMISSIONS)
    used = set(re.findall(r"\b[A-Z]\w+\.[A-Z]\w+(?:\.All|\.Send)\b|\b[A-Z]\w+\.Send\b", _sources()))
    assert used == set(PERMISSIONS)
    manifest = json.loads(_read(ROOT / "bot" / "teams" / "manifest.json"))
    assert [name for name in manifest["permissions"] if f"`{name}`" not in section] == []


def test_the_paths_that_the_platforms_call_are_those_of_the_code() -> None:
    told = _first_column(_section(ADMINISTRATOR, "3. TLS in front"))
    literal = set(re.findall(r'"(/(?:slack|api|teams)/[a-z/_]+)', _sources()))
    ours = {path for path in literal if path.startswith("/slack/install")}  # pages of our own
    assert {path.removesuffix("…") for path in told} == literal - ours
    for name, start in (("slack", "/slack/"), ("teams", ("/api/teams/", "/teams/"))):
        section = _section(DOCS / f"install-{name}.md", "What an Information Security Officer asks")
        wanted = {path.removesuffix("…") for path in told if path.startswith(start)}
        assert set(re.findall(r"`(/[a-z/_]+)`", section)) == wanted


def test_the_hosts_that_are_called_are_those_of_the_code() -> None:
    called = _hosts(_section(DOCS / "guide-operator.md", "What the service calls"))
    in_code = set(re.findall(r'"(?:https://)((?:[a-z0-9-]+\.)+(?:com|net|us))', _sources()))
    in_code |= {host.lstrip(".") for host in SERVICE_HOSTS} | {FILES_HOST, HOOKS_HOST}
    assert called == (in_code - _LINKED_TO) | _NAMED_AT_RUN_TIME
    pages = (DOCS / "install-slack.md", DOCS / "install-teams.md")
    officers = "What an Information Security Officer asks"
    assert set.union(*(_hosts(_section(page, officers)) for page in pages)) == called


def test_each_setting_that_is_an_address_is_among_what_the_service_calls() -> None:
    section = _section(DOCS / "guide-operator.md", "What the service calls")
    addresses = [
        name
        for name in Settings.model_fields
        if name.endswith(("_url", "_webhook", "_hosts")) or name == "smtp_host"
    ]
    assert [name for name in addresses if f"`{PREFIX}{name.upper()}`" not in section] == []


def test_nothing_is_installed_from_a_name_that_is_not_ours() -> None:
    """The project is in no package index: a name there could be anybody's."""
    for text in (_sources(), *map(_read, PAGES)):
        assert re.findall(r"pip install '?soundingboard", text) == []


def test_each_trip_through_the_house_names_files_that_are_there_and_at_most_twenty() -> None:
    trips = _read(DOCS / "architecture.md").partition("## Trips")[2].partition("\n## ")[0]
    walked = {
        name: set(re.findall(r"`(\w+/[\w/]+\.py)`", told))
        for name, told in re.findall(r"\*\*(An? \w+|Feedback)\b(.+?)(?=\n\n)", trips, re.S)
    }
    assert {"An answer", "Feedback", "An announcement", "A pulse"} <= walked.keys()
    for name, files in walked.items():
        assert not [file for file in files if not (ROOT / file).is_file()], name
        assert 3 <= len(files) <= 20, (name, len(files))
