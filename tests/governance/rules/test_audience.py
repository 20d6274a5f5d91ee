"""Whom a rule is for belongs to its version: a revision can be for others."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from core.people import Audience, Level, Role
from governance.acknowledgements.model import changed_id
from governance.rules.commands import ShowDraftForm, ShowRule
from governance.rules.messages import DraftForm, RuleView
from governance.rules.model import RuleStep
from governance.rules.text import digest_of, says_the_same
from storage import migrating
from storage.connection import Surroundings
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from surveys.encoding import audience_to_json
from tests.attacks.hall import Hall, hall
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.acknowledgements.test_acknowledging import (
    acknowledge,
    asked,
    duty,
    mornings,
)
from tests.governance.acknowledgements.test_verifying import exported, verified
from tests.governance.announcements.test_campaigning import rows
from tests.governance.rules.test_process import (
    CHAIR,
    CTO,
    ISO,
    VOTE,
    take,
    until_comments_end,
    written,
)
from tests.journeys.town import OFFICE, TEACHER
from tests.postgres import fresh_database
from tests.storage.stores import SECRET

TEACHERS = Audience(roles=frozenset({Role.TEACHER}))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def in_effect(town: Hall, rule: UUID) -> None:
    """From its draft on."""
    today = town.clock().date()
    await take(town, ISO, rule, RuleStep.PROPOSED)
    await take(town, CHAIR, rule, RuleStep.OPENED)
    await until_comments_end(town)
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    await take(town, CHAIR, rule, RuleStep.RATIFIED, on=today, **VOTE)
    done = await take(town, CTO, rule, RuleStep.PUBLISHED, on=town.clock().date())
    assert isinstance(done, RuleView), done
    assert done.rule.in_force == done.rule.version


async def test_a_revision_is_for_others_and_is_asked_of_them_once_it_holds(town: Hall) -> None:
    now = town.clock()
    await town.core.store.write(lambda tx: publish(tx, "ITR 1", now))
    rule = uuid4()
    drafted = await town.ask(ISO, written(rule, roles=("teacher",), levels=(), buildings=()))
    assert isinstance(drafted, RuleView), drafted
    await in_effect(town, rule)
    told = await rows(town, "rule-open")
    assert TEACHER in told
    assert OFFICE not in told, "they were not asked to comment on what is not for them"
    await asked(town)
    assert len((await acknowledge(town, TEACHER)).rules) == 2
    assert len((await acknowledge(town, OFFICE)).rules) == 1

    await take(town, ISO, rule, RuleStep.REVISING)
    form = await town.ask(ISO, ShowDraftForm(rule_id=rule))
    assert isinstance(form, DraftForm)
    assert form.draft.audience == TEACHERS
    await town.ask(ISO, written(rule, roles=(), levels=(), changed="For all staff now"))
    await mornings(town)
    assert len((await town.ask(OFFICE, ShowRule(rule_id=rule))).versions) == 1
    again = changed_id(rule, 2)
    assert await duty(town, OFFICE, again) is None, "what holds is for teachers only"
    await in_effect(town, rule)
    view = await town.ask(OFFICE, ShowRule(rule_id=rule))
    assert [one.audience for one in view.versions] == [TEACHERS, Audience()]
    await mornings(town)
    assert (await duty(town, OFFICE, again)) is not None
    assert (await duty(town, TEACHER, again)) is not None


async def test_the_same_text_for_others_is_a_new_version(town: Hall) -> None:
    rule = uuid4()
    await town.ask(ISO, written(rule))
    await take(town, ISO, rule, RuleStep.PROPOSED)
    await take(town, CHAIR, rule, RuleStep.RETURNED, why="Only for teachers, please.")
    [building, *_] = await town.core.store.read(lambda tx: tx.buildings())
    await town.ask(ISO, written(rule, levels=("high",), buildings=(building.key,)))
    await take(town, ISO, rule, RuleStep.PROPOSED)
    view = await town.ask(ISO, ShowRule(rule_id=rule))
    assert [one.number for one in view.versions] == [1, 2]
    assert view.version.audience == Audience(
        levels=frozenset({Level.HIGH}), buildings=frozenset({building.key})
    )
    assert view.versions[0].digest != view.versions[1].digest


@pytest.mark.parametrize("part", [{"roles": ("king",)}, {"buildings": ("moon",)}])
async def test_what_is_not_in_the_list_is_not_taken(
    town: Hall, part: dict[str, tuple[str]]
) -> None:
    form = await town.ask(ISO, written(uuid4(), **part))
    assert isinstance(form, DraftForm)
    assert {key: str(why.why) for key, why in form.unfit.items()} == {
        next(iter(part)): "Please choose from the list."
    }


async def test_a_version_that_says_it_is_for_others_is_found(town: Hall, tmp_path: Path) -> None:
    now = town.clock()
    await town.core.store.write(lambda tx: publish(tx, "ITR 4", now, audience=TEACHERS))
    await asked(town)
    await acknowledge(town, TEACHER)
    file = await exported(town)
    assert (await verified(town, file, tmp_path))[0]
    for change in (
        "replace(body, 'teacher', 'office')",
        "replace(body, '\"audience_hashed\": true', '\"audience_hashed\": false')",
    ):
        await _changed(town, change)
        assert await verified(town, file, tmp_path) == (
            False,
            ("Row 2: the text of version 1 is not the one that was acknowledged.",),
        )
        await _changed(town, change.replace("teacher', 'office", "office', 'teacher"))


async def _changed(town: Hall, change: str) -> None:
    def write(tx: Transaction) -> None:
        tx.connection.execute(text("DROP TRIGGER IF EXISTS rule_version_no_update"))
        tx.connection.execute(text(f"UPDATE rule_version SET body = {change}"))  # noqa: S608

    await town.core.store.write(write)


_OLD = Audience(roles=frozenset({Role.OFFICE}), buildings=frozenset({"north"}))
_BODY = {
    "title": "Passwords",
    "texts": {"en": "Use a passphrase."},
    "language": "en",
    "changed": "",
    "answers": [],
    "material": True,
}
_HASH = "b1be85ce167a9419c5b51837008bcfc29de8ff953b6182789d5a90bca3c6b9ce"
"""Of ``_BODY``, as the code of 0048 made it."""


@pytest.mark.usefixtures("every_migration")
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def test_versions_of_before_get_the_audience_of_their_rule_and_keep_their_hash(
    tmp_path: Path, database: str
) -> None:
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
        if database == "postgres":
            url = stack.enter_context(fresh_database())
        await _upgraded(url)


async def _upgraded(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrating._config(connection), "0048")
    rule, owner = uuid4(), uuid4()
    draft = {key: _BODY[key] for key in ("title", "texts", "changed", "answers", "material")}
    moved = {"audience": audience_to_json(_OLD), "owner": str(owner)}
    body = {"title": "Passwords", "draft": draft, **moved, **_RULE_OF_BEFORE}
    with engine.begin() as connection:
        postgres = connection.dialect.name == "postgresql"
        as_stored, at = (rule, "2026-11-29T12:00Z") if postgres else (rule.hex, 0)
        connection.execute(
            text("INSERT INTO rule VALUES (:id, 'ITR 4', 'itr4', 'draft', :body)"),
            {"id": as_stored, "body": json.dumps(body)},
        )
        connection.execute(
            text("INSERT INTO rule_version VALUES (:id, 1, :body, :digest, :at, NULL)"),
            {"id": as_stored, "body": json.dumps(_BODY), "digest": _HASH, "at": at},
        )
    migrating.upgrade(engine)
    store = Store(url, Surroundings(vault=Vault(SECRET)))
    try:
        found = await store.read(lambda tx: tx.rule(rule))
        version = await store.read(lambda tx: tx.rule_version(rule, 1))
        assert found is not None
        assert found.draft is not None
        assert version is not None
        assert (found.draft.audience, found.draft.owner) == (_OLD, owner)
        assert (version.audience, version.owner, version.audience_hashed) == (_OLD, owner, False)
        assert digest_of(version) == version.digest == _HASH
        assert says_the_same(version, found.draft, "en"), "nobody has to agree on it again"
        change = text("UPDATE rule_version SET body = '{}'")
        with pytest.raises(DatabaseError, match="never changed"):
            await store.write(lambda tx: tx.connection.execute(change))
        assert json.loads(await store.read(_body_of_rule)).keys() & moved.keys() == set()
    finally:
        await store.close()
    with engine.begin() as connection:
        command.downgrade(migrating._config(connection), "0049")
        back = connection.execute(text("SELECT body FROM rule")).scalar_one()
        assert json.loads(back) == body
    engine.dispose()


def _body_of_rule(tx: Transaction) -> str:
    return str(tx.connection.execute(text("SELECT body FROM rule")).scalar_one())


_RULE_OF_BEFORE = {
    "kind": "regulation",
    "committee": "network",
    "serves": [],
    "language": "en",
    "version": 1,
    "in_force": None,
    "shown": [],
    "coming": None,
    "effective": None,
    "review": None,
    "comments_end": None,
    "successor": None,
    "why": "",
    "interim": None,
}
