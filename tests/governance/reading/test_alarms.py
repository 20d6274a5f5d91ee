"""Emergencies and sensitive matters are heard in words that do not name them, at few false alarms,
in messages by people who had no part in what is learned from."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from governance.feedback.model import Urgency
from governance.reading.alarms import RestrictedReader, UrgencyReader
from governance.reading.embedding import Vectors
from governance.reading.examples import Example
from governance.reading.exemplars import Exemplar, exemplars
from governance.reading.reader import Reader
from governance.reading.urgency import sure_kinds, urgency

LINES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "danger_lines.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
"""128 lines in English and Spanish: 64 innocent ones that sound like danger, 64 emergencies. Those
marked ``aside`` were not looked at while the reader was changed."""

Vectorise = Callable[[Sequence[str]], Vectors | None]


@pytest.fixture
def urgent(beginner: Reader) -> UrgencyReader:
    return beginner._urgent


@pytest.fixture
def restricted(beginner: Reader) -> RestrictedReader:
    return beginner._restricted


def test_the_urgent_messages_of_two_strangers_raise_an_alarm_and_few_others_do(
    urgent: UrgencyReader,
    vectors: Vectorise,
    file_a: tuple[Example, ...],
    file_b: tuple[Example, ...],
) -> None:
    """By what was learned alone: the patterns were written by one who had read these messages."""
    both = [*file_a, *file_b]
    texts = [example.text for example in both]
    alarms = urgent.alarms(texts, vectors(texts))
    there = [alarm for alarm, example in zip(alarms, both, strict=True) if example.urgent]
    others = [alarm for alarm, example in zip(alarms, both, strict=True) if not example.urgent]
    assert sum(there) >= 0.95 * len(there)  # 24 of 24
    assert sum(others) <= 0.03 * len(others)


@pytest.mark.parametrize(
    ("text", "kind"),
    [  # no word that a list would hold
        ("He left his cat's bowl and a letter on my desk and will not be back, he says", "safety"),
        ("things on my screen are opening and closing and nobody touches the mouse", "security"),
        ("every family got the page with all the children's numbers and allergies", "privacy"),
        ("hay un hombre con una pistola en el estacionamiento", "safety"),
        ("hice clic en el enlace y puse mi contraseña", "security"),
        ("mandé la lista de alumnos con sus diagnósticos a todos los padres por error", "privacy"),
    ],
)
def test_the_kind_is_told(text: str, kind: str, urgent: UrgencyReader, vectors: Vectorise) -> None:
    assert urgent.read([text], vectors([text])) == [Urgency(kind)]


@pytest.mark.parametrize(
    "text",
    [
        "This gradebook is killing me",
        "My gradebook died again, may it rest in peace",
        "Could we have a lesson about phishing in advisory?",
        "Shoot me an email when the cart is back",
        "¿Cuándo es el simulacro de incendio?",
        "hi",
        "",
    ],
)
def test_what_only_sounds_so_is_none(
    text: str,
    urgent: UrgencyReader,
    restricted: RestrictedReader,
    vectors: Vectorise,
) -> None:
    assert urgent.read([text], vectors([text])) == [None]
    assert restricted.read([text], vectors([text])) == [False]


def test_a_sensitive_matter_is_heard_without_its_word(
    restricted: RestrictedReader, vectors: Vectorise
) -> None:
    texts = [
        "My supervisor keeps remarking on what I wear and stands much too close to me",
        "Since I spoke to the union my hours were cut and nobody will say why",
        "The only woman over sixty on the team, and again I am the one who is not promoted",
    ]
    assert restricted.read(texts, vectors(texts)) == [True] * 3


def test_what_was_held_out_is_found_too(vectors: Vectorise) -> None:
    """Half of what was written, learned from the other half. Its emergencies are hard: half of
    them were to have no alarming word."""
    half = np.random.default_rng(0).permutation(len(exemplars())) % 2
    learned = [e for e, side in zip(exemplars(), half, strict=True) if side]
    held_out = [e for e, side in zip(exemplars(), half, strict=True) if not side]
    texts = [e.text for e in held_out]
    rows = vectors(texts)

    alarms = UrgencyReader.train(vectors, (), learned).read(texts, rows)
    urgent, ordinary = _shares(held_out, [alarm is not None for alarm in alarms], "urgent")
    assert urgent >= 0.5  # patterns alone: 0.1
    assert ordinary <= 0.03

    sensitive = RestrictedReader.train(vectors, learned).read(texts, rows)
    found, ordinary = _shares(held_out, sensitive, "sensitive")
    assert found >= 0.6  # patterns alone: 0.05
    assert ordinary <= 0.03


def _shares(held_out: Sequence[Exemplar], raised: Sequence[bool], what: str) -> tuple[float, float]:
    """Shares raised: of those that are it, and of ordinary messages."""
    rows = list(zip(held_out, raised, strict=True))
    there = [up for e, up in rows if getattr(e, what)]
    ordinary = [up for e, up in rows if e.tone is not None and getattr(e, what) is False]
    return sum(there) / len(there), sum(ordinary) / len(ordinary)


def test_without_a_model_words_and_patterns_still_raise_alarms() -> None:
    reader = UrgencyReader.train(lambda _: None)
    texts = ["a kid said he will shoot up the school", "The bell is two minutes slow"]
    assert reader.read(texts, None) == [Urgency.SAFETY, None]
    with pytest.raises(ValueError, match="with vectors"):
        reader.read(texts, np.zeros((2, 384), np.float32))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hay un hombre con una pistola en el estacionamiento", Urgency.SAFETY),
        ("un alumno dijo que se va a matar", Urgency.SAFETY),
        ("le di mi contraseña a un correo falso", Urgency.SECURITY),
        ("hackearon mi cuenta", Urgency.SECURITY),
        ("envié el expediente al padre equivocado", Urgency.PRIVACY),
        ("¿cuándo es el simulacro de tirador activo?", None),
        ("las impresoras me van a matar de un coraje", None),
    ],
)
def test_patterns_know_a_little_spanish(text: str, kind: Urgency | None) -> None:
    assert urgency(text) is kind


def test_innocent_pictures_and_kills_call_nobody_and_emergencies_still_do(
    urgent: UrgencyReader, vectors: Vectorise
) -> None:
    """Before: 8 of 64 innocent lines raised an alarm, and 60 of 64 emergencies did."""
    texts = [line["text"] for line in LINES]
    kinds = urgent.read(texts, vectors(texts))
    false = [t["text"] for t, kind in zip(LINES, kinds, strict=True) if kind and not t["urgent"]]
    found = [kind for t, kind in zip(LINES, kinds, strict=True) if kind and t["urgent"]]
    assert len(false) <= 2, false
    assert len(found) >= 60


BEHIND = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "danger_behind.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
"""40 emergencies at the end of dull complaints, in English and Spanish, and 48 complaints in the
same words. Nothing was tuned on those marked ``aside``."""


def test_danger_at_the_end_of_a_dull_complaint_is_heard(beginner: Reader) -> None:
    """By the whole message alone 9 of 20 were, in either half."""
    for aside, least in ((False, 14), (True, 12)):
        lines = [line for line in BEHIND if line["aside"] is aside]
        heard = [Urgency.SAFETY in beginner.alarms(line["text"]) for line in lines]
        there = [one for one, line in zip(heard, lines, strict=True) if line["urgent"]]
        false = [one for one, line in zip(heard, lines, strict=True) if not line["urgent"]]
        assert sum(there) >= least
        assert sum(false) <= 3


FRESH = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "danger_fresh.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
"""36 emergencies and 24 harmless messages by a tester. Patterns were added for some that are not
``aside``; nothing was changed for those that are."""


def test_most_of_what_a_tester_wrote_is_heard(beginner: Reader) -> None:
    """A floor: what a stranger writes is missed more often than what was learned beside."""
    for aside, least in ((False, 16), (True, 12)):
        lines = [line for line in FRESH if line["aside"] is aside]
        heard = [Urgency.SAFETY in beginner.alarms(line["text"]) for line in lines]
        there = [one for one, line in zip(heard, lines, strict=True) if line["urgent"]]
        false = [one for one, line in zip(heard, lines, strict=True) if not line["urgent"]]
        assert sum(there) >= least  # 18 and 13 of 18
        assert sum(false) <= 3  # 2 and 0 of 12


def test_few_ordinary_messages_are_held_back_for_a_piece_of_them(
    beginner: Reader, file_a: tuple[Example, ...], file_b: tuple[Example, ...]
) -> None:
    ordinary = [e.text for e in (*file_a, *file_b) if not e.urgent]
    held = [text for text in ordinary if Urgency.SAFETY in beginner.alarms(text)]
    assert len(held) <= 0.03 * len(ordinary), held  # 15 of 576


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A student told me he has a gun in his locker, what do I do?", Urgency.SAFETY),
        (
            "A man nobody knows is at the playground fence, taking pictures of the children",
            Urgency.SAFETY,
        ),
        ("Hay un señor desconocido tomando fotos de los niños en la reja.", Urgency.SAFETY),
        ("Nobody knows who takes pictures of the children for the yearbook.", None),
        ("Un alumno me dijo que tiene una pistola en la mochila.", Urgency.SAFETY),
        ("She took all of her mom's pills. Nobody answers.", Urgency.SAFETY),
        ("I clicked the link and typed in my password.", Urgency.SECURITY),
        ("I emailed the IEPs of my caseload to the wrong parents.", Urgency.PRIVACY),
        ("My document camera shows this picture instead of the page.", None),
        ("The students in my class have a glue gun for the maker space.", None),
        ("What do we do if a student has a gun?", None),
        ("In the game he has a gun, and the filter blocks it.", None),
        ("El alumno no aparece en mi lista.", None),
        ("La pantalla no reacciona.", None),
        ("", None),
    ],
)
def test_the_check_at_the_door_is_sure_or_silent(text: str, kind: Urgency | None) -> None:
    assert sure_kinds(text) == ((kind,) if kind else ())


def test_the_check_at_the_door_never_calls_out_an_ordinary_message(
    file_a: tuple[Example, ...], file_b: tuple[Example, ...]
) -> None:
    """Of 4,041 written messages and 576 labelled ones that are no emergency: none."""
    ordinary = [e.text for e in exemplars() if e.urgent is False]
    ordinary += [e.text for e in (*file_a, *file_b) if not e.urgent]
    ordinary += [line["text"] for line in LINES if not line["urgent"]]
    assert [text for text in ordinary if sure_kinds(text)] == []
    told = [line for line in LINES if line["urgent"] == "safety" and sure_kinds(line["text"])]
    assert len(told) >= 16, "of 33: what it does not say the full reading does"


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "HELP ME ",
        "he has a ",
        "sent iep to ",
        "dad he ",
        "x grader has a ",
        ". ",
        "my student has a " * 30 + ". ",
    ],
)
def test_the_check_at_the_door_is_quick_for_text_of_any_shape(piece: str) -> None:
    """The door has 200 ms for it."""
    text = (piece * 5000)[:5000]
    started = time.process_time()
    sure_kinds(text)
    assert time.process_time() - started < 0.2
