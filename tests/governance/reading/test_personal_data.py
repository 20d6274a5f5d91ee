"""Personal data is found, taken out, and little else is touched."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from governance.feedback.model import Span
from governance.reading.evaluation import recognition
from governance.reading.learning_names import held_out as is_held_out
from governance.reading.personal_data import find, redact

WRITTEN = Path(__file__).parents[3] / "governance/reading/data/written"
K12 = Path(__file__).parents[2] / "data" / "pii_k12.json"


def redacted(text: str, names: frozenset[str] = frozenset()) -> str:
    return redact(text, find(text, names))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her dad (x.y+z@mail.example.org) wrote", "Her dad ([email]) wrote"),
        ("call me at 402-555-0188 or (308) 555-0117", "call me at [phone] or [phone]"),
        ("text 555-0143 after lunch", "text [phone] after lunch"),
        ("+1 402 555 0188 works too", "[phone] works too"),
        ("SSN 987-65-4320 on the form", "SSN [ssn] on the form"),
        ("her social is 987654320", "her social is [ssn]"),
        ("born 03/14/2015, and March 3, 2012", "born [birth date], and [birth date]"),
        ("DOB 2008-02-23", "DOB [birth date]"),
        ("id 7104482 can't log in", "id [student id] can't log in"),
        ("stu # 7755031 and IDs 0989426 and S532882", None),
        ("lives at 123 N 48th St, Lincoln, NE 68504", "lives at [address]"),
        ("a bus still stops at 742 Wren Hollow Rd.", "a bus still stops at [address]"),
        ("he lives at 4521 maple grove street apt 3", "he lives at [address]"),
    ],
)
def test_what_has_a_shape_is_taken_out(text: str, expected: str | None) -> None:
    if expected is None:
        expected = "stu # [student id] and IDs [student id] and [student id]"
    assert redacted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mom of Nola Firth logged in", "Mom of [name] logged in"),
        ("Talk to Ms. O'Brien-Smith in room 12", "Talk to Ms. [name] in room 12"),
        ("his name is leocadio sunderman", "his name is [name]"),
        ("jaylen's ipad is cracked", "[name]'s ipad is cracked"),
        ("Beth fixed my panel in a day", "[name] fixed my panel in a day"),
        ("MARIA LOPEZ lost her ipad", "[name] lost her ipad"),
        ("ask Ludmila about it", "ask [name] about it"),
        ("Wiktor and Jack were sharing a login", "[name] and [name] were sharing a login"),
        ("Miguel Ángel de la Cruz (grade 7)", "[name] (grade 7)"),
        (
            "Elías Brandvold left. Nobody told Brandvold's mother.",
            "[name] left. Nobody told [name]'s mother.",
        ),
    ],
)
def test_names_are_taken_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I love Canvas and Google Classroom. Infinite Campus is slow.",
        "Northwest High School needs PowerSchool Training on Monday",
        "We have 12 Google Drive folders and 3 Drive links",
        "Work order 4412345 has been open since 3/14/2024",
        "PO 8834521 was never paid, it was $1,200,000",
        "The update on 11/02/2024 broke 1200 Chromebooks",
        "The help desk is at 402-436-0000 ext 4, half an hour wait",
        "Emily Dickinson is on the reading list, and Lewis and Clark",
        "ticket 4482913, asset tag 00291847, invoice 7714203",
        "Quisiera pedir Duolingo para mi clase pero el formulario exige un contrato",
        "can't recieve email becuase the wifi is down",
        "",
        "🙃🙃",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert redacted(text) == text


def test_the_rosters_own_names_are_recognised_in_any_case() -> None:
    names = frozenset({"Grace Stone", "Tam Sung"})
    assert redacted("i asked grace stone and tam sung", names) == "i asked [name] and [name]"


def test_spans_are_in_order_and_never_overlap() -> None:
    text = "Ilse Mabry-Toland (6620193), 2206 Larkspur Ave, ilse.mabry@example.org, 402-555-0188"
    spans = find(text)
    assert [s.kind for s in spans] == ["PERSON", "STUDENT_ID", "ADDRESS", "EMAIL", "PHONE"]
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_overlapping_spans_of_a_caller_leak_nothing() -> None:
    spans = [Span(start=0, end=8, kind="PERSON"), Span(start=4, end=12, kind="PHONE")]
    assert redact("abcdefghijkl rest", spans) == "[name] rest"


def test_recall_on_700_templated_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    entries = json.loads(K12.read_text(encoding="utf-8"))
    texts = [
        (
            entry["text"],
            [Span(start=s["start"], end=s["end"], kind=s["type"]) for s in entry["spans"]],
        )
        for entry in entries
    ]
    found = recognition(texts)
    with capsys.disabled():
        sys.stdout.write(f"\n{found.line()}\n")
    for kind in ("STUDENT_ID", "PHONE", "EMAIL", "ADDRESS", "DOB", "SSN"):
        assert found.recall(kind) >= 0.95, kind
    assert found.recall("PERSON") >= 0.94
    assert found.needless <= 5


def test_it_needs_no_machine_learning() -> None:
    code = (
        "import sys; from governance.reading.personal_data import find; find('Nola Firth');"
        "print([m for m in ('sklearn', 'textblob', 'nltk', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_long_message_meant_to_be_slow_is_not() -> None:
    for piece in ("Van de ", "id 1 ", "12 Aa Bb ", "(", "a.", "call "):
        assert find(piece * 2000) is not None  # quadratic patterns would hit the test's time limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nevaeh has dyslexia, read aloud is greyed out",
            "[name] has [health], read aloud is greyed out",
        ),
        ("she is on insulin and needs her phone", "she is [health] and needs her phone"),
        (
            "lunch number 4471 brings up the wrong kid",
            "lunch number [student id] brings up the wrong kid",
        ),
        ("Would you merge 55102 with 55120?", "Would you merge [student id] with [student id]?"),
        ("she logs in as tbanks27", "she logs in as [student id]"),
        ("Missing: id 4417 and id 4418", "Missing: id [student id] and id [student id]"),
        ("his email: r.banner [at] example [dot] net", "his email: [email]"),
        ("her number: (531) 555 0127 ext. 4", "her number: [phone]"),
        ("fecha de nacimiento: 4 de mayo de 2012", "fecha de nacimiento: [birth date]"),
        ("birthdate 20120714 came in", "birthdate [birth date] came in"),
        ("pls help Noah S. and Tran, Bao", "pls help [name] and [name], [name]"),
        ("Tran, Bao – address change", "[name] – address change"),
        ('Augustus "Gus" Miller is new', "[name] is new"),
    ],
)
def test_what_strangers_wrote_is_taken_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text", ["Is there training on epilepsy this fall?", "A lesson about anxiety and screens"]
)
def test_a_condition_that_is_nobodys_stays(text: str) -> None:
    assert redacted(text) == text


def written(name: str, *, held_out: bool) -> list[tuple[str, list[Span]]]:
    lines = [json.loads(line) for line in (WRITTEN / name).read_text("utf-8").splitlines() if line]
    return [
        (
            one["text"],
            [
                Span(start=m.start(), end=m.end(), kind=kind)
                for text, kind in {tuple(pair) for pair in one["personal"]}
                for m in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", one["text"])
            ],
        )
        for at, one in enumerate(lines)
        if is_held_out(name, at, len(lines), one["text"]) == held_out
    ]


@pytest.mark.parametrize(
    ("name", "names", "needless"),
    [("personal_data.jsonl", 0.80, 40), ("personal_data_2.jsonl", 0.92, 60)],
)
def test_recall_on_messages_written_to_be_hard(
    name: str, names: float, needless: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """One half was learned from; the other was never looked at. Both are told; the floor is what
    was reached (decision 43)."""
    learned = recognition(written(name, held_out=False))
    unseen = recognition(written(name, held_out=True))
    with capsys.disabled():
        sys.stdout.write(f"\n{name}\nlearned: {learned.line()}\nheld out: {unseen.line()}\n")
    assert learned.recall("PERSON") >= 0.9
    assert unseen.recall("PERSON") >= names
    assert unseen.needless <= needless
    for kind in ("EMAIL", "PHONE", "SSN"):
        assert unseen.recall(kind) == 1.0, kind


def test_learning_again_gives_the_same_weights() -> None:
    """Here and in a process in which sets and hashes have another order."""
    file = WRITTEN / "personal_data.jsonl"
    code = (
        f"import sys\nfrom pathlib import Path\n{inspect.getsource(weights_of_few)}"
        "print(weights_of_few(Path(sys.argv[1])))"
    )
    other = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    told = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": other},
    ).stdout
    assert len(told) > 100
    assert told.strip() == weights_of_few(file)


def weights_of_few(file: Path) -> str:
    from governance.reading.learning_names import learn, read  # heavy: only one test needs it
    from governance.reading.other_names import grown

    rows = [more for one in read(file)[:12] for more in grown(one)]
    return str(sorted(learn(rows)[0].items()))
