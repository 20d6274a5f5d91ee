"""What the owner of a safeguard is shown."""

from __future__ import annotations

from dataclasses import dataclass

from governance.controls.model import Assessment, SafeguardPlace


@dataclass(frozen=True, kw_only=True)
class SafeguardDone:
    """After an owner's answer. ``next``: the number of their next safeguard; ``left``: how many
    they have left."""

    assessment: Assessment
    short: str
    number: str
    next: str = ""
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class NothingLeft:
    """There is nothing left to answer, or (``reviews``) to confirm."""

    assessment: Assessment
    reviews: bool = False


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    short: str
    numbers: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class SafeguardView:
    """A safeguard with its answer, and (``earlier``) as it was in closed assessments. ``owner``,
    ``by``, ``confirmed_by`` and ``handed_by``: names. ``answers``: the reader can answer it now;
    ``reviews``: they can confirm it or send it back."""

    place: SafeguardPlace
    owner: str = ""
    by: str = ""
    confirmed_by: str = ""
    handed_by: str = ""
    stale: bool = False
    earlier: tuple[SafeguardPlace, ...] = ()
    facets: tuple[object, ...] = ()
    answers: bool = False
    reviews: bool = False


AnswerMessage = SafeguardDone | NothingLeft | HandedOver | SafeguardView
