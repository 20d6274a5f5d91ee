"""Whom a rule is for and who owns it, in its draft and in each version

Until now both were the rule's, so its versions get them as they are. Their hashes stay as they
are: ``audience_hashed`` says that these are not of the audience.

Create Date: 2026-11-29
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_RULE = sa.table("rule", sa.column("id", sa.Uuid), sa.column("body", sa.Text))
_VERSION = sa.table(
    "rule_version",
    sa.column("rule_id", sa.Uuid),
    sa.column("number", sa.Integer),
    sa.column("body", sa.Text),
)
_MOVED = ("audience", "owner")
_EVERYONE = json.dumps(
    {
        part: []
        for part in (
            "roles",
            "levels",
            "buildings",
            "committees",
            "people",
            "except_people",
            "except_committees",
            "except_buildings",
        )
    }
)

Body = dict[str, Any]


def upgrade() -> None:
    rules = _bodies(_RULE, "id")
    with _changeable():
        for (rule_id, number), body in _bodies(_VERSION, "rule_id", "number").items():
            moved = {key: rules[rule_id,][key] for key in _MOVED}
            _put(_VERSION, {**body, **moved, "audience_hashed": False}, rule_id, number)
    for (rule_id,), body in rules.items():
        moved = {key: body.pop(key) for key in _MOVED}
        draft = {**body["draft"], **moved} if body["draft"] else None
        _put(_RULE, {**body, "draft": draft}, rule_id)


def downgrade() -> None:
    newest: dict[Any, Body] = {}
    with _changeable():
        for (rule_id, number), body in sorted(_bodies(_VERSION, "rule_id", "number").items()):
            newest[rule_id] = {key: body.pop(key) for key in _MOVED}
            body.pop("audience_hashed")
            _put(_VERSION, body, rule_id, number)
    for (rule_id,), body in _bodies(_RULE, "id").items():
        draft = body["draft"] or {}
        drafted = {key: draft.pop(key) for key in _MOVED if key in draft}
        nobodys = {"audience": _EVERYONE, "owner": None}
        _put(_RULE, {**nobodys, **body, **drafted, **newest.get(rule_id, {})}, rule_id)


def _bodies(table: sa.TableClause, *key: str) -> dict[tuple[Any, ...], Body]:
    rows = op.get_bind().execute(sa.select(*(table.c[one] for one in key), table.c.body))
    return {tuple(row[:-1]): json.loads(row[-1]) for row in rows}


def _put(table: sa.TableClause, body: Body, *key: Any) -> None:
    columns = [one for one in table.c if one.name != "body"]
    which = (column == one for column, one in zip(columns, key, strict=True))
    said = json.dumps(body, ensure_ascii=False)
    op.get_bind().execute(sa.update(table).where(*which).values(body=said))


@contextmanager
def _changeable() -> Iterator[None]:
    """Versions, without the trigger that refuses it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE rule_version DISABLE TRIGGER rule_version_stays")
        yield
        op.execute("ALTER TABLE rule_version ENABLE TRIGGER rule_version_stays")
    else:
        op.execute("DROP TRIGGER rule_version_no_update")
        yield
        op.execute(
            "CREATE TRIGGER rule_version_no_update BEFORE UPDATE ON rule_version "
            "BEGIN SELECT RAISE(ABORT, 'a version of a rule is never changed'); END"
        )
