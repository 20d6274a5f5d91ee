"""The technology changes and service notices of the example district (``examples/said.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.files.announcement_yaml import LONGEST
from bot.files.audience_yaml import read_audience
from bot.files.fields import Entry
from core.people import Audience
from core.text import Text
from governance.changes.model import Risk
from governance.faq.model import LONGEST_ANSWER, LONGEST_QUESTION

_WORDS = tuple(one for one in LONGEST if one != "when")  # its day is
_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Session:
    """``day``: so many school days from today. ``signed_up``: how many; who finds no seat waits."""

    title: str
    about: str
    day: int
    begins: str
    ends: str
    place: str
    link: str
    seats: str
    leader: str
    signed_up: int


@dataclass(frozen=True, kw_only=True)
class Guided:
    """``did``: how many say that they did it."""

    title: str
    text: str
    link: str
    did: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """``ago``: asked so many school days before today; ``answered``: as many. ``faq``: the words of
    the entry that it became, as ``PublishFaqEntry`` takes them."""

    text: str
    ago: int
    answer: str = ""
    answered: int = 0
    faq: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A change. ``day``: so many school days from today; the others: so many before today.
    ``confirm``: so many before the change, its first message is to be confirmed; ``confirmed``: how
    many people did."""

    key: str
    words: Mapping[str, str]
    audience: Audience
    committee: str
    serves: str
    owner: str
    sponsor: str
    risk_note: str
    risk: Risk
    day: int
    proposed: int
    approved: int
    approval: str
    started: int
    confirm: int
    confirmed: int
    sessions: tuple[Session, ...]
    guides: tuple[Guided, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """An outage that is over. ``ago``: so many school days before today. The ``update`` came
    an hour later, the ``end`` after two."""

    key: str
    title: Mapping[str, str]
    what: Mapping[str, str]
    update: Mapping[str, str]
    end: Mapping[str, str]
    audience: Audience
    ago: int


def read_change(entry: Entry) -> Changed:
    own = ("committee", "serves", "owner", "sponsor", "risk", "risk_note", "audience")
    when = ("day", "proposed", "approved", "approval", "started", "confirm", "confirmed")
    entry.only("key", *_WORDS, "learn_url", *own, *when, "sessions", "guides", "questions")
    words = _texts(entry, *_WORDS)
    return Changed(
        key=entry.key(),
        words=words | {"learn_url": _maybe(entry, "learn_url")},
        audience=read_audience(entry),
        committee=entry.key("committee"),
        serves=", ".join(word for _, word in entry.words("serves")),
        owner=_maybe(entry, "owner"),
        sponsor=_maybe(entry, "sponsor"),
        risk=entry.member("risk", Risk, Risk.LOW),
        risk_note=_maybe(entry, "risk_note"),
        day=_number(entry, "day"),
        proposed=_number(entry, "proposed"),
        approved=_number(entry, "approved"),
        approval=_maybe(entry, "approval"),
        started=_number(entry, "started"),
        confirm=_number(entry, "confirm"),
        confirmed=_number(entry, "confirmed", 1000),
        sessions=tuple(_session(one) for one in entry.entries("sessions", "session")),
        guides=tuple(_guide(one) for one in entry.entries("guides", "guide")),
        questions=tuple(_question(one) for one in entry.entries("questions", "question")),
    )


def _session(entry: Entry) -> Session:
    texts = ("title", "about", "begins", "ends", "place", "link", "seats", "leader")
    entry.only("day", "signed_up", *texts)
    said = {name: _maybe(entry, name) for name in texts}
    return Session(day=_number(entry, "day"), signed_up=_number(entry, "signed_up", 1000), **said)


def _guide(entry: Entry) -> Guided:
    entry.only("title", "text", "link", "did")
    said = {name: _maybe(entry, name) for name in ("title", "text", "link")}
    return Guided(did=_number(entry, "did", 1000), **said)


def _question(entry: Entry) -> Question:
    entry.only("text", "ago", "answer", "answered", "faq")
    faq = entry.entry("faq")
    words: dict[str, dict[str, str]] = {}
    if faq is not None:
        words["question"] = _said(faq.text("question", longest=LONGEST_QUESTION))
        words["answer"] = _said(faq.text("answer", longest=LONGEST_ANSWER))
    return Question(
        text=entry.string("text", longest=LONGEST_QUESTION),
        ago=_number(entry, "ago"),
        answer=_maybe(entry, "answer"),
        answered=_number(entry, "answered"),
        faq=words,
    )


def read_notice(entry: Entry) -> Noticed:
    entry.only("key", "ago", "title", "what", "update", "end", "audience")
    return Noticed(
        key=entry.key(),
        title=_said(entry.text("title", longest=LONGEST["title"])),
        what=_said(entry.text("what", longest=LONGEST["what"])),
        update=_said(entry.text("update", longest=LONGEST["what"])),
        end=_said(entry.text("end", longest=LONGEST["what"])),
        audience=read_audience(entry),
        ago=_number(entry, "ago"),
    )


def _texts(entry: Entry, *names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found |= _worded(name, entry.text(name, longest=LONGEST[name]))
    return found


def _worded(name: str, text: Text) -> dict[str, str]:
    """As a form hands it in: "title", and "title.es" for its Spanish."""
    return {name: text.default} | {f"{name}.{tag}": t for tag, t in text.translations.items()}


def _said(text: Text) -> dict[str, str]:
    """As a form hands it in whose field has its translations: by language."""
    return {"": text.default, **text.translations}


def _number(entry: Entry, name: str, most: int = _DAYS) -> int:
    return entry.whole(name, least=0, most=most) or 0


def _maybe(entry: Entry, name: str) -> str:
    return entry.scalar(name, required=False) or ""
