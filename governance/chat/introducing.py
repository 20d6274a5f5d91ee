"""The first message to a person who opens or installs the app before anything was sent to them."""

from __future__ import annotations

from datetime import datetime

from core.people import Person, Platform
from governance.chat.model import ChatAnswer, Intent
from governance.deliveries import Deliveries, Delivery
from governance.ports import GovernanceStore
from governance.upkeep.handlers import HOUSE

INTRODUCTION = "introduction"


def introduce(store: GovernanceStore, person: Person, platform: Platform, now: datetime) -> None:
    """Queue it, once, where their messages go. After any other message it would come too late: a
    survey or an announcement says itself who asks.

    Slack tells that a person opened the app, and they expect an answer at once. Teams tells of an
    install alike whether the person or an administrator made it, for the whole district perhaps
    and at night: there it keeps quiet hours."""
    if person.platform is platform and not store.was_sent_anything(person.id):
        store.deliver_to_person(
            person,
            campaign=INTRODUCTION,
            kind=INTRODUCTION,
            subject=HOUSE,
            now=now,
            urgent=platform is Platform.SLACK,
        )


def introduction(store: GovernanceStore) -> ChatAnswer:
    district = store.district()
    return ChatAnswer(
        intent=Intent.INTRODUCTION, district=district.name, contacts=district.contacts
    )


DELIVERIES: Deliveries = (Delivery(kind=INTRODUCTION, compose=lambda on: introduction(on.store)),)
