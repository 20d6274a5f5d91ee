"""The pages of rules in each of their states."""

from __future__ import annotations

from dataclasses import replace

from governance.feeds.commands import ShowCalendarAddress
from governance.rules.commands import (
    CompareVersions,
    ShowComments,
    ShowRule,
    ShowRules,
)
from governance.rules.messages import Versions
from tests.bot.web.looking import page, stranger
from tests.bot.web.rules import views
from tests.bot.web.rules.views import RULE

_COMMENTS = f"/rules/{RULE}/1/comments"
_SAME = Versions(rule=views.IN_EFFECT, old=views.FIRST, new=views.FIRST)

RULES = (
    page("/rules"),
    page("/rules", (ShowRules, views.EMPTY)),
    page("/rules?q=help+desk", (ShowRules, views.FOUND)),
    page("/rules?q=phone", (ShowRules, replace(views.EMPTY, query="phone"))),
    page("/rules/calendar"),
    page("/rules/calendar", (ShowCalendarAddress, views.NEW_ADDRESS)),
    stranger("/rules", status=401),
    page(f"/rules/{RULE}"),
    page(f"/rules/{RULE}", locale="es"),
    page(f"/rules/{RULE}", (ShowRule, views.COMMENTING)),
    page(f"/rules/{RULE}", (ShowRule, views.DRAFT)),
    page(f"/rules/{RULE}/1", (ShowRule, replace(views.SHOWN, version=views.FIRST))),
    page(f"/rules/{RULE}/1/to/2"),
    page(f"/rules/{RULE}/1/to/1", (CompareVersions, _SAME)),
    page(_COMMENTS),
    page(_COMMENTS, (ShowComments, views.NO_COMMENTS)),
    page(f"{_COMMENTS}?answered=no&page=4", (ShowComments, views.MANY_COMMENTS)),
)
